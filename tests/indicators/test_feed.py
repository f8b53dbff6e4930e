"""The feed of publications: valid Atom, newest first, in words."""

from base64 import urlsafe_b64decode
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

from django.test import Client

from core.canonical import instant_text
from indicators.models import IndicatorVersion, Publication

Adopt = Callable[..., IndicatorVersion]
Publish = Callable[..., Publication]
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed(client: Client) -> ElementTree.Element:
    client.cookies["django_language"] = "en"
    response = client.get("/feeds/sets.atom")
    assert response.headers["Content-Language"] == "id"
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    assert "Set-Cookie" not in response.headers
    return ElementTree.fromstring(response.content)


def text(element: ElementTree.Element, path: str) -> str:
    found = element.find(path, ATOM)
    assert found is not None
    assert found.text is not None
    return found.text


def test_each_publication_is_an_entry_newest_first(
    client: Client, adopt: Adopt, publish: Publish
) -> None:
    version = adopt()
    first = publish({version: 100})
    second = publish({version: 100, adopt("KES-02"): 0})
    root = feed(client)
    entries = root.findall("a:entry", ATOM)
    assert [text(entry, "a:title") for entry in entries] == [
        "Kota Contoh 2026, versi 1.1.0",
        "Kota Contoh 2026, versi 1.0.0",
    ]
    assert text(entries[0], "a:summary") == (
        "Berlaku mulai 1 Januari 2026. Keputusan 700/14/1277/2026, Wali Kota Contoh. "
        "Menggantikan versi 1.0.0."
    )
    moment = second.published_at.replace(microsecond=0)
    assert instant_text(moment)[:19] in text(entries[0], "a:updated").replace("+00:00", "Z")
    assert text(root, "a:updated") == text(entries[0], "a:updated")
    assert first.published_at < second.published_at


def test_an_entry_is_named_by_the_digest_of_its_document(
    client: Client, adopt: Adopt, publish: Publish
) -> None:
    publication = publish({adopt(): 100})
    name = text(feed(client), "a:entry/a:id")
    scheme, _semicolon, value = name.partition(";")
    assert scheme == "ni:///sha-256"
    assert f"sha256:{urlsafe_b64decode(value + '=').hex()}" == publication.digest


def test_an_entry_leads_to_the_page_and_to_the_document(
    client: Client, adopt: Adopt, publish: Publish, settings: Any
) -> None:
    settings.SITE_URL = "https://martahi.example"
    publication = publish({adopt(): 100})
    links = {link.get("rel"): link for link in feed(client).findall("a:entry/a:link", ATOM)}
    assert links["alternate"].get("href") == "https://martahi.example/sets/kota/1.0.0/"
    assert links["enclosure"].get("href") == "https://martahi.example/api/v1/sets/kota/1.0.0"
    assert links["enclosure"].get("length") == str(len(publication.content))
    assert client.get("/sets/kota/1.0.0/").status_code == 200


def test_a_withdrawal_says_its_reason(client: Client, adopt: Adopt, publish: Publish) -> None:
    version = adopt()
    publish({version: 100})
    publish({version: 100}, withdraws="1.0.0", withdrawal_reason="Lampiran keliru.")
    assert "Mencabut versi 1.0.0: Lampiran keliru." in text(feed(client), "a:entry/a:summary")


def test_what_was_typed_is_no_html_in_a_feed_reader(
    client: Client, adopt: Adopt, publish: Publish
) -> None:
    version = adopt()
    publish({version: 100})
    publish({version: 100}, withdraws="1.0.0", withdrawal_reason="<img src=x onerror=alert(1)>")
    summary = feed(client).find("a:entry/a:summary", ATOM)
    assert summary is not None
    assert summary.get("type") == "html"
    assert "&lt;img src=x onerror=alert(1)&gt;" in str(summary.text)
    assert "<img" not in str(summary.text)


def test_without_publications_it_is_empty_and_valid(client: Client, db: None) -> None:
    assert feed(client).findall("a:entry", ATOM) == []


def test_it_costs_one_query(
    client: Client, adopt: Adopt, publish: Publish, django_assert_num_queries: Any
) -> None:
    version = adopt()
    for _ in range(3):
        publish({version: 100})
    with django_assert_num_queries(1):
        client.get("/feeds/sets.atom")
