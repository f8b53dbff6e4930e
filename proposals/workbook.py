"""The document of a debate as a workbook; every cell is a text or a whole number, never a formula.

Source: STACK, trap 9 (openpyxl makes a formula of any text that begins with `=`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from proposals.checklist import ITEMS
from proposals.debate import Document
from proposals.models import Comment, Decision, Disposition, Protest, ReviewAnswer
from proposals.overview import field_label
from proposals.stages import Stage

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

type Value = str | int | None

CELL_LENGTH = 32_767  # the most characters that a cell of XLSX holds
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")  # XML cannot hold them


def debate_workbook(document: Document) -> bytes:
    """A sheet each for text, revisions, comments, reviews, way, votes and decisions, in words."""
    from openpyxl import Workbook  # noqa: PLC0415 (slow to import, rarely needed)

    book = Workbook()
    del book["Sheet"]
    for title, heads, rows in _sheets(document):
        sheet = book.create_sheet(title)
        _write(sheet, 1, heads)
        for number, row in enumerate(rows, start=2):
            _write(sheet, number, row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write(sheet: Worksheet, number: int, row: Sequence[Value]) -> None:
    for column, value in enumerate(row, start=1):
        cell = sheet.cell(number, column)
        if isinstance(value, str):
            cell.value = _UNPRINTABLE.sub("", value)[:CELL_LENGTH]
            cell.data_type = "s"  # after the value, which may have made it a formula
        else:
            cell.value = value


def _sheets(document: Document) -> Iterable[tuple[str, list[str], list[list[Value]]]]:
    yield (
        _("Teks"),
        [_("Bagian"), _("Isi")],
        [[line["label"], line["text"]] for line in document["text"]],
    )
    yield (
        _("Revisi"),
        [_("Revisi"), _("Oleh"), _("Waktu"), _("Alasan"), _("Bagian"), _("Semula"), _("Menjadi")],
        [
            [
                revision["number"],
                revision["author"],
                revision["at"],
                revision["reason"],
                change and change["label"],
                change and change["before"],
                change and change["after"],
            ]
            for revision in document["revisions"]
            for change in revision["changes"] or [None]
        ],
    )
    yield (
        _("Tanggapan"),
        [
            _("Jenis"),
            _("Bagian"),
            _("Revisi"),
            _("Oleh"),
            _("Waktu"),
            _("Isi"),
            _("Rumusan"),
            _("Tindak lanjut"),
            _("Dimuat dalam revisi"),
            _("Alasan"),
        ],
        list(_comment_rows(document)),
    )
    yield (
        _("Telaah"),
        [_("Oleh"), _("Revisi"), _("Butir"), _("Penilaian"), _("Alasan")],
        [
            [
                review["reviewer"],
                review["revision"],
                str(ITEMS[item].question),
                _word(ReviewAnswer.Verdict, said["verdict"]),
                said["reason"],
            ]
            for review in document["reviews"]
            for item, said in review["answers"].items()
        ],
    )
    yield (
        _("Perjalanan"),
        [_("Dari"), _("Ke"), _("Oleh"), _("Waktu"), _("Alasan")],
        [
            [
                _word(Stage, change["from"]),
                _word(Stage, change["to"]),
                change["by"],
                change["at"],
                change["reason"],
            ]
            for change in document["stage_changes"]
        ],
    )
    yield (
        _("Pemungutan suara"),
        [
            _("Revisi"),
            _("Dibuka"),
            _("Ditutup"),
            _("Pemilih"),
            _("Memberikan suara"),
            _("Setuju"),
            _("Tidak setuju"),
            _("Abstain"),
            _("Hasil"),
        ],
        [
            [
                poll["revision"],
                poll["opened_at"],
                poll["closed_at"],
                poll["electors"],
                poll["turnout"],
                poll["in_favour"],
                poll["against"],
                poll["abstained"],
                _outcome(poll),
            ]
            for poll in document["polls"]
        ],
    )
    yield (
        _("Sanggahan dan keputusan"),
        [_("Jenis"), _("Oleh"), _("Waktu"), _("Isi"), _("Jawaban")],
        [
            *(
                [_protest(one), one["author"], one["at"], one["body"], one["answer"]]
                for one in document["protests"]
            ),
            *(
                [_word(Decision.Kind, one["kind"]), one["by"], one["at"], one["reason"], ""]
                for one in document["decisions"]
            ),
        ],
    )


def _comment_rows(document: Document) -> Iterable[list[Value]]:
    for comment in document["comments"]:
        given = comment["disposition"] or {}
        field = field_label(comment["field"]) if comment["field"] else _("Seluruh usulan")
        yield [
            _word(Comment.Kind, comment["kind"]),
            field,
            comment["revision"],
            comment["author"],
            comment["at"],
            comment["body"],
            comment["wording"],
            _word(Disposition.Outcome, given.get("outcome")),
            given.get("revision"),
            given.get("reason"),
        ]
        for reply in comment["replies"]:
            said = [reply["author"], reply["at"], reply["body"]]
            yield [str(Comment.Kind.REPLY.label), field, None, *said, None, None, None, None]


def _word(choices: type[TextChoices], key: str | None) -> str | None:
    """What a key of the document is called on the pages."""
    return str(choices(key).label) if key else None


def _protest(protest: Document) -> str:
    if not protest["outcome"]:
        return _("Sanggahan yang belum dijawab")
    outcome = Protest.Outcome(protest["outcome"]).label
    return _("Sanggahan: %(outcome)s") % {"outcome": outcome}


def _outcome(poll: Document) -> str | None:
    if poll["voided"]:
        return _("Dibatalkan: %(reason)s") % {"reason": poll["voided"]}
    if poll["passed"] is None:
        return None
    return _("Disetujui") if poll["passed"] else _("Tidak disetujui")
