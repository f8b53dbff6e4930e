"""The half-filled ballot in Chromium: it survives, it forgets, it is nobody else's."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from people.models import Person
from tests.browser.conftest import Screen
from tests.builders import build_cast, build_units
from tests.voting.builders import APPROVE, cast, open_poll
from voting.models import Poll
from voting.policy import Policy

pytestmark = [pytest.mark.django_db(transaction=True)]

type ScreenOf = Callable[..., Screen]

DRAFTS = "Object.keys(localStorage).filter((key) => key.startsWith('martahi-ballot:')).length"


@pytest.fixture
def cast_(now: datetime) -> tuple[Person, Person, Person]:
    made = build_cast(build_units(), today=now.date())
    return made.head, made.elector, made.author


def address(poll: Poll) -> str:
    return reverse("voting:detail", args=[poll.pk])


def touch(screen: Screen, words: str, place: int = 0) -> None:
    screen.page.locator("main form label").filter(has_text=words).nth(place).click()


def test_a_half_filled_ballot_survives_a_reload_and_other_votes(
    screen_of: ScreenOf, cast_: tuple[Person, Person, Person]
) -> None:
    head, elector, author = cast_
    poll = open_poll(actor=head, items=2)
    screen = screen_of(elector, width=360)
    screen.open(address(poll))
    assert screen.page.locator("input[type=radio]:checked").count() == 0
    touch(screen, "Tidak setuju")
    cast(poll, author, APPROVE)
    screen.page.context.set_offline(True)
    with pytest.raises(Exception, match="DISCONNECTED"):
        screen.open(address(poll))
    screen.page.context.set_offline(False)
    screen.open(address(poll))
    chosen = screen.page.locator("input[type=radio]:checked")
    expect(chosen).to_have_count(1)
    expect(chosen).to_have_value("reject")
    assert screen.sideways() <= 0


def test_the_draft_goes_at_its_button_on_recording_and_at_sign_out(
    screen_of: ScreenOf, cast_: tuple[Person, Person, Person]
) -> None:
    head, elector, _author = cast_
    first, second = open_poll(actor=head), open_poll(actor=head)
    screen = screen_of(elector)
    page = screen.page
    screen.open(address(first))
    touch(screen, "Tidak setuju")
    assert page.evaluate(DRAFTS) == 1
    page.get_by_role("button", name="Hapus isian di perangkat ini").click()
    assert page.evaluate(DRAFTS) == 0
    expect(page.locator("input[type=radio]:checked")).to_have_count(0)

    touch(screen, "Abstain")
    page.get_by_role("button", name="Lanjut: periksa suara").click()
    page.get_by_role("button", name="Kembali ubah").click()
    expect(page.locator("input[type=radio]:checked")).to_have_value("abstain")
    page.get_by_role("button", name="Lanjut: periksa suara").click()
    page.get_by_role("button", name="Berikan suara").click()
    expect(page.get_by_role("heading", name="Suara Anda tercatat, selesai.")).to_be_visible()
    assert page.evaluate(DRAFTS) == 0

    screen.open(address(second))
    touch(screen, "Setuju")
    assert page.evaluate(DRAFTS) == 1
    screen.open("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Keluar").click()
    page.wait_for_load_state()
    assert page.evaluate(DRAFTS) == 0
    assert screen.take_complaints() == []


def test_points_are_summed_up_and_items_move_without_a_reload(
    screen_of: ScreenOf, cast_: tuple[Person, Person, Person]
) -> None:
    head, elector, _author = cast_
    screen = screen_of(elector, width=360)
    page = screen.page
    screen.open(address(open_poll(actor=head, items=2, policy=Policy(method="weights"))))
    page.locator("[data-points]").first.fill("60")
    page.locator("[data-points]").last.fill("30")
    expect(page.get_by_text("Jumlah: 90 dari 100 poin")).to_be_visible()
    assert screen.sideways() <= 0

    screen.open(address(open_poll(actor=head, items=3, policy=Policy(method="schulze"))))
    before = page.url
    for place in (0, 1, 1):
        page.locator("[data-move=up]").nth(place).click()
    assert [each.input_value() for each in page.locator("[data-rank]").all()] == ["2", "1", ""]
    page.locator("[data-move=down]").nth(0).click()
    assert [each.input_value() for each in page.locator("[data-rank]").all()] == ["", "1", ""]
    assert page.url == before
    assert screen.sideways() <= 0
    assert screen.take_complaints() == []


def test_items_move_without_scripts_too(
    screen_of: ScreenOf, cast_: tuple[Person, Person, Person]
) -> None:
    head, elector, _author = cast_
    screen = screen_of(elector, width=360, scripts=False)
    screen.open(address(open_poll(actor=head, items=3, policy=Policy(method="schulze"))))
    for place in (0, 1, 1):
        screen.page.locator("[data-move=up]").nth(place).click()
        screen.page.wait_for_load_state()
    ranks = [each.input_value() for each in screen.page.locator("[data-rank]").all()]
    assert ranks == ["2", "1", ""]
