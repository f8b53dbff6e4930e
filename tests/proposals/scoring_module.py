"""Runs the commands of docs/scoring-module.md against the database of a test, without a socket."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client as Browser

from indicators import client

SITE = "http://localhost:8000"


class Terminal:
    """Knows `curl` with the options of the document, and `python3 client.py`."""

    def __init__(
        self, folder: Path, capfdbinary: pytest.CaptureFixture[bytes], patch: pytest.MonkeyPatch
    ) -> None:
        self.folder, self.captured = folder, capfdbinary
        patch.chdir(folder)
        patch.setattr(client.Server, "get", _get)

    def run(self, words: list[str]) -> bytes:
        if words[:2] == ["python3", "client.py"]:
            assert client.main(words[2:]) == 0
            return self.captured.readouterr().out
        assert words[0] == "curl"
        return self._curl(words[1:])

    def _curl(self, words: list[str]) -> bytes:
        (address,) = [word for word in words if word.startswith(SITE)]
        path = address.removeprefix(SITE)
        if "-d" in words:
            # curl says so, and Martahi reads JSON all the same.
            kind = "application/x-www-form-urlencoded"
            response = Browser().post(path, words[words.index("-d") + 1], content_type=kind)
        else:
            response = Browser().get(path)
        head = b""
        if "-si" in words:
            lines = [f"{name.lower()}: {value}\n" for name, value in response.headers.items()]
            head = ("".join(lines) + "\n").encode()
        return head + response.content


def _get(self: client.Server, path: str, *, etag: str | None = None) -> client.Answer:
    headers: dict[str, Any] = {"If-None-Match": etag} if etag else {}
    assert urlsplit(path).path == path.split("?")[0]
    response = Browser().get(path, headers=headers)
    return client.Answer(response.status_code, response.content, response.headers.get("ETag", ""))
