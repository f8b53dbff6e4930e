from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.verdict import Refused
from people.http import PersonRequest
from proposals import actions
from proposals.actions.polls import policy_of
from proposals.actions.settling import polls_settle
from proposals.forms import DecisionForm, PollForm, ProtestAnswerForm, ProtestForm, ReasonForm
from proposals.models import PollEntry, Proposal, Protest
from proposals.opening import opening_of
from proposals.pages import proposal_page, standing_at
from proposals.rules import may_answer_protest, may_decide, may_open_poll
from proposals.views.fetch import proposal_of, show_errors
from proposals.views.proposals import detail_page
from voting.actions import poll_close


@require_POST
def proposal_freeze(request: PersonRequest, pk: UUID) -> HttpResponse:
    proposal = proposal_of(request, pk)
    actions.proposal_freeze(actor=request.user, proposal=proposal, now=timezone.now())
    messages.success(request, _("Teks dibekukan. Kini pemungutan suara dapat dibuka."))
    return redirect("proposals:detail", proposal.pk)


@require_POST
def proposal_return(request: PersonRequest, pk: UUID) -> HttpResponse:
    proposal = proposal_of(request, pk)
    form = ReasonForm(request.POST, prefix="return")
    if form.is_valid():
        try:
            actions.proposal_return(
                actor=request.user,
                proposal=proposal,
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Usulan dikembalikan; pengusul diberi tahu alasannya."))
            return redirect("proposals:detail", proposal.pk)
    return detail_page(request, proposal, return_form=form)


@require_http_methods(["GET", "POST"])
def poll_open(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    proposal = proposal_of(request, pk)
    may_open_poll(standing_at(request, proposal, now=now)).require()
    frozen = list(Proposal.objects.frozen_beside(proposal).for_detail())
    form = PollForm(request.POST or None, frozen=frozen, round_=proposal.round, now=now)
    if form.is_valid():
        chosen = [item for item in frozen if str(item.pk) in form.cleaned_data["proposals"]]
        try:
            poll = actions.poll_open_for(
                actor=request.user,
                proposals=chosen,
                minutes=form.cleaned_data["minutes"],
                method=form.cleaned_data["method"],
                now=now,
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(
                request,
                _("Pemungutan suara dibuka. Sidik jari daftar pemilih: %s") % poll.roll_hash_short,
            )
            return redirect("voting:detail", poll.pk)
    back = Back(reverse("proposals:detail", args=[proposal.pk]), proposal.record.name)
    return opening_page(request, form, frozen or [proposal], back, now=now)


class Back(NamedTuple):
    """Where a page was come to from."""

    url: str
    title: str


def opening_page(
    request: PersonRequest,
    form: PollForm,
    proposals: Sequence[Proposal],
    back: Back,
    *,
    now: datetime,
) -> HttpResponse:
    """The page on which a vote over proposals, or over a bundle of them, is opened."""
    round_ = proposals[0].round
    opening = opening_of(proposals, leader=request.user, policy=policy_of(round_), now=now)
    context = {
        "form": form,
        "back": back,
        "policy": opening.policy,
        "consensus": policy_of(round_, "consensus"),
        "opening": opening,
        "poll": opening.poll,
        "roll": opening.roll,
    }
    return render(request, "proposals/poll_open.html", context)


@require_POST
def poll_settle(request: PersonRequest, pk: UUID) -> HttpResponse:
    proposal = proposal_of(request, pk)
    entry = PollEntry.objects.current_of(proposal)
    if entry is None:
        raise Refused(_("Belum ada pemungutan suara atas usulan ini."))
    poll_close(actor=request.user, poll=entry.poll)
    polls_settle(now=timezone.now())
    messages.success(request, _("Pemungutan suara ditutup dan dihitung."))
    if entry.bundle_id is not None:
        return redirect("proposals:bundle", entry.bundle_id)
    return redirect("proposals:detail", proposal.pk)


@require_POST
def protest_add(request: PersonRequest, pk: UUID) -> HttpResponse:
    proposal = proposal_of(request, pk)
    form = ProtestForm(request.POST)
    if form.is_valid():
        try:
            actions.protest_add(
                actor=request.user, proposal=proposal, now=timezone.now(), **form.cleaned_data
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Sanggahan Anda tercatat dan akan dijawab fasilitator."))
            return redirect("proposals:detail", proposal.pk)
    return detail_page(request, proposal, protest_form=form)


@require_http_methods(["GET", "POST"])
def protest_answer(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    protests = Protest.objects.select_related("author__unit", "proposal__record")
    protest = get_object_or_404(protests, pk=pk)
    proposal = proposal_of(request, protest.proposal_id)
    may_answer_protest(standing_at(request, proposal, now=now), protest).require()
    form = ProtestAnswerForm(request.POST or None)
    if form.is_valid():
        try:
            actions.protest_answer(
                actor=request.user, protest=protest, now=now, **form.cleaned_data
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Sanggahan dijawab; penyanggah diberi tahu."))
            return redirect("proposals:detail", proposal.pk)
    context = {"form": form, "protest": protest, "proposal": proposal}
    return render(request, "proposals/protest_answer.html", context)


@require_http_methods(["GET", "POST"])
def proposal_decide(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    proposal = proposal_of(request, pk)
    standing = standing_at(request, proposal, now=now)
    entry = PollEntry.objects.current_of(proposal)
    is_elector = entry is not None and entry.has_elector(request.user)
    unread = entry.dissents.unread().count() if entry else 0
    may_decide(standing, is_elector=is_elector, unread=unread).require()
    form = DecisionForm(request.POST or None)
    if form.is_valid():
        try:
            actions.proposal_decide(
                actor=request.user, proposal=proposal, now=now, **form.cleaned_data
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Keputusan Anda tercatat dan dapat dibaca semua pegawai."))
            return redirect("proposals:detail", proposal.pk)
    context = {"form": form, "page": proposal_page(request, proposal, now=now)}
    return render(request, "proposals/proposal_decide.html", context)
