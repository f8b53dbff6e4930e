"""Martahi's published sets for a program of your own: fetched, verified, kept and pinned.

Copy this file: it needs Python 3.12 or later and `cryptography`, and nothing else of Martahi.
docs/scoring-module.md walks through it. From the command line:

    python client.py STORE sync SCOPE --server URL     fetch, verify and keep what is new
    python client.py STORE use SCOPE [--on DAY]        write the set to use to standard output

STORE is one SQLite file. A version enters it only after its bytes, digest, signature and place in
the chain were verified, all that is new in one transaction, so a killed process, a second one or
a cut line leaves what was there. What is kept is never changed, and nothing that a server says
later replaces it. A feed that contradicts what is kept, or itself, is refused with a sentence.
"""

import argparse
import base64
import hashlib
import http.client
import json
import re
import sqlite3
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from email.message import Message
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

SCHEMA = "martahi.indicator-set/1"
KEYS_PATH = "/.well-known/martahi-keys.json"
LARGEST_BYTES = 64 * 2**20
WHOLE_ANSWER_SECONDS = 120

_SCOPE = re.compile(r"[-a-zA-Z0-9_]{1,40}")
_VERSION = re.compile(r"(0|[1-9][0-9]{0,8})(\.(0|[1-9][0-9]{0,8})){2}")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")


class Refused(Exception):
    """What was asked or answered is not to be believed; the store stays as it was.

    `fault` is its name for programs, `str()` the sentence for people.
    """

    def __init__(self, fault: str, sentence: str) -> None:
        super().__init__(sentence)
        self.fault = fault


class Unreachable(Exception):
    """The server gave no answer of its own: nothing was learnt, and the store stays as it was."""


@dataclass(frozen=True)
class Set:
    """One published version. `content` are the bytes whose SHA-256 is `digest`."""

    scope: str
    version: str
    digest: str
    content: bytes
    kid: str
    signature: str
    document: dict[str, Any] = field(repr=False, compare=False)

    @property
    def previous(self) -> str | None:
        """The digest of the set before it in the chain of its scope."""
        told = self.document["previous"]
        return None if told is None else str(told["digest"])


@dataclass(frozen=True)
class Synced:
    """What a sync brought: the new versions in the order of the chain, and the newest kept one."""

    new: list[str]
    newest: str | None


# Bytes


