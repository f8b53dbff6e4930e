"""The check of a text: by itself while somebody writes, by a button without scripts."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from people.models import Person, Unit
from tests.browser.conftest import Screen
from tests.proposals.builders import build_draft, build_round

pytestmark = pytest.mark.django_db(transaction=True)

BLOCKED = "Ada lebih dari satu satuan: Orang; Persen."


@pytest.mark.parametrize("width", [360, 1280])
def test_findings_appear_while_writing(
    screen_of: Callable[..., Screen], author: Person, unit: Unit, now: datetime, width: int
) -> None:
    screen = screen_of(author, width=width)
    draft = build_draft(author, build_round(unit, now=now), now=now)
    screen.open(reverse("proposals:edit", args=[draft.pk]))
    screen.page.get_by_label("Satuan").fill("Orang; Persen")
    expect(screen.page.locator("#lint-findings")).to_contain_text(BLOCKED)
    assert screen.sideways() <= 0
    assert screen.take_complaints() == []


def test_a_finding_leads_to_its_field(
    screen_of: Callable[..., Screen], author: Person, unit: Unit, now: datetime
) -> None:
    screen = screen_of(author, width=360)
    draft = build_draft(author, build_round(unit, now=now), now=now)
    screen.open(reverse("proposals:edit", args=[draft.pk]))
    screen.page.get_by_label("Satuan").fill("Orang; Persen")
    screen.page.locator("#lint-findings").get_by_role("link", name="Satuan").click()
    expect(screen.page.get_by_label("Satuan")).to_be_in_viewport()


def test_without_scripts_a_button_checks_and_saves_nothing(
    screen_of: Callable[..., Screen], author: Person, unit: Unit, now: datetime
) -> None:
    screen = screen_of(author, width=360, scripts=False)
    draft = build_draft(author, build_round(unit, now=now), now=now)
    screen.open(reverse("proposals:edit", args=[draft.pk]))
    screen.page.get_by_label("Satuan").fill("Orang; Persen")
    screen.page.get_by_role("button", name="Periksa teks").click()
    expect(screen.page.locator("#lint-findings")).to_contain_text(BLOCKED)
    expect(screen.page.get_by_label("Satuan")).to_have_value("Orang; Persen")
    assert draft.revisions.count() == 1
