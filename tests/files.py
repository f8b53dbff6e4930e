"""Small files of every accepted type, made byte by byte."""

import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

PDF_BYTES = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def _chunk(name: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + check


PNG_BYTES = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + _chunk(b"tEXt", b"AUTHOR\0Seseorang")
    + _chunk(b"IDAT", zlib.compress(b"\0\0"))
    + _chunk(b"IEND", b"")
)


def _segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


_TIFF = b"II*\0" + struct.pack("<IH", 8, 1) + struct.pack("<HHIHH", 0x0112, 3, 1, 6, 0) + b"\0" * 4
JPEG_WITH_PLACE = (
    b"\xff\xd8"
    + _segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
    + _segment(0xE1, b"Exif\0\0" + _TIFF + b"GPS-PLACE")
    + _segment(0xFE, b"COMMENT")
    + _segment(0xDA, b"\1\1\0\0\x3f\0")
    + b"SCAN\xff\x00DATA"
    + b"\xff\xd9"
)


def archive(parts: Mapping[str, bytes]) -> bytes:
    """An archive of these parts."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            opened.writestr(name, content)
    return stream.getvalue()


def xlsx(more: Mapping[str, bytes] | None = None) -> bytes:
    """A workbook as far as its own word goes, with `more` parts or others instead."""
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return archive({"[Content_Types].xml": kind, "xl/workbook.xml": b"", **(more or {})})


def ods() -> bytes:
    """A spreadsheet as far as its own word goes."""
    return archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"})
