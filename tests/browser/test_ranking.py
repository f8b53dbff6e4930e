"""The order of a ranking ballot as a list: it follows the numbers, and its rows can be dragged."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Screen
from tests.builders import build_cast, build_units
from tests.voting.builders import open_poll
from voting.policy import Policy

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def screen(screen_of: Callable[..., Screen], now: datetime) -> Screen:
    """A phone with a ranking ballot of four items."""
    cast = build_cast(build_units(), today=now.date())
    poll = open_poll(actor=cast.head, items=4, policy=Policy(method="schulze"))
    screen = screen_of(cast.elector, width=360, touch=True)
    screen.open(reverse("voting:detail", args=[poll.pk]))
    return screen


def row(page: Page, number: int) -> Locator:
    return page.locator("[data-ranks]").filter(has_text=f"Butir {number}")


def order(page: Page) -> list[str]:
    """The list as it reads, without its hint: place and item, and the line between."""
    lines = page.locator("[data-ranking] > li:visible:not([data-ranking-aim])").all_inner_texts()
    return [" ".join(line.replace("Butir ", "").split()[:2]) for line in lines]


def ranks(page: Page) -> list[str]:
    """What stands in the number fields, in the order of the items."""
    return [field.input_value() for field in page.locator("[data-rank]").all()]


def middle(piece: Locator) -> tuple[float, float]:
    box = piece.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, number: int, target: Locator, *, past: float = 0) -> None:
    """By mouse: the handle of an item to the middle of another row, or `past` pixels below it."""
    page.locator("[data-ranking]").scroll_into_view_if_needed()
    page.mouse.move(*middle(row(page, number).locator("[data-handle]")))
    page.mouse.down()
    x, y = middle(target)
    page.mouse.move(x, y + past, steps=8)
    page.mouse.up()


def swipe(page: Page, piece: Locator, distance: float) -> None:
    """A finger put down on a piece of the page, drawn up or down, and lifted."""
    x, y = middle(piece)
    touch = page.context.new_cdp_session(page)

    def send(kind: str, *points: dict[str, float]) -> None:
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    send("touchStart", {"x": x, "y": y})
    for step in range(1, 11):
        send("touchMove", {"x": x, "y": y + distance * step / 10})
        page.wait_for_timeout(16)
    send("touchEnd")
    page.wait_for_timeout(100)


def test_rows_are_dragged_above_the_line_below_it_and_past_each_other(screen: Screen) -> None:
    page = screen.page
    end = page.locator("[data-ranking-end]")
    assert order(page) == ["Tanpa peringkat,", "– 1", "– 2", "– 3", "– 4"]
    drag(page, 3, end, past=-9)
    assert ranks(page) == ["", "", "1", ""]
    drag(page, 1, row(page, 3), past=-4)
    assert ranks(page) == ["1", "", "2", ""]
    drag(page, 3, row(page, 1), past=-4)
    assert ranks(page) == ["2", "", "1", ""]
    assert order(page) == ["1 3", "2 1", "Tanpa peringkat,", "– 2", "– 4"]
    drag(page, 3, end, past=9)
    assert ranks(page) == ["1", "", "", ""]
    assert screen.take_complaints() == []
    assert screen.sideways() <= 0


def test_the_list_follows_what_is_typed_and_pressed_and_forgotten(screen: Screen) -> None:
    page = screen.page
    fields = page.locator("[data-rank]")
    fields.nth(0).fill("2")
    fields.nth(3).fill("2")
    fields.nth(1).fill("1")
    assert order(page) == ["1 2", "2 1", "2 4", "Tanpa peringkat,", "– 3"]
    page.locator("[data-move=up]").nth(2).click()
    assert order(page) == ["1 2", "2 1", "2 4", "3 3", "Tanpa peringkat,"]
    page.reload()
    assert order(page) == ["1 2", "2 1", "2 4", "3 3", "Tanpa peringkat,"]
    page.get_by_role("button", name="Hapus isian di perangkat ini").click()
    assert order(page)[0] == "Tanpa peringkat,"
    assert ranks(page) == [""] * 4


def test_what_is_equal_stays_equal_beside_a_dragged_row(screen: Screen) -> None:
    page = screen.page
    for place, rank in enumerate(("1", "1", "2", "3")):
        page.locator("[data-rank]").nth(place).fill(rank)
    drag(page, 4, row(page, 1), past=-4)
    assert ranks(page) == ["2", "2", "3", "1"]
    drag(page, 1, row(page, 1))  # taken up and put down where it was
    assert ranks(page) == ["2", "2", "3", "1"]


def test_escape_puts_a_dragged_row_back(screen: Screen) -> None:
    page = screen.page
    page.locator("[data-rank]").nth(0).fill("1")
    page.locator("[data-ranking]").scroll_into_view_if_needed()
    page.mouse.move(*middle(row(page, 2).locator("[data-handle]")))
    page.mouse.down()
    x, y = middle(row(page, 1))
    page.mouse.move(x, y - 4, steps=8)
    assert order(page)[0] == "– 2"
    page.keyboard.press("Escape")
    page.mouse.up()
    assert ranks(page) == ["1", "", "", ""]
    assert order(page)[0] == "1 1"


def test_a_finger_on_the_handle_drags_and_anywhere_else_scrolls(screen: Screen) -> None:
    page = screen.page
    page.locator("[data-rank]").nth(0).fill("1")
    page.evaluate("document.querySelector('[data-ranking]').scrollIntoView({block: 'center'})")
    height = page.evaluate("scrollY")
    target = middle(row(page, 1))[1] - 8
    handle = row(page, 3).locator("[data-handle]")
    swipe(page, handle, target - middle(handle)[1])
    assert ranks(page) == ["2", "", "1", ""]
    assert page.evaluate("scrollY") == height
    swipe(page, row(page, 3).locator("span").last, -150)
    assert page.evaluate("scrollY") > height + 100
    assert ranks(page) == ["2", "", "1", ""]


def test_without_scripts_there_is_no_list_that_could_not_be_dragged(screen: Screen) -> None:
    expect(screen.page.locator("[data-ranking]")).to_be_visible()
    screen.page.route("**/*.js", lambda route: route.abort())
    screen.page.reload()
    expect(screen.page.locator("[data-ranking]")).to_be_hidden()
    expect(screen.page.locator("[data-rank]").first).to_be_visible()
