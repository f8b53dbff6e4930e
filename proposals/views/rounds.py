from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from indicators.models import IndicatorVersion
from people.http import PersonRequest
from people.models import Unit
from proposals.actions import round_create as round_create_action
from proposals.actions.polls import policy_of
from proposals.forms import RoundForm
from proposals.models import Bundle, Proposal, Round
from proposals.pages import news_mark
from proposals.rules import may_ask_any, may_carry_over, may_propose, may_run_rounds
from proposals.views.fetch import show_errors
from voting.models import Poll
from web.pages import page_of


@require_GET
def round_list(request: PersonRequest) -> HttpResponse:
    rounds = page_of(request, Round.objects.with_counts())
    context = {"rounds": rounds, "now": timezone.now(), "may_run": may_run_rounds(request.roles)}
    return render(request, "proposals/round_list.html", context)


@require_http_methods(["GET", "POST"])
def round_create(request: PersonRequest) -> HttpResponse:
    may_run_rounds(request.roles).require()
    form = RoundForm(request.POST or None)
    if form.is_valid():
        try:
            made = round_create_action(
                actor=request.user, fields=form.cleaned_data, now=timezone.now()
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Putaran dibuka."))
            return redirect("proposals:round", made.pk)
    return render(request, "proposals/round_create.html", {"form": form})


@require_GET
def round_detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    round_ = get_object_or_404(Round.objects.with_counts(), pk=pk)
    scope_keys = frozenset(Unit.objects.within(round_.scope).values_list("pk", flat=True))
    proposals = Proposal.objects.visible_to(request.user, request.roles).for_list()
    page = page_of(request, proposals.in_round(round_))
    news_mark(request.user, page)
    return render(
        request,
        "proposals/round_detail.html",
        {
            "round": round_,
            "policy": policy_of(round_),
            "may_carry_over": may_carry_over(request.user, request.roles, round_, now=now),
            "bundles": Bundle.objects.visible_to(request.user, request.roles).in_round(round_),
            "may_propose": may_propose(request.user, round_, scope_keys, now=now),
            "page": page,
            "polls": Poll.objects.filter(round_poll__round=round_),
            "may_ask": may_ask_any(request.roles, scope_keys),
            "now": now,
        },
    )


@require_GET
def round_indicators(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The indicators in use, each with the doors to amend and to retire it in this round."""
    round_ = get_object_or_404(Round.objects.with_counts(), pk=pk)
    scope_keys = frozenset(Unit.objects.within(round_.scope).values_list("pk", flat=True))
    words = request.GET.get("q", "")[:80]
    context = {
        "round": round_,
        "words": words,
        "may_propose": may_propose(request.user, round_, scope_keys, now=timezone.now()),
        "page": page_of(request, IndicatorVersion.objects.in_use().matching(words)),
    }
    return render(request, "proposals/round_indicators.html", context)
