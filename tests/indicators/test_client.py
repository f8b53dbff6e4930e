"""The client of the scoring module: bad feeds, networks, processes and keys (RELIABILITY 26)."""

import ast
import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.request import urlopen

import pytest

from core.canonical import canonical_bytes
from indicators import client as client_module
from indicators.client import Client, Refused, Unreachable, canonical, main, strict_json
from indicators.documents import read
from indicators.signing import new_key, sign
from tests.indicators.feeds import (
    BAD_FEEDS,
    MORE_BAD_FEEDS,
    START,
    City,
    Published,
    expired_pointer,
    wrong_key,
)

FILE = Path(str(client_module.__file__))


@pytest.fixture
def city() -> City:
    city = City()
    city.publish("1.0.0")
    city.publish("1.1.0")
    return city


@pytest.fixture
def url(city: City) -> Iterator[str]:
    with city.served() as url:
        yield url


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store" / "sets.sqlite3"


@pytest.fixture
def client(store: Path, url: str) -> Client:
    """A client that keeps 1.0.0 and 1.1.0."""
    client = Client(store, url, timeout_seconds=5)
    client.sync("kota")
    return client


def kept(client: Client) -> list[tuple[str, str]]:
    return [(item.version, item.digest) for item in client.versions("kota")]


# An honest feed


def test_all_versions_are_fetched_verified_and_kept(city: City, client: Client) -> None:
    assert [item.content for item in client.versions("kota")] == [s.content for s in city.sets]
    assert client.use("kota").content == city.sets[-1].content
    assert client.get("kota", "1.0.0").content == city.sets[0].content


def test_what_is_new_comes_in_the_order_of_the_chain(city: City, client: Client) -> None:
    city.publish("2.0.0")
    city.publish("2.0.1")
    done = client.sync("kota")
    assert (done.new, done.newest) == (["2.0.0", "2.0.1"], "2.0.1")
    assert client.use("kota").version == "2.0.1"


def test_what_is_known_is_not_sent_again(city: City, client: Client) -> None:
    city.asked.clear()
    assert client.sync("kota").new == []
    assert [status for _path, status in city.asked] == [304, 304, 304]  # keys, list, pointer


def test_a_kept_version_is_never_fetched_again(city: City, client: Client) -> None:
    city.publish("2.0.0")
    city.asked.clear()
    client.sync("kota")
    assert not [path for path, _status in city.asked if "/1." in path]


def test_reading_needs_no_server(city: City, client: Client, store: Path) -> None:
    city.trouble = broken
    assert Client(store).use("kota").version == "1.1.0"


# Bad feeds


def naive(url: str, *, by_pointer: bool) -> bytes:
    """The client that one writes first: it takes the newest set, or the one that is in force."""
    if by_pointer:
        with urlopen(f"{url}/api/v1/sets/kota/current") as answer:
            return bytes(answer.read())
    with urlopen(f"{url}/api/v1/sets?scope=kota") as answer:
        newest = json.load(answer)["items"][0]
    with urlopen(url + newest["url"]) as answer:
        return bytes(answer.read())


def name_of(feed: object) -> str:
    return getattr(feed, "__name__", str(feed))


def test_there_are_fourteen() -> None:
    assert len({feed for feed, _fault in BAD_FEEDS}) == 14


@pytest.mark.parametrize(("feed", "fault"), BAD_FEEDS + MORE_BAD_FEEDS, ids=name_of)
def test_a_bad_feed_is_refused_and_the_old_version_stays_in_use(
    feed: Callable[[City], None], fault: str, city: City, client: Client
) -> None:
    before = kept(client)
    in_use = client.use("kota")
    feed(city)
    for _attempt in range(2):  # a refused feed is refused again, not taken for known
        with pytest.raises(Refused) as refused:
            client.sync("kota")
        assert refused.value.fault == fault
        assert str(refused.value).endswith((".", in_use.kid)) or "trust" in str(refused.value)
    assert kept(client) == before
    assert client.use("kota") == in_use


