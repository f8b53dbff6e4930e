"""Scoring a draft on one's own figure, before anybody votes on it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from people.http import PersonRequest
from proposals.effects import (
    Effect,
    Figure,
    Rules,
    effect_of,
    figure_reported,
    figure_typed,
    rules_of,
)
from proposals.forms import TryFigureForm
from proposals.models import PollEntry, Proposal
from proposals.views.fetch import proposal_of


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "POST"])
def proposal_score(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Answers a POST with a page: a redirect would have to carry the figure."""
    proposal = proposal_of(request, pk)
    rules = rules_of(proposal, request.user, now=timezone.now())
    typed = request.POST if request.method == "POST" else None
    form = TryFigureForm(typed, periods=rules.periods, unit=rules.unit_of_measure)
    context = {
        "proposal": proposal,
        "form": form,
        "rules": rules,
        "effect": _effect(request, proposal, form, rules),
        "entry": PollEntry.objects.current_of(proposal),
    }
    template = "proposals/proposal_score.html"
    if request.htmx:
        template += "#score-answer"
    return render(request, template, context)


@sensitive_variables()
def _effect(
    request: PersonRequest, proposal: Proposal, form: TryFigureForm, rules: Rules
) -> Effect | None:
    """The answer; None where there is no figure, or what was typed is none."""
    figure: Figure | None
    if form.is_bound and not form.is_valid():
        return None
    typed = form.cleaned_data["actual"] if form.is_bound else None
    if typed is None:
        figure = figure_reported(proposal, request.user, rules)
    else:
        figure = figure_typed(typed, form.cleaned_data.get("period", ""), rules)
    return effect_of(figure, rules) if figure else None
