"""The rules of one poll, fixed when it opens: quorum, majority, secrecy, what is published.

Source: DOMAIN 5.2 (quorum "1/2 n + 1" is floor(n/2)+1; majority is *more than* a share; a tie is
not a majority).
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from enum import StrEnum
from fractions import Fraction

from django.utils.translation import gettext as _

from voting.methods import METHODS

HALF_PLUS_ONE = "half_plus_one"
MINIMUM_SHOWN = 5

# Methods that `manage.py tally` counts and no poll is held by, each with the reason.
COUNTED_ONLY = {
    "irv": lambda: _(
        "Metode irv tidak dapat dihitung ulang dari angka per butir (cara A dan C), sehingga hanya "
        "tersedia untuk menghitung berkas."
    ),
    "approval": lambda: _("Metode ini hanya tersedia untuk menghitung berkas."),
    "score": lambda: _("Metode ini hanya tersedia untuk menghitung berkas."),
}

_RATIO = re.compile(r"[1-9][0-9]{0,3}/[1-9][0-9]{0,3}")


class PublicationMode(StrEnum):
    """What everyone may read after sealing (RELIABILITY, decision 5)."""

    COLUMNS = "A"
    BALLOTS = "B"
    TOTALS = "C"
    NAMES = "N"  # of an open ballot: who chose what


@dataclass(frozen=True)
class Policy:
    """A policy as a round keeps it and a poll copies it: text and numbers only.

    `quorum` is `half_plus_one` or the share of the roll that must vote ("2/3", reached at ≥);
    `majority` is the share of the decisive votes that must be exceeded ("1/2", more than).
    Raises ValueError with a sentence in Indonesian for rules that no poll may have.
    """

    method: str = "approve"
    is_secret: bool = True
    quorum: str = HALF_PLUS_ONE
    majority: str = "1/2"
    publication_mode: str = PublicationMode.COLUMNS.value
    minimum_shown: int = MINIMUM_SHOWN

    def __post_init__(self) -> None:
        if self.method in COUNTED_ONLY:
            raise ValueError(COUNTED_ONLY[self.method]())
        if self.method not in METHODS:
            raise ValueError(_("Metode pemungutan suara tidak dikenal."))
        if self.is_secret == (self.publication_mode == PublicationMode.NAMES):
            raise ValueError(
                _("Nama diumumkan pada suara terbuka, dan tidak pernah pada suara tertutup.")
            )
        if self.quorum != HALF_PLUS_ONE and not 0 < ratio(self.quorum) <= 1:
            raise ValueError(_("Kuorum adalah bagian dari daftar pemilih, misalnya 2/3."))
        if not Fraction(1, 2) <= ratio(self.majority) < 1:
            raise ValueError(_("Suara terbanyak sekurang-kurangnya lebih dari 1/2."))
        if self.publication_mode not in list(PublicationMode):
            raise ValueError(_("Cara pengumuman hasil tidak dikenal."))
        if self.minimum_shown < MINIMUM_SHOWN:
            raise ValueError(
                _("Rincian suara baru ditampilkan mulai dari %(k)s surat suara.")
                % {"k": MINIMUM_SHOWN}
            )
        METHODS[self.method].check(self)

    def as_dict(self) -> dict[str, str | bool | int]:
        """The policy as JSON; `Policy(**…)` reads it back."""
        return asdict(self)

    def quorum_needed(self, electors: int) -> int:
        """How many of a roll of `electors` must vote."""
        if self.quorum == HALF_PLUS_ONE:
            return electors // 2 + 1
        needed = electors * ratio(self.quorum)
        return -(-needed.numerator // needed.denominator)

    @property
    def majority_share(self) -> Fraction:
        """The share of the decisive votes that must be exceeded."""
        return ratio(self.majority)

    @property
    def tells_columns(self) -> bool:
        """Whether everyone may read what is kept of the ballots, and the nonce of its hash.

        In publication mode C only where the totals of the method are those very columns.
        """
        is_total = self.publication_mode == PublicationMode.TOTALS
        return not is_total or METHODS[self.method].totals_are_columns

    @property
    def secrecy_words(self) -> str:
        """Who will know what one chose, as a sentence for voters."""
        if self.is_secret:
            return _("Suara tertutup: nama Anda tidak disimpan bersama pilihan Anda.")
        return _(
            "Suara terbuka: nama Anda dan pilihan Anda terbaca oleh semua pegawai sesudah "
            "pemungutan suara ditutup."
        )

    @property
    def quorum_words(self) -> str:
        """The quorum as a sentence for voters."""
        if not METHODS[self.method].abstained:
            if self.quorum == HALF_PLUS_ONE:
                return _("Kuorum: setengah dari daftar pemilih tambah satu.")
            return _("Kuorum: sekurang-kurangnya %(ratio)s dari daftar pemilih.") % {
                "ratio": self.quorum
            }
        if self.quorum == HALF_PLUS_ONE:
            return _("Kuorum: setengah dari daftar pemilih tambah satu; abstain ikut dihitung.")
        return _(
            "Kuorum: sekurang-kurangnya %(ratio)s dari daftar pemilih; abstain ikut dihitung."
        ) % {"ratio": self.quorum}

    @property
    def majority_words(self) -> str:
        """What makes an item pass, as a sentence for voters."""
        return METHODS[self.method].rule_words(self)

    @property
    def publication_words(self) -> str:
        """What will be published, as a sentence for voters."""
        words = {
            PublicationMode.COLUMNS: _(
                "Yang diumumkan: %(what)s; dan daftar kode tanda terima. "
                "Surat suara utuh tidak diumumkan."
            )
            % {"what": METHODS[self.method].columns_words},
            PublicationMode.BALLOTS: _(
                "Yang diumumkan: setiap surat suara utuh tanpa nama, dengan kode tanda terimanya. "
                "Siapa pun yang mengetahui kode Anda dapat melihat pilihan Anda."
            ),
            PublicationMode.TOTALS: _(
                "Yang diumumkan hanya %(what)s, tanpa daftar kode tanda terima."
            )
            % {"what": METHODS[self.method].totals_words},
            PublicationMode.NAMES: _(
                "Sesudah ditutup, nama setiap pemilih, pilihannya, dan riwayat perubahannya dapat "
                "dibaca semua pegawai. Sebelum itu hanya pemilih sendiri yang melihat pilihannya."
            ),
        }
        return words[PublicationMode(self.publication_mode)]

    @property
    def ending_words(self) -> str:
        """How a poll ends or is asked again, as sentences for voters."""
        ending = _(
            "Waktu penutupan tidak dapat diubah oleh siapa pun. Selama dibuka, pemungutan suara "
            "dapat dibatalkan dengan alasan tertulis; lalu tidak ada suara yang dihitung."
        )
        if not METHODS[self.method].is_repeated_once:
            return ending
        again = _(
            "Bila kuorum tidak tercapai atau suara berimbang, kepala unit kerja dapat mengulangnya "
            "satu kali."
        )
        return f"{ending} {again}"

    @property
    def minimum_words(self) -> str:
        """When details stay hidden, as a sentence for voters."""
        if not self.is_secret:
            return _(
                "Bila surat suara kurang dari %(k)s, dokumen yang diterbitkan hanya memuat "
                "keputusan dan jumlah pemilih yang memilih."
            ) % {"k": self.minimum_shown}
        return _(
            "Bila surat suara kurang dari %(k)s, hanya keputusan dan jumlah pemilih yang memilih "
            "yang ditampilkan."
        ) % {"k": self.minimum_shown}


def ratio(text: str) -> Fraction:
    """The exact value of a ratio text: `2/3`.

    Raises ValueError with a sentence in Indonesian for anything else.
    """
    if not _RATIO.fullmatch(text):
        raise ValueError(_("Tulis sebuah pecahan, misalnya 2/3."))
    return Fraction(text)
