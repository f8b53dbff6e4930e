"""A city that publishes sets over HTTP, honestly or in one of fourteen bad ways."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from core.canonical import canonical_bytes, instant_text, sha256
from indicators.documents import document_bytes, read
from indicators.signing import KeyPair, jwk, new_key, sign
from tests.indicators.test_documents import document

START = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Published:
    """A version as it is served: `key` is the one whose signature lies beside it."""

    version: str
    content: bytes
    key: KeyPair
    signature: str

    @property
    def digest(self) -> str:
        return sha256(self.content)


@dataclass
class City:
    """What the server of one scope answers; a test changes it as an attacker would."""

    scope: str = "kota"
    key: KeyPair = field(default_factory=new_key)
    sets: list[Published] = field(default_factory=list)  # oldest first
    keys: list[dict[str, Any]] = field(default_factory=list)
    pointer: Published | None = None  # else the newest
    trouble: Callable[[BaseHTTPRequestHandler], None] | None = None
    absent: set[str] = field(default_factory=set)  # versions that are listed without a file
    asked: list[tuple[str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.keys.append(self.jwk(self.key))

    def jwk(self, key: KeyPair, **over: Any) -> dict[str, Any]:
        return jwk(key.kid, key.x, created_at=START, **over)

    def made(self, version: str, *, key: KeyPair | None = None, **over: Any) -> Published:
        """A version that continues the newest one; `over` are fields of its heading."""
        last = self.sets[-1] if self.sets else None
        heading = {
            "version": version,
            "scope_code": self.scope,
            "previous": (last.version, last.digest) if last else None,
            "replaces": last.version if last else None,
            "published_at": START + timedelta(days=len(self.sets) + 1),
            "effective_on": date(2026, 1, 1),
        }
        return signed(document_bytes(document(**(heading | over))), key or self.key)

    def publish(self, version: str, **over: Any) -> Published:
        """Publish it."""
        made = self.made(version, **over)
        self.sets.append(made)
        return made

    def answer(self, path: str) -> tuple[int, bytes]:
        """Status and content, as the API would give them."""
        prefix = f"/api/v1/sets/{self.scope}/"
        if path == "/.well-known/martahi-keys.json":
            return 200, json.dumps({"keys": self.keys}).encode()
        if path == "/api/v1/sets":
            items = [self._item(item) for item in reversed(self.sets)]
            return 200, json.dumps({"items": items, "count": len(items)}).encode()
        if path == prefix + "current":
            return 200, (self.pointer or self.sets[-1]).content
        for item in self.sets:
            if path == prefix + item.version and item.version not in self.absent:
                return 200, item.content
            if path == f"{prefix}{item.version}/signature":
                told = {"alg": "EdDSA", "kid": item.key.kid, "signature": item.signature}
                return 200, json.dumps(told).encode()
        return 404, b'{"status": 404}'

    def _item(self, item: Published) -> dict[str, str]:
        return {
            "scope": self.scope,
            "version": item.version,
            "digest": item.digest,
            "url": f"/api/v1/sets/{self.scope}/{item.version}",
        }

    @contextmanager
    def served(self) -> Iterator[str]:
        """The address under which it answers, on a free port of this machine."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def signed(content: bytes, key: KeyPair) -> Published:
    """Some bytes as a version, signed."""
    return Published(read(content)["version"], content, key, sign(key.secret, content))


def handler_of(city: City) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if city.trouble is not None:
                city.trouble(self)
                return
            status, content = city.answer(urlsplit(self.path).path)
            etag = f'"{sha256(content)}"'
            if status == 200 and self.headers.get("If-None-Match") == etag:
                status, content = 304, b""
            city.asked.append((self.path, status))
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.send_header("ETag", etag)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments: object) -> None:
            """Nothing."""

    return Handler


# Bad feeds (RELIABILITY, invariant 26). Each finds a city whose consumer keeps 1.0.0 and 1.1.0.


def older(city: City) -> None:
    """The newest version is gone again."""
    city.sets.pop()


def same_number_other_bytes(city: City) -> None:
    """1.1.0 with another target, signed with the right key."""
    city.sets.pop()
    city.publish("1.1.0", scope_name="Kota Lain")


def skipped(city: City) -> None:
    """3.0.0 continues a 2.0.0 that nobody tells of."""
    city.publish("2.0.0")
    city.publish("3.0.0")
    del city.sets[-2]


def missing_file(city: City) -> None:
    """2.0.0 stands in the list and cannot be had."""
    city.publish("2.0.0")
    city.publish("3.0.0")
    city.absent.add("2.0.0")


def extra_file(city: City) -> None:
    """9.0.0 continues 1.0.0, as 1.1.0 does already."""
    first = city.sets[0]
    city.publish("9.0.0", previous=(first.version, first.digest))


def swapped_file(city: City) -> None:
    """The bytes and the signature of 1.0.0 are given out as 2.0.0."""
    city.sets.append(replace(city.sets[0], version="2.0.0"))


