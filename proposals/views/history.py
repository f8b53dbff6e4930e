from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.verdict import Refused
from indicators.reach import Staff
from people.http import PersonRequest
from proposals import actions
from proposals.forms import RestoreForm
from proposals.history import differences, history_of
from proposals.pages import standing_at
from proposals.reach import reach_of
from proposals.rules import may_write
from proposals.views.fetch import proposal_of, show_errors, whole
from web.pages import page_of


@require_GET
def proposal_history(request: PersonRequest, pk: UUID) -> HttpResponse:
    proposal = proposal_of(request, pk)
    history = history_of(proposal, whole(request.GET.get("from")), whole(request.GET.get("to")))
    context = {
        "proposal": proposal,
        "history": history,
        "reach": reach_of(proposal),
        "may_write": may_write(standing_at(request, proposal, now=timezone.now())),
        "page": page_of(request, history.steps, 10),
    }
    return render(request, "proposals/proposal_history.html", context)


@require_http_methods(["GET", "POST"])
def revision_restore(request: PersonRequest, pk: UUID, number: int) -> HttpResponse:
    now = timezone.now()
    proposal = proposal_of(request, pk)
    may_write(standing_at(request, proposal, now=now)).require()
    revisions = proposal.revisions.select_related("text", "author")
    old = get_object_or_404(revisions, number=number)
    latest = revisions.latest("number")
    copy = proposal.kept_copy
    seen = {"based_on": latest.number, "edition": copy.edition if copy else 0}
    form = RestoreForm(request.POST or None, initial=seen)
    if form.is_valid():
        try:
            revision = actions.revision_restore(
                actor=request.user, proposal=proposal, number=number, now=now, **form.cleaned_data
            )
        except (ValidationError, Refused) as error:
            problem = ValidationError(str(error)) if isinstance(error, Refused) else error
            show_errors(form, problem)
        else:
            told = _("Teks revisi %(old)d dikembalikan sebagai revisi %(new)d.")
            messages.success(request, told % {"old": number, "new": revision.number})
            return redirect("proposals:detail", proposal.pk)
    context = {
        "proposal": proposal,
        "form": form,
        "old": old,
        "latest": latest,
        "copy": copy,
        "changes": differences(latest, old, Staff.current()),
    }
    return render(request, "proposals/revision_restore.html", context)
