from decimal import Decimal

import pytest
from django.template import Context, Template

from web.charts import FULL, bars, pairs, swings


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


def test_pairs_share_one_full_length() -> None:
    (first, second) = pairs([("a", 2, 8), ("b", 4, 0)])
    assert (first.before.width, first.after.width) == (FULL // 4, FULL)
    assert (second.before.width, second.after.width) == (FULL // 2, 0)
    assert pairs([]) == []
    assert [pair.after.width for pair in pairs([("a", 0, 0)])] == [0]


def test_a_pair_chart_is_a_table_with_both_figures() -> None:
    template = Template('{% pair_chart rows "Unit" before="Sebelum" after="Sesudah" of="Nilai" %}')
    html = template.render(Context({"rows": [("<i>80–85</i>", 1, 3)]}))
    assert '<th scope="row">&lt;i&gt;80–85&lt;/i&gt;</th>' in html
    assert html.count('<td class="m-number">') == 2
    assert html.count("<svg") == html.count('aria-hidden="true"') == 3
    assert "style=" not in html


def test_swings_go_left_for_less_and_right_for_more() -> None:
    half = FULL // 2
    (row, other) = swings([(Decimal("-0.5"), Decimal("1")), (Decimal(0), Decimal("-1"))])
    assert [(swing.start, swing.width) for swing in row] == [(half // 2, half // 2), (half, half)]
    assert [(swing.start, swing.width) for swing in other] == [(half, 0), (0, half)]
    assert [swing.width for swing in swings([(Decimal(0),)])[0]] == [0]
