"""What is published of few ballots, all of it together, and whom it gives away: exhaustively.

RELIABILITY, invariant 18. The reader is the worst one there is, who knows who voted, and the own
ballot. Somebody is *given away* on an item where every set of ballots that fits what is published
(and the own ballot) has the same answer from all the others. docs/reliability.md says what follows.

That pages, API and papers say no more than `published` does is asked further down, over HTTP.
"""

import json
import re
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import combinations_with_replacement, product

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Person, Unit
from tests.voting.builders import (
    ABSTAIN,
    APPROVE,
    REJECT,
    add_staff,
    cast,
    close_by_clock,
    open_poll,
    voters_of,
)
from voting.methods.base import Choices
from voting.models import Item, Poll
from voting.policy import Policy
from voting.results import result_document
from voting.turnout import Group, GroupTurnout

POLL = uuid.uuid4()
ITEMS = [uuid.uuid4() for _item in range(3)]

type Profile = tuple[Choices, ...]  # a set of ballots, in order
type Fact = Callable[[Choices], object]  # what a ballot says about one thing
type Given = tuple[int, str, bool]  # number of ballots, what the reader cast, whether it passed


def published(policy: Policy, profile: Profile, roll: int) -> str:
    """All that is told of some ballots: the sealed document, and what is kept and given out."""
    poll = Poll(pk=POLL, roll_size=roll, roll_hash="sha256:0", **policy.as_dict())
    size = len(profile[0])
    items = [Item(pk=ITEMS[n], poll=poll, position=n + 1, digest="") for n in range(size)]
    columns: list[dict[str, int]] = [{} for _item in items]
    for place, choice, number in poll.counting.columns(Counter(profile).items()):
        columns[place][choice] = number
    told: list[object] = [result_document(poll, items, columns, turnout=len(profile))]
    if len(profile) >= policy.minimum_shown and policy.tells_columns:
        told.append(columns)
        if policy.publication_mode == "B":
            told.append(profile)
    return json.dumps(told, sort_keys=True)


def by_publication(
    policy: Policy, ballots: Sequence[Choices], voters: int, roll: int
) -> list[list[Profile]]:
    """All profiles of so many voters, those together of which the same is told."""
    found: defaultdict[str, list[Profile]] = defaultdict(list)
    for profile in combinations_with_replacement(sorted(ballots), voters):
        found[published(policy, profile, roll)].append(profile)
    return list(found.values())


def without(profile: Profile, own: Choices | None) -> Profile:
    if own is None:
        return profile
    place = profile.index(own)
    return profile[:place] + profile[place + 1 :]


def is_given_away(alike: Sequence[Profile], own: Choices | None, fact: Fact) -> bool:
    """Whether what is told makes the others' answers known to who cast `own` (None: nothing)."""
    answers = {
        fact(ballot)
        for profile in alike
        if own is None or own in profile
        for ballot in without(profile, own)
    }
    return len(answers) == 1


def readers(alike: Sequence[Profile]) -> list[Choices | None]:
    return [None, *sorted({ballot for profile in alike for ballot in profile})]


# approve


@cache
def approvals(items: int) -> list[Choices]:
    return list(product((APPROVE, REJECT, ABSTAIN), repeat=items))


def passed(policy: Policy, profile: Profile, roll: int) -> bool:
    (document, *_columns) = json.loads(published(policy, profile, roll))
    return bool(document["items"][0]["passed"])


def given_away(policy: Policy, voters: int, roll: int) -> set[Given]:
    """Every reader to whom a vote over one item gives all the others away."""
    return {
        (voters, own[0] or "" if own else "", passed(policy, alike[0], roll))
        for alike in by_publication(policy, approvals(1), voters, roll)
        for own in readers(alike)
        if is_given_away(alike, own, lambda ballot: ballot[0])
    }


