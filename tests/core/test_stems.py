import pytest

from core.stems import AROUND, excerpt, stems_of


@pytest.mark.parametrize("word", ["mengukur", "pengukuran", "terukur", "Ukuran", "UKUR"])
def test_words_of_one_stem_are_the_same(word: str) -> None:
    assert stems_of(word) == ["ukur"]


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        pytest.param("yang dan di", [], id="stop words alone"),
        pytest.param("", [], id="nothing"),
        pytest.param('"KES-01" OR (a* NEAR b)', ["kes", "01", "or", "a", "near", "b"], id="signs"),
        pytest.param("balita\0gizi", ["balita", "gizi"], id="a NUL"),
        pytest.param("x" * 10_000, [], id="no word is that long"),
        pytest.param("ＢＡＬＩＴＡ", ["balita"], id="full width"),
    ],
)
def test_a_text_has_these_stems(text: str, stems: list[str]) -> None:
    assert stems_of(text) == stems


def test_an_excerpt_marks_every_word_of_the_stems() -> None:
    text = "Kami mengukur balita;\n\tpengukuran itu benar."
    assert excerpt(text, ["ukur"]) == [
        ("Kami ", False),
        ("mengukur", True),
        (" balita; ", False),
        ("pengukuran", True),
        (" itu benar.", False),
    ]


def test_an_excerpt_finds_an_unfinished_word_and_a_word_whose_first_letter_changed() -> None:
    assert ("antropometri", True) in excerpt("Alat antropometri rusak", [], "antropo")
    assert ("menyapu", True) in excerpt("Kader menyapu halaman", stems_of("sapu"))


def test_an_excerpt_of_a_long_text_is_short() -> None:
    parts = excerpt("awal " * 4000 + "balita" + " akhir" * 4000, ["balita"])
    assert parts[0] == ("… ", False)
    assert parts[-1] == (" …", False)
    assert sum(len(part) for part, _ in parts) <= 2 * AROUND + len("balita") + 4


@pytest.mark.parametrize("text", ["", "tidak ada", "\0", "x" * 100_000, "balit"])
def test_a_text_without_the_words_has_no_excerpt(text: str) -> None:
    assert excerpt(text, ["balita"]) == []
