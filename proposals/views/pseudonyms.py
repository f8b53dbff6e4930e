from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from people.http import PersonRequest
from proposals import actions
from proposals.forms import ReasonForm
from proposals.models import Unsealing
from proposals.pseudonyms import author_opened
from proposals.rules import may_confirm_unsealing, may_request_unsealing
from proposals.views.fetch import pseudonym_of, show_errors
from web.pages import page_of


@require_GET
def pseudonym_list(request: PersonRequest) -> HttpResponse:
    may_request_unsealing(request.roles, None).require()
    unsealings = Unsealing.objects.visible_to(request.roles).for_list()
    return render(request, "proposals/pseudonym_list.html", {"page": page_of(request, unsealings)})


@require_http_methods(["GET", "POST"])
def pseudonym_detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    pseudonym, unsealing = pseudonym_of(request, pk)
    if unsealing is None:
        door = may_request_unsealing(request.roles, None)
    else:
        door = may_confirm_unsealing(request.user, request.roles, unsealing)
    form = ReasonForm(request.POST or None)
    if request.method == "POST":
        door.require()
    if form.is_valid():
        given = {"actor": request.user, "now": timezone.now(), **form.cleaned_data}
        try:
            if unsealing is None:
                actions.unsealing_request(pseudonym=pseudonym, **given)
                messages.success(request, _("Permintaan tercatat dan menunggu persetujuan."))
            else:
                actions.unsealing_confirm(unsealing=unsealing, **given)
                messages.success(request, _("Nama samaran dibuka; pembukaannya tercatat."))
        except ValidationError as error:
            show_errors(form, error)
        else:
            return redirect("proposals:pseudonym", pk)
    context = {
        "pseudonym": pseudonym,
        "unsealing": unsealing,
        "door": door,
        "form": form,
        "opened": author_opened(unsealing, request.user) if unsealing else None,
    }
    return render(request, "proposals/pseudonym_detail.html", context)
