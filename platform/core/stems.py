"""The stems of Indonesian words, by which a text is found: *mengukur* finds *pengukuran*.

Stems are made here for both databases, so that both find the same. Source of the stemmer: Tala
(2003), *A Study of Stemming Effects on Information Retrieval in Bahasa Indonesia*, as Snowball
implements it.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator

import snowballstemmer

LONGEST = 40  # characters of a stem; what is longer is no word
# Words that stand in nearly every text and tell nothing about it.
STOP_WORDS = frozenset(
    (
        *("ada", "adalah", "agar", "akan", "antara", "apa", "atau", "bagi", "bahwa", "banyak"),
        *("belum", "bila", "bisa", "bukan", "dalam", "dan", "dapat", "dari", "dengan", "di"),
        *("dia", "harus", "hingga", "ia", "ini", "itu", "jika", "juga", "kalau", "kami", "karena"),
        *("ke", "kepada", "kita", "lain", "lalu", "lebih", "maka", "masih", "mereka", "namun"),
        *("oleh", "pada", "para", "per", "pula", "saat", "saja", "saya", "sebagai", "sebelum"),
        *("secara", "sedang", "sehingga", "sejak", "selama", "seperti", "serta", "sesuai"),
        *("setelah", "setiap", "sudah", "supaya", "tanpa", "telah", "tentang", "terhadap"),
        *("tersebut", "tidak", "tiap", "untuk", "yaitu", "yakni", "yang"),
    )
)

_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """The words of a text as typed, folded to one case and form, without stop words."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return [word for word in _WORD.findall(folded) if word not in STOP_WORDS]


def stems_of(text: str) -> list[str]:
    """The stems of a text in the order of its words; a text of stop words alone has none."""
    stemmer = snowballstemmer.stemmer("indonesian")
    words = (word for word in words_of(text) if len(word) <= LONGEST)
    return list(stemmer.stemWords(words))


AROUND = 70  # characters before and after what was found


def excerpt(text: str, stems: Collection[str], unfinished: str = "") -> list[tuple[str, bool]]:
    """A piece of a text around the first word of one of these stems; empty if it has none.

    The piece comes in parts, each with whether it is a word that was looked for. `unfinished` is
    the beginning of a stem. The text is folded to one form (NFKC) and its white space to blanks.
    """
    folded = " ".join(unicodedata.normalize("NFKC", text).split())
    found = list(_found(folded, stems, unfinished))
    if not found:
        return []
    start = max(0, found[0][0] - AROUND)
    end = min(len(folded), found[0][1] + AROUND)
    parts = [("… " if start else "", False)]
    at = start
    for begin, stop in found:
        if stop <= end:
            parts += [(folded[at:begin], False), (folded[begin:stop], True)]
            at = stop
    parts += [(folded[at:end], False), (" …" if end < len(folded) else "", False)]
    return [part for part in parts if part[0]]


def _found(text: str, stems: Collection[str], unfinished: str) -> Iterator[tuple[int, int]]:
    stemmer = snowballstemmer.stemmer("indonesian")
    # A stem stands in its word, but for the first letter, which a prefix can change.
    traces = [stem[1:].casefold() for stem in (*stems, unfinished) if stem]
    for match in _WORD.finditer(text):
        word = match[0].casefold()
        if word in STOP_WORDS or not any(trace in word for trace in traces):
            continue
        stem = stemmer.stemWord(word)
        if stem in stems or (unfinished and stem.startswith(unfinished)):
            yield match.span()
