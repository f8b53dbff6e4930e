"""Running a vote: everyone is reminded alike; cancelled or repeated it is by the rule, once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from core.verdict import Refused
from notices.models import Notice
from people.models import Person, Unit
from proposals import actions
from proposals.actions.reminders import reminders_send
from proposals.actions.settling import polls_settle
from proposals.models import Proposal, Reminder
from proposals.stages import Stage
from tests.proposals.builders import (
    build_bundle,
    build_frozen,
    build_publication,
    build_round,
    build_voting,
    close_and_settle,
    counter_gaming,
    everyone_votes,
    vote,
)
from voting.actions import poll_close
from voting.clock import staged_at
from voting.models import Poll

DAY = 24 * 60


@pytest.fixture
def voting(author: Person, head: Person, unit: Unit, now: datetime) -> tuple[Proposal, Poll]:
    return build_voting(author, head, build_round(unit, now=now), now=now)


def reminded(poll: Poll) -> set[object]:
    found = Notice.objects.filter(topic=f"voting.poll:{poll.pk}", text__contains="Pengingat")
    return set(found.values_list("person_id", flat=True))


def test_a_reminder_goes_to_every_elector_whoever_has_voted(
    voting: tuple[Proposal, Poll], head: Person, elector: Person, now: datetime
) -> None:
    _, poll = voting
    vote(elector, poll)
    actions.electors_remind(actor=head, poll=poll, now=now)
    assert reminded(poll) == set(poll.electors.values_list("person_id", flat=True))


def test_electors_are_reminded_once_a_day(
    voting: tuple[Proposal, Poll], head: Person, facilitator: Person, now: datetime
) -> None:
    _, poll = voting
    actions.electors_remind(actor=head, poll=poll, now=now)
    with pytest.raises(Refused, match="Hari ini"):
        actions.electors_remind(actor=facilitator, poll=poll, now=now)
    reminder = Reminder.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(poll=poll, sent_on=reminder.sent_on)


def test_staff_do_not_remind(voting: tuple[Proposal, Poll], elector: Person, now: datetime) -> None:
    with pytest.raises(Refused):
        actions.electors_remind(actor=elector, poll=voting[1], now=now)


def test_the_clock_reminds_once_in_the_last_day_of_a_long_vote(
    author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    frozen = build_frozen(author, head, build_round(unit, now=now), now=now)
    poll = actions.poll_open_for(actor=head, proposals=[frozen], minutes=3 * DAY, now=now)
    assert reminders_send(now=now + timedelta(days=1)) == 0
    late = now + timedelta(days=2, hours=1)
    assert reminders_send(now=late) == 1
    assert reminders_send(now=late + timedelta(minutes=1)) == 0
    assert reminders_send(now=poll.closes_at - timedelta(minutes=1)) == 0
    assert Reminder.objects.get().sent_by is None


def test_a_short_vote_needs_no_reminder_by_the_clock(
    voting: tuple[Proposal, Poll], now: datetime
) -> None:
    assert reminders_send(now=now) == 0


def test_a_cancelled_vote_frees_its_texts_and_everybody_hears_why(
    voting: tuple[Proposal, Poll], head: Person, elector: Person, now: datetime
) -> None:
    proposal, poll = voting
    vote(elector, poll)
    actions.poll_cancel_for(actor=head, poll=poll, reason="Daftar pemilih keliru.", now=now)
    proposal.refresh_from_db()
    assert proposal.stage == Stage.FROZEN
    told = Notice.objects.filter(text__contains="Daftar pemilih keliru.")
    assert told.filter(topic=f"voting.poll:{poll.pk}").count() == poll.roll_size
    again = actions.poll_open_for(actor=head, proposals=[proposal], minutes=5, now=now)
    assert again.previous is None


def silent(proposal: Proposal, poll: Poll) -> None:
    """The time is over and nobody came."""
    with staged_at(poll.closes_at):
        poll_close(actor=None, poll=poll)
    polls_settle(now=poll.closes_at)
    proposal.refresh_from_db()


def test_a_vote_without_a_quorum_is_repeated_once(
    voting: tuple[Proposal, Poll], head: Person, now: datetime
) -> None:
    proposal, poll = voting
    silent(proposal, poll)
    proposal = actions.vote_repeat(actor=head, proposal=proposal, now=now)
    assert proposal.stage == Stage.FROZEN
    again = actions.poll_open_for(actor=head, proposals=[proposal], minutes=5, now=now)
    assert again.previous == poll
    silent(proposal, again)
    with pytest.raises(Refused, match="satu kali"):
        actions.vote_repeat(actor=head, proposal=proposal, now=now)


def test_a_vote_that_said_something_is_not_repeated(
    voting: tuple[Proposal, Poll], head: Person, now: datetime
) -> None:
    proposal, poll = voting
    everyone_votes(poll, ("reject",))
    close_and_settle(poll, now=now)
    with pytest.raises(Refused, match="kuorum tidak tercapai atau suara berimbang"):
        actions.vote_repeat(actor=head, proposal=proposal, now=now)


def test_only_who_leads_repeats(
    voting: tuple[Proposal, Poll], facilitator: Person, now: datetime
) -> None:
    proposal, poll = voting
    silent(proposal, poll)
    with pytest.raises(Refused):
        actions.vote_repeat(actor=facilitator, proposal=proposal, now=now)


def test_the_way_over_the_pages(
    voting: tuple[Proposal, Poll],
    head: Person,
    elector: Person,
    client_of: Callable[[Person], Client],
) -> None:
    proposal, poll = voting
    client = client_of(head)
    page = reverse("voting:detail", args=[poll.pk])
    run = reverse("proposals:vote", args=[poll.pk])
    assert run in client.get(page).content.decode()
    seen = client_of(elector).get(page).content.decode()
    assert run not in seen
    assert "Waktu penutupan tidak dapat diubah oleh siapa pun" in seen
    client.post(reverse("proposals:remind", args=[poll.pk]))
    assert "Hari ini semua pemilih sudah diingatkan" in client.get(run).content.decode()
    cancel = reverse("proposals:cancel-vote", args=[poll.pk])
    assert client.post(cancel, {"reason": ""}).status_code == 200
    client.post(cancel, {"reason": "Daftar pemilih keliru."})
    html = client_of(elector).get(page).content.decode()
    assert "tidak ada suara yang dihitung" in html
    assert "Daftar pemilih keliru." in html
    detail = client.get(reverse("proposals:detail", args=[proposal.pk])).content.decode()
    assert "Pemungutan suara ini dibatalkan" in detail


def test_a_bundle_is_repeated_whole(
    facilitator: Person,
    publisher: Person,
    head: Person,
    unit: Unit,
    author: Person,
    now: datetime,
    client_of: Callable[[Person], Client],
) -> None:
    publication = build_publication(facilitator, publisher, head, unit, now=now)
    round_ = build_round(unit, now=now, year=now.year + 1)
    bundle = build_bundle(facilitator, publication, round_, now=now)
    actions.bundle_submit(actor=facilitator, bundle=bundle, now=now)
    first = bundle.proposals.order_by("pk").first()
    assert first is not None
    counter_gaming(author, facilitator, first, now=now)
    actions.bundle_freeze(actor=head, bundle=bundle, now=now)
    poll = actions.bundle_poll_open(actor=head, bundle=bundle, minutes=5, now=now)
    silent(first, poll)
    page = client_of(head).get(reverse("proposals:bundle", args=[bundle.pk])).content.decode()
    assert "Ulangi pemungutan suara" in page
    actions.vote_repeat(actor=head, proposal=first, now=now)
    assert {one.stage for one in bundle.proposals.all()} == {Stage.FROZEN}
