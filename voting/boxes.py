"""Ballot boxes: who puts into which, and how their content is kept (RELIABILITY, decisions 1, 2).

The content is encrypted under the poll's key, which lies outside the database and is destroyed at
sealing. Every ballot of a poll has the same length, so that the growth of a box does not tell what
was put in. As the box is read and written whole at every vote, it is kept short.
"""

import secrets
from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from struct import Struct
from typing import Self
from uuid import UUID

from cryptography.fernet import Fernet
from django.conf import settings

from core.keystore import KeyStore
from voting.methods.base import Choices, Method

BOX_SIZE = 500
SMALLEST_BOX = 50
CODE_BYTES = 16

_HEAD = Struct(">IH")
_NONE = "-"  # for a void item

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

    A ballot is what `ballot_pack` makes of it. In mode B it carries its code, otherwise nothing
    connects the two lists.
    """

    ballots: list[bytes] = field(default_factory=list)
    codes: list[bytes] = field(default_factory=list)

    def put(self, ballot: bytes, code: str) -> None:
        """Lay a ballot and its code each at the place that its content gives it.

        Raises ValueError for a ballot of another length: it would be told from all others.
        """
        if self.ballots and len(ballot) != len(self.ballots[0]):
            raise ValueError(f"a ballot of {len(ballot)} bytes among others")
        insort(self.ballots, ballot)
        insort(self.codes, code_pack(code))

    @property
    def receipts(self) -> list[str]:
        """The receipt codes as electors know them."""
        return [code_read(code) for code in self.codes]

    @classmethod
    def unlock(cls, token: bytes | memoryview, key: bytes) -> Self:
        """The content of a box. Raises `cryptography.fernet.InvalidToken` if it was changed."""
        content = Fernet(key).decrypt(bytes(token))
        count, length = _HEAD.unpack_from(content)
        codes = _HEAD.size + count * length
        return cls(
            [content[at : at + length] for at in range(_HEAD.size, codes, length)],
            [content[at : at + CODE_BYTES] for at in range(codes, len(content), CODE_BYTES)],
        )

    def lock(self, key: bytes) -> bytes:
        """The content as a Fernet token: how many ballots of how many bytes, ballots, codes."""
        length = len(self.ballots[0]) if self.ballots else 1
        head = _HEAD.pack(len(self.ballots), length)
        return Fernet(key).encrypt(head + b"".join(self.ballots) + b"".join(self.codes))


def ballot_pack(method: Method, choices: Choices, code: str = "") -> bytes:
    """A ballot as a box keeps it: a field of fixed width for each choice, in mode B its code."""
    fields = "".join(
        (_NONE if choice is None else method.pack(choice)).ljust(method.width) for choice in choices
    )
    return fields.encode("ascii") + (code_pack(code) if code else b"")


def ballot_read(method: Method, packed: bytes, *, has_code: bool) -> tuple[Choices, str]:
    """The choices of a ballot in a box, and its code (empty but in mode B).

    Raises ValueError for what is no ballot of this method.
    """
    end = len(packed) - CODE_BYTES if has_code else len(packed)
    text = packed[:end].decode("ascii")
    fields = [text[at : at + method.width].rstrip() for at in range(0, end, method.width)]
    choices = tuple(None if one == _NONE else method.unpack(one) for one in fields)
    return choices, code_read(packed[end:])


def code_pack(code: str) -> bytes:
    """The 16 bytes of a receipt code."""
    return bytes.fromhex(code.replace("-", ""))


def code_read(packed: bytes) -> str:
    """A receipt code from its bytes: `9f2c-…`; empty from none."""
    return packed.hex("-", 2)


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