# What the decision alone tells of fewer than five. It cannot be kept back: somebody has to decide.
# Each line: the number of ballots, what the reader cast ("" for no ballot), whether it passed.
BY_DECISION: dict[str, set[Given]] = {
    "1/2": {
        (1, "", True),  # one ballot, and it was enough
        (2, APPROVE, False),  # mine was not enough, so that the other one was against it
        (2, ABSTAIN, True),  # mine said nothing, so that the other one was for it
        (3, REJECT, True),  # against mine it needed both
    },
    "2/3": {
        (1, "", True),
        (2, APPROVE, False),
        (2, ABSTAIN, True),
        (4, REJECT, True),  # 2 : 1 are not more than two thirds, 3 : 1 are
    },
    "3/4": {
        (1, "", True),
        (2, APPROVE, False),
        (2, ABSTAIN, True),
    },
}


@pytest.mark.parametrize("mode", ["A", "B", "C"])
@pytest.mark.parametrize("majority", sorted(BY_DECISION))
def test_below_five_ballots_nobody_is_given_away_but_by_the_decision_itself(
    majority: str, mode: str
) -> None:
    policy = Policy(majority=majority, publication_mode=mode)
    found: set[Given] = set()
    for voters in range(1, 5):
        found |= given_away(policy, voters, roll=voters)  # all have voted: the quorum is reached
        assert given_away(policy, voters, roll=20) == set(), "without a quorum nobody ever is"
    assert found == BY_DECISION[majority]


@pytest.mark.parametrize("mode", ["A", "B", "C"])
@pytest.mark.parametrize("voters", [5, 6])
def test_from_five_on_only_those_who_all_answer_alike_are_given_away(
    mode: str, voters: int
) -> None:
    """To everybody where all do (the page warns), to one voter where all the others do."""
    policy = Policy(publication_mode=mode)
    for alike in by_publication(policy, approvals(1), voters, voters):
        for own in readers(alike):
            others = {without(profile, own) for profile in alike if own is None or own in profile}
            are_alike = all(len(set(rest)) == 1 for rest in others)
            assert is_given_away(alike, own, lambda ballot: ballot[0]) == are_alike
        (document, *_columns) = json.loads(published(policy, alike[0], voters))
        is_told = document["items"][0]["is_unanimous"]
        assert is_told == is_given_away(alike, None, lambda ballot: ballot[0])


@pytest.mark.parametrize("mode", ["A", "B", "C"])
@pytest.mark.parametrize("voters", [3, 4, 5])
def test_a_second_item_tells_nothing_about_the_first(mode: str, voters: int) -> None:
    """Who is given away on an item is so by that item's own numbers, whatever is asked beside."""
    policy = Policy(publication_mode=mode)
    alone = {
        (own[0], passed(policy, alike[0], voters), frozenset(Counter(alike[0]).items()))
        if voters >= policy.minimum_shown
        else (own[0], passed(policy, alike[0], voters), None)
        for alike in by_publication(policy, approvals(1), voters, voters)
        for own in readers(alike)
        if own and is_given_away(alike, own, lambda ballot: ballot[0])
    }
    for alike in by_publication(policy, approvals(2), voters, voters):
        firsts: Profile = tuple(sorted((ballot[0],) for ballot in alike[0]))
        held = frozenset(Counter(firsts).items()) if voters >= policy.minimum_shown else None
        for own in readers(alike):
            if own and is_given_away(alike, own, lambda ballot: ballot[0]):
                assert (own[0], passed(policy, firsts, voters), held) in alone


def test_columns_do_not_tell_which_answers_stood_on_one_ballot() -> None:
    """Mode A: that whole ballots are known without being alike happens, and is counted here."""
    policy, alone, all_of_them = Policy(), 0, 0
    for alike in by_publication(policy, approvals(2), 5, 5):
        varied = [p for p in alike if all(len({b[n] for b in p}) > 1 for n in (0, 1))]
        if varied:
            all_of_them += 1
            alone += len(alike) == 1
    assert (alone, all_of_them) == (0, 324)


# rankings and points


@cache
def rankings() -> list[Choices]:
    """The thirteen weak orders of three items, each once."""
    found = {}
    for ranks in product("123", repeat=3):
        order = tuple(sorted(set(ranks)).index(rank) for rank in ranks)
        found.setdefault(order, ranks)
    return list(found.values())


@cache
def shares(step: int, items: int = 3) -> list[Choices]:
    """100 points over the items in steps."""
    points = range(0, 101, step)
    return [tuple(map(str, each)) for each in product(points, repeat=items) if sum(each) == 100]


