"""Markdown that people write, as HTML that is safe to show: the one place that makes it.

Python-Markdown does not sanitise and takes quadratic time on some inputs (`[` above all), so the
source is capped, raw HTML and images are not Markdown here, and what comes out passes the
allow-list of nh3. Render once on save and keep the HTML beside the source.
"""

import re
from xml.etree.ElementTree import Element

import nh3
from django.core.exceptions import ValidationError
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

MAX_LENGTH = 10_000
MAX_MARKS = {"[": 100, "*": 1_000, "_": 1_000, "`": 1_000, ">": 1_000, "<": 1_000}
MAX_DEPTH = 10

TAGS = {"p", "br", "hr", "h3", "h4", "blockquote", "pre", "code", "em", "strong", "a"}
TAGS |= {"ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"}
SCHEMES = {"http", "https", "mailto"}
RAW_HTML = ["html_block"]
INLINE_HTML_AND_IMAGES = ["html", "image_link", "image_reference", "short_image_ref"]

_MARKER = r"[ \t]*(?:>|(?:[*+-]|\d{1,9}[.)])(?=[ \t]))"
_NESTED = re.compile(rf"^(?:{_MARKER}){{{MAX_DEPTH + 1}}}", re.MULTILINE)


class _LowerHeadings(Treeprocessor):
    """Headings of a comment stand below those of the page: `#` is h3, all others h4."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                element.tag = "h3" if element.tag == "h1" else "h4"


def _problem(source: str) -> str | None:
    """Why a text is not rendered as Markdown, in words for its author; None if it is."""
    if len(source) > MAX_LENGTH:
        return _("Teks terlalu panjang: paling banyak 10.000 karakter.")
    if any(source.count(mark) > most for mark, most in MAX_MARKS.items()):
        return _("Teks memuat terlalu banyak tanda [, *, _, `, < atau >. Kurangi tanda itu.")
    if _NESTED.search(source):
        return _("Kutipan atau daftar bertingkat terlalu dalam.")
    return None


def validate(source: str) -> None:
    """Refuse a text that would take too long to render. Raises ValidationError with the reason."""
    if problem := _problem(source):
        raise ValidationError(problem, code="markdown")


def render(source: str) -> SafeString:
    """A text as safe HTML: links are nofollow, raw HTML shows as it was typed, no images.

    A text that `validate` refuses is shown as plain paragraphs.
    """
    if _problem(source):
        paragraphs = ((line,) for line in source.splitlines() if line.strip())
        return format_html_join("\n", "<p>{}</p>", paragraphs)
    writer = Markdown(extensions=["nl2br", "sane_lists", "tables"], output_format="html")
    for name in RAW_HTML:
        writer.preprocessors.deregister(name)
    for name in INLINE_HTML_AND_IMAGES:
        writer.inlinePatterns.deregister(name)
    writer.treeprocessors.register(_LowerHeadings(writer), "lower_headings", 5)
    html = nh3.clean(
        writer.convert(source),
        tags=TAGS,
        attributes={"a": {"href", "title"}},
        url_schemes=SCHEMES,
        link_rel="nofollow noopener noreferrer",
    )
    return mark_safe(html)  # noqa: S308  sanitised by the allow-list above


def stored(html: str) -> SafeString:
    """HTML that `render` made when its source was saved, and a row kept beside it."""
    return mark_safe(html)  # noqa: S308  only `render` writes such columns
