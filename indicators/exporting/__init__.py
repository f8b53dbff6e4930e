"""What a published set gives out: the forms of the office, and the *Kamus Indikator*.

All of it is told from the document alone, in Indonesian for every reader. What the forms of
`sheets` hold, `importing` reads again as the same canonical contents.
"""

from indicators.exporting.kamus import Kamus, kamus_of
from indicators.exporting.sheets import (
    Table,
    Workbook,
    ekinerja_table,
    manual_iku_workbook,
    ms_ind_table,
    ms_ind_workbook,
)
from indicators.exporting.xlsx import workbook_bytes

__all__ = [
    "Kamus",
    "Table",
    "Workbook",
    "ekinerja_table",
    "kamus_of",
    "manual_iku_workbook",
    "ms_ind_table",
    "ms_ind_workbook",
    "workbook_bytes",
]
