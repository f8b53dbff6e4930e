"""Every address of Martahi, app by app."""

from django.urls import include, path

urlpatterns = [
    path("", include("proposals.urls")),
    path("polls/", include("voting.urls")),
    path("", include("indicators.urls")),
    path("people/", include("people.urls")),
    path("notices/", include("notices.urls")),
    path("accounts/", include("people.account_urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
