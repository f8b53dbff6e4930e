"""Receipts: a random code that says "recorded" and nothing about the choice.

The code is made with the ballot's form and signed for one poll and one person; the server stores
it nowhere until the vote (RELIABILITY, decision 6). Sending the same form again is therefore
recognised, and answered with the same receipt.
"""

import secrets
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from core.verdict import Refused

_SALT = "voting.receipt"


def token_make(*, poll: UUID, person: UUID) -> str:
    """A signed receipt token with a fresh 128-bit code, for one poll and one person."""
    digits = secrets.token_hex(16)
    code = "-".join(digits[start : start + 4] for start in range(0, 32, 4))
    return Signer(salt=_SALT).sign_object({"poll": str(poll), "person": str(person), "code": code})


def token_read(token: str, *, poll: UUID, person: UUID) -> str:
    """The code of a receipt token.

    Raises Refused for a token that was not made for this poll and this person.
    """
    try:
        document = Signer(salt=_SALT).unsign_object(token)
    except (BadSignature, ValueError):
        document = {}
    if document.get("poll") != str(poll) or document.get("person") != str(person):
        raise Refused(_("Surat suara ini tidak dibuat untuk Anda. Buka kembali halamannya."))
    code: str = document["code"]
    return code
