"""The page before a vote: rules as voters read them, the roll, and what should make one pause."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Holiday, Person, Unit
from proposals.actions.polls import policy_of
from proposals.models import Proposal
from proposals.opening import Opening, closing_words, opening_of
from tests.proposals.builders import build_frozen, build_round
from voting.models import Poll


@pytest.fixture
def frozen(author: Person, head: Person, unit: Unit, now: datetime) -> Proposal:
    return build_frozen(author, head, build_round(unit, now=now), now=now)


def seen(frozen: Proposal, head: Person, now: datetime) -> Opening:
    return opening_of([frozen], leader=head, policy=policy_of(frozen.round), now=now)


def warnings(opening: Opening) -> str:
    return " ".join(check.sentence for check in opening.checks if check.state == "warns")


def test_a_roll_below_five_is_warned_of(
    frozen: Proposal, head: Person, elector: Person, now: datetime
) -> None:
    keep = [head.pk, elector.pk]
    Person.objects.filter(unit=frozen.unit).exclude(pk__in=keep).update(is_active=False)
    assert "Pemilih kurang dari 5" in warnings(seen(frozen, head, now))
    Person.objects.filter(pk=elector.pk).update(is_active=False)
    opening = seen(frozen, head, now)
    assert opening.stops


def test_more_than_one_in_five_away_is_warned_of(
    frozen: Proposal, head: Person, now: datetime
) -> None:
    electors = Person.objects.filter(unit=frozen.unit, is_active=True).exclude(pk=head.pk)
    assert "seperlima" not in warnings(seen(frozen, head, now))
    away = electors.count() // 5 + 1
    electors.filter(pk__in=electors.values("pk")[:away]).update(presence="on_leave")
    assert "seperlima" in warnings(seen(frozen, head, now))


def test_measured_people_outside_the_roll_are_counted(
    frozen: Proposal, head: Person, other_unit: Unit, now: datetime
) -> None:
    assert "unit lain" not in warnings(seen(frozen, head, now))
    entry = {"unit": other_unit.code, "include_sub_units": False, "position_family": None}
    frozen.record.applies_to = [*frozen.record.applies_to, entry]
    count = Person.objects.filter(unit=other_unit, is_active=True).count()
    assert f"{count} pegawai yang diukur" in warnings(seen(frozen, head, now))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("closes", "words"),
    [
        ("2026-11-24T10:00:00+07:00", ""),
        ("2026-11-24T07:59:00+07:00", "di luar jam kerja"),
        ("2026-11-24T16:00:00+07:00", "di luar jam kerja"),
        ("2026-11-28T10:00:00+07:00", "bukan hari kerja"),
        ("2026-11-25T10:00:00+07:00", "bukan hari kerja"),  # the table says so
    ],
)
def test_a_closing_outside_working_time_is_marked(closes: str, words: str) -> None:
    Holiday.objects.create(day=date(2026, 11, 25), name="Hari Guru", kind="national")
    opens = datetime.fromisoformat("2026-11-24T01:00:00+07:00")
    minutes = int((datetime.fromisoformat(closes) - opens).total_seconds() / 60)
    told = closing_words(now=opens, minutes=[minutes])[minutes]
    assert told.startswith("ditutup ")
    assert told.endswith(words or "WIB")


def test_the_page_shows_the_rules_as_the_ballot_will(
    frozen: Proposal, head: Person, client_of: Callable[[Person], Client]
) -> None:
    client = client_of(head)
    address = reverse("proposals:open-poll", args=[frozen.pk])
    before = client.get(address).content.decode()
    client.post(address, {"proposals": [str(frozen.pk)], "minutes": "5", "method": "approve"})
    poll = Poll.objects.get()
    after = client.get(reverse("voting:detail", args=[poll.pk])).content.decode()
    for words in (poll.policy.quorum_words, poll.policy.majority_words, poll.policy.minimum_words):
        assert words in before
        assert words in after
    assert policy_of(frozen.round, "consensus").secrecy_words in before
    assert poll.roll_hash_short in after


def test_the_hash_of_the_roll_stands_in_full_and_short_to_print(
    frozen: Proposal, head: Person, client_of: Callable[[Person], Client]
) -> None:
    client = client_of(head)
    address = reverse("proposals:open-poll", args=[frozen.pk])
    client.post(address, {"proposals": [str(frozen.pk)], "minutes": "5", "method": "approve"})
    poll = Poll.objects.get()
    html = client.get(reverse("voting:roll", args=[poll.pk])).content.decode()
    assert poll.roll_hash in html
    short = poll.roll_hash_short
    assert len(short) == 19
    assert poll.roll_hash.startswith("sha256:" + short.replace(" ", ""))
    assert short in html
