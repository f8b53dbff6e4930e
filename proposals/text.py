"""The text of a proposal as content: what its digest covers and what a ballot shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.canonical import digest, plain
from core.numbers import format_number
from indicators.record import (
    FIELDS,
    SECTIONS,
    Change,
    Shape,
    changes,
    clean_text,
    content_of,
    text_of,
    values_of,
)
from people.models import Unit
from people.names import names_in, registered_names
from proposals.models import Comment, Disposition, Proposal, Revision
from proposals.wording import SUGGESTIBLE

type Content = Mapping[str, Any]

WEIGHT = "proposed_weight_percent"
RETIREMENT = "retirement_reason"
# Characters of one field of a text: pages of prose, yet no pasted book on a phone's ballot.
LONGEST_TEXT = 4000


def text_content(record: object) -> dict[str, Any]:
    """The canonical content of a proposal's text: the indicator record and the proposed weight.

    The reason of a retirement is part of it where there is one. `record` is a ProposalRecord, a row
    of its history, or the version that it amends.
    """
    weight: Decimal | None = getattr(record, WEIGHT, None)
    reason = clean_text(getattr(record, RETIREMENT, ""))
    return {**content_of(record), WEIGHT: plain(weight), **({RETIREMENT: reason} if reason else {})}


def text_fields(record: object) -> dict[str, Any]:
    """What a text holds, as values for another one's fields; `record` as for `text_content`."""
    own = {name: getattr(record, name) for name in (WEIGHT, RETIREMENT)}
    return values_of(content_of(record)) | own


def revision_digest(proposal: Proposal, record: object) -> str:
    """`sha256:<hex>` over what a revision proposes: kind, amended version and text."""
    return digest(
        {
            "kind": proposal.kind,
            "amends": proposal.amends.digest if proposal.amends else None,
            "text": text_content(record),
        }
    )


def unit_names() -> dict[str, str]:
    """The names of all units by their codes. One query."""
    return dict(Unit.objects.values_list("code", "name"))


def text_changes(old: Content, new: Content, names: Mapping[str, str]) -> list[Change]:
    """What changed between two texts, field by field in words, the proposed weight included."""
    found = changes(old, new, unit_names=names)
    before, after = (_weight_text(content) for content in (old, new))
    if before != after:
        label = _("bobot")
        sentence = (
            f"{label} {before.removesuffix(' persen') or _('(kosong)')} → {after or _('(kosong)')}"
        )
        found.append(Change(WEIGHT, label, before, after, sentence, is_prose=False))
    before, after = (str(content.get(RETIREMENT, "")) for content in (old, new))
    if before != after:
        label = _("alasan pencabutan")
        sentence = _("%s diubah") % label
        found.append(Change(RETIREMENT, label, before, after, sentence, is_prose=True))
    return found


def _weight_text(content: Content) -> str:
    weight = content.get(WEIGHT)
    return f"{format_number(Decimal(str(weight)))} persen" if weight is not None else ""


@dataclass(frozen=True)
class Line:
    """One field of a text as a page shows it; `text` is empty where nothing is written yet."""

    field: str
    label: str
    text: str
    is_prose: bool

    @property
    def is_suggestible(self) -> bool:
        """Whether a colleague can suggest another wording for it."""
        return self.field in SUGGESTIBLE


@dataclass(frozen=True)
class Part:
    """A section of the record with its lines."""

    title: str
    lines: list[Line]
    is_open: bool  # shown at once: what is measured, and how it is judged

    @property
    def written(self) -> list[Line]:
        """The lines that say something."""
        return [line for line in self.lines if line.text]

    @property
    def blank(self) -> list[Line]:
        """The lines that nobody has filled in yet."""
        return [line for line in self.lines if not line.text]


def parts_of(content: Content, names: Mapping[str, str], *, blank: bool = True) -> list[Part]:
    """A text in words, section by section; without empty lines unless `blank`."""
    parts = []
    if reason := content.get(RETIREMENT):
        line = Line(RETIREMENT, _("alasan pencabutan"), reason, True)
        parts.append(Part(_("Pencabutan"), [line], True))
    for section, title in SECTIONS.items():
        lines = [
            Line(
                field.name,
                field.label,
                text_of(field, content, unit_names=names),
                field.shape is Shape.PROSE,
            )
            for field in FIELDS.values()
            if field.section == section
        ]
        if section == "target":
            lines.append(Line(WEIGHT, _("bobot yang diusulkan"), _weight_text(content), False))
        lines = [line for line in lines if line.text or (blank and section != "export")]
        if lines:
            parts.append(Part(str(title), lines, section in ("measure", "target")))
    return parts


def dispositions_of(proposal: Proposal) -> list[dict[str, Any]]:
    """Each answered comment as ballots and published provenance tell it, oldest first.

    Shape: `{kind, field, text, count, outcome, answer, revision}` (DESIGN 4.3), and `reply` where
    the commenter says that it is not solved. No name is in it: a comment that names a registered
    person, or is hidden, is told without its words.
    """
    answered = (
        Comment.objects.filter(proposal=proposal, disposition__isnull=False)
        .select_related("disposition__revision", "hiding")
        .order_by("created_at", "pk")
    )
    if not answered:
        return []
    people = registered_names()
    return [_disposition_row(comment, people) for comment in answered]


def _disposition_row(comment: Comment, people: Mapping[str, str]) -> dict[str, Any]:
    answer = comment.disposition
    row = {
        "kind": comment.kind,
        "field": comment.field or None,
        "text": words_told(comment, people),
        "count": 1,
        "outcome": answer.outcome,
        "answer": answer.reason,
        "revision": answer.revision and answer.revision.number,
    }
    return row | ({"reply": answer.reply} if answer.reply else {})


def words_told(comment: Comment, people: Mapping[str, str]) -> str:
    """A comment's words as everybody gets them, on ballots, in exports and in print.

    Neither hidden words nor any that name a person (`people` of `registered_names`).
    """
    if comment.hidden is not None:
        return _("(disembunyikan oleh fasilitator)")
    said = comment.body
    if comment.wording:
        said = f"{comment.field_label}: “{comment.wording}”. {said}"
    if names_in(said, people):
        return _("(menyebut nama orang; tidak diterbitkan)")
    return said


def ballot_text(proposal: Proposal, revision: Revision) -> str:
    """What stands on the ballot, as Markdown: the record in words, then what became of comments."""
    parts = parts_of(text_content(revision.text), unit_names(), blank=False)
    lines = [
        f"- **{capfirst(line.label)}**: {_one_line(line.text)}"
        for part in parts
        for line in part.lines
    ]
    answered = dispositions_of(proposal)
    if answered:
        lines += ["", f"**Tindak lanjut tanggapan ({len(answered)})**", ""]
        unsolved = _("Menurut penanggap belum terselesaikan")
        kinds, outcomes = dict(Comment.Kind.choices), dict(Disposition.Outcome.choices)
        lines += [
            f"- {kinds[row['kind']]}: “{_one_line(row['text'])}” {outcomes[row['outcome']]}"
            + (f", revisi {row['revision']}" if row["revision"] else "")
            + (f": {_one_line(row['answer'])}" if row["answer"] else "")
            + (f" {unsolved}: “{_one_line(row['reply'])}”" if "reply" in row else "")
            for row in answered
        ]
    return "\n".join(lines)


def _one_line(text: str) -> str:
    return " ".join(text.split())
