"""The shape of the record's structured values: decimals, periods, ranges, scales, whom it measures.

Each `clean_…` takes what a person, a file or the database gave, returns the one canonical form
(decimals as their shortest text), and raises ValidationError with an Indonesian sentence.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.canonical import decimal_text
from people.models import Person

CODE = re.compile(r"[A-Z][A-Z0-9]{0,7}(-[A-Z0-9]{1,8}){1,2}")
PERIOD_FAMILIES: tuple[tuple[str, ...], ...] = (
    tuple(f"B{month:02}" for month in range(1, 13)),
    tuple(f"TW{quarter}" for quarter in range(1, 5)),
    ("S1", "S2"),
)
PERIODS = frozenset(key for family in PERIOD_FAMILIES for key in family)
MAX_APPLIES_TO = 200
MAX_SCALE_POINTS = 12

_DECIMAL = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
_UNIT_CODE = re.compile(r"[-a-zA-Z0-9_]{1,40}")
_FAMILIES = frozenset(Person.Family.values)
# C0 and C1 control characters but tab and line breaks; and lone surrogates, which no file can hold.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

MS_IND_TEXTS = (
    "konsep",
    "interpretasi",
    "ukuran",
    "klasifikasi_penyajian",
    "publikasi_ketersediaan",
    "kegiatan_penghasil",
    "level_estimasi",
)
MS_IND_FLAGS = ("komposit", "akses_umum")
MS_IND_LISTS = ("indikator_pembangun", "variabel_pembangun")


def validate_text(value: str) -> None:
    """Refuse characters that cannot be printed, stored in every database or written to a file."""
    if _FORBIDDEN.search(value):
        raise ValidationError(_("Teks memuat karakter yang tidak dapat ditampilkan."))


def validate_code(value: str) -> None:
    """An indicator's code: `KES-01`, `UMU-04`, `KES-PKM-01`."""
    if not CODE.fullmatch(value):
        raise ValidationError(
            _("Kode terdiri atas huruf kapital, tanda hubung dan angka, misalnya KES-01.")
        )


