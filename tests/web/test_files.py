"""What is accepted as a file, and what is left of it."""

import struct
import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError

from tests.files import JPEG_WITH_PLACE, PDF_BYTES, PNG_BYTES, archive, ods, xlsx
from web.files import JPEG, MAX_BYTES, ODS, PDF, PNG, XLSX, FileType, accepted_file, file_name


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF_BYTES, PDF),
        (PNG_BYTES, PNG),
        (JPEG_WITH_PLACE, JPEG),
        (xlsx(), XLSX),
        (ods(), ODS),
    ],
    ids=["PDF", "PNG", "JPEG", "XLSX", "ODS"],
)
def test_a_file_is_what_its_bytes_say(content: bytes, kind: FileType) -> None:
    assert accepted_file(content)[0] == kind


REFUSED = {
    "a web page": b"<!DOCTYPE html><script>alert(1)</script>",
    "a web page that hides behind the head of a PDF": b"%PDF-1.4\n<script>x</script>\n%%EOF",
    "a web page before a PDF": b"<html></html>" + PDF_BYTES,
    "a picture that can hold scripts": b'<svg xmlns="http://www.w3.org/2000/svg"></svg>',
    "a PDF without its end": PDF_BYTES[:-8],
    "a JPEG without its end": JPEG_WITH_PLACE[:-2],
    "a PNG without its end": PNG_BYTES[:-12],
    "any archive": archive({"readme.txt": b"x"}),
    "a text document": archive({"mimetype": b"application/vnd.oasis.opendocument.text"}),
    "a workbook with macros": xlsx({"xl/vbaProject.bin": b"x"}),
    "a workbook that says it holds macros": archive(
        {
            "[Content_Types].xml": b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
            "xl/workbook.xml": b"",
        }
    ),
    "a broken archive": xlsx()[:60],
    "an archive behind something else": b"GIF89a" + xlsx(),
    "a program": b"MZ\x90\x00",
    "too many parts": xlsx({f"xl/{number}.xml": b"" for number in range(2001)}),
    "more than 10 MB": PDF_BYTES[:9] + b" " * MAX_BYTES + PDF_BYTES[9:],
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_accepted_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(ValidationError) as refusal:
        accepted_file(content)
    assert refusal.value.messages[0].endswith(".")


def test_an_archive_that_unpacks_to_too_much_is_refused_by_its_directory() -> None:
    """40 kB that would become 300 MB are not unpacked to find out."""
    bomb = xlsx({"xl/worksheets/sheet1.xml": b"0" * 300 * 1024 * 1024})
    assert len(bomb) < 1024 * 1024
    with pytest.raises(ValidationError, match="terlalu besar"):
        accepted_file(bomb)


def test_an_archive_that_lies_about_its_sizes_is_read_no_further_than_64_kb() -> None:
    big = xlsx({"[Content_Types].xml": b"x" * 10_000_000 + b"sheet"})
    with zipfile.ZipFile(BytesIO(big)) as opened:
        declared = opened.getinfo("[Content_Types].xml").file_size
    lying = big.replace(struct.pack("<I", declared), struct.pack("<I", 100))
    with pytest.raises(ValidationError):
        accepted_file(lying)


def test_a_photo_keeps_no_place_and_no_thumbnail() -> None:
    assert b"GPS-PLACE" in JPEG_WITH_PLACE
    _kind, kept = accepted_file(JPEG_WITH_PLACE)
    assert b"GPS-PLACE" not in kept
    assert b"COMMENT" not in kept


def test_a_photo_keeps_its_picture_and_which_side_is_up() -> None:
    _kind, kept = accepted_file(JPEG_WITH_PLACE)
    assert b"SCAN\xff\x00DATA\xff\xd9" in kept
    assert struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0) in kept


def test_what_a_phone_appends_to_a_photo_is_dropped() -> None:
    _kind, kept = accepted_file(JPEG_WITH_PLACE + b"MotionPhoto")
    assert kept.endswith(b"\xff\xd9")


def test_a_png_keeps_no_texts() -> None:
    _kind, kept = accepted_file(PNG_BYTES)
    assert b"AUTHOR" in PNG_BYTES
    assert b"AUTHOR" not in kept


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("rekap.pdf", "rekap.pdf"),
        ("C:\\Users\\ana\\rekap 2025.pdf", "rekap 2025.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ('a"b;c\r\nSet-Cookie: x.pdf', "abcSet-Cookie x.pdf"),
        ("gaji\u202efdp.exe", "gajifdp.pdf"),
        ("", "berkas.pdf"),
        ("...", "berkas.pdf"),
        ("x" * 300 + ".pdf", "x" * 80 + ".pdf"),
        ("halaman.html", "halaman.pdf"),
    ],
)
def test_the_name_that_is_offered_is_safe(given: str, kept: str) -> None:
    assert file_name(given, PDF) == kept
