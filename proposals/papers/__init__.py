"""The papers of the office, from what is kept: berita acara, daftar hadir, notula, keputusan.

They are Indonesian in whatever language their reader reads, and are numbered and signed outside:
the register of numbers and the certified signature are no part of Martahi.
Source: DOMAIN 5.5 (Permendagri 1/2023, Tata Naskah Dinas).
"""

from proposals.papers.decree import Decree, decree_of
from proposals.papers.meeting import Sheet, sheet_of
from proposals.papers.minutes import Minutes, minutes_of
from proposals.papers.odt import decree_odt

__all__ = ["Decree", "Minutes", "Sheet", "decree_odt", "decree_of", "minutes_of", "sheet_of"]
