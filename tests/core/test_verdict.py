import pytest

from core.verdict import ALLOWED, Refused, refuse


def test_allowed_is_truthy_and_requires_nothing() -> None:
    assert ALLOWED
    ALLOWED.require()


def test_a_refusal_is_falsy_and_keeps_its_reason() -> None:
    verdict = refuse("Masa tanggapan sudah berakhir.")
    assert not verdict
    assert verdict.reason == "Masa tanggapan sudah berakhir."


def test_requiring_a_refusal_raises_its_reason() -> None:
    with pytest.raises(Refused, match="Bukan pemilih"):
        refuse("Bukan pemilih.").require()


def test_the_first_refusal_of_a_chain_is_the_answer() -> None:
    first, second = refuse("pertama"), refuse("kedua")
    assert (ALLOWED and first and second) is first