def clean_decimal(value: object) -> str:
    """A figure as its shortest decimal text, exact to 4 decimals and 15 digits.

    Raises ValidationError for anything else, floats and booleans included.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise ValidationError(_("Isilah dengan angka."))
    if isinstance(value, Decimal) and abs(value.adjusted()) > 40:  # 1e999999999 is a GB of zeros
        raise ValidationError(_("Isilah dengan angka yang wajar, misalnya 87,5."))
    text = format(value, "f") if isinstance(value, Decimal) else str(value).strip()
    if not _DECIMAL.fullmatch(text):
        raise ValidationError(_("Isilah dengan angka yang wajar, misalnya 87,5."))
    figure = Decimal(text)
    if abs(figure) >= 10**11 or figure != round(figure, 4):
        raise ValidationError(_("Paling banyak 11 angka di depan koma dan 4 angka di belakangnya."))
    return decimal_text(figure)


def clean_targets(value: object) -> dict[str, str]:
    """Targets by period, `{"TW1": "25", …}`: months `B01`…, quarters `TW1`…, or halves `S1`…."""
    if not isinstance(value, Mapping):
        raise ValidationError(_("Target per periode berupa pasangan periode dan angka."))
    keys = {str(key) for key in value}
    if keys and not any(keys <= set(family) for family in PERIOD_FAMILIES):
        raise ValidationError(
            _("Periode ditulis B01 sampai B12, TW1 sampai TW4, atau S1 dan S2, tidak dicampur.")
        )
    return {str(key): clean_decimal(value[key]) for key in sorted(value)}


def clean_target_range(value: object) -> list[str]:
    """A target range `[low, high]` with low < high, or `[]` for none."""
    figures = [clean_decimal(item) for item in _sequence(value)]
    if not figures:
        return []
    if len(figures) != 2 or Decimal(figures[0]) >= Decimal(figures[1]):
        raise ValidationError(_("Rentang target terdiri atas batas bawah dan batas atas."))
    return figures


def clean_scale(value: object) -> list[list[str]]:
    """The scale of a two-sided indicator, `[[achievement, score], …]`, achievement increasing."""
    points = [[clean_decimal(figure) for figure in _sequence(item)] for item in _sequence(value)]
    if not points:
        return []
    if any(len(point) != 2 for point in points) or not 2 <= len(points) <= MAX_SCALE_POINTS:
        raise ValidationError(
            _("Skala terdiri atas 2 sampai 12 pasangan: capaian dan nilai capaian.")
        )
    achievements = [Decimal(point[0]) for point in points]
    if any(low >= high for low, high in zip(achievements, achievements[1:], strict=False)):
        raise ValidationError(_("Capaian pada skala harus makin besar dari baris ke baris."))
    return points


def clean_applies_to(value: object) -> list[dict[str, Any]]:
    """Whom the indicator measures, sorted: `{unit, include_sub_units, position_family}`."""
    entries: dict[tuple[str, str, bool], dict[str, Any]] = {}
    for item in _sequence(value):
        if not isinstance(item, Mapping) or not set(item) <= {
            "unit",
            "include_sub_units",
            "position_family",
        }:
            raise ValidationError(_("Sasaran pengukuran memuat unit kerja dan cakupannya."))
        unit = item.get("unit")
        below, family = item.get("include_sub_units", False), item.get("position_family") or None
        if not isinstance(unit, str) or not _UNIT_CODE.fullmatch(unit):
            raise ValidationError(_("Pilih unit kerja yang diukur."))
        if not isinstance(below, bool):
            raise ValidationError(_("Cakupan unit di bawahnya diisi ya atau tidak."))
        if family is not None and family not in _FAMILIES:
            raise ValidationError(_("Rumpun jabatan tidak dikenal."))
        entries[unit, family or "", below] = {
            "unit": unit,
            "include_sub_units": below,
            "position_family": family,
        }
    if len(entries) > MAX_APPLIES_TO:
        raise ValidationError(_("Terlalu banyak sasaran pengukuran; pilih unit induknya."))
    return [entries[key] for key in sorted(entries)]


def clean_ms_ind(value: object) -> dict[str, Any]:
    """The fields that only the BPS form MS-Ind asks for; empty ones are left out."""
    if not isinstance(value, Mapping):
        raise ValidationError(_("Keterangan MS-Ind berupa pasangan nama dan isi."))
    unknown = set(value) - {*MS_IND_TEXTS, *MS_IND_FLAGS, *MS_IND_LISTS}
    if unknown:
        raise ValidationError(_("Keterangan MS-Ind tidak dikenal: %s.") % sorted(unknown)[0])
    return {
        key: cleaned for key in sorted(value) if (cleaned := _ms_ind(key, value[key])) is not None
    }


def _ms_ind(key: str, item: object) -> object:
    if item is None or item == "" or item == []:
        return None
    if key in MS_IND_FLAGS and isinstance(item, bool):
        return item
    if key in MS_IND_TEXTS and isinstance(item, str):
        validate_text(item)
        return item
    if key in MS_IND_LISTS:
        texts = [text for text in _sequence(item) if isinstance(text, str)]
        for text in texts:
            validate_text(text)
        if len(texts) == len(_sequence(item)) <= 50:
            return texts
    raise ValidationError(_("Isi keterangan MS-Ind %s tidak dikenali.") % key)


def _sequence(value: object) -> Sequence[object]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise ValidationError(_("Isi tidak dikenali: seharusnya berupa daftar."))
    return value


def _require_canonical(clean: Callable[[object], object], value: object) -> None:
    if clean(value) != value:
        raise ValidationError(_("Isi belum dalam bentuk bakunya."))


def validate_targets(value: object) -> None:
    """Raise ValidationError unless `clean_targets` would leave the value as it is."""
    _require_canonical(clean_targets, value)


def validate_target_range(value: object) -> None:
    """Raise ValidationError unless `clean_target_range` would leave the value as it is."""
    _require_canonical(clean_target_range, value)


def validate_scale(value: object) -> None:
    """Raise ValidationError unless `clean_scale` would leave the value as it is."""
    _require_canonical(clean_scale, value)


def validate_applies_to(value: object) -> None:
    """Raise ValidationError unless `clean_applies_to` would leave the value as it is."""
    _require_canonical(clean_applies_to, value)


def validate_ms_ind(value: object) -> None:
    """Raise ValidationError unless `clean_ms_ind` would leave the value as it is."""
    _require_canonical(clean_ms_ind, value)
