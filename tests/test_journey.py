"""The way of one indicator over HTTP, and what the scoring module then reads."""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from jsonschema import Draft202012Validator

from people.models import Person, Unit
from tests.builders import Cast
from tests.journey import RECORD, walk
from tests.proposals.builders import build_round

type ClientOf = Callable[[Person | AnonymousUser], Client]


@dataclass
class Form:
    """A form of a page: where it goes, what it holds, what can be chosen, its buttons."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, dict[str, str]] = field(default_factory=dict)  # label or value -> value
    radios: set[str] = field(default_factory=set)
    buttons: dict[str, dict[str, str]] = field(default_factory=dict)  # words -> attributes


class Reader(HTMLParser):
    """Reads links, forms and visible words off a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.forms: list[Form] = []
        self.words: list[str] = []
        self._inside: list[str] = []
        self._open: Form | None = None
        self._href = ""
        self._name = ""
        self._option = ""
        self._selected = False
        self._button: dict[str, str] = {}
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, value = given.get("name", ""), given.get("value", "")
        if tag in ("script", "style", "title"):
            self._inside.append(tag)
        elif tag == "a":
            self._href, self._text = given.get("href", ""), []
        elif tag == "form":
            self._open = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._open)
        elif self._open is None:
            return
        elif tag == "button":
            self._button, self._text = given, []
        elif tag in ("select", "textarea"):
            self._name, self._text = name, []
        elif tag == "option":
            self._option, self._selected, self._text = value, "selected" in given, []
        elif tag == "input" and name:
            self._input(given.get("type", "text"), name, value or "on", given, value)

    def _input(
        self, kind: str, name: str, choice: str, given: Mapping[str, str], value: str
    ) -> None:
        form = self._open
        assert form is not None
        if kind in ("radio", "checkbox"):
            form.choices.setdefault(name, {})[choice] = choice
            form.radios |= {name} if kind == "radio" else set()
            if "checked" in given:
                form.values.setdefault(name, []).append(choice)
        else:
            form.values[name] = [value]

    def handle_endtag(self, tag: str) -> None:
        text = " ".join("".join(self._text).split())
        if tag in ("script", "style", "title") and self._inside:
            self._inside.pop()
        elif tag == "a":
            self.links.append((text, self._href))
        elif tag == "form":
            self._open = None
        elif self._open is None:
            return
        elif tag == "button":
            self._open.buttons.setdefault(text, self._button)
        elif tag == "textarea":
            self._open.values[self._name] = ["".join(self._text).strip("\n")]
        elif tag == "option":
            self._open.choices.setdefault(self._name, {})[text] = self._option
            if self._selected or self._name not in self._open.values:
                self._open.values[self._name] = [self._option]

    def handle_data(self, data: str) -> None:
        self._text.append(data)
        if not self._inside:
            self.words.append(data)


@dataclass
class HttpWalker:
    """A person without a browser; what they cannot find on the page they cannot do."""

    client: Client
    path: str = ""
    page: Reader = field(default_factory=Reader)

    def open(self, path: str) -> None:
        self._show(self.client.get(path, follow=True))

    def _show(self, response: object) -> None:
        status = response.status_code  # type: ignore[attr-defined]
        chain = getattr(response, "redirect_chain", [])
        self.path = chain[-1][0] if chain else response.request["PATH_INFO"]  # type: ignore[attr-defined]
        assert status == 200, f"{self.path} answers {status}"
        self.page = Reader()
        self.page.feed(response.content.decode())  # type: ignore[attr-defined]

    def follow(self, words: str) -> None:
        found = [href for text, href in self.page.links if words in text]
        assert found, f"no link says “{words}” on {self.path}"
        self.open(urljoin(self.path, found[0]).split("#")[0])

    def send(
        self, button: str, fields: Mapping[str, str] | None = None, *, every_choice: str = ""
    ) -> None:
        found = [form for form in self.page.forms if button in form.buttons]
        assert found, f"no button says “{button}” on {self.path}"
        form = found[0]
        values = dict(form.values)
        for name, typed in (fields or {}).items():
            known = [one for one in {**values, **form.choices} if one.split("-")[0] == name]
            assert known, f"no field {name} beside “{button}” on {self.path}"
            for one in known:
                choices = form.choices.get(one, {})
                values[one] = [choices.get(typed, typed)]
        if every_choice:
            assert form.radios, f"nothing to choose on {self.path}"
            values |= {name: [every_choice] for name in form.radios}
        pressed = form.buttons[button]
        if name := pressed.get("name"):
            values[name] = [pressed.get("value", "")]
        url = urljoin(self.path, pressed.get("formaction", form.action)).split("#")[0]
        send = self.client.post if form.method == "post" else self.client.get
        self._show(send(url, values, follow=True))

    def says(self, words: str) -> bool:
        return words in self.seen()

    def seen(self) -> str:
        return f"{self.path} {' '.join(''.join(self.page.words).split())}"


@pytest.fixture
def walked(cast: Cast, client_of: ClientOf, unit: Unit, now: datetime) -> Client:
    """After the walk: a client of the scoring module, which is nobody."""
    build_round(unit, now=now, title="Putaran latihan")
    walk(cast, lambda person: HttpWalker(client_of(person or AnonymousUser())))
    return Client()


def test_a_proposal_walks_to_a_published_set_through_the_pages_alone(walked: Client) -> None:
    response = walked.get("/api/v1/sets/kota/current")
    body = response.content
    [indicator] = json.loads(body)["indicators"]
    assert indicator["code"] == RECORD["code"]
    assert indicator["target"] == "87.5"
    assert indicator["provenance"]["poll"]["roll"] == 4
    assert indicator["provenance"]["dispositions"][0]["outcome"] == "adopted"
    assert indicator["provenance"]["decision"]["kind"] == "adopted"

    # The machine trusts nothing: digest, signature, schema.
    pinned = response.headers["Content-Location"]
    digest = hashlib.sha256(body).hexdigest()
    assert walked.get(pinned).headers["ETag"] == f'"sha256:{digest}"'
    signed = walked.get(f"{pinned}/signature").json()
    [key] = [
        key
        for key in walked.get("/.well-known/martahi-keys.json").json()["keys"]
        if key["kid"] == signed["kid"]
    ]
    public = Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(key["x"] + "=="))
    public.verify(base64.urlsafe_b64decode(signed["signature"] + "=="), body)
    schema = walked.get("/api/v1/schema/indicator-set").json()
    Draft202012Validator(schema).validate(json.loads(body))

    # And scores: 84 against the target of 87.5.
    question = {
        "scope": "kota",
        "version": json.loads(body)["version"],
        "unit": "puskesmas-latihan",
        "period": "2026",
        "actuals": {RECORD["code"]: "84"},
    }
    answer = walked.post("/api/v1/scores", question, content_type="application/json").json()
    assert answer["total"] == "96.00"
