from datetime import date

import pytest

from core.words import date_words, number_words

SPOKEN = {
    "nol": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7,
    "delapan": 8, "sembilan": 9, "sepuluh": 10, "sebelas": 11,
}  # fmt: skip


def understood(words: str) -> int:
    """What a listener understands: an inverse written apart from the code under test."""
    total = pending = 0
    for word in words.split():
        match word:
            case "seribu":
                total += 1000
            case "seratus":
                total += 100
            case "ribu":
                total, pending = total + pending * 1000, 0
            case "ratus":
                total, pending = total + pending * 100, 0
            case "puluh":
                total, pending = total + pending * 10, 0
            case "belas":
                total, pending = total + 10 + pending, 0
            case _:
                pending = SPOKEN[word]
    return total + pending


def test_every_number_to_9999_is_understood_as_itself() -> None:
    assert [number for number in range(10_000) if understood(number_words(number)) != number] == []


def test_no_two_numbers_sound_alike() -> None:
    assert len({number_words(number) for number in range(10_000)}) == 10_000


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (1000, "seribu"),
        (1100, "seribu seratus"),
        (1999, "seribu sembilan ratus sembilan puluh sembilan"),
        (2026, "dua ribu dua puluh enam"),
        (9999, "sembilan ribu sembilan ratus sembilan puluh sembilan"),
    ],
)
def test_numbers_are_spelled_as_official_papers_do(number: int, words: str) -> None:
    assert number_words(number) == words


@pytest.mark.parametrize("number", [-1, 10_000])
def test_a_number_beyond_the_range_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="9999"):
        number_words(number)


def test_a_date_is_spelled_with_its_weekday() -> None:
    assert date_words(date(2026, 11, 24)) == (
        "Selasa tanggal dua puluh empat bulan November tahun dua ribu dua puluh enam"
    )