def preference(a: int, b: int) -> Fact:
    def fact(ballot: Choices) -> object:
        one, other = int(ballot[a] or 999), int(ballot[b] or 999)
        return (one > other) - (one < other)

    return fact


def points(item: int) -> Fact:
    return lambda ballot: ballot[item]


CASES: dict[str, tuple[list[Choices], list[Fact]]] = {
    "schulze": (rankings(), [preference(0, 1), preference(0, 2), preference(1, 2)]),
    "weights": (shares(50), [points(0), points(1), points(2)]),
}


@pytest.mark.parametrize("method", CASES)
def test_the_totals_of_rankings_and_points_give_nobody_away(method: str) -> None:
    """Mode C: from five ballots on not even those who all answer alike."""
    ballots, facts = CASES[method]
    policy = Policy(method=method, publication_mode="C")
    for alike in by_publication(policy, ballots, 5, 5):
        for own in readers(alike):
            assert not any(is_given_away(alike, own, fact) for fact in facts), (alike[0], own)


def test_few_points_give_nobody_away() -> None:
    """Below five ballots nothing is told of points but how many gave some."""
    ballots, facts = CASES["weights"]
    for voters in (2, 3, 4):
        for alike in by_publication(Policy(method="weights"), ballots, voters, voters):
            for own in readers(alike):
                assert not any(is_given_away(alike, own, fact) for fact in facts)


def test_few_rankings_give_nobody_away_but_by_the_winner_itself() -> None:
    """Of two or three ballots, to who did not put the winner before all others: it needed them."""
    ballots, facts = CASES["schulze"]
    policy, known = Policy(method="schulze"), 0
    for voters in (2, 3, 4):
        for alike in by_publication(policy, ballots, voters, voters):
            (document,) = json.loads(published(policy, alike[0], voters))
            winner = [n for n, entry in enumerate(document["items"]) if entry["passed"]]
            for own in readers(alike):
                if any(is_given_away(alike, own, fact) for fact in facts):
                    assert voters <= 3
                    assert len(winner) == 1
                    assert own is not None
                    mine = int(own[winner[0]])
                    assert any(int(rank) <= mine for n, rank in enumerate(own) if n != winner[0])
                    known += 1
    assert known > 0


@pytest.mark.parametrize("method", CASES)
def test_columns_of_rankings_and_points_give_away_those_who_all_answer_alike(method: str) -> None:
    """Mode A, and an outsider: exactly where some answer is everybody's, and the result says so."""
    ballots, facts = CASES[method]
    policy = Policy(method=method)
    for alike in by_publication(policy, ballots, 5, 5):
        known = [fact for fact in facts if is_given_away(alike, None, fact)]
        said = [fact for fact in facts if all(len({*map(fact, p)}) == 1 for p in alike)]
        assert known == said
        (document, *_columns) = json.loads(published(policy, alike[0], 5))
        warned = any(entry["is_unanimous"] for entry in document["items"])
        strict = [fact for fact in known if method == "weights" or fact(alike[0][0]) != 0]
        assert warned == bool(strict), alike[0]


def test_columns_of_points_over_two_items_are_whole_ballots() -> None:
    """What mode A cannot do for points: with two items, one column is the other one's mirror."""
    for alike in by_publication(Policy(method="weights"), shares(10, items=2), 5, 5):
        assert len(alike) == 1


# turnout of the two groups


