"""The checklist by which colleagues review a proposed indicator.

Source: DOMAIN 2.3: the five criteria of PP 30/2019, then SMART-C.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Item:
    """One criterion: its key in the database, the question, and where it comes from."""

    key: str
    question: "StrOrPromise"
    source: str


PP_30 = "PP 30/2019"
SMART_C = "SMART-C"

ITEMS: dict[str, Item] = {
    item.key: item
    for item in (
        Item("specific", _("Spesifik: jelas apa yang diukur?"), PP_30),
        Item("measurable", _("Terukur: dapat dihitung dari data yang ada?"), PP_30),
        Item("realistic", _("Realistis: dapat dicapai?"), PP_30),
        Item("has_deadline", _("Memiliki batas waktu pencapaian?"), PP_30),
        Item("fits_conditions", _("Sesuai kondisi internal dan eksternal organisasi?"), PP_30),
        Item("smart_specific", _("Specific: tidak bermakna ganda, relevan, dan khas?"), SMART_C),
        Item("smart_measurable", _("Measurable: satuannya jelas?"), SMART_C),
        Item("smart_agreeable", _("Agreeable: disepakati pemilik dan atasannya?"), SMART_C),
        Item("smart_realistic", _("Realistic: terjangkau, tetapi menantang?"), SMART_C),
        Item("smart_time_bounded", _("Time-bounded: jelas kapan diukur?"), SMART_C),
        Item(
            "smart_improved",
            _("Continuously improved: mendorong perbaikan terus?"),
            SMART_C,
        ),
    )
}
