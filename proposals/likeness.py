"""The indicators and proposals that a text is compared with: those that its reader may see."""

from django.urls import reverse

from indicators.lint import Neighbour
from indicators.models import IndicatorVersion
from people.models import Person
from people.roles import Roles
from proposals.models import Proposal

COMPARED = ("code", "name", "numerator", "denominator", "formula", "applies_to")


def neighbours_of(
    person: Person,
    roles: Roles,
    *,
    proposal: Proposal | None = None,
    amends: IndicatorVersion | None = None,
) -> list[Neighbour]:
    """What stands beside a text: indicators in use, and proposals on their way, in two queries.

    Without the proposal itself and without the indicator that it amends. Nobody learns here of a
    draft that they may not open.
    """
    versions = IndicatorVersion.objects.in_use()
    if amends is not None:
        versions = versions.exclude(indicator=amends.indicator_id)
    found = [
        _neighbour(reverse("indicators:indicator", args=[row[0]]), *row)
        for row in versions.values_list(*COMPARED)
    ]
    proposals = Proposal.objects.visible_to(person, roles).competing()
    if proposal is not None:
        proposals = proposals.exclude(pk=proposal.pk)
    rows = proposals.order_by("created_at", "pk").values_list(
        "pk", *(f"record__{name}" for name in COMPARED)
    )
    for key, *compared in rows:
        found.append(_neighbour(reverse("proposals:detail", args=[key]), *compared))
    return found


def _neighbour(
    url: str,
    code: str,
    name: str,
    numerator: str,
    denominator: str,
    formula: str,
    applies_to: list[dict[str, object]],
) -> Neighbour:
    label = f"{code} {name}".strip()
    return Neighbour(label, url, name, numerator, denominator, formula, tuple(applies_to))
