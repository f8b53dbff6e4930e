"""A formula is a text: nothing executes it, and nothing that reads it blows up (RELIABILITY 39).

Martahi has no parser of formulas. What reads one is the linter, by patterns, and what shows or
exports one; figures are read by `scoring.exact` alone.
"""

import ast
import json
import random
import re
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.html import escape

from indicators.lint import lint
from indicators.models import IndicatorVersion
from indicators.record import clean_text
from indicators.scoring import KMK, exact
from indicators.shapes import validate_text
from indicators.unit_scores import Period, score_item
from tests.indicators.builders import record_content

ROOT = Path(settings.BASE_DIR)
DATA = Path(__file__).parent / "data"
EXAMPLES = 50_000
SLOWEST = 0.05  # seconds of computing

PIECES = [
    *("__import__('os').system('id')", "().__class__.__bases__[0].__subclasses__()"),
    *("eval", "exec", "{{ settings.SECRET_KEY }}", "{% include '/etc/passwd' %}"),
    *("${jndi:ldap://x}", "=cmd|' /C'!A0", "%s%s%s%s", "%(code)s", "{0.__class__}"),
    *("\\", "'", '"', "`", "$(id)", "; DROP TABLE x;--", "9**9**9**9", "10" * 40),
    *("1e400", "1E-400", "NaN", "Infinity", "0x1F", "1_000", "½", "²", "∞", "(", ")", "((", "))"),
    *("÷", "/", ":", "×", "x", "*", "+", "-", "100", "100%", "1.000", ",", ".", "jumlah"),
    *("dibagi", "dikali", "per", "balita", "seluruh", "persen", " ", "  ", "\n", "\t", "\r\n"),
    *("𝟏𝟎", "١٢", "é", "e\u0301", "\u202e", "\u200b", "😀", "İ", "ß", "\xa0"),
]  # fmt: skip

SHOWN = (
    "<script>alert(1)</script> ÷ <img src=x onerror=alert(1)>",
    "{{ 7|add:7 }} {% include 'web/base.html' %}",
    "'; DROP TABLE indicators_actual; --",
    '=HYPERLINK("http://contoh.invalid";"klik") ÷ 2',
)


def expressions(seed: int, count: int) -> Iterator[str]:
    source = random.Random(seed)
    for _each in range(count):
        yield "".join(source.choices(PIECES, k=source.randrange(1, 14)))


def read(formula: str) -> float:
    """Let the linter read a formula; the seconds of computing that it took."""
    content = {"code": "KES-01", "unit": "Persen", "target": "80", "formula": formula}
    began = time.thread_time()
    lint(content)
    return time.thread_time() - began


def test_fifty_thousand_formulas_are_read_and_none_is_followed() -> None:
    """None raises, and none takes 50 ms of computing; most take the three-hundredth part of it."""
    slow = [one for one in expressions(39, EXAMPLES) if read(one) >= SLOWEST]
    # Collecting garbage may fall on any of them, but not on the same one three times.
    assert [one for one in slow if min(read(one) for _each in range(3)) >= SLOWEST] == []


@pytest.mark.parametrize("piece", PIECES)
def test_a_formula_four_times_as_long_takes_about_four_times_as_long(piece: str) -> None:
    assert grows(read, piece) < 8


def test_a_pattern_that_goes_back_and_forth_would_be_noticed() -> None:
    """The control: what looks at every pair of places takes sixteen times as long."""

    def every_pair(text: str) -> float:
        began = time.thread_time()
        re.fullmatch(r"(?:x*x*)y", text)
        return time.thread_time() - began

    assert grows(every_pair, "x", longest=4000) > 8


def grows(taken: Callable[[str], float], piece: str, longest: int = 20_000) -> float:
    """How many times as long four times the text takes; the best of three, against the noise."""
    text = (piece * longest)[:longest]
    short = min(taken(text[: longest // 4]) for _each in range(3))
    return min(taken(text) for _each in range(3)) / max(short, 1e-4)


def test_real_formulas_are_taken_or_refused_as_text() -> None:
    """All numerators and denominators of both PEPFAR editions, and what the BPS sample says."""
    texts = [
        text
        for name in ("pepfar_mer_fy21", "pepfar_mer_fy22", "bps_sdsn_indicators")
        for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        for text in json.loads(line).values()
        if isinstance(text, str) and text
    ]
    assert len(texts) >= 250
    for text in texts:
        validate_text(text)
        read(text)


def test_a_formula_comes_back_as_it_was_written(adopt: Callable[..., IndicatorVersion]) -> None:
    """And never as what it would have been worth."""
    written = list(dict.fromkeys(clean_text(text) for text in expressions(3939, 200)))
    kept = []
    for place, text in enumerate(written):
        try:
            kept.append((adopt(f"KES-{place:03}", formula=text).pk, text))
        except (ValidationError, ValueError):
            assert not text or text != clean_text(text) or _is_refused(text)
    assert len(kept) > 150
    for key, text in kept:
        assert IndicatorVersion.objects.get(pk=key).formula == text


@pytest.mark.parametrize("formula", SHOWN)
def test_a_formula_is_shown_as_it_was_written(
    formula: str, adopt: Callable[..., IndicatorVersion], client: Client
) -> None:
    adopt("KES-01", formula=formula)
    page = client.get("/indicators/KES-01/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert escape(formula) in page


def test_a_score_does_not_depend_on_the_formula() -> None:
    scores = {
        score_item(record_content(formula=formula), Fraction(72), Period(""), profile=KMK).exact
        for formula in (*PIECES, *SHOWN)
    }
    assert scores == {90}


def _is_refused(text: str) -> bool:
    try:
        validate_text(text)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize(
    "figure",
    ["1e400", "1e999999999", "9" * 31, "9" * 10**6, "0." + "1" * 31, "9**9", "2^10", "1/3", "0x10"],
)
def test_a_figure_is_never_computed_from_text(figure: str) -> None:
    with pytest.raises(ValueError, match="Bukan angka|terlalu"):
        exact(figure)


# Nothing in the code could execute one

FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "execfile"}
FORBIDDEN_MODULES = {"pickle", "marshal", "shelve", "dill", "sympy", "numexpr", "code", "asteval"}


def executing(source: str) -> list[str]:
    """Calls and imports by which a program runs text that it was given."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            found += [node.func.id] if node.func.id in FORBIDDEN_CALLS else []
        elif isinstance(node, ast.Import):
            found += [one.name for one in node.names if one.name in FORBIDDEN_MODULES]
        elif isinstance(node, ast.ImportFrom) and node.module in FORBIDDEN_MODULES:
            found.append(node.module)
    return found


@pytest.mark.parametrize("folder", ["platform", "voting", "indicators", "proposals"])
def test_no_code_of_ours_runs_text(folder: str) -> None:
    files = sorted((ROOT / folder).rglob("*.py"))
    assert len(files) > 20
    assert {
        str(file): executing(file.read_text()) for file in files if executing(file.read_text())
    } == {}


def test_code_that_runs_text_would_be_found() -> None:
    """The control."""
    source = "import pickle\nfrom marshal import loads\neval(formula)\nre.compile(formula)"
    assert executing(source) == ["pickle", "marshal", "eval"]
