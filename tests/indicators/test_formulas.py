"""A formula is a text that people read: whatever it says, nothing of it is run (RELIABILITY 39).

Nothing in the application computes a formula, so there is no parser to break out of. What reads a
formula at all (cleaning, the linter, the record's checks, a file that comes in) is given 50,000
hostile ones under `MARTAHI_FORMULAS=50000`, some of them otherwise.
"""

import ast
import json
import os
import random
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.html import escape

from indicators.importing import ImportRefused, read_indicators
from indicators.lint import lint
from indicators.models import IndicatorVersion
from indicators.record import figure_problems, missing
from indicators.scoring import KMK
from indicators.unit_scores import Period, score_item
from indicators.units import UnitTree
from tests.indicators.builders import record_content

ROOT = Path(settings.BASE_DIR)
HOW_MANY = int(os.environ.get("MARTAHI_FORMULAS", "1500"))
SLOWEST = 0.050  # seconds

HOSTILE = (
    "__import__('os').system('touch /tmp/formula')",
    "().__class__.__bases__[0].__subclasses__()",
    "9**9**9**9",
    "(" * 5_000 + "1" + ")" * 5_000,
    "1e999999999 ÷ 1e-999999999",
    "{{ 7|add:7 }} {% include 'web/base.html' %}",
    "${7*7} #{7*7} <%= 7*7 %>",
    '=HYPERLINK("http://contoh.invalid";"klik") ÷ 2',
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script> ÷ <img src=x onerror=alert(1)>",
    "'; DROP TABLE indicators_actual; --",
    "(a ÷ b) × 100" * 300,
    "÷" * 5_000,
    "×100" * 2_000,
    "a" * 20_000,
    "%(polarity)s %n %s {polarity} {0.__class__}",
)
# Pieces of DHIS2 and DATIM expressions, of Python, of spreadsheets, and of plain formulas.
PIECES = (
    *("#{fbfJHSPpUQD.pq2XI5kz2BY}", "S{Wy4xBQ9KLD1.denominator}", "N{cLJ2dVvz}", "I{dMV6isIGE9h}"),
    *("${id}", "C{pi}", "[days]", "if(a>0,1,0)", "isNull(#{x})", "subExpression(", "d2:zing("),
    *("getattr(", ".__class__", "lambda x:", "import os", "eval(", "exec(", "open('/etc/passwd')"),
    *("=SUM(A1:A9)", "=1+1", "@A1", "+1", "-1", "|calc", "(", ")", "((", "))", "[", "]", "{", "}"),
    *("÷", "×", "/", "*", "**", "%", "100", "1000", "1e400", "10**10**10", "0", "NaN", "∞", "Σ"),
    *("Balita yang ditimbang", "seluruh balita sasaran", "dibagi", "dikali", "\n", "\t", " ", "'"),
    *('"', "\\", "`", ";", "<b>", "&lt;", "\u202e", "\u200b", "é", "𝟙", "٪"),
)


def formulas() -> Iterator[str]:
    chance = random.Random(39)
    yield from HOSTILE
    for _number in range(HOW_MANY):
        pieces = chance.choices(PIECES, k=chance.randint(1, 40))
        yield chance.choice(("", " ")).join(pieces) * chance.choice((1, 1, 1, 5))


def content(formula: str) -> dict[str, Any]:
    return record_content(formula=formula, numerator="", denominator="", definition=formula)


def _read(formula: str) -> None:
    """Everything that reads a formula."""
    record = content(formula)
    lint(record)
    list(figure_problems(record))
    missing(record, until="freeze")


def test_no_formula_takes_long_or_raises() -> None:
    for formula in formulas():
        for attempt in range(4):  # another process may have had the machine
            before = time.thread_time()
            _read(formula)
            if time.thread_time() - before < SLOWEST:
                break
            assert attempt < 3, formula[:200]


def test_a_score_does_not_depend_on_the_formula() -> None:
    scores = {
        score_item(content(formula), Fraction(72), Period(""), profile=KMK).exact
        for formula in HOSTILE
    }
    assert scores == {90}


@pytest.mark.parametrize("figure", ["9**9", "__import__('os')", "=1+1", "1/3", "{{ 7 }}", "1e400"])
def test_a_figure_that_is_a_formula_is_refused(figure: str) -> None:
    record = record_content() | {"target": figure}
    with pytest.raises(ImportRefused) as refused:
        read_indicators("a.json", json.dumps([record]).encode(), tree=UnitTree({}, {}, frozenset()))
    assert any(note.field == "target" for note in refused.value.notes)


@pytest.mark.parametrize("formula", [text for text in HOSTILE if len(text) < 200])
def test_a_formula_is_shown_as_it_was_written(
    formula: str, adopt: Callable[..., IndicatorVersion], client: Client
) -> None:
    adopt("KES-01", formula=formula)
    page = client.get("/indicators/KES-01/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert escape(formula) in page


def test_nothing_in_the_application_runs_a_text() -> None:
    forbidden = {"eval", "exec", "compile", "__import__"}
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for folder in ("indicators", "proposals", "voting", "platform")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in forbidden
    ]
    assert found == []
