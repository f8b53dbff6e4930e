"""The frame of every page."""

import gzip
import re
from pathlib import Path

import django_htmx
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.urls")]

assert django_htmx  # the one file that is not ours comes from it


def html_of(client: Client, url: str) -> str:
    return str(client.get(url).content.decode())


def packed(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def test_the_first_visit_weighs_60_kb_at_most_and_a_later_page_15(client: Client) -> None:
    page = client.get("/pieces/?message=1").content
    files = set(re.findall(r'(?:src|href)="/static/([^"#]+)', page.decode()))
    assert len(files) >= 6
    weights = {name: packed(Path(str(finders.find(name))).read_bytes()) for name in files}
    assert packed(page) < 15_000
    assert packed(page) + sum(weights.values()) < 60_000, weights


def test_reading_begins_with_a_way_past_the_navigation(client: Client) -> None:
    html = html_of(client, "/pieces/")
    assert html.index('href="#content"') < html.index('<header class="m-header"')
    assert '<main class="m-page m-main" id="content"' in html


def test_the_current_place_is_marked_in_the_navigation(client: Client) -> None:
    html = html_of(client, "/pieces/")
    nav = html[html.index('<nav class="m-nav"') : html.index("</nav>", html.index("m-nav"))]
    assert nav.count("aria-current") == 1
    assert re.search(r'href="/pieces/"\s+aria-current="page"', nav)


def test_counts_stand_beside_their_entries_and_no_zero(client: Client) -> None:
    html = html_of(client, "/pieces/")
    nav = html[html.index('<nav class="m-nav"') : html.index("</nav>", html.index("m-nav"))]
    assert re.findall(r'm-count">(\d+)<', nav) == ["3", "1"]


def test_a_visitor_is_offered_to_sign_in(client: Client) -> None:
    html = html_of(client, "/pieces/")
    assert 'href="/accounts/login/"' in html
    assert "m-person-panel" not in html


def test_a_person_sees_name_position_roles_inbox_and_the_way_out(
    client: Client, author: Person
) -> None:
    client.force_login(author)
    html = html_of(client, "/pieces/")
    assert author.name in html
    assert author.position in html
    assert "Kepala unit kerja" in html
    assert re.search(r'm-count">4<span class="m-hidden"> belum dibaca', html)
    assert '<form method="post" action="/accounts/logout/" data-forgets>' in html


def test_the_nip_of_the_person_is_on_no_page(client: Client, author: Person) -> None:
    client.force_login(author)
    assert author.nip not in html_of(client, "/pieces/")


def test_good_news_is_a_status_and_bad_news_an_alert(client: Client) -> None:
    html = " ".join(html_of(client, "/pieces/?message=1").split())
    assert 'data-color="success" role="status"> <p class="ds-paragraph">Revisi 3 tersimpan.' in html
    assert 'data-color="danger" role="alert"> <p class="ds-paragraph">Masa tanggapan' in html


def test_htmx_sends_the_token_of_the_forms(client: Client) -> None:
    html = html_of(client, "/pieces/")
    token = re.search(r"hx-headers='{\"X-CSRFToken\": \"(\w{64})\"}'", html)
    assert token


def test_the_vendored_files_carry_their_licence() -> None:
    folder = Path(settings.BASE_DIR) / "platform/web/static/web/vendor/designsystemet"
    assert "Permission is hereby granted" in (folder / "LICENSE").read_text()
    assert "1.22.0" in (folder / "README.md").read_text()
