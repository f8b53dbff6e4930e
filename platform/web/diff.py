"""What changed between two texts, word by word: <ins> and <del>, readable and speakable.

Paragraphs are aligned first, then the words inside those that changed. difflib takes cubic time
on repetitive text: its work is bounded by the number of equal pairs it would have to look at, and
beyond that a changed block is shown as replaced whole.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import Enum
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

MAX_TOKENS = 4_000
MAX_PAIRS = 40_000
LEAST_ALIKE = 0.4

_TOKENS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
_PARAGRAPHS = re.compile(r"[^\n]*\n+|[^\n]+")


class Kind(Enum):
    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


type Piece = tuple[Kind, str]


def pieces(old: str, new: str) -> list[Piece]:
    """The new text woven into the old, as pieces kept, removed and added, in reading order.

    The kept and removed pieces joined are `old`; the kept and added ones are `new`. No piece is
    empty, and no two neighbours are of one kind.
    """
    woven = ((kind, text) for kind, text in _woven(old, new) if text)
    return [
        (kind, "".join(text for _kind, text in group))
        for kind, group in groupby(woven, key=lambda piece: piece[0])
    ]


def word_diff(old: str, new: str) -> SafeString:
    """Both texts in one, escaped: what was added in <ins>, what was removed in <del>.

    Screen readers hear of each that it was added or removed. Line breaks stay as they are: show
    it where they are kept (`m-field-diff`).
    """
    words = {Kind.ADDED: ("ins", _("ditambahkan")), Kind.REMOVED: ("del", _("dihapus"))}
    return format_html_join(
        "",
        "{}",
        (
            (text if kind is Kind.KEPT else _marked(*words[kind], text),)
            for kind, text in pieces(old, new)
        ),
    )


def _marked(tag: str, spoken: str, text: str) -> SafeString:
    return format_html(
        '<{tag}><span class="m-hidden"> [{spoken}: </span>{text}'
        '<span class="m-hidden">] </span></{tag}>',
        tag=tag,
        spoken=spoken,
        text=text,
    )


def _woven(old: str, new: str) -> Iterator[Piece]:
    before, after = _PARAGRAPHS.findall(old), _PARAGRAPHS.findall(new)
    spent = _pairs(before, after)
    if spent > MAX_PAIRS:
        yield from ((Kind.REMOVED, old), (Kind.ADDED, new))
        return
    for left, right in _aligned(before, after):
        if left == right:
            yield Kind.KEPT, "".join(left)
            continue
        left_words, right_words = _TOKENS.findall("".join(left)), _TOKENS.findall("".join(right))
        spent += _pairs(left_words, right_words)
        tokens = len(left_words) + len(right_words)
        yield from _words(left_words, right_words, whole=spent > MAX_PAIRS or tokens > MAX_TOKENS)


def _words(before: Sequence[str], after: Sequence[str], *, whole: bool) -> Iterator[Piece]:
    """The pieces of one changed block: whole, too, where so little is alike that it confuses."""
    if whole or SequenceMatcher(None, before, after, autojunk=False).ratio() < LEAST_ALIKE:
        yield from ((Kind.REMOVED, "".join(before)), (Kind.ADDED, "".join(after)))
        return
    for left, right in _aligned(before, after):
        if left == right:
            yield Kind.KEPT, "".join(left)
        else:
            yield from ((Kind.REMOVED, "".join(left)), (Kind.ADDED, "".join(right)))


def _aligned(
    before: Sequence[str], after: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for _tag, left, left_end, right, right_end in matcher.get_opcodes():
        yield before[left:left_end], after[right:right_end]


def _pairs(before: Sequence[str], after: Sequence[str]) -> int:
    """How many pairs of equal items two sequences have: what difflib looks at, time and again."""
    counts = Counter(after)
    return sum(count * counts[item] for item, count in Counter(before).items())
