"""20,000 ballots that are none: never an error of the server, never kept, always told why.

RELIABILITY, invariant 24. Each starts as a good ballot and is spoiled in one to three ways that no
method takes; 5,000 for each method that voters meet. The raw bodies go over HTTP.
"""

import random
from collections.abc import Callable
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from core.verdict import Refused
from people.models import Person
from tests.voting.builders import open_poll, token
from voting import actions
from voting.forms import Sent
from voting.methods import InvalidBallot
from voting.models import OpenBallot, Poll
from voting.policy import Policy

pytestmark = pytest.mark.django_db

BODIES = 5_000
POLICIES = {
    "approve": Policy(),
    "weights": Policy(method="weights"),
    "schulze": Policy(method="schulze"),
    "consensus": Policy(method="consensus", is_secret=False, publication_mode="N"),
}
GOOD = {"approve": "approve", "weights": "50", "schulze": "1", "consensus": "agree"}
NO_CHOICE = (
    *("NaN", "Infinity", "1e400", "-1", "+1", "0x1", "1.5", "1,5", "1_0", "½", "٣", "１", "0"),
    *("APPROVE", "approve;reject", "approve,approve", "null", "true", "[]", "{}", "None", "💥"),
    *("\0", "approve\0", "‮evorppa", "<script>alert(1)</script>", "' OR 1=1 --", "=1+1", "%00"),
    *("101", "9" * 400, "x" * 5_000, "é" * 300, "../../etc/passwd", "${7*7}", "{{7*7}}"),
)

type Fields = dict[str, list[str]]


class Spoiler:
    """Spoils good ballots of a poll, by a seed."""

    def __init__(self, poll: Poll, person: Person, foreign: str, seed: int) -> None:
        self.chance = random.Random(seed)
        self.poll, self.person, self.foreign = poll, person, foreign
        self.names = [f"item-{item.pk}" for item in poll.items.all()]
        self.ways: list[Callable[[Fields], None]] = [
            self.no_choice, self.no_choice, self.last_one_counts,
            self.foreign_item, self.misspelled_item,
        ]  # fmt: skip
        if poll.is_secret:
            self.ways.append(self.no_receipt)

    def ballot(self) -> Fields:
        good = GOOD[self.poll.method]
        fields: Fields = {name: [good] for name in self.names}
        fields["receipt"] = [token(self.poll, self.person)]
        for way in self.chance.sample(self.ways, self.chance.randint(1, 3)):
            way(fields)
        return fields

    def text(self) -> str:
        """What is no choice of the poll's method; any whole number is a rank."""
        ranks = ("101",) if self.poll.method == "schulze" else ()
        return self.chance.choice([text for text in NO_CHOICE if text not in ranks])

    def no_choice(self, fields: Fields) -> None:
        fields[self.chance.choice(self.names)] = [self.text()]

    def last_one_counts(self, fields: Fields) -> None:
        name = self.chance.choice(self.names)
        fields[name] = [*fields.get(name, []), self.text()]

    def foreign_item(self, fields: Fields) -> None:
        key = self.chance.choice((self.foreign, str(uuid4()), "", "1", "x" * 300))
        fields[f"item-{key}"] = [GOOD[self.poll.method]]

    def misspelled_item(self, fields: Fields) -> None:
        name = self.chance.choice(self.names)
        wrong = self.chance.choice((name.upper(), f"{name} ", name.replace("-", ""), name + "[]"))
        wrong = wrong if wrong.startswith("item-") else f"item-{wrong}"
        fields[wrong] = fields.pop(name, [""])

    def no_receipt(self, fields: Fields) -> None:
        texts = ("", "x", "a:b:c", "e30:" + "A" * 43, token(self.poll, self.person)[:-1], "\0")
        fields["receipt"] = [self.chance.choice(texts)]


