"""`python anywhere.py`: the digest of a thousand random documents, and the locale it is made in."""

import hashlib
import locale
import random
import sys
import unicodedata
from decimal import Decimal

from core.canonical import canonical_bytes

PIECES = [
    "é",
    "e\u0301",
    "😀",
    "\ufb33",
    "שלום",
    "\r\n",
    "\t\x0b\x1f\x7f",
    '"\\/',
    "İıIi",
    "ß",
    "x",
]
FORMS = ["NFC", "NFD"]


def value(source: random.Random, depth: int = 0) -> object:
    kind = source.randrange(8 if depth < 4 else 5)
    if kind == 0:
        return source.choice([None, True, False])
    if kind == 1:
        return source.randrange(-(2**53) + 1, 2**53)
    if kind == 2:
        return Decimal(source.randrange(-(10**9), 10**9)).scaleb(-source.randrange(5))
    if kind <= 4:
        text = "".join(source.choices(PIECES, k=source.randrange(6)))
        return unicodedata.normalize(source.choice(FORMS), text)
    if kind == 5:
        return [value(source, depth + 1) for _ in range(source.randrange(5))]
    return {
        "".join(source.choices(PIECES, k=2)): value(source, depth + 1)
        for _ in range(source.randrange(6))
    }


def main() -> None:
    locale.setlocale(locale.LC_ALL, "")
    source, whole = random.Random(27), hashlib.sha256()
    for _ in range(1000):
        whole.update(canonical_bytes(value(source)))
    print(whole.hexdigest(), locale.setlocale(locale.LC_NUMERIC), sys.version_info[:2])


if __name__ == "__main__":
    main()
