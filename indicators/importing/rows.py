"""One row of an imported file: its cells become the canonical content of a record."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.numbers import parse_number
from indicators import shapes
from indicators.columns import BY_TITLE, WITHOUT_PLACE
from indicators.importing.files import DECODER
from indicators.importing.notes import Note
from indicators.record import FIELDS, Field, Shape, clean_text, empty_content
from indicators.units import UnitTree

MAX_CELL = 20_000

# Names that other lists give to fields of the record.
ALIASES = {
    "opd": "owner_unit",
    "target_example": "target",
    "satuan": "unit",
    "nama": "name",
    "kode": "code",
}
# Columns that lists carry for their readers and the record has no place for.
IGNORED = frozenset({"target_note", "catatan", "note", "no", "nomor"}) | WITHOUT_PLACE
_MS_IND = "ms_ind."


class RowReader:
    """Turns the cells of one line into a content, and remembers what is wrong with them."""

    def __init__(self, line: int, tree: UnitTree) -> None:
        self.line = line
        self.tree = tree
        self.problems: list[Note] = []
        self.warnings: list[Note] = []

    def content(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """The content; a cell that cannot be read leaves its field empty and a problem behind."""
        content = empty_content()
        ms_ind: dict[str, Any] = {}
        for header, value in raw.items():
            name = _field_name(header)
            if isinstance(value, str):
                value = clean_text(value)
            is_loose = header.strip().casefold() in ALIASES
            if name is None:
                if header.strip().casefold() not in IGNORED:
                    self.warnings.append(Note(self.line, header[:40], _("kolom ini tidak dibaca")))
            elif value in (None, ""):
                continue
            elif name.startswith(_MS_IND):
                self._read_ms_ind(name.removeprefix(_MS_IND), value, ms_ind)
            else:
                self._read(FIELDS[name], value, content, is_loose=is_loose)
        if ms_ind:
            self._read(FIELDS["ms_ind"], {**content["ms_ind"], **ms_ind}, content)
        if "opd" in raw and not content["applies_to"] and content["owner_unit"]:
            # A list by agency measures that agency as a whole.
            content["applies_to"] = [
                {
                    "unit": content["owner_unit"],
                    "include_sub_units": False,
                    "position_family": None,
                }
            ]
        return content

    def _read(
        self, field: Field, value: Any, content: dict[str, Any], *, is_loose: bool = False
    ) -> None:
        try:
            if field.shape is Shape.UNIT:
                content[field.name] = self._unit(value, is_loose)
            elif field.shape is Shape.APPLIES_TO:
                content[field.name] = self._applies_to(value)
            else:
                content[field.name] = _value(field, value)
        except ValidationError as error:
            self.problems.append(Note(self.line, field.name, " ".join(error.messages)))

    def _read_ms_ind(self, key: str, value: Any, ms_ind: dict[str, Any]) -> None:
        try:
            ms_ind[key] = _ms_ind_cell(key, value)
        except ValidationError as error:
            self.problems.append(Note(self.line, f"{_MS_IND}{key}", " ".join(error.messages)))

    def _unit(self, value: Any, is_loose: bool) -> str:
        """A unit's code. What other lists call it may be unknown here: that is only a warning."""
        code = self._unit_code(str(value))
        if code is None:
            sentence = _("Unit kerja tidak dikenal: %s.") % str(value)[:60]
            if not is_loose:
                raise ValidationError(sentence)
            self.warnings.append(Note(self.line, "owner_unit", sentence))
        return code or ""

    def _unit_code(self, text: str) -> str | None:
        """A unit by its code or its name."""
        if text in self.tree.names:
            return text
        wanted = text.casefold().strip()
        found = [code for code, name in self.tree.names.items() if name.casefold() == wanted]
        return found[0] if len(found) == 1 else None

    def _applies_to(self, value: Any) -> Any:
        """`dinkes+; rsud:health`: unit by unit, `+` with those below, `:` for one family."""
        if isinstance(value, str) and not value.startswith("["):
            entries = []
            for part in _parts(value):
                unit, _colon, family = part.partition(":")
                below = unit.rstrip().endswith("+")
                code = self._unit_code(unit.rstrip().rstrip("+").strip())
                if code is None:
                    raise ValidationError(_("Unit kerja tidak dikenal: %s.") % part[:60])
                entries.append(
                    {
                        "unit": code,
                        "include_sub_units": below,
                        "position_family": family.strip() or None,
                    }
                )
            return shapes.clean_applies_to(entries)
        cleaned = shapes.clean_applies_to(_json_cell(value) if isinstance(value, str) else value)
        for entry in cleaned:
            if entry["unit"] not in self.tree.names:
                raise ValidationError(_("Unit kerja tidak dikenal: %s.") % entry["unit"])
        return cleaned


