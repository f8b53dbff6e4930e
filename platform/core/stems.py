"""The stems of Indonesian words, by which a text is found: *mengukur* finds *pengukuran*.

Stems are made here for both databases, so that both find the same. Source of the stemmer: Tala
(2003), *A Study of Stemming Effects on Information Retrieval in Bahasa Indonesia*, as Snowball
implements it.
"""

import re
import unicodedata

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