def build_polls(head: Person, method: str) -> tuple[Poll, str]:
    """An open poll by a method, and the key of an item of another one."""
    other = open_poll(actor=head, title="Yang lain")
    return open_poll(actor=head, items=2, policy=POLICIES[method]), str(other.items.get().pk)


@pytest.mark.parametrize("method", POLICIES)
def test_five_thousand_spoiled_ballots_are_refused_with_a_sentence(
    head: Person, elector: Person, method: str
) -> None:
    poll, foreign = build_polls(head, method)
    spoiler = Spoiler(poll, elector, foreign, seed=20261124)
    reasons = set()
    for _body in range(BODIES):
        fields = spoiler.ballot()
        data = QueryDict(mutable=True)
        for name, values in fields.items():
            data.setlist(name, values)
        sent = Sent(data)
        try:
            if poll.is_secret:
                actions.ballot_cast(
                    actor=elector,
                    poll=poll,
                    choices=sent.choices,
                    receipt_token=sent.receipt_token,
                )
            else:
                actions.open_ballot_cast(
                    actor=elector, poll=poll, choices=sent.choices, reasons=sent.reasons
                )
        except InvalidBallot as invalid:
            sentences = list(invalid.sentences.values())
        except Refused as refusal:
            sentences = [str(refusal)]
        else:
            pytest.fail(f"taken: {fields}")
        assert sentences
        assert all(sentence.endswith(".") for sentence in sentences), sentences
        reasons.update(sentences)
    assert len(reasons) >= 3, reasons
    assert not poll.electors.voted().exists()
    assert sum(box.n for box in poll.boxes.all()) == 0
    assert not OpenBallot.objects.exists()


RAW: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "application/x-www-form-urlencoded"),
    "bytes": (bytes(range(256)) * 40, "application/x-www-form-urlencoded"),
    "half an escape": (b"item-%=%&receipt=%u12", "application/x-www-form-urlencoded"),
    "latin-1": ("item-é=é".encode("latin-1"), "application/x-www-form-urlencoded"),
    "UTF-16": ("item-x=approve".encode("utf-16"), "application/x-www-form-urlencoded"),
    "an unknown charset": (b"item-x=y", "application/x-www-form-urlencoded; charset=kambing"),
    "5,000 fields": (b"&".join(b"item-%d=approve" % n for n in range(5_000)),
                     "application/x-www-form-urlencoded"),
    "3 MB": (b"item-x=" + b"y" * 3_000_000, "application/x-www-form-urlencoded"),
    "JSON": (b'{"item-1": "approve"}', "application/json"),
    "deep JSON": (b"[" * 100_000, "application/json"),
    "broken multipart": (
        b"--x\r\nContent-Disposition: form-data; na", "multipart/form-data; boundary=x"
    ),
    "multipart without boundary": (b"--x--", "multipart/form-data"),
    "a file for a choice": (
        b'--x\r\nContent-Disposition: form-data; name="item-1"; filename="a"\r\n\r\nz\r\n--x--\r\n',
        "multipart/form-data; boundary=x",
    ),
    "XML": (b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", "text/xml"),
}  # fmt: skip


@pytest.mark.parametrize("path", ["voting:cast", "voting:review"])
@pytest.mark.parametrize("method", POLICIES)
def test_raw_bodies_are_answered_and_never_kept(
    client_of: Callable[[Person], Client], head: Person, elector: Person, method: str, path: str
) -> None:
    poll, _foreign = build_polls(head, method)
    client = client_of(elector)
    client.raise_request_exception = False
    for name, (body, content_type) in RAW.items():
        url = reverse(path, args=[poll.pk])
        response = client.generic("POST", url, body, content_type=content_type)
        page = response.content.decode()
        assert response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, name
        assert "tercatat, selesai" not in page, name
        if response.status_code == HTTPStatus.OK:
            assert "ds-error-summary" in page, name
        else:
            assert "</h1>" in page, name
    assert not poll.electors.voted().exists()
    assert not OpenBallot.objects.exists()
