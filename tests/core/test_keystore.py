from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.keystore import KeyStore


@pytest.fixture
def store(tmp_path: Path) -> KeyStore:
    return KeyStore(tmp_path / "keys")


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_kept_secret_is_read_back(store: KeyStore) -> None:
    store.create("poll.1", b"secret")
    assert store.read("poll.1") == b"secret"


def test_only_the_owner_may_read(store: KeyStore) -> None:
    store.create("poll.1", b"secret")
    assert mode(store.directory) == 0o700
    assert mode(store.directory / "poll.1") == 0o600


def test_a_name_is_never_used_twice(store: KeyStore) -> None:
    store.create("poll.1", b"first")
    with pytest.raises(FileExistsError):
        store.create("poll.1", b"second")
    assert store.read("poll.1") == b"first"


@pytest.mark.parametrize("others", [0o640, 0o604, 0o660, 0o620])
def test_a_key_that_others_may_touch_is_refused(store: KeyStore, others: int) -> None:
    store.create("poll.1", b"secret")
    (store.directory / "poll.1").chmod(others)
    with pytest.raises(PermissionError, match="0600"):
        store.read("poll.1")


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "A", "a b", "x\x00", "a" * 101])
def test_a_name_that_could_leave_the_folder_is_refused(store: KeyStore, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        store.create(name, b"secret")
    with pytest.raises(ValueError, match="name"):
        store.read(name)
    with pytest.raises(ValueError, match="name"):
        store.destroy(name)


def test_a_missing_key_is_said_to_be_missing(store: KeyStore) -> None:
    with pytest.raises(FileNotFoundError):
        store.read("poll.1")


def test_names_are_listed_in_order(store: KeyStore) -> None:
    assert store.names() == []
    store.create("b", b"2")
    store.create("a", b"1")
    assert store.names() == ["a", "b"]


def test_a_destroyed_secret_is_gone_and_its_bytes_overwritten(store: KeyStore) -> None:
    store.create("poll.1", b"secret of the box")
    second_name = store.directory.parent / "still-open"
    second_name.hardlink_to(store.directory / "poll.1")
    store.destroy("poll.1")
    assert store.names() == []
    assert len(second_name.read_bytes()) == len(b"secret of the box")
    assert second_name.read_bytes() != b"secret of the box"


def test_destroying_twice_is_as_once(store: KeyStore) -> None:
    store.create("poll.1", b"secret")
    store.destroy("poll.1")
    store.destroy("poll.1")
    assert store.names() == []


def test_of_many_that_destroy_a_secret_at_once_none_fails(store: KeyStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        for number in range(200):
            store.create(f"poll.{number}", b"x" * 44)
            list(pool.map(store.destroy, [f"poll.{number}"] * 8))
    assert store.names() == []


@pytest.mark.parametrize("others", [0o770, 0o720, 0o702, 0o777])
def test_a_folder_that_others_may_write_gives_and_takes_no_key(
    store: KeyStore, others: int
) -> None:
    store.create("poll.1", b"secret")
    store.directory.chmod(others)
    with pytest.raises(PermissionError, match="0700"):
        store.read("poll.1")
    with pytest.raises(PermissionError, match="0700"):
        store.create("poll.2", b"secret")
    store.directory.chmod(0o700)
    assert store.names() == ["poll.1"]
