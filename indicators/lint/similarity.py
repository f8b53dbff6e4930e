"""How alike two texts are: the trigram similarity of pg_trgm, in plain Python."""

from indicators.lint.words import MEASURE_HEADS

# Characters of a text that are compared: names hold 250, and the beginning tells.
COMPARED = 300


def trigrams(text: str) -> frozenset[str]:
    """The trigrams of a text's words, each word with two spaces before and one after.

    Source: PostgreSQL, pg_trgm, `show_trgm`.
    """
    folded = "".join(sign if sign.isalnum() else " " for sign in text[:COMPARED].casefold())
    padded = [f"  {word} " for word in folded.split()]
    return frozenset(word[at : at + 3] for word in padded for at in range(len(word) - 2))


def similarity(one: str, other: str) -> float:
    """The trigrams that two texts share, as a share of all they have: 0 to 1.

    Source: PostgreSQL, pg_trgm, `similarity`.
    """
    return overlap(trigrams(one), trigrams(other))


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of trigrams that two sets have in common: 0 to 1; 0 for nothing."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def subject_of(name: str) -> str:
    """A name without the word that says how it is measured: `Persentase balita` is `balita`."""
    first, _space, rest = name.strip().partition(" ")
    return rest if first.casefold() in MEASURE_HEADS and rest else name
