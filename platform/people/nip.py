"""NIP and NI PPPK: the eighteen digits by which the state knows its servants.

Source: DOMAIN 1.3 (BKN practice; there is no check digit). PNS: 8 birth date, 6 year and month of
first appointment, 1 sex, 3 serial. PPPK: 8 birth date, 4 year, 2 code (21 to 29), 1 sex, 3 serial.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import accumulate

from django.utils.translation import gettext as _


class Employment(StrEnum):
    """Permanent (PNS) or on contract (PPPK)."""

    PNS = "pns"
    PPPK = "pppk"


@dataclass(frozen=True)
class Nip:
    """What eighteen valid digits say; `warning` is a doubt that does not make them invalid."""

    digits: str
    employment: Employment
    born_on: date
    warning: str = ""


def parse_nip(text: str, *, today: date) -> Nip:
    """Read a NIP typed by a person; spaces are dropped.

    Raises ValueError with a sentence in Indonesian that says what is wrong.
    """
    digits = re.sub(r"\s", "", text)
    if not re.fullmatch(r"[0-9]{18}", digits):
        raise ValueError(_("NIP terdiri atas 18 angka."))
    try:
        born_on = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        raise ValueError(_("Delapan angka pertama NIP bukan tanggal lahir yang sah.")) from None
    if born_on > today:
        raise ValueError(_("Tanggal lahir dalam NIP belum tiba."))
    year, code = int(digits[8:12]), int(digits[12:14])
    if 1 <= code <= 12 and year >= 1960:
        employment = Employment.PNS
    elif 21 <= code <= 29 and year >= 2019:
        employment = Employment.PPPK
    else:
        raise ValueError(_("Angka ke-9 sampai ke-14 NIP bukan masa pengangkatan PNS atau PPPK."))
    if digits[14] not in "12":
        raise ValueError(_("Angka ke-15 NIP harus 1 atau 2."))
    if digits[15:] == "000":
        raise ValueError(_("Tiga angka terakhir NIP tidak boleh 000."))
    warning = ""
    if not 15 <= year - born_on.year <= 60:
        warning = _("Jarak tahun lahir dan tahun pengangkatan tidak lazim.")
    return Nip(digits, employment, born_on, warning)


def mask_nip(digits: str) -> str:
    """All but the last three digits hidden: the others tell birth date and sex."""
    return "*" * (len(digits) - 3) + digits[-3:]


def space_nip(digits: str) -> str:
    """The NIP in its groups: 8 6 1 3 for PNS, 8 4 2 1 3 for PPPK."""
    groups = (8, 4, 2, 1, 3) if int(digits[12:14]) > 12 else (8, 6, 1, 3)
    ends = list(accumulate(groups))
    parts = [digits[end - size : end] for size, end in zip(groups, ends, strict=True)]
    return "\N{NO-BREAK SPACE}".join(parts)  # a narrow column does not tear it apart
