"""The answer to an election: filters first, then the method (DESIGN 4.4, docs/counting.md)."""

from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from voting.election.reading import BY_ITEM, Column, Election
from voting.tally import approval, approve, irv, schulze, score, weights
from voting.tally.places import Outcome, by_most, in_places

# The methods that count a kind of ballot; the first one, where none is asked for.
METHODS_OF_KIND = {
    "ranked": ("schulze", "irv"),
    "approve": ("approve",),
    "approval": ("approval",),
    "score": ("score",),
    "weights": ("weights",),
}

type Table = Sequence[Sequence[int]]
type Dropped = dict[str, list[int]]


def answer(election: Election, method: str | None = None) -> dict[str, Any]:
    """What the ballots say, as a document that is ready for JSON.

    Shape: `method`, `winners` (indices), `ranking` (groups of indices, the best first, without
    dropped options), `pairwise` (rows beat columns; null where options are not compared), `dropped`
    (`quorum`, `majority`; an option that fails both stands under the first), `ballots`, and what
    the method adds.
    Raises ValueError with a sentence for a method that cannot count these ballots.
    """
    methods = METHODS_OF_KIND[election.kind]
    method = method or methods[0]
    if method not in methods:
        words = " or ".join(methods)
        raise ValueError(f"ballots of kind {election.kind} are counted by {words}, not by {method}")
    table = _table(election)
    dropped = _dropped(election, table)
    gone = {*dropped["quorum"], *dropped["majority"]}
    among = [option for option in election.among if option not in gone]
    outcome, more = _COUNT[method](election, table, among)
    return {
        "method": method,
        "winners": list(outcome.winners),
        "ranking": [list(place) for place in outcome.ranking],
        "pairwise": [list(row) for row in table] or None,
        "dropped": dropped,
        "ballots": election.cast,
        **more,
    }


# The filters


def _dropped(election: Election, table: Table) -> Dropped:
    """The options that fall before the method runs: at the quorum, then at the majority.

    Of `approve` each option is measured by its own approvals and rejections, of the other kinds by
    the ballots that rank it above the default option and below.
    """
    dropped: Dropped = {"quorum": [], "majority": []}
    is_short = election.cast < election.ballots_required
    for option in election.among:
        if option == election.default:
            continue
        above, below = _measured(election, table, option)
        if is_short or above < election.quorums[option]:
            dropped["quorum"].append(option)
        elif below is not None and not above > election.ratios[option] * below:
            dropped["majority"].append(option)
    return dropped


def _measured(election: Election, table: Table, option: int) -> tuple[int, int | None]:
    if election.kind == "approve":
        counts = _counts(election, option)
        return counts.in_favour, counts.against
    if election.default is None:
        return 0, None  # nothing to be measured against
    return table[option][election.default], table[election.default][option]


def _table(election: Election) -> Table:
    """Who is ranked above whom; empty where a ballot does not compare the options."""
    if election.kind in BY_ITEM:
        return ()
    if election.table is not None:
        return election.table
    rankings = [(number, _ranking(election, ballot)) for number, ballot in election.ballots or ()]
    return schulze.pairwise(rankings, len(election.options), unranked_rule=election.unranked_rule)


def _ranking(election: Election, ballot: Any) -> schulze.Ranking:
    """A ballot as a ranking: options named above others, more points above fewer."""
    if election.kind == "approval":
        return [ballot]
    if election.kind == "score":
        points = {option: ballot.get(option, 0) for option in range(len(election.options))}
        return by_most(points).ranking
    ranking: schulze.Ranking = ballot
    return ranking


# The methods: what each of them finds among the options that are left, and what it adds


type Found = tuple[Outcome, dict[str, Any]]


def _schulze(election: Election, table: Table, among: Sequence[int]) -> Found:
    places = schulze.rank([[table[row][column] for column in among] for row in among]).ranking
    return in_places([among[option] for option in place] for place in places), {}


def _irv(election: Election, table: Table, among: Sequence[int]) -> Found:
    if election.ballots is None:
        raise ValueError("irv needs whole ballots, and the file holds none")
    runoff = irv.count(election.ballots, among)
    rounds = [
        {
            "tally": {str(option): votes for option, votes in step.tally.items()},
            "eliminated": list(step.eliminated),
            "exhausted": step.exhausted,
        }
        for step in runoff.rounds
    ]
    return runoff.outcome, {"rounds": rounds}


def _approval(election: Election, table: Table, among: Sequence[int]) -> Found:
    sums = approval.count(election.ballots or (), len(election.options))
    return approval.rank(sums, among), {"counts": sums}


def _score(election: Election, table: Table, among: Sequence[int]) -> Found:
    sums = score.count(election.ballots or (), len(election.options))
    return score.rank(sums, among), {"sums": list(map(decimal_text, sums))}


def _approve(election: Election, table: Table, among: Sequence[int]) -> Found:
    counts = [
        None if option in election.void else _counts(election, option).as_dict()
        for option in range(len(election.options))
    ]
    return in_places([among]), {"counts": counts}


def _weights(election: Election, table: Table, among: Sequence[int]) -> Found:
    """Medians of what is left; null where nobody voted, and no weights where all medians are 0."""
    by_option: list[str | None] = [None] * len(election.options)
    more: dict[str, Any] = {"medians": by_option, "weights": by_option}
    if not election.cast or not among:
        return in_places([among]), more
    medians = weights.medians([_column(election, option) for option in among])
    more["medians"] = _spread(by_option, among, list(map(decimal_text, medians)))
    if any(medians):
        shares = list(map(str, weights.renormalised(medians)))
        more["weights"] = _spread(by_option, among, shares)
    return by_most(dict(zip(among, medians, strict=True))), more


_COUNT: dict[str, Callable[[Election, Table, Sequence[int]], Found]] = {
    "schulze": _schulze,
    "irv": _irv,
    "approval": _approval,
    "score": _score,
    "approve": _approve,
    "weights": _weights,
}


def _spread(
    empty: list[str | None], among: Sequence[int], texts: Sequence[str]
) -> list[str | None]:
    found = dict(zip(among, texts, strict=True))
    return [found.get(option) for option in range(len(empty))]


def _column(election: Election, option: int) -> Column:
    """The answers about one option; on a ballot of `weights` that leaves it out, 0 points."""
    if election.columns is not None:
        return election.columns[option]
    otherwise = Fraction(0) if election.kind == "weights" else None
    column: Counter[Any] = Counter()
    for number, ballot in election.ballots or ():
        given = ballot.get(option, otherwise)
        if given is not None and number:
            column[given] += number
    return column


def _counts(election: Election, option: int) -> approve.Counts:
    return approve.count(_column(election, option).items())


def decimal_text(value: Fraction) -> str:
    """The shortest decimal text of a value whose denominator divides a power of ten."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    digits = str(abs(int(value * 10**places))).rjust(places + 1, "0")
    whole = digits[: len(digits) - places]
    return ("-" if value < 0 else "") + whole + ("." + digits[-places:] if places else "")
