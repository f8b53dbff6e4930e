"""600 hostile texts in every text field of a deliberation: no page and no file makes them run.

Source: RELIABILITY 35.
"""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from io import BytesIO
from itertools import batched, cycle
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from core.verdict import Refused
from people.models import Person, Unit
from proposals import actions
from proposals.checklist import ITEMS
from proposals.models import Comment, Proposal
from tests.files import PDF_BYTES
from tests.proposals.builders import build_comment, build_discussion, build_round
from tests.web.test_markdown import PAYLOADS, Found

WRAPPERS = ("{}", '"{}', "'>{}", "-->{}", "</textarea>{}", "</title>{}", "{{{{ {} }}}}", "=1+{}")
HOSTILE = [wrapper.format(text) for wrapper in WRAPPERS for text in PAYLOADS][:600]
TEXTS = ("name", "purpose", "objective", "basis", "definition", "formula", "numerator")
TEXTS += ("denominator", "data_provider", "data_source")

# What no page of Martahi holds, and what each holds as often as it does without hostile texts.
NEVER = {
    *("iframe", "object", "embed", "base", "style", "template", "math", "video", "audio"),
    *("marquee", "xmp", "plaintext", "frame", "frameset", "noscript"),
}
COUNTED = ("script", "meta", "link", "title", "body", "html", "img")


def harm(html: str) -> list[str]:
    """What in a page could run, or lead somewhere where something runs."""
    found = []
    for tag, attributes in Found(html).tags:
        if tag in NEVER:
            found.append(f"<{tag}>")
        for name, value in attributes.items():
            if name.startswith("on") or name in {"srcdoc", "style", "formtarget"}:
                found.append(f"<{tag} {name}>")
            if name in {"href", "src", "action", "formaction", "xlink:href"} and urlsplit(
                (value or "").strip()
            ).scheme not in {"", "http", "https"}:
                found.append(f"<{tag} {name}={value!r}>")
    return found


def counts(html: str) -> dict[str, int]:
    tags = [tag for tag, _ in Found(html).tags]
    return {tag: tags.count(tag) for tag in COUNTED}


def test_the_judge_of_these_tests_sees_harm() -> None:
    assert harm("<p onclick=x>") == ["<p onclick>"]
    assert harm('<a href=" javascript:x">') == ["<a href=' javascript:x'>"]
    assert harm("<iframe>") == ["<iframe>"]
    assert counts("<script></script>")["script"] == 1
    assert len(HOSTILE) == len(set(HOSTILE)) == 600


@pytest.fixture
def proposal(author: Person, unit: Unit, now: datetime) -> Proposal:
    return build_discussion(author, build_round(unit, now=now), now=now)


class Writers:
    """Everybody who writes into a proposal, each into another of its text fields."""

    def __init__(self, proposal: Proposal, people: dict[str, Person], now: datetime) -> None:
        self.proposal, self.people, self.now = proposal, people, now
        self.kept = self.refused = 0

    def write(self, deed: Callable[[], object]) -> None:
        self.now += timedelta(seconds=1)
        try:
            with transaction.atomic():
                deed()
        except (ValidationError, Refused):
            self.refused += 1
        else:
            self.kept += 1

    def comment(self, text: str) -> None:
        self.write(
            lambda: build_comment(
                self.people["elector"], self.proposal, now=self.now, body=text, kind="question"
            )
        )

    def reply(self, text: str) -> None:
        parent = self.proposal.comments.filter(parent__isnull=True).first()
        self.write(
            lambda: build_comment(
                self.people["head"],
                self.proposal,
                now=self.now,
                body=text,
                kind="reply",
                field="",
                parent=parent,
            )
        )

    def suggest(self, text: str) -> None:
        self.write(
            lambda: actions.suggestion_add(
                actor=self.people["outsider"],
                proposal=self.proposal,
                field="definition",
                wording=text,
                body=text,
                submission=uuid4(),
                now=self.now,
            )
        )

    def answer(self, text: str) -> None:
        waiting = self.proposal.comments.filter(kind="question", disposition__isnull=True).first()
        comment = waiting or build_comment(
            self.people["elector"], self.proposal, now=self.now, kind="question", body=str(uuid4())
        )
        self.write(
            lambda: actions.comment_answer(
                actor=self.people["author"],
                comment=comment,
                outcome="not_adopted",
                revision=None,
                reason=text,
                now=self.now,
            )
        )
        self.write(
            lambda: actions.disposition_reply(
                actor=self.people["elector"], comment=comment, reply=text, now=self.now
            )
        )

    def hide(self, text: str) -> None:
        comment = build_comment(self.people["elector"], self.proposal, now=self.now, body=text)
        self.write(
            lambda: actions.comment_hide(
                actor=self.people["facilitator"], comment=comment, reason=text, now=self.now
            )
        )

    def copy(self, text: str) -> None:
        self.write(
            lambda: actions.paper_add(
                actor=self.people["facilitator"],
                proposal=self.proposal,
                kind="objection",
                field="",
                body=text,
                origin=text[:120],
                submission=uuid4(),
                now=self.now,
            )
        )

    def attach(self, text: str) -> None:
        self.write(
            lambda: actions.evidence_add(
                actor=self.people["author"],
                proposal=self.proposal,
                caption=text[:120],
                name=f"{text[:60]}.pdf",
                content=PDF_BYTES,
                submission=uuid4(),
                now=self.now,
            )
        )

    def review(self, text: str) -> None:
        self.write(
            lambda: actions.review_give(
                actor=self.people["elector"],
                proposal=self.proposal,
                answers={key: actions.Answered("no", text) for key in ITEMS},
                revision_number=self.proposal.revisions.latest("number").number,
                now=self.now,
            )
        )

    def revise(self, texts: tuple[str, ...]) -> None:
        self.write(
            lambda: actions.revision_save(
                actor=self.people["author"],
                proposal=self.proposal,
                fields=dict(zip(TEXTS, texts, strict=False)),
                reason=texts[0][:500],
                based_on=self.proposal.revisions.latest("number").number,
                now=self.now,
            )
        )


