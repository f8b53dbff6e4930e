"""What the linter says of a text to one reader, each remark with a link to its field."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from indicators.lint import Finding, lint
from indicators.models import IndicatorVersion
from indicators.record import FIELDS
from people.http import PersonRequest
from people.models import Unit
from proposals.forms import TextForm
from proposals.likeness import neighbours_of
from proposals.models import Proposal, WorkingCopy
from proposals.rules import Standing
from proposals.stages import WRITABLE
from proposals.text import text_content

# Fields of the record that the form asks for under another name.
FORM_FIELDS = {
    "targets": "targets_text",
    "target_range": "target_range_text",
    "stabilize_scale": "scale_text",
    "applies_to": "applies_units",
}


@dataclass(frozen=True)
class Remark:
    """A finding as a page shows it: the field's label, and where on the page it is mended."""

    finding: Finding
    label: str
    anchor: str


@dataclass(frozen=True)
class Checked:
    """All remarks on a text, in the order of its fields."""

    blocks: list[Remark]
    advises: list[Remark]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.blocks) + len(self.advises)


def check_typed(
    request: PersonRequest,
    form: TextForm,
    *,
    proposal: Proposal | None = None,
    amends: IndicatorVersion | None = None,
) -> Checked:
    """What was typed so far; a field that the form could not read is the form's to complain of."""
    others = neighbours_of(request.user, request.roles, proposal=proposal, amends=amends)
    found = [
        finding
        for finding in lint(form.content_typed(), others)
        if FORM_FIELDS.get(finding.field, finding.field) not in form.errors
    ]
    return _checked(found, on_form=True)


def check_saved(request: PersonRequest, proposal: Proposal, *, on_form: bool = False) -> Checked:
    """The text as of the latest revision."""
    others = neighbours_of(request.user, request.roles, proposal=proposal, amends=proposal.amends)
    return _checked(lint(text_content(proposal.record), others), on_form=on_form)


def check_copy(
    request: PersonRequest, proposal: Proposal, copy: WorkingCopy, units: list[Unit]
) -> Checked:
    """What was typed since the last revision, for the form that is filled from it."""
    typed = MultiValueDict(
        {
            name: text.split("\n") if name == "applies_units" else [text]
            for name, text in copy.fields.items()
        }
    )
    form = TextForm(typed, units=units, is_revision=True, source=proposal.record)
    return check_typed(request, form, proposal=proposal, amends=proposal.amends)


def check_shown(request: PersonRequest, standing: Standing) -> Checked | None:
    """The text on its page, for writers and the leader while it may change; None for others.

    What goes away needs no mending: None for a retirement, too.
    """
    proposal = standing.proposal
    is_asked = standing.is_writer or standing.is_leader
    may_change = proposal.stage in WRITABLE and proposal.kind != Proposal.Kind.RETIRE
    return check_saved(request, proposal) if is_asked and may_change else None


def _checked(findings: Iterable[Finding], *, on_form: bool) -> Checked:
    remarks = [Remark(one, _label(one.field), _anchor(one.field, on_form)) for one in findings]
    return Checked(
        blocks=[remark for remark in remarks if remark.finding.blocks],
        advises=[remark for remark in remarks if not remark.finding.blocks],
    )


def _label(field: str) -> str:
    label = FIELDS[field].label if field in FIELDS else _("bobot yang diusulkan")
    return label[:1].upper() + label[1:]


def _anchor(field: str, on_form: bool) -> str:
    return f"id_{FORM_FIELDS.get(field, field)}" if on_form else f"field-{field}"