def test_the_split_turnout_names_nobody_who_did_or_did_not_vote() -> None:
    """But where a whole group did: its number says so, or the whole turnout does."""
    told: defaultdict[object, list[tuple[int, int]]] = defaultdict(list)
    size = 10
    for measured, others in product(range(size + 1), repeat=2):
        split = GroupTurnout(Group(size, measured), Group(size, others), size // 2 + 1)
        shown = (measured, others) if split.is_shown else None
        told[measured + others, shown, split.warning].append((measured, others))
    for (turnout, shown, _warning), fits in told.items():
        for group in (0, 1):
            numbers = {pair[group] for pair in fits}
            if numbers == {0}:
                assert turnout == 0
            if numbers == {size}:
                assert shown is not None or turnout == size + 4


# Whatever is given out depends on `published` alone

READERS = ("head", "elector", "outsider", "auditor")
PLACES = (
    "voting:detail",
    "voting:my-status",
    "voting:roll",
    "voting:receipts",
    "api-1:poll_result",
)
MORE = ("api-1:poll_ballots", "proposals:minutes")

# Method, publication mode, items, and ballots that may be cast.
OVER_HTTP = {
    "few approvals A": ("approve", "A", 4, approvals(2)),
    "few approvals B": ("approve", "B", 4, approvals(2)),
    "few approvals C": ("approve", "C", 4, approvals(2)),
    "approvals A": ("approve", "A", 5, approvals(2)),
    "approvals C": ("approve", "C", 5, approvals(2)),
    "few points A": ("weights", "A", 4, shares(50)),
    "points A": ("weights", "A", 5, shares(50)),
    "points C": ("weights", "C", 5, shares(50)),
    "few rankings B": ("schulze", "B", 4, rankings()),
    "rankings A": ("schulze", "A", 5, rankings()[:7]),
    "rankings C": ("schulze", "C", 5, rankings()[:7]),
}  # fmt: skip


def most_different(policy: Policy, ballots: Sequence[Choices], voters: int) -> Sequence[Profile]:
    """Two profiles of which the same is told, and one of which something else is, if there is."""
    groups = by_publication(policy, ballots, voters, voters)
    largest = max(groups, key=len)
    others = [group[0] for group in groups if group is not largest]
    return largest[0], largest[-1], *others[:1]


def all_that_is_told(poll: Poll, people: dict[str, Client]) -> Iterator[tuple[str, str]]:
    """Every answer about a poll, without what is drawn anew for each poll."""
    seal = poll.seal
    drawn = {str(poll.pk), *(str(item.pk) for item in poll.items.all()), seal.nonce}
    drawn |= {seal.result_hash, seal.ballots_hash, seal.receipts_hash}
    drawn |= {*poll.receipt_codes.values_list("code", flat=True)}
    drawn |= {*poll.ballots.values_list("code", flat=True)}
    for who, client in people.items():
        for name in (*PLACES, *MORE):
            text = client.get(reverse(name, args=[poll.pk])).content.decode()
            if not (seal.nonce in text) <= _is_told_with_ballots(poll):
                raise AssertionError(f"the nonce without the ballots: {name}")
            for own in drawn:
                text = text.replace(own, "…")
            yield f"{name} {who}", re.sub(TOKENS, "", text)


TOKENS = r'(name="(csrfmiddlewaretoken|receipt)" value="|nonce="|X-CSRFToken": ")[^"]*'


def _is_told_with_ballots(poll: Poll) -> bool:
    return poll.electors.voted().count() >= 5 and poll.policy.tells_columns


@pytest.mark.django_db
@pytest.mark.parametrize("case", OVER_HTTP)
def test_pages_files_and_papers_tell_no_more_than_was_asked_above(
    case: str,
    head: Person,
    unit: Unit,
    request: pytest.FixtureRequest,
    client_of: Callable[[Person], Client],
) -> None:
    method, mode, voters, ballots = OVER_HTTP[case]
    policy = Policy(method=method, publication_mode=mode)
    profiles = most_different(policy, ballots, voters)
    people = {who: client_of(request.getfixturevalue(who)) for who in READERS}
    Person.objects.filter(unit=unit).exclude(pk=head.pk).update(is_active=False)
    add_staff(unit, voters)
    for who in READERS:
        person = request.getfixturevalue(who)
        Person.objects.filter(pk=person.pk).exclude(unit=unit).update(is_active=True)
    told, began = [], None
    for profile in profiles:
        poll = open_poll(actor=head, items=len(profile[0]), policy=policy, opens_at=began)
        began = poll.opened_at
        for person, choices in zip(voters_of(poll), profile, strict=True):
            cast(poll, person, *choices)
        told.append(dict(all_that_is_told(close_by_clock(poll), people)))
    assert told[0] == told[1]
    assert told[0] not in told[2:], "the control: another publication is seen"