@pytest.fixture
def pages(proposal: Proposal) -> list[str]:
    """Every address that shows a part of the proposal."""
    names = ("detail", "history", "gate", "review", "overview", "print", "share", "said", "edit")
    own = [reverse(f"proposals:{name}", args=[proposal.pk]) for name in names]
    others = ("home", "list", "my-words", "calendar", "dashboard", "health", "supports", "followed")
    return [*own, *(reverse(f"proposals:{name}") for name in others), reverse("notices:list")]


def _every_page(client: Client, address: str) -> Iterator[str]:
    for number in range(1, 60):
        response = client.get(address, {"page": number})
        assert response.status_code == 200, address
        yield response.content.decode()
        if f"page={number + 1}" not in response.content.decode():
            return


def test_no_hostile_text_runs_on_any_page_or_in_any_file(
    client_of: Callable[[Person], Client],
    author: Person,
    elector: Person,
    outsider: Person,
    head: Person,
    facilitator: Person,
    proposal: Proposal,
    pages: list[str],
    now: datetime,
) -> None:
    people = {
        "author": author,
        "elector": elector,
        "outsider": outsider,
        "head": head,
        "facilitator": facilitator,
    }
    readers = [client_of(author), client_of(facilitator)]
    before = {address: counts(readers[0].get(address).content.decode()) for address in pages}
    writers = Writers(proposal, people, now)
    build_comment(elector, proposal, now=now, kind="question", body="Dari mana angkanya?")
    ways = cycle(
        [
            writers.comment,
            writers.reply,
            writers.suggest,
            writers.answer,
            writers.hide,
            writers.copy,
            writers.attach,
            writers.review,
        ]
    )
    for text in HOSTILE:
        next(ways)(text)
    for texts in batched(HOSTILE, len(TEXTS)):
        writers.revise(texts)
    assert writers.kept > 400

    for reader in readers:
        for address in pages:
            if reader is not readers[0] and address.endswith("/edit/"):
                continue
            for html in _every_page(reader, address):
                assert harm(html) == [], address
                assert counts(html) == before[address], address
    for comment in Comment.objects.filter(parent__isnull=True)[:20]:
        html = readers[0].get(reverse("proposals:thread", args=[comment.pk])).content.decode()
        assert harm(html) == []

    debate = readers[0].get(reverse("proposals:debate-json", args=[proposal.pk]))
    assert debate["Content-Type"].startswith("application/json")
    assert json.loads(debate.content)["schema"] == "martahi.proposal-debate/1"
    sheet = readers[0].get(reverse("proposals:debate-xlsx", args=[proposal.pk]))
    cells = [
        cell
        for page in load_workbook(BytesIO(sheet.content)).worksheets
        for row in page.iter_rows()
        for cell in row
    ]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert any(str(cell.value).startswith("=1+") for cell in cells)
