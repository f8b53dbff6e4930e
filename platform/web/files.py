"""Files that people hand in: what they are by their bytes, never by their name.

Nothing is unpacked: of an archive only its directory and its own word on what it is are read. Of
pictures the descriptions that cameras add are dropped, because they tell places and owners.

Sources: ISO 32000-1 7.5 (PDF), ITU-T T.81 annex B (JPEG), PNG specification 5 and 11, ECMA-376
part 2 (XLSX), OASIS OpenDocument 1.3 part 2 (ODS), CIPA DC-008 4.6 (EXIF).
"""

import re
import struct
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024  # as an archive declares it
MAX_PARTS = 2_000
LONGEST_STEM = 80


@dataclass(frozen=True)
class FileType:
    """What a file is: its name on pages, the ending of its name, and its content type."""

    name: str
    suffix: str
    content_type: str


PDF = FileType("PDF", ".pdf", "application/pdf")
JPEG = FileType("JPEG", ".jpg", "image/jpeg")
PNG = FileType("PNG", ".png", "image/png")
XLSX = FileType(
    "XLSX", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)
ODS = FileType("ODS", ".ods", "application/vnd.oasis.opendocument.spreadsheet")
TYPES = {one.name: one for one in (PDF, JPEG, PNG, XLSX, ODS)}

_WEB_PAGE = re.compile(rb"<\s*(!doctype|html|script|svg|body|iframe)", re.IGNORECASE)
_SHEET = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_PNG_START = b"\x89PNG\r\n\x1a\n"
_PNG_TELLING = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}


def accepted_file(content: bytes) -> tuple[FileType, bytes]:
    """What a file is, and its bytes as they may be kept.

    Raises ValidationError, in words for who handed it in, if it is too large, of no accepted type,
    or not what it claims to be.
    """
    if len(content) > MAX_BYTES:
        raise ValidationError(_("Berkas lebih besar dari 10 MB."))
    if _WEB_PAGE.search(content[:1024]):
        raise ValidationError(_("Berkas ini berisi halaman web; simpan dulu sebagai PDF."))
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-1024:]:
        return PDF, content
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG, _jpeg_without_telling(content)
    if content.startswith(_PNG_START):
        return PNG, _png_without_telling(content)
    if content.startswith(b"PK\x03\x04"):
        return _sheet_type(content), content
    raise ValidationError(_("Berkas harus PDF, JPEG, PNG, XLSX, atau ODS yang utuh."))


def file_name(given: str, kind: FileType) -> str:
    """A name that is safe to offer: the given one without path, invisible signs and its ending."""
    stem = PurePath(given.replace("\\", "/")).stem
    seen = "".join(
        sign for sign in stem if unicodedata.category(sign)[0] not in "CZ" or sign == " "
    )
    words = re.sub(r'[<>:"/|?*%;]', "", seen).strip(" .")
    return (words[:LONGEST_STEM].strip() or _("berkas")) + kind.suffix


def _sheet_type(content: bytes) -> FileType:
    """XLSX or ODS, by what the archive says of itself. Raises ValidationError."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
                raise ValidationError(_("Isi berkas ini terlalu besar bila dibuka."))
            names = {part.filename for part in parts}
            if any(part.flag_bits & 0x1 for part in parts):
                raise ValidationError(_("Berkas ini terkunci dengan sandi; simpan tanpa sandi."))
            if any("vbaproject" in name.lower() for name in names):
                raise ValidationError(_("Berkas ini memuat makro; simpan sebagai XLSX biasa."))
            if "mimetype" in names and _start_of(archive, "mimetype") == ODS.content_type.encode():
                return ODS
            types = "[Content_Types].xml"
            if {types, "xl/workbook.xml"} <= names and _SHEET in _start_of(archive, types):
                return XLSX
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError):
        raise ValidationError(_("Berkas ini rusak dan tidak dapat dibaca.")) from None
    raise ValidationError(_("Berkas harus PDF, JPEG, PNG, XLSX, atau ODS yang utuh."))


def _start_of(archive: zipfile.ZipFile, name: str) -> bytes:
    """The first 64 kB of a part, and never more, whatever it declares."""
    with archive.open(name) as part:
        return part.read(65_536).strip()


def _png_without_telling(content: bytes) -> bytes:
    """A PNG without its texts, and without what stands behind its end. Raises ValidationError."""
    kept, at = [_PNG_START], len(_PNG_START)
    while at + 12 <= len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        name, end = content[at + 4 : at + 8], at + 12 + length
        if end > len(content) or (len(kept) == 1 and name != b"IHDR"):
            break
        if name not in _PNG_TELLING:
            kept.append(content[at:end])
        if name == b"IEND":
            return b"".join(kept)
        at = end
    raise ValidationError(_("Gambar ini rusak dan tidak dapat dibaca."))


def _jpeg_without_telling(content: bytes) -> bytes:
    """A JPEG without descriptions, places and thumbnails; which side is up stays.

    Raises ValidationError if it does not reach its end.
    """
    kept = [b"\xff\xd8"]
    for marker, segment in _jpeg_segments(content):
        if marker == 0xE1 and (turned := _orientation(segment)):
            kept.append(_orientation_segment(turned))
        is_profile = marker == 0xE2 and segment[4:].startswith(b"ICC_PROFILE\0")
        is_telling = 0xE1 <= marker <= 0xEF and marker != 0xEE and not is_profile
        if not is_telling and marker != 0xFE:
            kept.append(segment)
        if marker == 0xD9:
            return b"".join(kept)
    raise ValidationError(_("Gambar ini rusak dan tidak dapat dibaca."))


_JPEG_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def _jpeg_segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The segments after the first marker, each with its code; a scan's picture with its head."""
    at = 2
    while at + 4 <= len(content) or content[at : at + 2] == b"\xff\xd9":
        if content[at] != 0xFF:
            return
        marker = content[at + 1]
        if marker == 0xD9:
            yield marker, content[at : at + 2]
            return
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if marker == 0xDA:
            found = _JPEG_MARKER.search(content, end)
            if found is None:
                return
            end = found.start()
        yield marker, content[at:end]
        at = end


def _orientation(segment: bytes) -> int:
    """Which side of a picture is up, 2 to 8, as its EXIF says; 0 if upright or not said."""
    exif = segment[4:]
    if not exif.startswith(b"Exif\0\0"):
        return 0
    tiff = exif[6:]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    try:
        if order is None:
            return 0
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for number in range(min(count, 200)):
            tag, _kind, _many, value = struct.unpack_from(
                f"{order}HHIH", tiff, first + 2 + 12 * number
            )
            if tag == 0x0112:
                return value if 2 <= value <= 8 else 0
    except struct.error:
        return 0
    return 0


def _orientation_segment(turned: int) -> bytes:
    """An EXIF segment that says nothing but which side is up."""
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, turned, 0)
    tiff = b"MM\0*" + struct.pack(">IH", 8, 1) + entry + b"\0\0\0\0"
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
