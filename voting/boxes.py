"""Ballot boxes: who puts into which, and how their content is kept (RELIABILITY, decisions 1, 2).

The content is canonical JSON, encrypted under the poll's key, which lies outside the database and
is destroyed at sealing. Every ballot of a poll has the same length, so that the growth of a box
does not tell what was put in.
"""

import json
import secrets
from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self
from uuid import UUID

from cryptography.fernet import Fernet
from django.conf import settings

from core.keystore import KeyStore
from voting.methods.base import Choices, Method

BOX_SIZE = 500
SMALLEST_BOX = 50

_random = secrets.SystemRandom()


def box_count(electors: int) -> int:
    """How many boxes a roll is dealt into: about 500 electors each, and one for a small poll.

    No box has fewer than 50 electors unless the whole roll does.
    """
    return max(1, -(-electors // BOX_SIZE))


def deal[Voter](voters: Sequence[Voter], count: int) -> list[list[Voter]]:
    """Voters dealt into `count` boxes at random, as evenly as can be."""
    shuffled = list(voters)
    _random.shuffle(shuffled)
    return [shuffled[place::count] for place in range(count)]


@dataclass
class BoxContent:
    """What lies in a box: the ballots sorted by content, the receipt codes sorted.

    A ballot is its canonical JSON text, padded; in mode B it carries its code, otherwise nothing
    connects the two lists.
    """

    ballots: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    def put(self, ballot: str, code: str) -> None:
        """Lay a ballot and its code each at the place that its content gives it."""
        insort(self.ballots, ballot)
        insort(self.codes, code)

    @classmethod
    def unlock(cls, token: bytes | memoryview, key: bytes) -> Self:
        """The content of a box. Raises `cryptography.fernet.InvalidToken` if it was changed."""
        return cls(**json.loads(Fernet(key).decrypt(bytes(token))))

    def lock(self, key: bytes) -> bytes:
        """The content as a Fernet token.

        The bytes are those of RFC 8785 (ASCII keys and texts in order, no numbers), written by
        the standard library: fifteen times as fast, at every single vote.
        """
        document = {"ballots": self.ballots, "codes": self.codes}
        return Fernet(key).encrypt(
            json.dumps(document, sort_keys=True, separators=(",", ":")).encode()
        )


def ballot_text(method: Method, choices: Choices, code: str = "") -> str:
    """A ballot as a box keeps it: its choices (and in mode B its code), padded with spaces."""
    longest = _text(["x" * method.width] * len(choices), code)
    return _text(list(choices), code).ljust(len(longest))


def read_ballot(text: str) -> tuple[Choices, str]:
    """The choices of a ballot in a box, and its code (empty but in mode B)."""
    document = json.loads(text)
    return tuple(document["choices"]), document.get("code", "")


def _text(choices: Sequence[str | None], code: str) -> str:
    document: dict[str, object] = {"choices": choices}
    if code:
        document["code"] = code
    return json.dumps(document, sort_keys=True, separators=(",", ":"))


# The key of a poll.


def key_create(poll_key: UUID) -> bytes:
    """Make the key of a new poll and keep it outside the database."""
    key = Fernet.generate_key()
    _store().create(_name(poll_key), key)
    return key


def key_read(poll_key: UUID) -> bytes:
    """The key of a poll. Raises FileNotFoundError where this host does not have it."""
    return _store().read(_name(poll_key))


def key_destroy(poll_key: UUID) -> None:
    """Destroy the key of a sealed poll: what older copies of its boxes hold is lost with it."""
    _store().destroy(_name(poll_key))


def keys_kept() -> list[UUID]:
    """The polls whose keys lie on this host."""
    return [
        UUID(name.removeprefix("poll-")) for name in _store().names() if name.startswith("poll-")
    ]


def _store() -> KeyStore:
    return KeyStore(settings.KEYS_DIR)


def _name(poll_key: UUID) -> str:
    return f"poll-{poll_key}"
