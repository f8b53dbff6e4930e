from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.http import PersonRequest
from people.models import Unit
from proposals import actions
from proposals.actions.polls import policy_of
from proposals.actions.round_polls import decider_of
from proposals.forms import RoundPollForm
from proposals.models import Proposal, Round
from proposals.opening import opening_of
from proposals.rules import may_ask_any
from proposals.stages import ASKED_AT
from proposals.views.fetch import show_errors


@require_http_methods(["GET", "POST"])
def round_poll_open(request: PersonRequest, pk: UUID, method: str) -> HttpResponse:
    """Asks the voters of a unit for weights, or for a ranking, of several proposals of a round."""
    now = timezone.now()
    round_ = get_object_or_404(Round.objects.with_counts(), pk=pk)
    scope_keys = frozenset(Unit.objects.within(round_.scope).values_list("pk", flat=True))
    may_ask_any(request.roles, scope_keys).require()
    found = Proposal.objects.askable(round_, ASKED_AT[method])
    found = found.asked_by(request.user, request.roles, now=now)
    asked = set(found.being_asked(method).values_list("pk", flat=True))
    candidates = [proposal for proposal in found.for_detail() if proposal.pk not in asked]
    form = RoundPollForm(request.POST or None, frozen=candidates, round_=round_, now=now)
    if form.is_valid():
        chosen = [item for item in candidates if str(item.pk) in form.cleaned_data["proposals"]]
        try:
            poll = actions.round_poll_open(
                actor=request.user,
                round_=round_,
                method=method,
                proposals=chosen,
                minutes=form.cleaned_data["minutes"],
                now=now,
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Pemungutan suara dibuka; semua pemilih diberi tahu."))
            return redirect("voting:detail", poll.pk)
    policy = policy_of(round_, method)
    opening = None
    if len({proposal.unit_id for proposal in candidates}) == 1:
        leader = decider_of(candidates[0], request.user, now=now)
        opening = opening_of(candidates, leader=leader, policy=policy, now=now)
    context = {
        "form": form,
        "round": round_,
        "method": method,
        "policy": policy,
        "opening": opening,
        "roll": opening and opening.roll,
        "is_asking": bool(asked),
        "has_enough": len(candidates) >= actions.LEAST_ASKED,
    }
    return render(request, "proposals/round_poll_open.html", context)
