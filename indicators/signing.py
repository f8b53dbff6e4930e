"""Signatures of published sets: Ed25519 (RFC 8032), keys as JWK (RFC 7517, 8037)."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from core.canonical import canonical_bytes

ALGORITHM = "EdDSA"


@dataclass(frozen=True)
class KeyPair:
    """A new key: `secret` (32 bytes) goes to the key store, `x` and `kid` are published."""

    kid: str
    x: str
    secret: bytes


def new_key() -> KeyPair:
    """A fresh key from the operating system's random source."""
    private = Ed25519PrivateKey.generate()
    x = _base64url(private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
    secret = private.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    return KeyPair(thumbprint(x), x, secret)


def thumbprint(x: str) -> str:
    """The key's id: SHA-256 over its required JWK members. Source: RFC 7638, section 3."""
    members = canonical_bytes({"crv": "Ed25519", "kty": "OKP", "x": x})
    return _base64url(hashlib.sha256(members).digest())


def sign(secret: bytes, content: bytes) -> str:
    """The signature of some bytes, base64url without padding."""
    return _base64url(Ed25519PrivateKey.from_private_bytes(secret).sign(content))


def is_signed(x: str, signature: str, content: bytes) -> bool:
    """Whether a signature over some bytes was made by the key whose public half is `x`."""
    try:
        key = Ed25519PublicKey.from_public_bytes(_bytes(x))
        key.verify(_bytes(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True


def jwk(
    kid: str,
    x: str,
    *,
    created_at: datetime,
    retired_at: datetime | None = None,
    revoked_at: datetime | None = None,
    reason: str = "",
) -> dict[str, Any]:
    """A public key as JWK: `iat` made, `exp` retired, `revoked` with its reason; in whole seconds.

    `exp` is the second after the last one in which the key signed. Source: RFC 7517, RFC 8037;
    OpenID Federation 1.0, "Federation Historical Keys Response", for iat, exp and revoked.
    """
    told: dict[str, Any] = {"kty": "OKP", "crv": "Ed25519", "x": x, "kid": kid}
    told |= {"alg": ALGORITHM, "use": "sig", "iat": int(created_at.timestamp())}
    if retired_at is not None:
        told["exp"] = ceil(retired_at.timestamp())
    if revoked_at is not None:
        told["revoked"] = {"revoked_at": int(revoked_at.timestamp()), "reason": reason}
    return told


def named_information(digest: str) -> str:
    """The name of some bytes by their digest `sha256:<hex>`. Source: RFC 6920, section 3."""
    return f"ni:///sha-256;{_base64url(bytes.fromhex(digest.removeprefix('sha256:')))}"


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
