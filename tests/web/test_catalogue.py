"""The English catalogue: complete, compiled, and what the pages say."""

import ast
import gettext
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from people.models import Person

ROOT = Path(settings.BASE_DIR)
CATALOGUE = Path(settings.LOCALE_PATHS[0]) / "en" / "LC_MESSAGES" / "django.po"
SOURCES = ("platform", "proposals", "voting", "indicators", "templates")
LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d)\])? )?(".*")')
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]|{\w*}")


@dataclass
class Message:
    flags: set[str] = field(default_factory=set)
    parts: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        return self.parts.get("msgctxt", ""), self.parts["msgid"]

    @property
    def translations(self) -> list[str]:
        return [text for part, text in self.parts.items() if part.startswith("msgstr")]


def read(path: Path) -> list[Message]:
    """All messages of a .po file, its header left out."""
    messages = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        message, part = Message(), ""
        for line in block.splitlines():
            if line.startswith("#,"):
                message.flags.update(flag.strip() for flag in line[2:].split(","))
            elif found := LINE.fullmatch(line):
                name, number, text = found.groups()
                part = name + (number or "") if name else part
                message.parts[part] = message.parts.get(part, "") + ast.literal_eval(text)
        if message.parts.get("msgid"):
            messages.append(message)
    return messages


MESSAGES = read(CATALOGUE)
ENGLISH = {
    message.parts["msgid"]: message.parts["msgstr"]
    for message in MESSAGES
    if "msgstr" in message.parts
}


def test_every_message_has_its_english() -> None:
    assert len(MESSAGES) > 1000
    assert [message.key for message in MESSAGES if not all(message.translations)] == []


def test_a_message_that_counts_has_an_english_singular_and_plural() -> None:
    counting = [message for message in MESSAGES if "msgid_plural" in message.parts]
    assert counting
    for message in counting:
        assert {"msgstr0", "msgstr1"} <= message.parts.keys(), message.key


def test_no_translation_is_a_guess_or_left_over() -> None:
    assert [message.key for message in MESSAGES if "fuzzy" in message.flags] == []
    assert "\n#~" not in CATALOGUE.read_text(encoding="utf-8")


def test_no_message_is_listed_twice() -> None:
    keys = [message.key for message in MESSAGES]
    assert len(keys) == len(set(keys))


def test_a_translation_fills_in_what_its_message_does() -> None:
    for message in MESSAGES:
        asked = sorted(PLACEHOLDER.findall(message.parts["msgid"]))
        for text in message.translations:
            assert sorted(PLACEHOLDER.findall(text)) == asked, message.key


def test_the_compiled_catalogue_says_what_the_source_says() -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in MESSAGES:
        parts = message.parts
        if "msgid_plural" in parts:
            one, many = parts["msgid"], parts["msgid_plural"]
            said = [compiled.ngettext(one, many, number) for number in (1, 2)]
            assert said == [parts["msgstr0"], parts["msgstr1"]]
        else:
            assert compiled.gettext(parts["msgid"]) == parts["msgstr"]


def test_the_catalogue_names_no_person_machine_or_moment() -> None:
    header = CATALOGUE.read_text(encoding="utf-8").split("\n\n")[0]
    assert "@" not in header
    assert "Date" not in header
    assert "\n#: " not in CATALOGUE.read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="gettext is not installed")
def test_the_catalogue_holds_exactly_the_messages_of_the_sources(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, found = tmp_path / "sources", tmp_path / "found"
    unread = shutil.ignore_patterns("locale", "static", "__pycache__", "node_modules")
    for name in SOURCES:
        shutil.copytree(ROOT / name, copy / name, ignore=unread)
    settings.LOCALE_PATHS = [found]
    monkeypatch.chdir(copy)
    call_command("makemessages", locale=["en"], no_location=True, no_wrap=True, verbosity=0)
    extracted = {message.key for message in read(found / "en" / "LC_MESSAGES" / "django.po")}
    known = {message.key for message in MESSAGES}
    assert extracted - known == set()
    assert known - extracted == set()


# The pages


class Words(HTMLParser):
    """The texts of a page, one for each element that holds some."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: set[str] = set()
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.texts.add(" ".join(data.split()))


def english_words(client: Client, path: str) -> set[str]:
    client.cookies["django_language"] = "en"
    response = client.get(path)
    assert response.status_code == 200
    html = response.content.decode()
    assert '<html lang="en"' in html
    return Words(html).texts


def untranslated(texts: set[str]) -> set[str]:
    return {text for text in texts if ENGLISH.get(text, text) != text} - set(ENGLISH.values())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/", "Sign in with your NIP"),
        ("/accounts/login/", "Sign in"),
        ("/sets/", "Published indicator sets"),
        ("/indicators/", "Indicators"),
    ],
)
def test_a_visitor_who_chose_english_reads_english(client: Client, path: str, heading: str) -> None:
    texts = english_words(client, path)
    assert heading in texts
    assert untranslated(texts) == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/", "What waits for you now"),
        ("/proposals/", "Indicator proposals"),
        ("/rounds/", "Rounds"),
        ("/polls/", "Waiting for your vote"),
    ],
)
def test_a_staff_member_who_chose_english_reads_english(
    client_of: Callable[[Person], Client], author: Person, path: str, heading: str
) -> None:
    texts = english_words(client_of(author), path)
    assert heading in texts
    assert untranslated(texts) == set()


@pytest.mark.django_db
def test_a_visitor_who_chose_nothing_reads_indonesian(client: Client) -> None:
    texts = Words(client.get("/sets/").content.decode()).texts
    assert "Set indikator terbit" in texts
    assert "Published indicator sets" not in texts
