"""How much a page costs over the least it could cost, on the same server and database.

    MARTAHI_DEBUG=true .venv/bin/python -m tests.performance.measure / /proposals/

Each request of a page is paired with one of the floor (tests/performance/urls.py) just before it,
so that whatever else the machine does falls on both; the ratio is the median of the pairs' ratios.
Nothing is asserted: a time belongs to a machine. Figures that are told anywhere come from here.
The database is that of DATABASE_URL or var/, filled by `manage.py demo --no-serve`.
"""

import argparse
import gzip
import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def server(workers: int = 1) -> Iterator[int]:
    """Granian as in production; yields its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.performance.settings",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}",
    }
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)]
    command += ["--workers", str(workers), "--blocking-threads", "1", "--log-level", "warning"]
    command += ["config.wsgi:application"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(10)


class Reader:
    """One person on one connection that stays open."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[float, int, bytes]:
        """Milliseconds, status and body of one request."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self.connection.request(
            "GET" if form is None else "POST", path, form and urlencode(form), headers
        )
        response = self.connection.getresponse()
        body = response.read()
        took = (time.perf_counter() - began) * 1000
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return took, response.status, body

    def sign_in(self, nip: str, password: str) -> None:
        _, _, page = self.ask("/accounts/login/")
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token, "no sign-in form"
        form = {"csrfmiddlewaretoken": token[1].decode(), "login": nip, "password": password}
        _, status, _ = self.ask("/accounts/login/", form)
        assert status == 302, f"sign-in was answered by {status}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="+", metavar="PATH")
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--nip", default="199207232019032994")
    parser.add_argument("--password", default="martahi-demo")
    chosen = parser.parse_args()
    with server() as port:
        reader = Reader(port)
        reader.sign_in(chosen.nip, chosen.password)
        print(f"{chosen.pairs} pairs each; milliseconds")
        print(f"{'page':44} {'median':>7} {'p95':>7} {'floor':>7} {'ratio':>6} {'gzip kB':>8}")
        for path in chosen.paths:
            pairs = []
            for turn in range(chosen.pairs + 10):
                least, _, _ = reader.ask("/floor/")
                took, status, body = reader.ask(path)
                assert status == 200, f"{path} was answered by {status}"
                if turn >= 10:  # the first ones warm up
                    pairs.append((took, least))
            pages = [page for page, _ in pairs]
            print(
                f"{path:44} {median(pages):7.1f} {quantiles(pages, n=20)[-1]:7.1f} "
                f"{median(least for _, least in pairs):7.1f} "
                f"{median(page / least for page, least in pairs):6.1f} "
                f"{len(gzip.compress(body)) / 1000:8.1f}"
            )


if __name__ == "__main__":
    main()
