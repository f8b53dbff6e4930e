"""What people write is shown, and can do nothing."""

import time
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from web import markdown
from web.markdown import MAX_LENGTH, MAX_MARKS, SCHEMES, TAGS, render, validate

PAYLOADS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\x0c>alert(1)</script>",
    "<script/x>alert(1)</script>",
    "</p><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    "<img/src=x/onerror=alert(1)>",
    "<IMG SRC=javascript:alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)></style></mglyph></math>",
    "<math><mi xlink:href='data:x,<script>alert(1)</script>'>",
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=data:text/html;base64,PHNjcmlwdD4=></object>",
    "<embed src=javascript:alert(1)>",
    "<form action=//evil.example><input name=password></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<details open ontoggle=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<style>@import '//evil.example/x.css';</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=//evil.example/>",
    "<p style=background:url(javascript:alert(1))>x</p>",
    "<p onclick=alert(1)>x</p>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='x' onmouseover='alert(1)'>x</a>",
    "<a href=data:text/html,<script>alert(1)</script>>x</a>",
    "<!--><script>alert(1)</script>-->",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<textarea></textarea><script>alert(1)</script>",
    "<plaintext><script>alert(1)</script>",
    "<xmp><script>alert(1)</script></xmp>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](  javascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;&#x61;vascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](file:///etc/passwd)",
    "[x](blob:https://example.org/1)",
    "[x](feed:javascript:alert(1))",
    "[x](view-source:javascript:alert(1))",
    '[x](https://example.org "onmouseover=alert(1)")',
    '[x](https://example.org" onmouseover="alert(1))',
    "[x]: javascript:alert(1)\n\n[x]",
    "[x][y]\n\n[y]: <javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/pixel.gif)",
    '![x"onerror="alert(1)](x)',
    "![x][y]\n\n[y]: https://evil.example/pixel.gif",
    "<javascript:alert(1)>",
    "<https://example.org/\" onclick=alert(1)>",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "```\n<script>alert(1)</script>\n```",
    "| <script>alert(1)</script> | b |\n|---|---|\n| <img src=x onerror=alert(1)> | 2 |",
    "# <script>alert(1)</script>",
    "> <script>alert(1)</script>",
    "- <img src=x onerror=alert(1)>",
    "**<img src=x onerror=alert(1)>**",
    "\x02script\x03alert(1)\x02/script\x03",
    "\x02wzxhzdk:0\x03\x02klzzwxh:0000\x03",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\\<script>alert(1)\\</script>",
    "<scrip\\t>alert(1)</script>",
]  # fmt: skip