@pytest.mark.parametrize(("feed", "fault"), BAD_FEEDS, ids=name_of)
def test_a_naive_client_takes_the_bad_feed(
    feed: Callable[[City], None], fault: str, city: City, client: Client, url: str
) -> None:
    """The control."""
    feed(city)
    taken = naive(url, by_pointer=feed is expired_pointer)
    assert taken != client.use("kota").content
    assert taken in [item.content for item in city.sets]


@pytest.mark.parametrize(("feed", "fault"), BAD_FEEDS, ids=name_of)
def test_the_sentence_says_what_is_wrong(
    feed: Callable[[City], None],
    fault: str,
    city: City,
    client: Client,
    store: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    feed(city)
    assert main([str(store), "sync", "kota"]) == 1
    told = capfd.readouterr().err
    assert told.startswith(f"ditolak ({fault}): ")
    assert len(told.split()) > 5
    assert main([str(store), "use", "kota"]) == 0
    assert capfd.readouterr().out.encode() == client.use("kota").content


@pytest.mark.parametrize(("feed", "fault"), BAD_FEEDS, ids=name_of)
def test_after_a_bad_feed_the_honest_one_goes_on(
    feed: Callable[[City], None], fault: str, city: City, client: Client
) -> None:
    honest = (list(city.sets), list(city.keys))
    feed(city)
    with pytest.raises(Refused):
        client.sync("kota")
    city.sets[:], city.keys[:] = honest
    city.pointer = None
    city.absent.clear()
    if fault == "revoked_key":  # which is never taken back
        with pytest.raises(Refused):
            client.sync("kota")
        return
    city.publish("2.0.0")
    assert client.sync("kota").new == ["2.0.0"]


@pytest.mark.parametrize(("feed", "fault"), BAD_FEEDS, ids=name_of)
def test_at_first_contact_nothing_of_a_bad_chain_is_kept(
    feed: Callable[[City], None], fault: str, city: City, url: str, store: Path
) -> None:
    """A new consumer cannot know what went before; what contradicts itself it refuses too."""
    feed(city)
    stranger = Client(store, url)
    if fault in ("rollback", "changed", "wrong_key"):
        assert stranger.sync("kota").newest == city.sets[-1].version
        return
    with pytest.raises(Refused):
        stranger.sync("kota")
    assert stranger.versions("kota") == []


# The network


def broken(handler: BaseHTTPRequestHandler) -> None:
    handler.send_error(500)


def busy(handler: BaseHTTPRequestHandler) -> None:
    handler.send_error(503)


def elsewhere(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(302)
    handler.send_header("Location", "http://127.0.0.1:1/masuk")
    handler.end_headers()


def a_page(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    handler.wfile.write(b"<h1>Masuk ke jaringan</h1>")


def a_page_not_found(handler: BaseHTTPRequestHandler) -> None:
    handler.send_error(404)


def a_part(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(206)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "2")
    handler.end_headers()
    handler.wfile.write(b"{}")


def cut_off(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"items": []')


def silent(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


def gibberish(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"\x00\xff not http\r\n\r\n")


def slow(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(1.5)


TROUBLES = [
    *(broken, busy, elsewhere, a_page, a_page_not_found),
    *(a_part, cut_off, silent, gibberish, slow),
]


@pytest.mark.parametrize("trouble", TROUBLES, ids=name_of)
def test_a_network_in_trouble_loses_nothing(
    trouble: Callable[[BaseHTTPRequestHandler], None],
    city: City,
    client: Client,
    store: Path,
    url: str,
) -> None:
    before = kept(client)
    city.publish("2.0.0")
    city.trouble = trouble
    hasty = Client(store, url, timeout_seconds=1)
    with pytest.raises(Unreachable):
        hasty.sync("kota")
    assert kept(hasty) == before
    city.trouble = None
    assert hasty.sync("kota").new == ["2.0.0"]


@pytest.mark.parametrize("after", range(1, 6))
def test_trouble_in_the_middle_keeps_nothing_by_halves(
    after: int, city: City, client: Client, url: str
) -> None:
    before = kept(client)
    city.publish("2.0.0")
    city.publish("3.0.0")
    city.asked.clear()
    answer = city.answer

    def failing(path: str) -> tuple[int, bytes]:
        return (503, b"{}") if len(city.asked) >= after else answer(path)

    city.answer = failing  # type: ignore[method-assign]
    with pytest.raises(Unreachable):
        client.sync("kota")
    assert kept(client) == before


def test_an_answer_without_end_is_given_up(
    city: City, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "LARGEST_BYTES", 1000)
    city.publish("2.0.0")
    with pytest.raises(Unreachable, match="terlalu besar"):
        client.sync("kota")


def test_a_server_that_is_gone_is_told_by_the_command(
    client: Client, store: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main([str(store), "sync", "kota", "--server", "http://127.0.0.1:9"]) == 3
    assert "tetap dipakai" in capfd.readouterr().err


# Keys


def test_a_new_key_is_believed_once_somebody_trusts_it(city: City, client: Client) -> None:
    wrong_key(city)
    with pytest.raises(Refused, match="trust") as refused:
        client.sync("kota")
    assert city.sets[-1].key.kid in str(refused.value)
    client.trust(city.sets[-1].key.kid)
    assert client.sync("kota").new == ["2.0.0"]


def test_what_a_revoked_key_signed_is_used_on_with_a_warning(city: City, client: Client) -> None:
    revoked = city.jwk(city.key, retired_at=START, revoked_at=START, reason="compromised")
    city.keys[0] = revoked
    with pytest.raises(Refused) as refused:
        client.sync("kota")
    assert refused.value.fault == "revoked_key"
    assert client.use("kota").version == "1.1.0"
    assert "dicabut (compromised)" in client.warnings("kota")[-1]


def test_a_revocation_is_not_taken_back(city: City, client: Client) -> None:
    honest = city.keys[0]
    city.keys[0] = city.jwk(city.key, revoked_at=START, reason="compromised")
    with pytest.raises(Refused):
        client.sync("kota")
    city.keys[0] = honest
    city.publish("2.0.0")
    with pytest.raises(Refused) as refused:
        client.sync("kota")
    assert refused.value.fault == "revoked_key"


def test_sets_signed_again_are_taken_with_their_new_signature(city: City, client: Client) -> None:
    later = new_key()
    city.keys[0] = city.jwk(city.key, revoked_at=START, reason="compromised")
    city.keys.append(city.jwk(later))
    city.sets = [
        Published(s.version, s.content, later, sign(later.secret, s.content)) for s in city.sets
    ]
    city.publish("2.0.0", key=later)
    with pytest.raises(Refused):
        client.sync("kota")
    client.trust(later.kid)
    assert client.sync("kota").new == ["2.0.0"]
    assert client.warnings("kota") == []
    assert {item.kid for item in client.versions("kota")} == {later.kid}


def test_a_key_trusted_beforehand_is_the_only_one_believed(
    city: City, store: Path, url: str
) -> None:
    client = Client(store, url)
    client.trust(new_key().kid)
    with pytest.raises(Refused) as refused:
        client.sync("kota")
    assert refused.value.fault == "wrong_key"
    client.trust(city.key.kid)
    assert client.sync("kota").newest == "1.1.0"


def test_without_https_the_first_contact_needs_a_trusted_key(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    city = City()
    monkeypatch.setattr(
        client_module.Server,
        "get",
        lambda self, path, etag=None: client_module.Answer(200, city.answer(path)[1], ""),
    )
    with pytest.raises(Refused) as refused:
        Client(store, "http://martahi.example").sync("kota")
    assert refused.value.fault == "insecure"


def test_a_first_contact_that_is_refused_leaves_no_trust(city: City, store: Path, url: str) -> None:
    impostor = City()
    impostor.publish("1.0.0")
    expired_pointer(impostor)
    impostor.publish("1.1.0")
    with impostor.served() as elsewhere_url, pytest.raises(Refused):
        Client(store, elsewhere_url).sync("kota")
    client = Client(store, url)
    client.sync("kota")
    trusted = [key.kid for key in client.known_keys() if key.is_trusted]
    assert trusted == [city.key.kid]


def test_an_address_is_kept_once_it_has_served(
    city: City, client: Client, store: Path, url: str
) -> None:
    with pytest.raises(Unreachable):
        Client(store, "http://127.0.0.1:9").sync("kota")
    city.publish("2.0.0")
    assert Client(store).sync("kota").new == ["2.0.0"]


def test_without_an_address_it_asks_for_one(store: Path) -> None:
    with pytest.raises(Refused, match="--server"):
        Client(store).sync("kota")


# Pins and time


def test_a_pinned_version_is_used_until_the_pin_goes(city: City, client: Client) -> None:
    client.pin("kota", "1.0.0")
    city.publish("2.0.0")
    client.sync("kota")
    assert client.use("kota").version == "1.0.0"
    assert client.use("kota", on=date.today()).version == "2.0.0"
    client.unpin("kota")
    assert client.use("kota").version == "2.0.0"


def test_a_digest_can_be_pinned_before_its_version_is_fetched(
    city: City, store: Path, url: str
) -> None:
    client = Client(store, url)
    client.pin("kota", "1.0.0", "sha256:" + "0" * 64)
    with pytest.raises(Refused) as refused:
        client.sync("kota")
    assert refused.value.fault == "pin"
    client.pin("kota", "1.0.0", city.sets[0].digest)
    client.sync("kota")
    assert client.use("kota").version == "1.0.0"


def test_a_version_is_not_pinned_to_other_bytes(client: Client) -> None:
    with pytest.raises(Refused):
        client.pin("kota", "1.0.0", "sha256:" + "0" * 64)


def test_the_past_is_asked_offline(city: City, client: Client) -> None:
    city.publish("2.0.0", effective_on=date(2026, 7, 1))
    client.sync("kota")
    assert client.use("kota", on=date(2026, 6, 30)).version == "1.1.0"
    assert client.use("kota", on=date(2026, 7, 1)).version == "2.0.0"
    assert client.use("kota", on=date(2026, 7, 1), major=1).version == "1.1.0"
    before = START + timedelta(days=1, hours=1)
    assert client.use("kota", on=date(2026, 7, 1), known_at=before).version == "1.0.0"
    with pytest.raises(Refused):
        client.use("kota", on=date(2025, 12, 31))


# The file


@pytest.mark.parametrize(
    "change",
    ["content = content || ' '", "content = CAST(content || ' ' AS BLOB)", "signature = 'AAAA'",
     "digest = 'sha256:'", "kid = 'lain'"],
)  # fmt: skip
def test_a_changed_row_on_the_disk_is_found(change: str, client: Client, store: Path) -> None:
    with sqlite3.connect(store) as connection:
        connection.execute(f"UPDATE sets SET {change} WHERE version = '1.0.0'")
    with pytest.raises(Refused, match="rusak"):
        client.use("kota")


@pytest.mark.parametrize("version", ["1.0.0", "1.1.0"])
def test_a_version_taken_out_of_the_middle_is_found(
    version: str, city: City, client: Client, store: Path
) -> None:
    city.publish("2.0.0")
    client.sync("kota")
    with sqlite3.connect(store) as connection:
        connection.execute("DELETE FROM sets WHERE version = ?", [version])
    with pytest.raises(Refused):
        client.use("kota")


def test_a_file_that_is_no_store_is_told(store: Path) -> None:
    store.parent.mkdir()
    store.write_bytes(b"bukan simpanan" * 1000)
    with pytest.raises(Refused) as refused:
        Client(store).use("kota")
    assert refused.value.fault == "store"


def test_without_a_store_it_says_what_to_do(store: Path) -> None:
    with pytest.raises(Refused, match="sync"):
        Client(store).use("kota")


# Processes


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The file alone, as its user would copy it."""
    return Path(shutil.copy(FILE, tmp_path / "client.py"))


def command(copied: Path, store: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-I", str(copied), str(store), *arguments]


def test_several_processes_at_once_keep_one_chain(
    city: City, url: str, store: Path, copied: Path
) -> None:
    for version in ("2.0.0", "2.1.0", "3.0.0"):
        city.publish(version)
    running = [
        subprocess.Popen(
            command(copied, store, "sync", "kota", "--server", url),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for process in running:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, "")
        assert out.endswith("terakhir: 3.0.0\n")
    assert kept(Client(store)) == [(item.version, item.digest) for item in city.sets]


KILLED_AT = """
import os, runpy, signal, sqlite3, sys

wanted, way, seen, connect = int(sys.argv[1]), sys.argv[2], 0, sqlite3.connect

class Unprotected(sqlite3.Connection):
    def execute(self, sql, *arguments):
        if not sql.startswith(("BEGIN", "COMMIT")):
            return super().execute(sql, *arguments)

def connected(*arguments, **keywords):
    factory = Unprotected if way == "unprotected" else sqlite3.Connection
    connection = connect(*arguments, factory=factory, **keywords)
    connection.set_trace_callback(counted)
    return connection

def counted(statement):
    global seen
    seen += 1
    if seen == wanted:
        os.kill(os.getpid(), signal.SIGKILL)

sqlite3.connect = connected
sys.argv[:] = sys.argv[3:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def killed_at_each_statement(
    city: City, client: Client, copied: Path, *, way: str
) -> tuple[int, int]:
    """How many runs were killed, and how many of them left a store with half of what was new.

    There are always two new versions; each run is killed two statements later than the one before.
    """
    script = copied.with_name("killed.py")
    script.write_text(KILLED_AT)
    major = killed = halves = 0
    for statement in range(1, 500, 2):
        before = kept(client)
        whole = [(item.version, item.digest) for item in city.sets]
        if before == whole:
            major += 10
            city.publish(f"{major}.0.0")
            city.publish(f"{major}.1.0")
            whole = [(item.version, item.digest) for item in city.sets]
        done = subprocess.run(
            [sys.executable, "-I", str(script), str(statement), way, str(copied)]
            + [str(client.store.file), "sync", "kota"],
            capture_output=True,
            text=True,
            timeout=60,
        )
        halves += kept(client) not in (before, whole)
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
        killed += 1
    return killed, halves


def test_a_process_killed_at_any_statement_leaves_a_sound_store(
    city: City, client: Client, copied: Path
) -> None:
    killed, halves = killed_at_each_statement(city, client, copied, way="as it is")
    assert killed > 15
    assert halves == 0
    client.sync("kota")
    assert kept(client) == [(item.version, item.digest) for item in city.sets]


def test_without_transactions_a_killed_process_leaves_halves(
    city: City, client: Client, copied: Path
) -> None:
    """The control."""
    _killed, halves = killed_at_each_statement(city, client, copied, way="unprotected")
    assert halves > 0


# The copy


def test_it_needs_the_standard_library_and_cryptography_alone() -> None:
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(FILE.read_text()))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or "?"]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported - sys.stdlib_module_names == {"cryptography"}


def test_the_copy_does_all_from_the_command_line(
    city: City, url: str, store: Path, copied: Path
) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(command(copied, store, *arguments), capture_output=True, timeout=60)

    assert run("sync", "kota", "--server", url).stdout == b"baru: 1.0.0, 1.1.0; terakhir: 1.1.0\n"
    assert run("use", "kota").stdout == city.sets[1].content
    assert run("get", "kota", "1.0.0").stdout == city.sets[0].content
    assert run("list", "kota").stdout.decode().splitlines()[0] == (
        f"1.0.0 {city.sets[0].digest} 2026-01-01"
    )
    assert run("pin", "kota", "1.0.0").returncode == 0
    assert run("use", "kota").stdout == city.sets[0].content
    assert run("use", "kota", "--on", "2026-06-30").stdout == city.sets[1].content
    assert run("unpin", "kota").returncode == 0
    assert run("keys").stdout.decode() == f"{city.key.kid} dipercaya\n"
    assert run("trust", "salah").returncode == 1
    assert run("get", "kota", "7.0.0").returncode == 1
    assert run("apa").returncode == 2


# Canonical bytes: two implementations, one form


TEXTS = [
    "é",
    "e\u0301",
    "😀",
    "\ufb33",
    "שלום",
    "a\r\nb",
    "\t\x0b\x1f\x7f",
    '"\\/',
    "İıß",
    "\u2028",
]


def random_value(source: random.Random, depth: int = 0) -> object:
    kind = source.randrange(7 if depth < 4 else 4)
    if kind == 0:
        return source.choice([None, True, False])
    if kind == 1:
        return source.randrange(-(2**53) + 1, 2**53)
    if kind <= 3:
        text = "".join(source.choices(TEXTS, k=source.randrange(6)))
        return unicodedata.normalize(source.choice(["NFC", "NFD"]), text)
    if kind == 4:
        return [random_value(source, depth + 1) for _ in range(source.randrange(5))]
    return {
        "".join(source.choices(TEXTS, k=2)): random_value(source, depth + 1)
        for _ in range(source.randrange(6))
    }


def test_the_client_has_the_canonical_form_of_the_publisher() -> None:
    source = random.Random(26)
    for _ in range(1000):
        value = random_value(source)
        assert canonical(value) == canonical_bytes(value)
        assert strict_json(canonical(value)) == value


@pytest.mark.parametrize("text", [b"1.5", b"NaN", b'{"a":1,"a":2}', b"\xff", b"{", b"[" * 10**5])
def test_what_is_no_document_is_not_read(text: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011, whichever it is
        strict_json(text)


def test_documents_are_those_of_martahi(city: City) -> None:
    assert read(city.sets[0].content)["published_at"] == "2026-01-02T00:00:00.000000Z"
    assert datetime.fromisoformat("2026-01-02T00:00:00.000000Z") == START + timedelta(days=1)
    assert datetime.now(UTC) > START


# Answers that nobody foresaw


HOSTILE: list[object] = [
    *(None, True, False, 0, -1, 10**30, "", "\ud800", "\x1b[2J", "x" * 5000, [], {}, [[]]),
    *({"version": 1}, {"reason": "\ud800"}, "2026-99-99", "2026-13-01T00:00:00.000000Z"),
    *("sha256:" + "0" * 64, "1.0.0", ["1.0.0"], [{"version": []}], "٢.٠.٠"),
]


def mutated(value: object, source: random.Random) -> object:
    """A copy with one node replaced by something hostile, taken away or doubled."""
    copy = json.loads(json.dumps(value))
    holder, node = copy, copy
    place: object = None
    while isinstance(node, dict | list) and node and source.random() < 0.8:
        holder = node
        place = source.choice(list(node)) if isinstance(node, dict) else source.randrange(len(node))
        node = node[place]  # type: ignore[index, call-overload]
    if place is None:
        return source.choice(HOSTILE)
    if source.random() < 0.2:
        del holder[place]
    else:
        holder[place] = source.choice(HOSTILE)
    return copy


def test_whatever_a_server_answers_is_taken_or_refused(
    city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also with the right key: a fault of the server must not end the program that asks."""
    source = random.Random(14)
    wanted = ""

    def get(self: object, path: str, etag: str | None = None) -> client_module.Answer:
        status, content = city.answer(path.split("?")[0])
        if wanted in path:
            content = json.dumps(mutated(json.loads(content), source)).encode()
        return client_module.Answer(status, content, "")

    monkeypatch.setattr(client_module.Server, "get", get)
    whole = [item.content for item in city.sets]
    outcomes = {"taken": 0, "refused": 0}
    for number in range(300):
        wanted = source.choice(["keys.json", "sets?", "/signature", "/current"])
        asked = Client(tmp_path / f"{number}.sqlite3", "https://martahi.example")
        try:
            asked.sync("kota")
            assert [item.content for item in asked.versions("kota")] in (whole, [])
            outcomes["taken"] += 1
        except Refused as refused:
            outcomes["refused"] += 1
            str(refused).encode()  # fit for a terminal and a log
    assert min(outcomes.values()) > 10


def test_whatever_is_signed_is_taken_or_refused(
    city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = random.Random(15)
    monkeypatch.setattr(
        client_module.Server,
        "get",
        lambda self, path, etag=None: client_module.Answer(*city.answer(path.split("?")[0]), ""),
    )
    refusals = 0
    second = city.sets[1]
    for number in range(300):
        try:
            content = canonical(mutated(json.loads(second.content), source))
        except ValueError:
            continue
        key = city.key
        city.sets[1] = Published("1.1.0", content, key, sign(key.secret, content))
        asked = Client(tmp_path / f"{number}.sqlite3", "https://martahi.example")
        try:
            asked.sync("kota")
            asked.use("kota", on=date(2026, 6, 1), major=1)
        except Refused as refused:
            refusals += 1
            str(refused).encode()
    assert refusals > 20
