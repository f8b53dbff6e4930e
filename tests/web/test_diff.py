import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web import diff
from web.diff import MAX_PAIRS, Kind, pieces, word_diff

WORDS = st.sampled_from(["target", "80", "90", "persen", ".", ",", "<b>", "&", " ", "\n", "\n\n"])
TEXTS = st.lists(WORDS, max_size=30).map("".join) | st.text(max_size=60)


def without(html: str, tag: str) -> str:
    """The text that is left when one kind of mark goes with all it holds."""
    html = re.sub(rf"<{tag}>.*?</{tag}>", "", html, flags=re.DOTALL)
    html = re.sub(r'<span class="m-hidden">[^<]*</span>', "", html)
    return unescape(re.sub(r"</?(ins|del)>", "", html))


@given(TEXTS, TEXTS)
def test_without_what_was_removed_the_new_text_is_left(old: str, new: str) -> None:
    assert without(word_diff(old, new), "del") == new


@given(TEXTS, TEXTS)
def test_without_what_was_added_the_old_text_is_left(old: str, new: str) -> None:
    assert without(word_diff(old, new), "ins") == old


@given(TEXTS, TEXTS)
def test_pieces_weave_both_texts_without_loss(old: str, new: str) -> None:
    woven = pieces(old, new)
    assert "".join(text for kind, text in woven if kind is not Kind.ADDED) == old
    assert "".join(text for kind, text in woven if kind is not Kind.REMOVED) == new
    assert all(text for _kind, text in woven)
    assert all(one[0] is not other[0] for one, other in zip(woven, woven[1:], strict=False))


@given(TEXTS)
def test_equal_texts_differ_in_nothing(text: str) -> None:
    assert pieces(text, text) == ([(Kind.KEPT, text)] if text else [])


def test_only_the_changed_word_is_marked() -> None:
    assert pieces("target 80 persen setahun", "target 90 persen setahun") == [
        (Kind.KEPT, "target "),
        (Kind.REMOVED, "80 "),
        (Kind.ADDED, "90 "),
        (Kind.KEPT, "persen setahun"),
    ]


def test_a_moved_paragraph_leaves_the_others_untouched() -> None:
    woven = pieces("satu\n\ndua\n\ntiga", "satu\n\ntiga")
    assert (Kind.KEPT, "satu\n\n") in woven
    assert (Kind.REMOVED, "dua\n\n") in woven


def test_sentences_with_little_in_common_are_shown_whole() -> None:
    old, new = "Jumlah pasien yang sembuh.", "Rata-rata waktu tunggu di loket."
    assert pieces(old, new) == [(Kind.REMOVED, old), (Kind.ADDED, new)]


def test_markup_in_the_texts_is_only_text() -> None:
    html = word_diff("<script>a</script>", '<img src=x onerror="b">')
    assert "<script" not in html
    assert "<img" not in html


def test_a_screen_reader_hears_what_was_added_and_removed() -> None:
    html = word_diff("target 80 persen", "target 90 persen")
    assert '<del><span class="m-hidden"> [dihapus: </span>80 ' in html
    assert '<ins><span class="m-hidden"> [ditambahkan: </span>90 ' in html


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 5_000, "a " * 4_999 + "b"),
        ("a b " * 1_000, "b a a " * 900),
        ("a\n" * 3_000, "b\na\n" * 3_000),
        ("kata " * 3_000, "kata\n" * 3_000),
        (". " * 2_000, ", . " * 2_000),
    ],
)
def test_repetitive_texts_cost_a_bounded_number_of_comparisons(
    old: str, new: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = 0
    true_matcher = diff.SequenceMatcher

    def counting(junk: None, before: list[str], after: list[str], autojunk: bool) -> object:
        nonlocal compared
        compared += diff._pairs(before, after)
        return true_matcher(junk, before, after, autojunk=autojunk)

    monkeypatch.setattr(diff, "SequenceMatcher", counting)
    woven = pieces(old, new)
    assert compared <= 3 * MAX_PAIRS
    assert "".join(text for kind, text in woven if kind is not Kind.ADDED) == old


def test_prose_of_the_usual_length_is_compared_word_by_word() -> None:
    paragraph = (
        "Persentase ibu hamil yang mendapat pelayanan antenatal sesuai standar paling sedikit enam "
        "kali selama kehamilan di wilayah kerja puskesmas pada kurun waktu satu tahun yang sama. "
    )
    old = "".join(f"{number}) {paragraph * 3}\n\n" for number in range(8))
    woven = pieces(old, old.replace("enam", "delapan", 1))
    assert (Kind.REMOVED, "enam ") in woven
    assert (Kind.ADDED, "delapan ") in woven
