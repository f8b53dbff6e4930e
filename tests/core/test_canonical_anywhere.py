"""Canonical bytes do not depend on interpreter, locale, hash seed or time zone (RELIABILITY 27)."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = "8cee3f633ea576cfa268258f2bf8facc9125af42a179fc91482b3ecad11d62c3"


def told(interpreter: str, **environment: str) -> tuple[str, str]:
    """The digest of a thousand random documents as another process makes them, and its locale."""
    # rfc8785 is plain Python, so an interpreter of another version reads this one's copy.
    places = [str(ROOT / "platform"), sysconfig.get_path("purelib")]
    done = subprocess.run(
        [interpreter, str(ROOT / "tests/core/anywhere.py")],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(places)} | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    digest, locale, _version = done.stdout.split(" ", 2)
    return digest, locale


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with locales of Indonesia and of Turkey, whose i has two capitals."""
    folder = tmp_path_factory.mktemp("locales")
    for name in ("id_ID.UTF-8", "tr_TR.UTF-8", "tr_TR.ISO-8859-9"):
        language, _dot, letters = name.partition(".")
        made = ["localedef", "-i", language, "-f", letters, str(folder / name)]
        if (
            shutil.which("localedef") is None
            or subprocess.run(made, capture_output=True).returncode
        ):
            pytest.skip("no localedef with the sources of locales on this machine")
    return folder


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
        {"LC_ALL": "id_ID.UTF-8", "TZ": "Asia/Jakarta", "PYTHONHASHSEED": "2"},
        {"LC_ALL": "tr_TR.UTF-8", "TZ": "America/St_Johns", "PYTHONHASHSEED": "3"},
        {"LC_ALL": "tr_TR.ISO-8859-9", "PYTHONUTF8": "0"},
    ],
    ids=lambda environment: environment["LC_ALL"],
)
def test_the_surroundings_do_not_matter(
    environment: dict[str, str], request: pytest.FixtureRequest
) -> None:
    if not environment["LC_ALL"].startswith("C"):
        environment = environment | {"LOCPATH": str(request.getfixturevalue("locales"))}
    assert told(sys.executable, **environment) == (GOLDEN, environment["LC_ALL"])


@pytest.mark.parametrize("version", ["3.12", "3.13", "3.14"])
def test_the_version_of_python_does_not_matter(version: str) -> None:
    found = interpreter(version)
    if found is None:
        pytest.skip(f"no Python {version} on this machine")
    assert told(found)[0] == GOLDEN


def interpreter(version: str) -> str | None:
    """A Python of this version that works, as uv, the path or pyenv finds it; none is fetched."""
    finding = ["uv", "python", "find", "--no-project", "--no-python-downloads", version]
    asking = [f"python{version}", "-c", "import sys; print(sys.executable)"]
    for command in (finding, asking):
        if shutil.which(command[0]) is not None:
            surroundings = os.environ | {"PYENV_VERSION": version}
            done = subprocess.run(command, env=surroundings, capture_output=True, text=True)
            if done.returncode == 0:
                return done.stdout.strip()
    return None
