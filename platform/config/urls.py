"""Every address of Martahi, app by app."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from config.api import urlpatterns as api_urlpatterns

# What has a prefix comes first: a vote or a published set is found without trying every other page.
urlpatterns = [
    path("api/v1/", api_urlpatterns),
    path("polls/", include("voting.urls")),
    path("people/", include("people.urls")),
    path("notices/", include("notices.urls")),
    path("accounts/", include("people.account_urls")),
    path("i18n/setlang/", login_not_required(require_POST(set_language)), name="set_language"),
    path("", include("proposals.urls")),
    path("", include("indicators.urls")),
]