def _field_name(header: str) -> str | None:
    """The field that a column is for: by its name, its label, or an alias; None for no field."""
    wanted = header.strip().casefold()
    if wanted in FIELDS:
        return wanted
    if wanted.startswith(_MS_IND) and wanted.removeprefix(_MS_IND) in (
        *shapes.MS_IND_TEXTS,
        *shapes.MS_IND_FLAGS,
        *shapes.MS_IND_LISTS,
    ):
        return wanted
    if wanted in ALIASES:
        return ALIASES[wanted]
    if wanted in BY_TITLE:
        return BY_TITLE[wanted]
    return next((name for name, field in FIELDS.items() if field.label.casefold() == wanted), None)


def _value(field: Field, value: Any) -> Any:
    match field.shape:
        case Shape.CHOICE:
            return _choice(field, value)
        case Shape.DECIMAL:
            return shapes.clean_decimal(_figure(value))
        case Shape.FLAG:
            return _flag(value)
        case Shape.TARGETS:
            return shapes.clean_targets(_pairs(value) if isinstance(value, str) else value)
        case Shape.RANGE:
            parts = _parts(value) if isinstance(value, str) else value
            return shapes.clean_target_range([_figure(part) for part in parts])
        case Shape.SCALE:
            points = list(_pairs(value).items()) if isinstance(value, str) else value
            return shapes.clean_scale([[_figure(x) for x in point] for point in points])
        case Shape.MS_IND:
            return shapes.clean_ms_ind(_json_cell(value) if isinstance(value, str) else value)
        case _:
            return _line(field, value)


def _line(field: Field, value: Any) -> str:
    if isinstance(value, bool | list | dict):
        raise ValidationError(_("Isilah dengan teks."))
    text = clean_text(str(value))
    shapes.validate_text(text)
    limit = field.max_length or MAX_CELL
    if len(text) > limit:
        raise ValidationError(_("Paling panjang %d huruf.") % limit)
    if field.name in ("code", "supports") and text:
        shapes.validate_code(text)
    return text


def _choice(field: Field, value: Any) -> str:
    """A choice by its value or its label, the explanation in brackets left out or not."""
    wanted = str(value).strip().casefold()
    for key, label in field.choices.items():
        short = label.partition(" (")[0].partition(":")[0]
        if wanted in (key.casefold(), label.casefold(), short.casefold()):
            return key
    raise ValidationError(_("Isinya salah satu dari: %s.") % ", ".join(field.choices))


def _figure(value: Any) -> Any:
    """A figure as files write it: numbers exactly, text as people type it."""
    if isinstance(value, str):
        try:
            return parse_number(value)
        except ValueError as error:
            raise ValidationError(_("Bukan angka: %s.") % value[:40]) from error
    return value


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = str(value).strip().casefold()
    if text in ("ya", "y", "true", "1", "benar"):
        return True
    if text in ("tidak", "t", "false", "0", "salah"):
        return False
    raise ValidationError(_("Isilah ya atau tidak."))


def _ms_ind_cell(key: str, value: Any) -> Any:
    """A part of MS-Ind as its form has it: Ya-1/Tidak-2, and lists in one cell."""
    if key in shapes.MS_IND_FLAGS and not isinstance(value, bool):
        text = str(value).strip().casefold()
        return _flag({"ya-1": "ya", "2": "tidak", "tidak-2": "tidak"}.get(text, text))
    if key in shapes.MS_IND_LISTS and isinstance(value, str):
        if value.startswith("["):
            return _json_cell(value)
        return [part.strip() for part in value.split(";") if part.strip()]
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    return str(value) if is_number else value


def _parts(text: str) -> list[str]:
    """`60; 85` or `60–85` as its parts."""
    separators = ";" if ";" in text else "–"
    return [part.strip() for part in text.split(separators) if part.strip()]


def _pairs(text: str) -> dict[str, Any]:
    """`TW1=25; TW2=50` as a mapping."""
    if text.startswith("{") or text.startswith("["):
        loaded = _json_cell(text)
        return dict(loaded) if isinstance(loaded, list) else loaded
    pairs = {}
    for part in _parts(text):
        key, equals, figure = part.partition("=")
        if not equals:
            raise ValidationError(_("Tulis pasangan seperti TW1=25; TW2=50."))
        pairs[key.strip()] = _figure(figure.strip())
    return pairs


def _json_cell(text: str) -> Any:
    try:
        return DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        raise ValidationError(_("Isi sel ini bukan JSON yang sah.")) from error
