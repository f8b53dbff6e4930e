"""Opening a poll: who may, what is copied, who is on the roll."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.keystore import KeyStore
from core.verdict import Refused
from ledger.models import Event, EventContent
from people.models import Person, Unit
from tests.builders import build_person, build_unit
from tests.voting.builders import (
    add_staff,
    build_item,
    close_by_clock,
    open_poll,
    sealed_poll,
    voters_of,
)
from voting import boxes
from voting.actions import ItemSpec
from voting.models import Box, Elector, Item, Poll
from voting.policy import Policy
from voting.roll import preview, roll_hash

pytestmark = pytest.mark.django_db


def test_the_roll_is_everyone_active_below_without_who_decides(
    head: Person, deactivated: Person, moved: Person, agency: Unit
) -> None:
    below = build_unit("pustu", parent=head.unit)
    nurse = build_person(unit=below, name="Aa Pustu")
    poll = open_poll(actor=head)
    people = set(voters_of(poll))
    assert nurse in people
    assert not people & {head, deactivated, moved}
    assert people == set(Person.objects.active().working_in(head.unit)) - {head}
    assert poll.roll_size == len(people)


def test_the_superior_head_opens_for_the_unit_and_its_head_votes(
    superior_head: Person, head: Person
) -> None:
    poll = open_poll(actor=superior_head, scope=head.unit)
    assert head in voters_of(poll)


def test_a_policy_may_narrow_the_roll_to_families(head: Person, elector: Person) -> None:
    staff = add_staff(head.unit, 2)
    poll = open_poll(actor=head, families=["health"])
    assert elector in voters_of(poll)
    assert not set(staff) & set(voters_of(poll))


def test_the_preview_names_who_would_vote_and_why_others_would_not(
    head: Person, elector: Person
) -> None:
    (clerk,) = add_staff(head.unit, 1)
    elector.presence = Person.Presence.ON_LEAVE
    elector.save()
    shown = preview(head.unit, decider=head, families=["health"])
    assert elector in shown.electors
    assert shown.away == 1
    reasons = {left.person: left.reason for left in shown.left_out}
    assert reasons[head].startswith("Memutuskan")
    assert reasons[clerk].startswith("Rumpun")
    assert voters_of(open_poll(actor=head, families=["health"])) == shown.electors


def test_presence_is_noted_as_it_was_at_opening(head: Person, elector: Person) -> None:
    Person.objects.filter(pk=elector.pk).update(presence="on_leave")
    poll = open_poll(actor=head)
    assert poll.electors.get(person=elector).presence == "on_leave"


@pytest.mark.parametrize(
    "who", ["author", "former_acting_head", "facilitator", "publisher", "auditor", "administrator"]
)
def test_who_does_not_head_the_unit_opens_nothing(
    request: pytest.FixtureRequest, who: str, unit: Unit
) -> None:
    with pytest.raises(Refused, match="kepala unit kerja"):
        open_poll(actor=request.getfixturevalue(who), scope=unit)
    assert not Poll.objects.exists()
    assert not Event.objects.exists()


def test_policy_and_items_are_copied(head: Person) -> None:
    policy = Policy(quorum="2/3", majority="2/3", publication_mode="C", minimum_shown=7)
    specs = [build_item(3), build_item(1)]
    poll = Poll.objects.get(pk=open_poll(actor=head, items=specs, policy=policy).pk)
    assert poll.policy == policy
    copied = [ItemSpec(i.title, i.text, i.digest, i.url) for i in poll.items.all()]
    assert copied == specs
    assert [item.position for item in poll.items.all()] == [1, 2]


def test_the_shown_text_is_rendered_safely_and_kept(head: Person) -> None:
    spec = ItemSpec("Judul", "**tebal** <script>alert(1)</script>", build_item().digest, "/x/")
    item = open_poll(actor=head, items=[spec]).items.get()
    assert "<strong>tebal</strong>" in item.html
    assert "<script" not in item.html


def test_the_event_tells_everything_that_may_not_change_and_no_name(head: Person) -> None:
    poll = open_poll(actor=head, items=2)
    event = Event.objects.get(action="poll.opened")
    body = EventContent.objects.get(event=event).body
    assert event.actor == head.pk
    assert poll.roll_hash in body
    assert all(item.digest in body for item in poll.items.all())
    for person in Person.objects.all():
        assert person.name not in body
        assert person.nip not in body


def test_the_roll_hash_is_over_the_sorted_keys_of_its_people(head: Person) -> None:
    poll = open_poll(actor=head)
    keys = [person.pk for person in voters_of(poll)]
    assert poll.roll_hash == roll_hash(keys) == roll_hash(reversed(keys))
    assert poll.roll_hash != roll_hash(keys[1:])


def test_the_key_lies_outside_the_database_for_its_owner_alone(
    head: Person, settings: object
) -> None:
    poll = open_poll(actor=head)
    store = KeyStore(settings.KEYS_DIR)  # type: ignore[attr-defined]
    assert store.names() == [f"poll-{poll.pk}"]
    path = store.directory / f"poll-{poll.pk}"
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "wrong",
    [
        {"items": []},
        {"items": [ItemSpec("", "teks", "sha256:0", "/x/")]},
        {"items": [ItemSpec("judul", "", "sha256:0", "/x/")]},
        {"items": [ItemSpec("judul", "teks", "", "/x/")]},
        {"title": ""},
        {"title": "x" * 201},
        {"lasts": timedelta(0)},
        {"lasts": timedelta(days=-1)},
        {"families": ["pilots"]},
    ],
    ids=str,
)
def test_a_bad_poll_is_not_opened_and_leaves_nothing(
    head: Person, wrong: dict[str, object]
) -> None:
    with pytest.raises(ValidationError):
        open_poll(actor=head, **wrong)  # type: ignore[arg-type]
    for model in (Poll, Item, Elector, Box, Event):
        assert not model._default_manager.exists()


def test_a_repetition_names_the_finished_poll_before_it(head: Person) -> None:
    first = sealed_poll(actor=head, choices=["approve"])
    again = open_poll(actor=head, previous=first)
    assert again.previous == first
    assert first.repetition == again


def test_an_open_poll_is_not_repeated(head: Person) -> None:
    first = open_poll(actor=head)
    with pytest.raises(ValidationError, match="belum selesai"):
        open_poll(actor=head, previous=first)


def test_a_poll_is_repeated_once(head: Person) -> None:
    first = sealed_poll(actor=head, choices=["approve"])
    close_by_clock(open_poll(actor=head, previous=first))
    with pytest.raises(ValidationError):
        open_poll(actor=head, previous=first)


@pytest.mark.parametrize(
    ("electors", "count"),
    [(1, 1), (49, 1), (500, 1), (501, 2), (1_000, 2), (1_001, 3), (4_700_000, 9_400)],
)
def test_a_roll_is_dealt_into_boxes_of_about_five_hundred(electors: int, count: int) -> None:
    assert boxes.box_count(electors) == count
    assert electors // count >= min(electors, boxes.SMALLEST_BOX)


def test_voters_are_dealt_evenly_and_at_random() -> None:
    voters = list(range(1_203))
    hands = boxes.deal(voters, boxes.box_count(len(voters)))
    assert sorted(map(len, hands)) == [401, 401, 401]
    assert sorted(voter for hand in hands for voter in hand) == voters
    assert hands != boxes.deal(voters, 3)


def test_electors_of_several_boxes_vote_and_are_counted_together(
    head: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boxes, "BOX_SIZE", 3)
    add_staff(head.unit, 4)
    poll = sealed_poll(actor=head, choices=["approve"] * 5 + ["reject"] * 2)
    counts = {row.choice: row.ballots for row in poll.items.get().choice_counts.all()}
    assert counts == {"approve": 5, "reject": 2}
    assert poll.receipt_codes.count() == 7


def test_the_time_of_opening_is_the_argument(head: Person) -> None:
    moment = timezone.now() - timedelta(days=2)
    assert open_poll(actor=head, opens_at=moment).opened_at == moment
