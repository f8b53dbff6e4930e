"""Secret keys in a folder outside the database, one file each, readable by their owner alone."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,99}")


@dataclass(frozen=True)
class KeyStore:
    """The folder `directory` (mode 0700); each key is a file of mode 0600."""

    directory: Path

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError(f"not a key's name: {name!r}")
        return self.directory / name

    def create(self, name: str, secret: bytes) -> None:
        """Keep a new secret durably.

        Raises FileExistsError if the name is taken, PermissionError if others may write the folder.
        """
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._require_own_folder()
        descriptor = os.open(self._path(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secret)
            file.flush()
            os.fsync(file.fileno())
        folder = os.open(self.directory, os.O_RDONLY)
        try:
            os.fsync(folder)  # else the name of the file may be gone after a loss of power
        finally:
            os.close(folder)

    def _require_own_folder(self) -> None:
        """Who may write the folder could put another key in a key's place."""
        if self.directory.stat().st_mode & 0o022:
            raise PermissionError(
                f"{self.directory}: others may write this folder; set its mode to 0700"
            )

    def read(self, name: str) -> bytes:
        """The secret.

        Raises FileNotFoundError if there is none, PermissionError if others may read the file or
        write its folder.
        """
        path = self._path(name)
        if self.directory.exists():
            self._require_own_folder()
        if path.stat().st_mode & 0o077:
            raise PermissionError(f"{path.name}: others may read this key; set its mode to 0600")
        return path.read_bytes()

    def names(self) -> list[str]:
        """The names of all keys, sorted."""
        if not self.directory.exists():
            return []
        return sorted(path.name for path in self.directory.iterdir() if _NAME.fullmatch(path.name))

    def destroy(self, name: str) -> None:
        """Overwrite and remove a secret; nothing happens if it is gone already.

        On a journaling or copy-on-write disk older blocks may survive: docs/security.md says so.
        """
        path = self._path(name)
        try:
            file = path.open("r+b")
        except FileNotFoundError:  # perhaps another process destroyed it a moment ago
            return
        with file:
            file.write(os.urandom(os.fstat(file.fileno()).st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink(missing_ok=True)
