"""QR codes as one path that a template draws, so that no markup comes from a library."""

from dataclasses import dataclass

import segno

QUIET = 4  # modules of white around, as ISO/IEC 18004 asks


@dataclass(frozen=True)
class Qr:
    """A square of `size` modules with the white around it; `path` (SVG) fills the dark ones."""

    size: int
    path: str


def qr_of(text: str) -> Qr:
    """The QR code of a text, error correction M or better. Raises ValueError if it is too long."""
    code = segno.make_qr(text, error="m")
    rows = [bytes(row) for row in code.matrix]
    path = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, dark in enumerate(row)
        if dark
    )
    return Qr(len(rows) + 2 * QUIET, path)
