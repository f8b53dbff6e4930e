from decimal import Decimal

import pytest
from django.template import Context, Template

from web.charts import FULL, bars


def test_the_longest_bar_is_full_where_no_full_length_is_given() -> None:
    assert [bar.width for bar in bars([("a", 3), ("b", 6), ("c", 0)])] == [FULL // 2, FULL, 0]


def test_bars_are_measured_against_the_full_length() -> None:
    assert [bar.width for bar in bars([("a", Decimal("2.5")), ("b", 10)], full=10)] == [250, FULL]


def test_nothing_counted_draws_nothing() -> None:
    assert [bar.width for bar in bars([("a", 0), ("b", 0)])] == [0, 0]
    assert bars([]) == []


def test_a_figure_is_written_in_full_beside_its_bar() -> None:
    assert bars([("a", Decimal("1234.5"))])[0].text == "1.234,5"


@pytest.mark.parametrize(("value", "full"), [(-1, None), (11, 10)])
def test_a_figure_that_no_bar_can_show_is_refused(value: int, full: int | None) -> None:
    with pytest.raises(ValueError, match="bar"):
        bars([("a", value)], full=full)


def test_the_chart_is_a_table_with_drawings() -> None:
    template = Template('{% bar_chart rows "Suara" full=12 unit="suara" %}')
    html = template.render(Context({"rows": [("<b>Setuju</b>", 9)]}))
    assert "<caption" in html
    assert '<th scope="row">&lt;b&gt;Setuju&lt;/b&gt;</th>' in html
    assert "9 suara</td>" in html
    assert 'width="750"' in html
    assert "style=" not in html