def digest_of(content: bytes) -> str:
    """`sha256:<hex>` of some bytes."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def strict_json(content: bytes) -> Any:
    """The values of a JSON text. Raises ValueError also for floats and keys that stand twice."""
    try:
        return json.loads(
            content.decode(),
            parse_float=_no_number,
            parse_constant=_no_number,
            object_pairs_hook=_no_key_twice,
        )
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _no_number(text: str) -> None:
    raise ValueError(f"not a number of a set: {text}")


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def canonical(value: Any) -> bytes:
    """The canonical bytes of JSON values without floats. Source: RFC 8785.

    Raises ValueError where a value has none.
    """
    return _canonical(value).encode()


def _canonical(value: Any) -> str:
    if isinstance(value, dict):
        # By UTF-16 code units, which is not the order of code points.
        pairs = sorted(value.items(), key=lambda pair: pair[0].encode("utf-16-be"))
        return "{" + ",".join(f"{_canonical(k)}:{_canonical(v)}" for k, v in pairs) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_canonical, value)) + "]"
    if isinstance(value, int) and abs(value) >= 2**53:
        raise ValueError(f"too large for JSON: {value}")
    return json.dumps(value, ensure_ascii=False)


def thumbprint(x: str) -> str:
    """The id of a public key. Source: RFC 7638."""
    members = canonical({"crv": "Ed25519", "kty": "OKP", "x": x})
    return base64.urlsafe_b64encode(hashlib.sha256(members).digest()).rstrip(b"=").decode()


def is_signed(x: str, signature: str, content: bytes) -> bool:
    """Whether `signature` over the bytes was made by the key whose public half is `x`."""
    try:
        key = Ed25519PublicKey.from_public_bytes(_from_base64url(x))
        key.verify(_from_base64url(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True


def _from_base64url(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars="-_", validate=True)


# Documents


def read_document(content: bytes, *, scope: str, version: str) -> dict[str, Any]:
    """The document in some bytes. Raises Refused unless it is that version, in canonical form."""
    named = f"Isi yang diterima sebagai {scope} {version}"
    try:
        document = strict_json(content)
        is_canonical = canonical(document) == content
    except ValueError as error:
        raise Refused("unreadable", f"{named} bukan dokumen yang utuh ({error}).") from None
    if not is_canonical:
        raise Refused("not_canonical", f"{named} tidak dalam bentuk bakunya (RFC 8785).")
    if not _is_set(document):
        raise Refused("unreadable", f"{named} bukan dokumen {SCHEMA}.")
    told = (document["scope"]["code"], document["version"])
    if told != (scope, version):
        raise Refused("swapped", f"{named} ternyata {told[0]} {told[1]}: berkas tertukar.")
    return dict(document)


def _is_set(document: Any) -> bool:
    """Whether the parts that are used here are there, in their form."""
    match document:
        case {
            "schema": "martahi.indicator-set/1",
            "scope": {"code": str()},
            "version": str(version),
            "previous": None | {"version": str(), "digest": str()},
            "replaces": None | str(),
            "withdrawn": [*withdrawn],
            "published_at": str(published_at),
            "effective_on": str(effective_on),
            "effective_until": None | str() as effective_until,
            "indicators": [_, *_],
        }:
            days = [effective_on] if effective_until is None else [effective_on, effective_until]
            return (
                _VERSION.fullmatch(version) is not None
                and _is_time(published_at, _INSTANT)
                and all(_is_time(day, _DAY) for day in days)
                and all(
                    isinstance(item, dict) and isinstance(item.get("version"), str)
                    for item in withdrawn
                )
            )
    return False


def _is_time(text: str, form: re.Pattern[str]) -> bool:
    """Whether a text has this form and names a day that there is."""
    try:
        return form.fullmatch(text) is not None and bool(datetime.fromisoformat(text))
    except ValueError:
        return False


def in_force(
    sets: Sequence[Set], *, on: date, known_at: datetime | None = None, major: int | None = None
) -> Set | None:
    """The set in force on a day as it was known at a moment (now), if any.

    Published by then, the day inside its dates, not replaced or withdrawn by another such set;
    then the latest effective day, then the latest published. With `major`, sets of another MAJOR
    do not replace, yet they do withdraw.
    """
    day, moment = on.isoformat(), _instant(known_at) if known_at else None
    such = [
        item
        for item in sets
        if (moment is None or item.document["published_at"] <= moment)
        and item.document["effective_on"] <= day
        and (item.document["effective_until"] is None or item.document["effective_until"] >= day)
    ]
    withdrawn = {entry["version"] for item in such for entry in item.document["withdrawn"]}
    if major is not None:
        such = [item for item in such if item.version.split(".")[0] == str(major)]
    replaced = {item.document["replaces"] for item in such}
    return max(
        (item for item in such if item.version not in withdrawn | replaced),
        key=lambda item: (item.document["effective_on"], item.document["published_at"]),
        default=None,
    )


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def linked(scope: str, kept: Sequence[Set], new: Sequence[Set]) -> list[Set]:
    """The new sets in the order in which they continue the chain that is kept.

    Raises Refused unless every one of them has its place, after one another.
    """
    by_digest = {item.digest: item for item in (*kept, *new)}
    following: dict[str | None, Set] = {}
    for item in new:
        if rival := following.get(item.previous):
            raise Refused(
                "extra",
                f"Rantai {scope} bercabang: versi {rival.version} dan {item.version} "
                "mengaku menyambung ke terbitan yang sama.",
            )
        following[item.previous] = item
    last, ordered = kept[-1] if kept else None, []
    while (link := last.digest if last else None) in following:
        item = following.pop(link)
        if last and last.version != item.document["previous"]["version"]:
            raise Refused(
                "wrong_previous", f"Versi {item.version} salah menyebut terbitan sebelumnya."
            )
        if last and item.document["published_at"] <= last.document["published_at"]:
            raise Refused(
                "backdated",
                f"Versi {item.version} bertanggal sebelum versi {last.version} yang didahuluinya.",
            )
        ordered.append(item)
        last = item
    for stray in following.values():
        told = stray.document["previous"]
        if told is None or told["digest"] in by_digest:
            raise Refused(
                "extra",
                f"Rantai {scope} bercabang: versi {stray.version} menyambung ke terbitan yang "
                "sudah disambung versi lain.",
            )
        if told["version"] in {item.version for item in (*kept, *new)}:
            raise Refused(
                "wrong_previous",
                f"Versi {stray.version} menyebut sidik versi {told['version']} yang lain dari "
                "sidiknya: rantai putus.",
            )
        raise Refused(
            "gap",
            f"Versi {stray.version} menyambung ke versi {told['version']}, yang tidak ada di "
            "server maupun di simpanan: ada versi yang dilewati.",
        )
    return ordered


# The store


_TABLES = """
CREATE TABLE IF NOT EXISTS sets (
    scope TEXT NOT NULL, place INTEGER NOT NULL, version TEXT NOT NULL, digest TEXT NOT NULL,
    content BLOB NOT NULL, kid TEXT NOT NULL, signature TEXT NOT NULL, kept_at TEXT NOT NULL,
    PRIMARY KEY (scope, place), UNIQUE (scope, version), UNIQUE (digest));
