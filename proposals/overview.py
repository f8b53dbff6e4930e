"""The overview of a debate: which fields are talked about, how, and what is disputed most."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from indicators.record import FIELDS
from proposals.models import Comment, Proposal
from proposals.querysets import WHOLE
from proposals.text import WEIGHT

KINDS = [kind for kind in Comment.Kind if kind != Comment.Kind.REPLY]
CONTRARY = frozenset({Comment.Kind.OBJECTION, Comment.Kind.QUESTION, Comment.Kind.GAMING_RISK})


@dataclass(frozen=True)
class Cell:
    """The comments of one kind on one field."""

    kind: Comment.Kind
    total: int = 0
    open: int = 0  # wait for their disposition
    closed: int = 0  # have one
    not_adopted: int = 0


@dataclass(frozen=True)
class FieldDebate:
    """One field of the text, with a cell for each kind; `field` is `whole` for the whole text."""

    field: str
    label: str
    cells: list[Cell]

    @cached_property
    def total(self) -> int:
        """All comments on the field."""
        return sum(cell.total for cell in self.cells)

    @cached_property
    def open(self) -> int:
        """Those that wait for their disposition."""
        return sum(cell.open for cell in self.cells)

    @cached_property
    def closed(self) -> int:
        """Those that have one."""
        return sum(cell.closed for cell in self.cells)

    @cached_property
    def disputed(self) -> int:
        """How disputed the field is: what was said against it, and what was not adopted.

        Objections, questions and gaming risks count 1 each; whatever its kind, a comment that was
        not adopted counts 1 more, because its author may well hold on to it.
        """
        contrary = sum(cell.total for cell in self.cells if cell.kind in CONTRARY)
        return contrary + sum(cell.not_adopted for cell in self.cells)


@dataclass(frozen=True)
class Overview:
    """All fields that were talked about, the most disputed first."""

    fields: list[FieldDebate]

    @property
    def disputed_rows(self) -> list[tuple[str, int]]:
        """How disputed each field is, for a chart."""
        return [(field.label, field.disputed) for field in self.fields if field.disputed]

    @property
    def closed_rows(self) -> list[tuple[str, int]]:
        """How many comments wait and how many were answered, for a chart."""
        return [
            (_("Menunggu tindak lanjut"), sum(field.open for field in self.fields)),
            (_("Sudah ditindaklanjuti"), sum(field.closed for field in self.fields)),
        ]


def overview_of(proposal: Proposal) -> Overview:
    """The comments on a proposal by field and kind. One query."""
    counts = Comment.objects.filter(proposal=proposal).count_by_field_and_kind()
    labels = _labels()
    found = [
        FieldDebate(
            name or WHOLE,
            labels.get(name, name),
            [Cell(kind, **counts.get((name, kind.value), {})) for kind in KINDS],
        )
        for name in _ordered({name for name, _kind in counts}, labels)
    ]
    return Overview(sorted(found, key=lambda field: (-field.disputed, -field.total)))


def field_label(field: str) -> str:
    """The name of a field as an address gives it, `whole` included; empty if there is none."""
    return _labels().get("" if field == WHOLE else field, "") if field else ""


def _labels() -> dict[str, str]:
    """The names of all that comments may be about, in the order of the record."""
    labels = {"": _("seluruh usulan"), WEIGHT: _("bobot yang diusulkan")}
    return labels | {name: field.label for name, field in FIELDS.items()}


def _ordered(names: Iterable[str], labels: Iterable[str]) -> list[str]:
    """Names in the order of the record, so that equals stand where a reader expects them."""
    order = {name: place for place, name in enumerate(labels)}
    return sorted(names, key=lambda name: order.get(name, len(order)))
