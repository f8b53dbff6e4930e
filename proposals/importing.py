"""Drafts from a filled template: read, checked line by line, and refused as a whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from indicators.importing import ImportRefused, Note, Row, read_indicators
from indicators.importing.template import ROWS
from indicators.record import FIELDS, Shape, missing, values_of
from indicators.units import UnitTree
from proposals.models import ProposalRecord
from proposals.text import LONGEST_TEXT

MAX_BYTES = 1024 * 1024  # a full template has a tenth of it


@dataclass(frozen=True)
class DraftRow:
    """One line of the file as a draft: its fields, and what it still lacks, in words."""

    line: int
    name: str
    code: str
    fields: dict[str, Any]
    lacks: list[str]


def read_drafts(content: bytes) -> list[DraftRow]:
    """The drafts that a filled template holds.

    Raises ImportRefused with every problem of the file, by line: nothing of it is taken then.
    """
    if len(content) > MAX_BYTES:
        raise ImportRefused([Note(1, "", _("Berkas lebih besar dari 1 MB."))])
    with translation.override("id"):  # the template's titles are Indonesian
        reading = read_indicators(
            "templat.xlsx", content, tree=UnitTree.current(), needs_code=False
        )
        strange = {note.field for note in reading.warnings} - {"", *FIELDS}
        if strange:
            sentence = _("kolom ini tidak ada di templat; pakailah templat apa adanya")
            raise ImportRefused([Note(1, name, sentence) for name in sorted(strange)])
        if len(reading.rows) > ROWS:
            sentence = _("Paling banyak %d indikator dalam satu berkas.") % ROWS
            raise ImportRefused([Note(ROWS + 2, "", sentence)])
        if problems := [note for row in reading.rows for note in _problems(row)]:
            raise ImportRefused(problems)
    return [
        DraftRow(
            row.line,
            row.content["name"],
            row.content["code"],
            values_of(row.content),
            [lack.label for lack in missing(row.content, until="draft")],
        )
        for row in reading.rows
    ]


def _problems(row: Row) -> Iterator[Note]:
    """What the form and the record's own rules would refuse."""
    for name, field in FIELDS.items():
        if field.shape is Shape.PROSE and len(row.content[name]) > LONGEST_TEXT:
            yield Note(row.line, name, _("Paling panjang %d huruf.") % LONGEST_TEXT)
    try:
        ProposalRecord(**values_of(row.content)).full_clean(exclude=["proposal"])
    except ValidationError as error:
        for name, sentences in error.message_dict.items():
            label = FIELDS[name].label if name in FIELDS else ""
            yield from (Note(row.line, label, sentence) for sentence in sentences)
