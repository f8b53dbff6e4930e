"""Policies: what a poll's rules may be, and where quorum and majority begin."""

import pytest

from voting.policy import Policy, ratio


@pytest.mark.parametrize(
    ("electors", "needed"), [(1, 1), (2, 2), (3, 2), (4, 3), (11, 6), (12, 7), (39, 20), (40, 21)]
)
def test_half_plus_one_is_the_floor_of_half_and_one(electors: int, needed: int) -> None:
    assert Policy().quorum_needed(electors) == needed


@pytest.mark.parametrize(
    ("quorum", "electors", "needed"),
    [("2/3", 3, 2), ("2/3", 4, 3), ("2/3", 12, 8), ("2/3", 13, 9), ("1/2", 5, 3), ("1/1", 7, 7)],
)
def test_a_quorum_as_a_share_is_rounded_up(quorum: str, electors: int, needed: int) -> None:
    assert Policy(quorum=quorum).quorum_needed(electors) == needed


def test_a_policy_survives_being_written_down_and_read() -> None:
    policy = Policy(quorum="2/3", majority="2/3", publication_mode="C", minimum_shown=10)
    assert Policy(**policy.as_dict()) == policy  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong",
    [
        {"method": "sortition"},
        {"is_secret": False},
        {"quorum": "half"},
        {"quorum": "0/3"},
        {"quorum": "4/3"},
        {"quorum": "0.5"},
        {"majority": "1/3"},
        {"majority": "1/1"},
        {"majority": "3/2"},
        {"majority": "50%"},
        {"majority": "1/0"},
        {"publication_mode": "D"},
        {"publication_mode": ""},
        {"minimum_shown": 4},
    ],
    ids=str,
)
def test_rules_that_no_poll_may_have_are_refused_with_a_sentence(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\w+ .+\.$"):
        Policy(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", "1", "1/", "/2", "-1/2", "1 / 2", "1/2/3", "٢/٣", "1e3/2"])
def test_only_plain_fractions_are_ratios(text: str) -> None:
    with pytest.raises(ValueError, match="pecahan"):
        ratio(text)


@pytest.mark.parametrize("mode", ["A", "B", "C"])
def test_a_policy_is_told_in_words(mode: str) -> None:
    policy = Policy(quorum="2/3", majority="3/4", publication_mode=mode)
    assert "2/3" in policy.quorum_words
    assert "3/4" in policy.majority_words
    assert "5" in policy.minimum_words
    assert policy.publication_words.startswith("Yang diumumkan")


@pytest.mark.parametrize(
    ("policy", "is_repeated"),
    [
        (Policy(), True),
        (Policy(method="weights"), False),
        (Policy(method="schulze"), False),
        (Policy(method="consensus", is_secret=False, publication_mode="N"), False),
    ],
    ids=lambda value: getattr(value, "method", ""),
)
def test_only_a_vote_promises_to_be_held_again(policy: Policy, is_repeated: bool) -> None:
    assert ("mengulangnya satu kali" in policy.ending_words) == is_repeated
    assert "tidak dapat diubah oleh siapa pun" in policy.ending_words


@pytest.mark.parametrize(
    ("method", "mode", "what"),
    [
        ("approve", "A", "jumlah suara per butir; dan daftar kode"),
        ("weights", "A", "berapa suara memberi berapa poin"),
        ("weights", "C", "hanya nilai tengah dan bobot"),
        ("schulze", "A", "perbandingan setiap dua butir"),
        ("schulze", "C", "hanya urutan butir"),
    ],
)
def test_voters_read_what_will_be_published_of_this_method(
    method: str, mode: str, what: str
) -> None:
    assert what in Policy(method=method, publication_mode=mode).publication_words
