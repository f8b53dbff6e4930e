"""The text that saves itself, in a browser that loses its connection and has a second window."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from people.models import Person, Unit
from proposals.models import Proposal, WorkingCopy
from tests.browser.conftest import Screen
from tests.proposals.builders import build_draft, build_round

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def text(author: Person, unit: Unit) -> Proposal:
    now: datetime = timezone.now()
    return build_draft(author, build_round(unit, now=now), now=now)


@pytest.fixture
def window(
    screen_of: Callable[..., Screen], author: Person, text: Proposal
) -> Callable[[], Screen]:
    """`window()`: another window of the author, open on the form."""

    def window() -> Screen:
        screen = screen_of(author, width=360)
        screen.open(reverse("proposals:edit", args=[text.pk]))
        return screen

    return window


def purpose(page: Page) -> str:
    return page.get_by_label("Tujuan").input_value()


def test_what_is_typed_saves_itself_with_its_time(
    window: Callable[[], Screen], text: Proposal
) -> None:
    page = window().page
    page.get_by_label("Tujuan").fill("Balita tumbuh sehat.")
    expect(page.locator("#working-copy")).to_contain_text("Salinan kerja tersimpan")
    assert WorkingCopy.objects.get(proposal=text).fields["purpose"] == "Balita tumbuh sehat."


def test_words_typed_while_a_slow_answer_is_on_its_way_are_saved_too(
    window: Callable[[], Screen], text: Proposal
) -> None:
    page = window().page

    def slowly(route, request) -> None:  # type: ignore[no-untyped-def]
        page.wait_for_timeout(1000)
        route.continue_()

    page.route("**/working-copy/", slowly)
    field = page.get_by_label("Tujuan")
    field.fill("Satu.")
    page.wait_for_timeout(2300)
    field.fill("Satu. Dua.")
    page.wait_for_timeout(6000)
    assert WorkingCopy.objects.get(proposal=text).fields["purpose"] == "Satu. Dua."


def test_a_lost_connection_is_told_and_the_text_is_saved_once_it_is_back(
    window: Callable[[], Screen], text: Proposal
) -> None:
    page = window().page
    page.context.set_offline(True)
    page.get_by_label("Tujuan").fill("Diketik tanpa sambungan.")
    expect(page.get_by_text("Sambungan terputus")).to_be_visible()
    assert purpose(page) == "Diketik tanpa sambungan."
    page.context.set_offline(False)
    expect(page.locator("#working-copy")).to_contain_text("Salinan kerja tersimpan")
    expect(page.get_by_text("Sambungan terputus")).to_be_hidden()
    assert WorkingCopy.objects.get(proposal=text).fields["purpose"] == "Diketik tanpa sambungan."


def test_the_second_window_keeps_its_text_and_joins_both(
    window: Callable[[], Screen], text: Proposal
) -> None:
    first, second = window().page, window().page
    first.get_by_label("Tujuan").fill("Dari jendela pertama.")
    expect(first.locator("#working-copy")).to_contain_text("Salinan kerja tersimpan")
    second.get_by_label("Tujuan").fill("Dari jendela kedua.")
    second.get_by_role("button", name="Bandingkan kedua tulisan").click()
    expect(second.get_by_role("heading", name="Dua tulisan untuk satu teks")).to_be_visible()
    expect(second.get_by_role("radio", name="Dari jendela pertama.")).to_be_visible()
    second.get_by_role("radio", name="Dari jendela kedua.").check()
    second.get_by_role("button", name="Gabungkan menurut pilihan").click()
    expect(second.get_by_text("kini satu salinan kerja")).to_be_visible()
    assert purpose(second) == "Dari jendela kedua."
    second.get_by_text("Tulisan yang tidak dipilih").click()
    expect(second.get_by_text("Dari jendela pertama.")).to_be_visible()


def test_the_text_to_share_is_copied(
    screen_of: Callable[..., Screen], author: Person, text: Proposal
) -> None:
    screen = screen_of(author, width=360)
    screen.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    screen.open(reverse("proposals:share", args=[text.pk]))
    screen.page.get_by_role("button", name="Salin teks").click()
    expect(screen.page.get_by_role("button", name="Tersalin")).to_be_visible()
    copied = screen.page.evaluate("navigator.clipboard.readText()")
    assert text.record.name in copied
    assert f"/proposals/{text.pk}/" in copied


@pytest.mark.parametrize("scripts", [True, False])
def test_a_link_to_a_folded_field_unfolds_it_and_goes_there(
    screen_of: Callable[..., Screen], author: Person, text: Proposal, scripts: bool
) -> None:
    page = screen_of(author, width=360, scripts=scripts).page
    page.goto(reverse("proposals:edit", args=[text.pk]) + "#id_data_source")
    expect(page.locator("#id_data_source")).to_be_in_viewport()
