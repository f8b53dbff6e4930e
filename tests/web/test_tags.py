from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template


@pytest.mark.parametrize(
    ("source", "value", "text"),
    [
        ("{{ value|number }}", Decimal("1234.50"), "1.234,5"),
        ("{{ value|number:2 }}", Decimal("1234.5"), "1.234,50"),
        ("{{ value|number }}", 0, "0"),
        ("{{ value|number }}", None, ""),
        ("{{ value|percent }}", Decimal("87.5"), "87,50%"),
        ("{{ value|percent:0 }}", Decimal("87.5"), "88%"),
        ("{{ value|percent }}", None, ""),
        ("{{ value|day }}", date(2026, 11, 24), "24 November 2026"),
        ("{{ value|day }}", None, ""),
        (
            "{{ value|moment }}",
            datetime(2026, 11, 24, 7, 30, tzinfo=UTC),
            "24 November 2026 pukul 14.30 WIB",
        ),
        ("{{ value|moment }}", None, ""),
    ],
)
def test_a_value_is_written_as_the_office_does(source: str, value: object, text: str) -> None:
    assert Template(source).render(Context({"value": value})) == text


def test_a_symbol_is_silent_and_refers_to_the_sprite() -> None:
    html = Template('{% icon "clock" %}').render(Context())
    assert 'aria-hidden="true"' in html
    assert "icons.svg#clock" in html


def test_the_name_of_a_symbol_is_escaped() -> None:
    html = Template("{% icon name %}").render(Context({"name": '"><script>'}))
    assert "<script>" not in html
