"""Sliding a figure through the rule of an indicator, and answering what a set changed."""

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Request, expect

from indicators.actions import briefings_deliver
from indicators.models import Briefing
from people.models import Person
from tests.browser.conftest import Screen
from tests.builders import build_cast, build_units
from tests.indicators.builders import adopt, publish_set

pytestmark = [pytest.mark.django_db(transaction=True)]

type ScreenOf = Callable[..., Screen]


@pytest.fixture
def reader(now: datetime) -> Person:
    """Someone whom a published set measures, and who was told so."""
    units = build_units()
    cast = build_cast(units, today=now.date())
    publish_set(
        facilitator=cast.facilitator,
        publisher=cast.publisher,
        scope=units.city,
        weights={adopt(actor=cast.head, now=now): 100},
        now=now,
    )
    briefings_deliver(now=now)
    return cast.author


def test_sliding_moves_the_score_with_few_requests(screen_of: ScreenOf, reader: Person) -> None:
    screen = screen_of(reader, width=360)
    page = screen.page
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request))
    screen.open("/indicators/KES-01/")
    slider = page.get_by_label("Atau geser")
    slider.focus()
    for _step in range(48):
        page.keyboard.press("ArrowLeft")  # each step is 0.5: from 72 down to 48
    expect(page.get_by_label("Realisasi (Persen)")).to_have_value("48")
    expect(page.get_by_text("48 ÷ 80 × 100 = 60")).to_be_visible()
    expect(slider).to_be_focused()
    posts = [request for request in sent if request.method == "POST"]
    assert 1 <= len(posts) <= 8  # not one for each step
    assert not any("48" in request.url for request in sent)
    page.get_by_label("Realisasi (Persen)").fill("36")
    expect(page.get_by_text("36 ÷ 80 × 100 = 45")).to_be_visible()
    expect(slider).to_have_value("36")
    assert screen.sideways() <= 0
    assert screen.take_complaints() == []


def test_without_scripts_the_slider_counts_by_the_button(
    screen_of: ScreenOf, reader: Person
) -> None:
    screen = screen_of(reader, width=360, scripts=False)
    page = screen.page
    screen.open("/indicators/KES-01/")
    page.get_by_label("Atau geser").focus()
    for _step in range(48):
        page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name="Hitung").click()
    expect(page.get_by_text("48 ÷ 80 × 100 = 60")).to_be_visible()
    expect(page.get_by_label("Realisasi (Persen)")).to_have_value("48")


@pytest.mark.parametrize("scripts", [True, False])
def test_what_changed_is_acknowledged_with_one_click(
    scripts: bool, screen_of: ScreenOf, reader: Person
) -> None:
    screen = screen_of(reader, width=360, scripts=scripts)
    page = screen.page
    screen.open("/sets/kota/1.0.0/for-me/")
    page.get_by_role("button", name="Saya sudah membaca").click()
    expect(page.get_by_text("Anda menyatakan sudah membaca")).to_be_visible()
    assert Briefing.objects.get(person=reader).response == "acknowledged"
