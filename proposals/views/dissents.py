from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from people.http import PersonRequest
from proposals import actions
from proposals.forms import DissentForm, DissentReadForm
from proposals.models import Dissent
from proposals.pages import standing_at
from proposals.rules import may_read_dissents_for_names
from proposals.views.fetch import proposal_of, show_errors
from proposals.views.proposals import detail_page


@require_POST
def dissent_file(request: PersonRequest, pk: UUID) -> HttpResponse:
    proposal = proposal_of(request, pk)
    form = DissentForm(request.POST)
    if form.is_valid():
        try:
            actions.dissent_file(
                actor=request.user, proposal=proposal, now=timezone.now(), **form.cleaned_data
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Catatan keberatan Anda tersimpan; dimuat setelah dibaca."))
            return redirect("proposals:detail", proposal.pk)
    return detail_page(request, proposal, dissent_form=form)


@require_http_methods(["GET", "POST"])
def dissent_read(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    dissent = get_object_or_404(Dissent.objects.for_reading(), pk=pk)
    proposal = proposal_of(request, dissent.entry.proposal_id)
    may_read_dissents_for_names(standing_at(request, proposal, now=now), dissent).require()
    form = DissentReadForm(request.POST or None)
    if form.is_valid():
        try:
            actions.dissent_read(
                actor=request.user,
                dissent=dissent,
                is_published=form.cleaned_data["outcome"] == Dissent.State.PUBLISHED,
                reason=form.cleaned_data["reason"],
                now=now,
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Catatan keberatan sudah dibaca."))
            return redirect("proposals:detail", proposal.pk)
    context = {"form": form, "dissent": dissent, "proposal": proposal}
    return render(request, "proposals/dissent_read.html", context)
