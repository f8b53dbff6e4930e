"""The linter on 111 real indicators, against labels given by hand, and the table of the docs."""

from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from indicators.lint import RULES, Severity
from tests.indicators.lint.corpus import contents, findings, labels

DOCS = Path(settings.BASE_DIR) / "docs" / "linter.md"
MOST_WRONG = 2


def table() -> str:
    """The table of docs/linter.md: each rule with how often it fires and how often it is wrong."""
    fired, wrong = Counter[str](), Counter[str]()
    for (_indicator, code, _field), row in labels().items():
        fired[code] += 1
        wrong[code] += not row["right"]
    lines = ["| rule | finds | severity | fires | wrong |", "|---|---|---|---|---|"]
    for code in sorted(RULES):
        rule = RULES[code]
        finds = rule.check.__name__.replace("_", " ")
        lines.append(f"| {code} | {finds} | {rule.severity} | {fired[code]} | {wrong[code]} |")
    return "\n".join([*lines, f"| | all | | {fired.total()} | {wrong.total()} |"])


def test_there_are_111_indicators() -> None:
    assert len(dict(contents())) == 111


def test_every_finding_has_its_label_and_no_label_is_left_over() -> None:
    found = {(key, item.rule.code, item.field): item.found for key, item in findings()}
    assert found == {key: row["found"] for key, row in labels().items()}


def test_every_finding_that_is_wrong_says_why() -> None:
    assert all(row["reason"] for row in labels().values() if not row["right"])


@pytest.mark.parametrize("code", sorted(RULES))
def test_no_rule_that_blocks_is_wrong_in_more_than_two(code: str) -> None:
    wrong = {key for key, row in labels().items() if key[1] == code and not row["right"]}
    indicators = {indicator for indicator, _rule, _field in wrong}
    assert RULES[code].severity is Severity.ADVISES or len(indicators) <= MOST_WRONG


def test_there_are_at_least_25_rules() -> None:
    assert len(RULES) >= 25


def test_the_docs_hold_the_table_of_the_labels() -> None:
    assert table() in DOCS.read_text(encoding="utf-8"), f"docs/linter.md should hold:\n{table()}"
