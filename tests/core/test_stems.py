import pytest

from core.stems import stems_of


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
