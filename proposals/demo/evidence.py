"""A file for a proposal of the demo city to show."""

import io


def figures_file(title: str) -> bytes:
    """A small workbook of made-up monthly figures."""
    import openpyxl  # slow to import, and needed here alone

    book = openpyxl.Workbook()
    sheet = book.active
    if sheet is None:
        raise RuntimeError("a new workbook has a sheet")
    sheet.append([title])
    sheet.append(["Bulan", "Menunggu paling lama 10 menit", "Seluruh pasien"])
    for month, served in enumerate((1168, 1171, 1065, 1274, 1278, 1176), start=1):
        sheet.append([month, served, 1520])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
