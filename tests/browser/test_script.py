"""What martahi.js adds to pages that work without it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from people.models import Person
from tests.browser.conftest import Screen

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.web.urls")]

HEAR_SUBMITS = """
    window.heard = 0;
    document.addEventListener("submit", (event) => { window.heard += 1; event.preventDefault(); });
"""


@pytest.fixture
def screen(screen_of: Callable[..., Screen]) -> Screen:
    return screen_of(width=360)


def sent(page: Page) -> list[str]:
    """The addresses that forms are sent to, from now on."""
    addresses: list[str] = []
    page.on("request", lambda request: request.method == "POST" and addresses.append(request.url))
    return addresses


def test_a_double_click_sends_a_form_once(screen: Screen) -> None:
    screen.open("/form/")
    screen.page.evaluate(HEAR_SUBMITS)
    screen.page.get_by_role("button", name="Simpan").dblclick()
    assert screen.page.evaluate("window.heard") == 1


def test_declining_the_question_sends_nothing(screen: Screen) -> None:
    screen.open("/pieces/")
    addresses = sent(screen.page)
    screen.page.get_by_label("Tidak setuju", exact=True).check()
    screen.page.get_by_role("button", name="Kirim suara").click()
    dialog = screen.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Kirim surat suara ini?")
    expect(dialog.get_by_role("button", name="Batal")).to_be_focused()
    dialog.get_by_role("button", name="Batal").click()
    expect(dialog).to_have_count(0)
    expect(screen.page.get_by_label("Tidak setuju", exact=True)).to_be_checked()
    assert addresses == []


def test_agreeing_to_the_question_sends_the_form_once(screen: Screen) -> None:
    screen.open("/pieces/")
    addresses = sent(screen.page)
    screen.page.get_by_label("Tidak setuju", exact=True).check()
    screen.page.get_by_role("button", name="Kirim suara").click()
    screen.page.get_by_role("dialog").get_by_role("button", name="Kirim suara").click()
    screen.page.wait_for_url("**/form/")
    assert addresses == [f"{screen.address}/form/"]


def test_reading_goes_on_at_the_summary_of_errors(screen: Screen) -> None:
    screen.open("/form/")
    screen.page.get_by_role("button", name="Simpan").click()
    expect(screen.page.locator(".ds-error-summary")).to_be_focused()
    screen.page.get_by_role("link", name="Target:").click()
    expect(screen.page.get_by_label("Target")).to_be_focused()


def test_escape_closes_the_menu_and_returns_to_its_button(
    screen_of: Callable[..., Screen], author: Person
) -> None:
    screen = screen_of(author)
    screen.open("/pieces/")
    button = screen.page.locator(".m-person > summary")
    button.click()
    expect(screen.page.get_by_role("button", name="Keluar")).to_be_visible()
    screen.page.keyboard.press("Escape")
    expect(screen.page.get_by_role("button", name="Keluar")).to_be_hidden()
    expect(button).to_be_focused()


def test_on_a_phone_the_navigation_opens_without_script(screen: Screen) -> None:
    screen.page.route("**/martahi.js", lambda route: route.abort())
    screen.open("/pieces/")
    entry = screen.page.get_by_role("link", name="Pemungutan suara")
    expect(entry).to_be_hidden()
    screen.page.get_by_text("Menu", exact=True).click()
    expect(entry).to_be_visible()


def test_the_pieces_leave_the_console_silent_and_the_page_narrow(screen: Screen) -> None:
    for path in ("/pieces/?message=1", "/form/"):
        screen.open(path)
        assert screen.take_complaints() == []
        assert screen.sideways() == 0
