"""The pages promise the browser that nothing but our own files runs (STACK, trap 13)."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.urls")]

PAGES = ["/pieces/", "/form/", "/refused/", "/nothing-here/", "/accounts/login/"]


def policy(response: HttpResponse) -> dict[str, list[str]]:
    header = response.headers["Content-Security-Policy"]
    return {
        name: sources for name, *sources in (part.split() for part in header.split(";") if part)
    }


@pytest.mark.parametrize("url", PAGES)
def test_every_page_carries_the_strict_policy(client: Client, url: str) -> None:
    directives = policy(client.get(url))
    scripts = directives.pop("script-src")
    assert directives == {
        "default-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
    assert scripts[0] == "'self'"
    assert all(re.fullmatch(r"'nonce-[\w+/=-]{16,}'", source) for source in scripts[1:])
    assert len(scripts) <= 2


@pytest.mark.parametrize("url", PAGES)
def test_every_script_carries_the_nonce_of_its_answer(client: Client, url: str) -> None:
    response = client.get(url)
    scripts = re.findall(r"<script[^>]*>", response.content.decode())
    nonce = next(
        source.removeprefix("'nonce-").rstrip("'")
        for source in policy(response)["script-src"]
        if source.startswith("'nonce-")
    )
    assert len(scripts) == 2
    assert all(f'nonce="{nonce}"' in script and "src=" in script for script in scripts)


def test_each_answer_has_a_nonce_of_its_own(client: Client) -> None:
    first, second = (policy(client.get("/pieces/"))["script-src"] for _ in range(2))
    assert first != second


def test_htmx_runs_no_code_from_answers_and_keeps_no_pages(client: Client) -> None:
    html = client.get("/pieces/").content.decode()
    for setting in (
        '"includeIndicatorStyles": false',
        '"allowEval": false',
        '"allowScriptTags": false',
        '"selfRequestsOnly": true',
        '"historyCacheSize": 0',
    ):
        assert setting in html