class Found(HTMLParser):
    """Every tag and attribute that a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.declarations: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        self.declarations.append(data)

    def handle_decl(self, decl: str) -> None:
        self.declarations.append(decl)

    def unknown_decl(self, data: str) -> None:
        self.declarations.append(data)

    def handle_pi(self, data: str) -> None:
        self.declarations.append(data)


def is_harmless(html: str) -> bool:
    found = Found(html)
    return not found.declarations and all(
        tag in TAGS
        and set(attributes) <= {"href", "title", "rel"}
        and (not attributes or tag == "a")
        and urlsplit((attributes.get("href") or "").strip()).scheme in SCHEMES | {""}
        for tag, attributes in found.tags
    )


def test_the_judge_of_these_tests_sees_harm() -> None:
    assert not is_harmless("<p onclick=x>a</p>")
    assert not is_harmless("<script>1</script>")
    assert not is_harmless('<a href="javascript:alert(1)">x</a>')
    assert not is_harmless('<a href=" JavaScript:alert(1)">x</a>')
    assert not is_harmless("<!--x-->")
    assert is_harmless('<p><a href="https://example.org" rel="nofollow">x</a></p>')


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_is_harmless(payload: str) -> None:
    assert is_harmless(render(payload))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_in_the_middle_of_a_text_is_harmless(payload: str) -> None:
    assert is_harmless(
        render(f"Setuju, *tetapi* {payload} dan **itu**\n\n1. {payload}\n\n> {payload}")
    )


@given(st.text(alphabet="<>/!-[]()`*_#|:&;\"'= \nabjsx\x02\x03", max_size=200))
def test_no_text_at_all_does_harm(text: str) -> None:
    assert is_harmless(render(text))


def test_raw_html_is_shown_as_it_was_typed() -> None:
    assert render("a <b>c</b>") == "<p>a &lt;b&gt;c&lt;/b&gt;</p>"


def test_links_pass_no_fame_on_and_open_no_door() -> None:
    assert render("[pedoman](https://example.org/a?b=1&c=2)") == (
        '<p><a href="https://example.org/a?b=1&amp;c=2" rel="nofollow noopener noreferrer">'
        "pedoman</a></p>"
    )


def test_links_inside_martahi_stay_relative() -> None:
    assert 'href="/proposals/"' in render("[usulan](/proposals/)")


def test_emphasis_lists_quotes_and_tables_are_rendered() -> None:
    html = render("**a** *b*\n\n- c\n\n1. d\n\n> e\n\n|f|g|\n|-|-|\n|1|2|\n\n`h`\n\n---")
    for tag in ("strong", "em", "ul", "ol", "blockquote", "table", "code", "hr"):
        assert f"<{tag}>" in html


def test_a_new_line_stays_a_new_line() -> None:
    assert render("satu\ndua") == "<p>satu<br>\ndua</p>"


def test_headings_stand_below_those_of_the_page() -> None:
    assert render("# a\n\n## b\n\n###### c") == "<h3>a</h3>\n<h4>b</h4>\n<h4>c</h4>"


def test_no_picture_is_fetched_from_elsewhere() -> None:
    assert "<img" not in render("![x](https://evil.example/pixel.gif)")


def test_an_empty_text_renders_as_nothing() -> None:
    assert render("") == ""


@pytest.mark.parametrize(
    "source",
    [
        "x" * (MAX_LENGTH + 1),
        *(mark * (most + 1) for mark, most in MAX_MARKS.items()),
        "![" * 4_000,
        "> " * 11 + "a",
        "- " * 11 + "a",
        "1. " * 11 + "a",
        "biasa\n" + ">" * 40,
    ],
)
def test_a_text_that_would_take_too_long_is_refused_with_a_reason(source: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        validate(source)
    assert refusal.value.messages[0].endswith((".", "itu."))


def test_what_is_refused_is_still_shown_as_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "Markdown", None)
    html = render("[" * 500 + "<b>\n\nakhir")
    assert html == "<p>" + "[" * 500 + "&lt;b&gt;</p>\n<p>akhir</p>"


def test_an_ordinary_text_is_accepted() -> None:
    validate("Setuju dengan rumusnya.\n\n- satu\n  - dua\n\n> kutipan\n" * 50)


def at_the_caps(unit: str) -> str:
    """As often this unit as the caps allow, then filled up with letters."""
    times = min(
        [MAX_LENGTH // len(unit)]
        + [most // unit.count(mark) for mark, most in MAX_MARKS.items() if mark in unit]
    )
    return (unit * times).ljust(MAX_LENGTH, "x")


@pytest.mark.parametrize(
    "unit",
    ["[", "![", "[a](", "[](", "[a][", "](", "**a ", "*a _b ", "`", "<", "<a", "<!--", "<![CDATA[",
     "&", "&#", "> ", "> > a\n", "a\n=\n", "# a\n", "|", "|a|b\n|-|-\n", "\\", "  - a\n", "\n", "_",
     "*", "    a\n", "<http://", "\x02", "a|b\n", "***a**", "    - a\n"],
)  # fmt: skip
def test_the_worst_text_that_is_accepted_is_rendered_in_bounded_time(unit: str) -> None:
    source = at_the_caps(unit)
    started = time.process_time()
    assert is_harmless(render(source))
    # Measured: at most 0.5 s. Without the caps 8 kB of `![` take 6.6 s.
    assert time.process_time() - started < 3


@pytest.mark.parametrize("levels", [10, 60])
def test_deep_lists_never_exhaust_the_stack(levels: int) -> None:
    assert is_harmless(render("".join("    " * level + "- a\n" for level in range(levels))))