def other_scope(city: City) -> None:
    """A true 2.0.0 of another scope."""
    city.publish("2.0.0", scope_code="dinkes")


def truncated(city: City) -> None:
    """Half of the file, by somebody who corrects its length."""
    whole = city.publish("2.0.0")
    half = whole.content[: len(whole.content) // 2]
    city.sets[-1] = replace(whole, content=half)


def wrong_previous_hash(city: City) -> None:
    """2.0.0 continues a 1.1.0 with other bytes."""
    city.publish("2.0.0", previous=("1.1.0", "sha256:" + "0" * 64))


def expired_pointer(city: City) -> None:
    """`current` names the version before."""
    city.pointer = city.sets[0]


def wrong_key(city: City) -> None:
    """A stranger's key, put among the public keys."""
    stranger = new_key()
    city.keys.append(city.jwk(stranger))
    city.publish("2.0.0", key=stranger)


def revoked_key(city: City) -> None:
    """Whoever stole the key publishes on after it was revoked."""
    city.publish("2.0.0")
    city.keys[0] = city.jwk(city.key, revoked_at=START, reason="compromised")


def wrong_signature(city: City) -> None:
    """The signature belongs to another version."""
    whole = city.publish("2.0.0")
    city.sets[-1] = replace(whole, signature=city.sets[0].signature)


def not_canonical(city: City) -> None:
    """The same values in other bytes, signed with the right key."""
    whole = city.publish("2.0.0")
    city.sets[-1] = signed(json.dumps(read(whole.content)).encode(), city.key)


# The way to make it bad, and the fault that must be told.
BAD_FEEDS: list[tuple[Callable[[City], None], str]] = [
    (older, "rollback"),
    (same_number_other_bytes, "changed"),
    (skipped, "gap"),
    (missing_file, "missing"),
    (extra_file, "extra"),
    (swapped_file, "swapped"),
    (other_scope, "swapped"),
    (truncated, "unreadable"),
    (wrong_previous_hash, "wrong_previous"),
    (expired_pointer, "pointer"),
    (wrong_key, "wrong_key"),
    (revoked_key, "revoked_key"),
    (wrong_signature, "bad_signature"),
    (not_canonical, "not_canonical"),
]


# More of the kind


def exchanged_key(city: City) -> None:
    """The known name with another key behind it."""
    stranger = new_key()
    city.keys[0] = {**city.jwk(stranger), "kid": city.key.kid}


def retired_key(city: City) -> None:
    """The key signs on after it was retired."""
    city.keys[0] = city.jwk(city.key, retired_at=START + timedelta(hours=1))
    city.publish("2.0.0")


def backdated(city: City) -> None:
    city.publish("2.0.0", published_at=START + timedelta(hours=1))


def begins_again(city: City) -> None:
    """A second start of the chain."""
    city.publish("2.0.0", previous=None, replaces=None)


def forked(city: City) -> None:
    """Two successors of the newest."""
    second = city.made("3.0.0")
    city.publish("2.0.0")
    city.sets.append(second)


def removed_in_the_middle(city: City) -> None:
    del city.sets[0]


def listed_twice(city: City) -> None:
    city.sets.append(city.sets[0])


def unsigned(city: City) -> None:
    whole = city.publish("2.0.0")
    city.sets[-1] = replace(whole, signature="")


def no_set(city: City) -> None:
    """Canonical, signed, and something else."""
    content = canonical_bytes({"schema": "lain", "version": "2.0.0"})
    city.sets.append(Published("2.0.0", content, city.key, sign(city.key.secret, content)))


def key_twice_in_the_document(city: City) -> None:
    """A text that two readers read differently."""
    whole = city.publish("2.0.0").content
    content = whole.replace(b'"replaces":"1.1.0"', b'"replaces":"1.0.0","replaces":"1.1.0"')
    assert content != whole
    city.sets[-1] = signed(content, city.key)


def nested_without_end(city: City) -> None:
    whole = city.publish("2.0.0")
    city.sets[-1] = replace(whole, content=b"[" * 200_000)


def unreadable_moment(city: City) -> None:
    whole = city.publish("2.0.0")
    moment = instant_text(START + timedelta(days=3)).encode()
    assert moment in whole.content
    city.sets[-1] = signed(whole.content.replace(moment, b"kapan-kapan"), city.key)


MORE_BAD_FEEDS: list[tuple[Callable[[City], None], str]] = [
    (exchanged_key, "wrong_key"),
    (retired_key, "retired_key"),
    (backdated, "backdated"),
    (begins_again, "extra"),
    (forked, "extra"),
    (removed_in_the_middle, "gap"),
    (listed_twice, "unreadable"),
    (unsigned, "bad_signature"),
    (no_set, "unreadable"),
    (key_twice_in_the_document, "unreadable"),
    (nested_without_end, "unreadable"),
    (unreadable_moment, "unreadable"),
]