CREATE TABLE IF NOT EXISTS keys (
    kid TEXT PRIMARY KEY, x TEXT, trusted INTEGER NOT NULL, expires INTEGER, revoked TEXT);
CREATE TABLE IF NOT EXISTS pins (
    scope TEXT PRIMARY KEY, version TEXT NOT NULL, digest TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS etags (address TEXT PRIMARY KEY, etag TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


@dataclass(frozen=True)
class Key:
    """A public key as it is known here; `x` is absent until a server has told it."""

    kid: str
    x: str | None
    is_trusted: bool
    expires: int | None  # seconds since 1970: it signed nothing that was published later
    revoked: str | None  # the reason


class Store:
    """The SQLite file. Each transaction has a connection of its own, so threads may share it."""

    def __init__(self, file: Path) -> None:
        self.file = file

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, alone with the file; all of it is durable at the end, or none."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self._opened("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One look at the file."""
        if not self.file.exists():
            raise Refused("empty", f"Simpanan {self.file} belum ada; jalankan sync lebih dulu.")
        with self._opened("BEGIN") as connection:
            yield connection

    @contextmanager
    def _opened(self, begin: str) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.file, timeout=60, autocommit=True)) as connection:
                connection.execute("PRAGMA synchronous = EXTRA")
                connection.execute(begin)
                if begin == "BEGIN IMMEDIATE":
                    for statement in _TABLES.split(";"):
                        connection.execute(statement)
                yield connection
                connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise Refused("store", f"Simpanan {self.file} tidak dapat dipakai: {error}.") from error

    def sets(self, connection: sqlite3.Connection, scope: str) -> list[Set]:
        """The kept sets of a scope in the order of their chain, each verified again."""
        rows = connection.execute(
            "SELECT version, digest, content, kid, signature FROM sets"
            " WHERE scope = ? ORDER BY place",
            [scope],
        ).fetchall()
        keys = self.keys(connection)
        found: list[Set] = []
        for version, digest, content, kid, signature in rows:
            x = keys[kid].x if kid in keys else None
            if not (
                isinstance(content, bytes)
                and digest_of(content) == digest
                and x
                and is_signed(x, signature, content)
            ):
                raise Refused("store", f"Simpanan rusak: isi {scope} {version} berubah.")
            document = json.loads(content)
            found.append(Set(scope, version, digest, content, kid, signature, document))
        if linked(scope, [], found) != found:
            raise Refused("store", f"Simpanan rusak: rantai {scope} tidak utuh.")
        return found

    def keys(self, connection: sqlite3.Connection) -> dict[str, Key]:
        """All keys by their id."""
        rows = connection.execute("SELECT kid, x, trusted, expires, revoked FROM keys")
        return {row[0]: Key(row[0], row[1], bool(row[2]), row[3], row[4]) for row in rows}

    def value(self, connection: sqlite3.Connection, sql: str, *arguments: object) -> Any:
        """The first column of the first row, or None."""
        row = connection.execute(sql, arguments).fetchone()
        return row and row[0]


# HTTP


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """No published address moves, so whoever redirects is somebody else (a network's sign-in)."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message,
        newurl: str,
    ) -> None:  # fmt: skip
        return None


@dataclass(frozen=True)
class Answer:
    """An answer of the server: 200, 304 or 404."""

    status: int
    content: bytes
    etag: str


class Server:
    """Reads over HTTP; everything that is not the server's own answer raises Unreachable."""

    def __init__(self, url: str, timeout_seconds: float) -> None:
        self.url = url.rstrip("/")
        self.timeout_seconds = timeout_seconds
        self._opener = urllib.request.build_opener(_NoRedirect)

    @property
    def is_private(self) -> bool:
        """Whether nobody between here and the server can answer in its place."""
        parts = urlsplit(self.url)
        return parts.scheme == "https" or parts.hostname in ("localhost", "127.0.0.1", "::1")

    def get(self, path: str, *, etag: str | None = None) -> Answer:
        """One answer. Raises Unreachable."""
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        if etag:
            headers["If-None-Match"] = etag
        try:
            request = urllib.request.Request(self.url + path, headers=headers)  # noqa: S310
            with self._opener.open(request, timeout=self.timeout_seconds) as response:
                if response.status != 200:
                    raise Unreachable(f"Server menjawab {response.status} untuk {path}.")
                return Answer(200, self._body(response, path), response.headers.get("ETag", ""))
        except urllib.error.HTTPError as error:
            with error:
                if error.code == 304 and etag:
                    return Answer(304, b"", etag)
                if error.code == 404 and "json" in error.headers.get("Content-Type", ""):
                    return Answer(404, b"", "")
            raise Unreachable(f"Server menjawab {error.code} untuk {path}.") from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Unreachable(f"Server tidak terjangkau ({error or type(error)}).") from error

    def _body(self, response: http.client.HTTPResponse, path: str) -> bytes:
        if "json" not in response.headers.get("Content-Type", ""):
            raise Unreachable(f"Yang menjawab {path} bukan Martahi, melainkan sebuah halaman.")
        until, body = time.monotonic() + WHOLE_ANSWER_SECONDS, bytearray()
        while piece := response.read1(65536):
            body += piece
            if len(body) > LARGEST_BYTES or time.monotonic() > until:
                raise Unreachable(f"Jawaban untuk {path} terlalu besar atau terlalu lambat.")
        told = response.headers.get("Content-Length")
        if told is not None and told != str(len(body)):
            raise Unreachable(f"Jawaban untuk {path} terputus setelah {len(body)} bita.")
        return bytes(body)


# The client


class Client:
    """A store, and the server that fills it. `server` is kept in the store once it was given."""

    def __init__(
        self, store: str | Path, server: str | None = None, *, timeout_seconds: float = 20
    ) -> None:
        self.store = Store(Path(store))
        self._url = server
        self._timeout_seconds = timeout_seconds

    # Reading: no network

    def use(
        self,
        scope: str,
        *,
        on: date | None = None,
        known_at: datetime | None = None,
        major: int | None = None,
    ) -> Set:
        """The set to score with: the pinned one, else the one in force today.

        With `on`, `known_at` or `major` the pin does not matter: it is the set in force on that
        day, as it was known then. Raises Refused where there is none.
        """
        with self.store.reading() as connection:
            kept = self.store.sets(connection, scope)
            pin = self.store.value(connection, "SELECT version FROM pins WHERE scope = ?", scope)
        if pin and on is None and known_at is None and major is None:
            return _of_version(kept, scope, pin)
        found = in_force(kept, on=on or date.today(), known_at=known_at, major=major)
        if found is None:
            raise Refused("none", f"Tidak ada set {scope} yang berlaku pada tanggal itu.")
        return found

    def get(self, scope: str, version: str) -> Set:
        """One kept version. Raises Refused where it is not kept."""
        return _of_version(self.versions(scope), scope, version)

    def versions(self, scope: str) -> list[Set]:
        """All kept versions of a scope in the order of their chain."""
        with self.store.reading() as connection:
            return self.store.sets(connection, scope)

    def warnings(self, scope: str) -> list[str]:
        """What is to be known about the kept sets, though they are used on."""
        with self.store.reading() as connection:
            keys = self.store.keys(connection)
            kept = self.store.sets(connection, scope)
        return [
            f"Versi {item.version} ditandatangani dengan kunci yang sudah dicabut "
            f"({keys[item.kid].revoked}); jalankan sync."
            for item in kept
            if keys[item.kid].revoked is not None
        ]

    def known_keys(self) -> list[Key]:
        """All keys that a server told, or that are trusted."""
        with self.store.reading() as connection:
            return list(self.store.keys(connection).values())

    # Deciding: no network

    def pin(self, scope: str, version: str, digest: str | None = None) -> None:
        """Use this version until the pin is taken away; with `digest`, also one not kept yet.

        A version that is fetched later under this number must have that digest.
        """
        if digest is None:
            digest = self.get(scope, version).digest
        if not (_VERSION.fullmatch(version) and _DIGEST.fullmatch(digest)):
            raise Refused(
                "pin", "Sematan ditulis seperti 1.0.0 dan sha256:<64 angka heksadesimal>."
            )
        with self.store.writing() as connection:
            kept = {item.version: item.digest for item in self.store.sets(connection, scope)}
            if kept.get(version, digest) != digest:
                raise Refused("pin", f"Yang tersimpan sebagai {scope} {version} bersidik lain.")
            connection.execute("REPLACE INTO pins VALUES (?, ?, ?)", [scope, version, digest])

    def unpin(self, scope: str) -> None:
        """Follow again what is in force."""
        with self.store.writing() as connection:
            connection.execute("DELETE FROM pins WHERE scope = ?", [scope])

    def trust(self, kid: str) -> None:
        """Believe what this key signs. Compare the id with what the city announced first."""
        if not re.fullmatch(r"[-_A-Za-z0-9]{43}", kid):
            raise Refused("key", "Nama kunci terdiri dari 43 huruf, angka, - atau _.")
        with self.store.writing() as connection:
            connection.execute(
                "INSERT INTO keys (kid, trusted) VALUES (?, 1)"
                " ON CONFLICT (kid) DO UPDATE SET trusted = 1",
                [kid],
            )

    # Fetching

    def sync(self, scope: str) -> Synced:
        """Fetch what is new of a scope, verify it, and keep it: all of it or nothing.

        Raises Refused where the feed is not to be believed and Unreachable where none came; both
        leave the kept versions in use. What the server says of its keys (revoked ones above all)
        is kept in either case.
        """
        if not _SCOPE.fullmatch(scope):
            raise Refused("scope", f"Bukan kode lingkup: {scope}.")
        server = self._server()
        keys = self._learn_keys(server)
        address = f"/api/v1/sets?scope={scope}"
        with self.store.writing() as connection:
            kept = self.store.sets(connection, scope)
            pin = self._pin(connection, scope)
            etag = self.store.value(
                connection, "SELECT etag FROM etags WHERE address = ?", server.url + address
            )
        answer = server.get(address, etag=etag)
        new: list[Set] = []
        if answer.status == 200:
            listed = _listed(answer.content, scope)
            _require_kept(scope, kept, listed)
            held = {item.version for item in kept}
            fetched = [
                self._fetched(server, scope, version, digest, keys)
                for version, digest in reversed(listed.items())
                if version not in held
            ]
            new = linked(scope, kept, fetched)
        elif answer.status == 404:
            raise Unreachable(f"Server tidak mengenal {address}.")
        _require_pinned(scope, [*kept, *new], pin)
        again = self._signed_again(server, kept, keys)
        self._require_pointer(server, scope, [*kept, *new])
        trusted = [key.kid for key in keys.values() if key.is_trusted]
        return self._keep(server, scope, new, again, trusted, (address, answer.etag))

    def _server(self) -> Server:
        with self.store.writing() as connection:
            url = self._url or self.store.value(
                connection, "SELECT value FROM facts WHERE name = 'server'"
            )
        if not url or urlsplit(url).scheme not in ("http", "https"):
            raise Refused("server", "Sebutkan alamat server: --server https://…")
        return Server(url, self._timeout_seconds)

    def _learn_keys(self, server: Server) -> dict[str, Key]:
        """The keys, after what the server tells of them was kept.

        A revocation is never taken back. Whoever trusts no key yet trusts those that the server
        tells, for good once a first sync succeeds; from then on a new key is trusted by hand.
        """
        address = server.url + KEYS_PATH
        with self.store.writing() as connection:
            trusting = self.store.value(connection, "SELECT 1 FROM keys WHERE trusted")
            etag = self.store.value(connection, "SELECT etag FROM etags WHERE address = ?", address)
        # At first contact the whole answer is wanted: what it tells is what will be trusted.
        answer = server.get(KEYS_PATH, etag=etag if trusting else None)
        told = _told_keys(answer.content) if answer.status == 200 else []
        if answer.status == 404:
            raise Unreachable(f"Server tidak mengenal {KEYS_PATH}.")
        with self.store.writing() as connection:
            for key in told:
                connection.execute(
                    "INSERT INTO keys VALUES (?, ?, 0, ?, ?) ON CONFLICT (kid) DO UPDATE SET"
                    " x = excluded.x, expires = coalesce(expires, excluded.expires),"
                    " revoked = coalesce(revoked, excluded.revoked)",
                    [key.kid, key.x, key.expires, key.revoked],
                )
            if answer.etag:
                connection.execute("REPLACE INTO etags VALUES (?, ?)", [address, answer.etag])
            keys = self.store.keys(connection)
        if any(key.is_trusted for key in keys.values()):
            return keys
        if not server.is_private:
            raise Refused(
                "insecure",
                "Kontak pertama tanpa https: percayai dahulu sebuah kunci (trust) yang diumumkan "
                "pemerintah kota.",
            )
        told_now = {key.kid for key in told}
        return {kid: replace(key, is_trusted=kid in told_now) for kid, key in keys.items()}

    def _fetched(
        self, server: Server, scope: str, version: str, digest: str, keys: dict[str, Key]
    ) -> Set:
        """One version that is not kept yet, verified by itself."""
        path = f"/api/v1/sets/{scope}/{version}"
        answer = server.get(path)
        if answer.status != 200:
            raise Refused("missing", f"Versi {version} ada di daftar, tetapi isinya tidak ada.")
        content = answer.content
        if digest_of(content) != digest:
            # A file that belongs elsewhere is told as such, any other by its length.
            read_document(content, scope=scope, version=version)
            raise Refused(
                "digest",
                f"Isi versi {version} ({len(content)} bita) tidak sesuai sidiknya di daftar.",
            )
        document = read_document(content, scope=scope, version=version)
        kid, signature = self._signature(server, path, content, document, keys)
        return Set(scope, version, digest, content, kid, signature, document)

    def _signature(
        self,
        server: Server,
        path: str,
        content: bytes,
        document: dict[str, Any],
        keys: dict[str, Key],
    ) -> tuple[str, str]:
        """The key and the signature of a document. Raises Refused unless it is to be believed."""
        version = document["version"]
        answer = server.get(f"{path}/signature")
        try:
            told = strict_json(answer.content) if answer.status == 200 else None
        except ValueError:
            told = None
        match told:
            case {"alg": "EdDSA", "kid": str(kid), "signature": str(signature)}:
                pass
            case _:
                raise Refused("bad_signature", f"Versi {version} tidak bertanda tangan.")
        key = keys.get(kid)
        if key is None or key.x is None:
            raise Refused(
                "wrong_key",
                f"Versi {version} ditandatangani dengan kunci tak dikenal: {kid!r:.50}.",
            )
        if key.revoked is not None:
            raise Refused(
                "revoked_key",
                f"Versi {version} ditandatangani dengan kunci {kid}, yang sudah dicabut "
                f"({key.revoked}).",
            )
        if not key.is_trusted:
            raise Refused(
                "wrong_key",
                f"Versi {version} ditandatangani dengan kunci {kid}, yang belum dipercaya. "
                f"Cocokkan dengan pengumuman pemerintah kota, lalu jalankan: trust {kid}",
            )
        if not is_signed(key.x, signature, content):
            raise Refused("bad_signature", f"Tanda tangan versi {version} tidak sah.")
        published_at = datetime.fromisoformat(document["published_at"]).timestamp()
        if key.expires is not None and published_at > key.expires:
            raise Refused(
                "retired_key",
                f"Versi {version} terbit sesudah kuncinya ({kid}) pensiun.",
            )
        return kid, signature

    def _signed_again(
        self, server: Server, kept: Sequence[Set], keys: dict[str, Key]
    ) -> list[tuple[str, str, str]]:
        """New signatures (digest, kid, signature) of kept sets whose key was revoked."""
        return [
            (
                item.digest,
                *self._signature(
                    server,
                    f"/api/v1/sets/{item.scope}/{item.version}",
                    item.content,
                    item.document,
                    keys,
                ),
            )
            for item in kept
            if keys[item.kid].revoked is not None
        ]

    def _require_pointer(self, server: Server, scope: str, sets: Sequence[Set]) -> None:
        """The server must name the same set in force today as the chain does."""
        if not sets:
            return
        today = date.today()
        expected = in_force(sets, on=today)
        known_at = quote(sets[-1].document["published_at"])
        answer = server.get(
            f"/api/v1/sets/{scope}/current?effective_on={today}&known_at={known_at}",
            etag=f'"{expected.digest}"' if expected else None,
        )
        told = {200: digest_of(answer.content), 304: expected and expected.digest}
        if told.get(answer.status) != (expected and expected.digest):
            raise Refused(
                "pointer",
                "Server menyebut set lain sebagai yang berlaku hari ini daripada "
                f"{expected.version if expected else 'tidak ada'}, yang berlaku menurut rantai.",
            )

    def _keep(
        self,
        server: Server,
        scope: str,
        new: Sequence[Set],
        again: Sequence[tuple[str, str, str]],
        trusted: Sequence[str],
        listed_as: tuple[str, str],
    ) -> Synced:
        """Write what was verified. Another process may have been first with some of it."""
        with self.store.writing() as connection:
            kept = self.store.sets(connection, scope)
            held = {item.version: item.digest for item in kept}
            for item in new:
                if held.get(item.version, item.digest) != item.digest:
                    raise _changed(scope, item.version)
            late = [item for item in new if item.version not in held]
            linked(scope, kept, late)
            for place, item in enumerate(late, start=len(kept)):
                connection.execute(
                    "INSERT INTO sets VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    [scope, place, item.version, item.digest, item.content, item.kid,
                     item.signature, _instant(datetime.now(UTC))],
                )  # fmt: skip
            for digest, kid, signature in again:
                connection.execute(
                    "UPDATE sets SET kid = ?, signature = ? WHERE digest = ?",
                    [kid, signature, digest],
                )
            # What follows not before: a feed that was refused has shown nothing to be relied on.
            connection.execute("REPLACE INTO facts VALUES ('server', ?)", [server.url])
            for kid in trusted:
                connection.execute("UPDATE keys SET trusted = 1 WHERE kid = ?", [kid])
            address, etag = listed_as
            if etag:
                connection.execute("REPLACE INTO etags VALUES (?, ?)", [server.url + address, etag])
        chain = [item.version for item in (*kept, *late)]
        return Synced(chain[len(kept) :], chain[-1] if chain else None)

    def _pin(self, connection: sqlite3.Connection, scope: str) -> tuple[str, str] | None:
        row = connection.execute(
            "SELECT version, digest FROM pins WHERE scope = ?", [scope]
        ).fetchone()
        return row and (row[0], row[1])


def _told_keys(content: bytes) -> list[Key]:
    """The keys of a JWK set. Raises Refused where one does not bear its own name."""
    try:
        entries = strict_json(content)["keys"]
        return [
            _told_key(entry)
            for entry in entries
            if (entry["kty"], entry.get("crv")) == ("OKP", "Ed25519")
        ]
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Refused("keys", "Daftar kunci server tidak terbaca.") from None


def _told_key(entry: dict[str, Any]) -> Key:
    kid, x, expires, revoked = entry["kid"], entry["x"], entry.get("exp"), entry.get("revoked")
    if thumbprint(x) != kid:
        raise Refused("wrong_key", f"Sebuah kunci server tertukar: isinya bukan {kid!r:.50}.")
    reason = revoked.get("reason") if isinstance(revoked, dict) else None
    return Key(
        kid=kid,
        x=x,
        is_trusted=False,
        expires=expires if isinstance(expires, int) and 0 <= expires < 2**53 else None,
        revoked=None if revoked is None else ascii(reason or "unspecified").strip("'")[:40],
    )


def _listed(content: bytes, scope: str) -> dict[str, str]:
    """The digests of all versions that a server lists, by version, newest first."""
    try:
        told = strict_json(content)
        items = told["items"]
        found = {
            item["version"]: item["digest"]
            for item in items
            if item["scope"] == scope
            and _VERSION.fullmatch(item["version"])
            and _DIGEST.fullmatch(item["digest"])
        }
    except (ValueError, KeyError, TypeError):
        raise Refused("unreadable", f"Daftar set {scope} tidak terbaca.") from None
    if len(found) != len(items) or told.get("count") != len(items):
        raise Refused("unreadable", f"Daftar set {scope} memuat entri ganda, asing, atau kurang.")
    return found


def _require_kept(scope: str, kept: Sequence[Set], listed: dict[str, str]) -> None:
    """Whatever is kept must still be published, with the same digest."""
    for item in kept:
        if listed.get(item.version, item.digest) != item.digest:
            raise _changed(scope, item.version)
    absent = [item.version for item in kept if item.version not in listed]
    if absent and absent[-1] == kept[-1].version:
        raise Refused(
            "rollback",
            f"Server mundur: versi {absent[-1]} dari {scope} sudah tersimpan, tetapi tidak lagi "
            "ada di daftarnya.",
        )
    if absent:
        raise Refused("gap", f"Versi {absent[0]} dari {scope} hilang dari daftar server.")


def _require_pinned(scope: str, sets: Sequence[Set], pin: tuple[str, str] | None) -> None:
    for item in sets:
        if pin and item.version == pin[0] and item.digest != pin[1]:
            raise Refused("pin", f"Isi {scope} {item.version} tidak sesuai sidik yang disematkan.")


def _changed(scope: str, version: str) -> Refused:
    return Refused(
        "changed",
        f"Server menawarkan isi lain untuk {scope} {version}, yang sudah terbit dan tersimpan.",
    )


def _of_version(kept: Sequence[Set], scope: str, version: str) -> Set:
    for item in kept:
        if item.version == version:
            return item
    raise Refused("none", f"Versi {version} dari {scope} tidak tersimpan.")


# The command


def main(arguments: Sequence[str] | None = None) -> int:
    """0: done; 1: refused; 3: the server was not reached. What is kept is in use in all cases."""
    asked = _parser().parse_args(arguments)
    client = Client(asked.store, getattr(asked, "server", None))
    try:
        _COMMANDS[asked.verb](client, asked)
    except Refused as refused:
        print(f"ditolak ({refused.fault}): {refused}", file=sys.stderr)
        return 1
    except Unreachable as trouble:
        print(f"{trouble} Yang tersimpan tetap dipakai.", file=sys.stderr)
        return 3
    return 0


def _sync(client: Client, asked: argparse.Namespace) -> None:
    done = client.sync(asked.scope)
    print(f"baru: {', '.join(done.new) or '-'}; terakhir: {done.newest or '-'}")


def _use(client: Client, asked: argparse.Namespace) -> None:
    found = client.use(asked.scope, on=asked.on, known_at=asked.known_at, major=asked.major)
    print(f"{found.scope} {found.version} {found.digest}", file=sys.stderr)
    _write(client, found)


def _get(client: Client, asked: argparse.Namespace) -> None:
    _write(client, client.get(asked.scope, asked.version))


def _write(client: Client, found: Set) -> None:
    for warning in client.warnings(found.scope):
        print(f"peringatan: {warning}", file=sys.stderr)
    sys.stdout.buffer.write(found.content)
    sys.stdout.buffer.flush()


def _list(client: Client, asked: argparse.Namespace) -> None:
    for item in client.versions(asked.scope):
        print(item.version, item.digest, item.document["effective_on"])


def _pin(client: Client, asked: argparse.Namespace) -> None:
    client.pin(asked.scope, asked.version, asked.digest)


def _keys(client: Client, asked: argparse.Namespace) -> None:
    for key in client.known_keys():
        told = "dipercaya" if key.is_trusted else "belum dipercaya"
        print(key.kid, f"dicabut ({key.revoked})" if key.revoked is not None else told)


def _unpin(client: Client, asked: argparse.Namespace) -> None:
    client.unpin(asked.scope)


def _trust(client: Client, asked: argparse.Namespace) -> None:
    client.trust(asked.kid)


_COMMANDS = {
    "sync": _sync,
    "use": _use,
    "get": _get,
    "list": _list,
    "pin": _pin,
    "unpin": _unpin,
    "keys": _keys,
    "trust": _trust,
}


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return moment


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Martahi's published sets, verified and kept.")
    parser.add_argument("store", type=Path, help="the SQLite file that keeps them")
    verbs = parser.add_subparsers(dest="verb", required=True)

    def verb(name: str, told: str, *arguments: str) -> argparse.ArgumentParser:
        added = verbs.add_parser(name, help=told)
        for argument in arguments:
            added.add_argument(argument)
        return added

    verb("sync", "fetch and verify what is new", "scope").add_argument(
        "--server", metavar="URL", help="needed once; kept in the store"
    )
    use = verb("use", "write the set to use: the pinned one, else the one in force", "scope")
    use.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="in force on this day")
    use.add_argument("--known-at", type=_moment, metavar="TIME", help="as it was known then")
    use.add_argument("--major", type=int, help="of this MAJOR version")
    verb("get", "write one kept version", "scope", "version")
    verb("list", "list the kept versions", "scope")
    verb("pin", "use this version from now on", "scope", "version").add_argument(
        "--digest", help="what it must have, if it is not kept yet"
    )
    verb("unpin", "follow what is in force again", "scope")
    verb("keys", "list the known keys")
    verb("trust", "believe a key", "kid")
    return parser


if __name__ == "__main__":
    sys.exit(main())
