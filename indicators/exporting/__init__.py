"""What a published set gives out: the forms of the office.

All of it is told from the document alone, in Indonesian for every reader. What the forms of
`sheets` hold, `importing` reads again as the same canonical contents.
"""

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
    "Table",
    "Workbook",
    "ekinerja_table",
    "manual_iku_workbook",
    "ms_ind_table",
    "ms_ind_workbook",
    "workbook_bytes",
]
