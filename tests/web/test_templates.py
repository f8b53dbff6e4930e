"""What every template of the project has to hold, whoever wrote it."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STATIC = ROOT / "platform" / "web" / "static" / "web"
NAMES = [str(path.relative_to(ROOT)) for path in TEMPLATES]
BLOCKS = {"script", "style", "iframe", "object", "embed", "base"}


class Markup(HTMLParser):
    """All tags with their attributes, template tags left as they stand."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(re.sub(r"{%.*?%}|{#.*?#}", " ", source, flags=re.DOTALL))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def markup(name: str) -> list[tuple[str, dict[str, str | None]]]:
    return Markup((ROOT / name).read_text()).tags


def test_the_walk_finds_the_templates() -> None:
    assert "templates/web/base.html" in NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_template_has_no_inline_style_or_handler(name: str) -> None:
    for tag, attributes in markup(name):
        assert "style" not in attributes, tag
        assert not [key for key in attributes if key.startswith("on") or key.startswith("hx-on")]


@pytest.mark.parametrize("name", NAMES)
def test_a_template_has_no_script_or_style_of_its_own(name: str) -> None:
    for tag, attributes in markup(name):
        assert tag not in BLOCKS or (tag == "script" and "src" in attributes), tag


@pytest.mark.parametrize("name", NAMES)
def test_a_template_works_without_javascript(name: str) -> None:
    for tag, attributes in markup(name):
        asks = [key for key in attributes if key in ("hx-get", "hx-post")]
        if tag == "a" and asks:
            assert "href" in attributes
        if tag == "form" and asks:
            assert {"method", "action"} <= set(attributes)


@pytest.mark.parametrize("name", NAMES)
def test_a_template_fetches_nothing_from_elsewhere(name: str) -> None:
    for tag, attributes in markup(name):
        for key in ("src", "srcset", "data", "poster"):
            assert not str(attributes.get(key) or "").startswith(("http:", "https:", "//")), tag
        if tag == "link":
            assert not str(attributes.get("href")).startswith(("http:", "https:", "//"))


@pytest.mark.parametrize("name", NAMES)
def test_a_template_marks_nothing_as_safe(name: str) -> None:
    source = (ROOT / name).read_text()
    assert re.findall(r"\w+\|(?:safe|safeseq)\b|{%\s*autoescape off", source) == []


def test_every_symbol_that_is_asked_for_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text()))
    asked = {
        symbol
        for path in TEMPLATES
        for symbol in re.findall(r'{% icon "([\w-]+)"', path.read_text())
    }
    assert asked
    assert asked <= drawn


def test_every_class_of_ours_that_a_template_uses_is_in_the_stylesheet() -> None:
    sheets = "".join((STATIC / name).read_text() for name in ("martahi.css", "paper.css"))
    styled = set(re.findall(r"\.(m-[\w-]+)", sheets))
    unstyled = {"m-pager-word", "m-step-name", "m-chart-bar"}
    used = {
        (name, word)
        for name in NAMES
        for _tag, attributes in markup(name)
        for word in str(attributes.get("class") or "").split()
        if re.fullmatch(r"m-[\w-]+", word)
    }
    assert {(name, word) for name, word in used if word not in styled | unstyled} == set()


def test_every_documented_class_is_in_the_stylesheet() -> None:
    source = (STATIC / "martahi.css").read_text()
    head, _, body = source.partition("*/")
    documented = set(re.findall(r"^ \*   (m-[\w-]+)(?=  )", head, flags=re.MULTILINE))
    assert len(documented) > 30
    assert {name for name in documented if f".{name}" not in body} == set()


def test_our_stylesheet_and_script_fetch_nothing() -> None:
    for path in (STATIC / "martahi.css", STATIC / "martahi.js"):
        source = path.read_text().replace("http://www.w3.org/2000/svg", "")
        assert "http" not in source
        assert "@import" not in source
