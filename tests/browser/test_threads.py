"""Threads in Chromium: in place with scripts, by a link without, by keyboard, on a phone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from proposals.models import Comment
from tests.browser.conftest import Screen
from tests.builders import Cast, build_cast, build_units
from tests.proposals.builders import build_comment, build_discussion, build_round

pytestmark = [pytest.mark.django_db(transaction=True)]

type Thread = tuple[Cast, Comment]


@pytest.fixture
def thread() -> Thread:
    """A comment with three replies."""
    now, units = timezone.now(), build_units()
    cast = build_cast(units, today=timezone.localdate(now))
    proposal = build_discussion(cast.author, build_round(units.unit, now=now), now=now)
    root = build_comment(cast.elector, proposal, now=now)
    for number in range(1, 4):
        build_comment(
            cast.author,
            proposal,
            now=now + timedelta(seconds=number),
            kind="reply",
            field="",
            parent=root,
            body=f"Balasan nomor {number}.",
        )
    return cast, root


@pytest.mark.parametrize("scripts", [True, False])
def test_all_replies_open_by_keyboard_with_and_without_script(
    screen_of: Callable[..., Screen], thread: Thread, scripts: bool
) -> None:
    cast, root = thread
    screen = screen_of(cast.head, width=360, scripts=scripts)
    address = reverse("proposals:detail", args=[root.proposal_id])
    screen.open(address)
    expect(screen.page.get_by_text("Balasan nomor 1.")).to_have_count(0)
    screen.page.get_by_role("link").filter(has_text="Lihat semua").press("Enter")
    expect(screen.page.get_by_text("Balasan nomor 1.")).to_be_visible()
    assert (address in screen.page.url) is scripts
    if scripts:
        assert (screen.take_complaints(), screen.sideways()) == ([], 0)


def test_a_reaction_is_pressed_in_place(screen_of: Callable[..., Screen], thread: Thread) -> None:
    cast, root = thread
    screen = screen_of(cast.head, width=360)
    screen.open(reverse("proposals:detail", args=[root.proposal_id]))
    agree = screen.page.locator(f"#reactions-{root.pk}").get_by_role("button", name="Setuju").first
    agree.press("Enter")
    expect(agree).to_have_attribute("aria-pressed", "true")
    assert screen.take_complaints() == []


def test_names_are_completed_while_typing(screen_of: Callable[..., Screen], thread: Thread) -> None:
    cast, root = thread
    screen = screen_of(cast.elector, width=360)
    screen.open(reverse("proposals:reply", args=[root.pk]))
    screen.page.get_by_label("Sebut rekan").press_sequentially("Luar")
    option = screen.page.locator("#mention-names option")
    expect(option).to_have_attribute("value", "Luar Contoh (Dinas Pendidikan)")
    assert screen.take_complaints() == []
