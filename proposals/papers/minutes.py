"""*Berita acara* of a sealed poll: what was asked, how many answered, and what they said.

It names nobody who voted: a secret poll has no list of those who were there. Below the least number
of ballots it holds the decision and the turnout alone, because the seal holds no more.
Source: DOMAIN 5.2, 5.5; RELIABILITY, decision 4.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import translation

from core.dates import WIB, format_moment
from core.words import date_words
from proposals.models import Dissent
from proposals.papers.official import BLANK, letterhead, lineage, printable
from voting.models import Meeting, Poll
from voting.results import ItemResult, PollResult, result_of


@dataclass(frozen=True)
class Tally:
    """What the voters said about one item. `counts` are empty where they stay hidden."""

    number: int
    title: str
    outcome: str
    counts: list[tuple[str, int]]
    readings: list[tuple[str, str]]
    remark: str


@dataclass(frozen=True)
class Minutes:
    """All that the paper says, as lines and tables; texts are plain and safe for any document."""

    poll: Poll
    letterhead: list[str]
    opening: str
    rules: list[str]
    result: PollResult
    tallies: list[Tally]
    dissents: list[tuple[int, str, str]]  # number of the item, by whom, and the words
    chair: str
    notulis: str  # blank where no meeting was kept

    @property
    def blank(self) -> str:
        """A place that is filled in by hand."""
        return BLANK

    @property
    def hashes(self) -> list[tuple[str, str]]:
        """What a copy of this paper keeps outside of Martahi, so that later changes show."""
        seal = self.result.seal
        return [
            ("Hasil", seal.result_hash),
            ("Surat suara", seal.ballots_hash),
            ("Kode tanda terima", seal.receipts_hash),
            ("Daftar pemilih tetap", seal.roll_hash),
        ]


def minutes_of(poll: Poll) -> Minutes:
    """The berita acara of a poll. Raises RuntimeError before the poll is sealed."""
    result = result_of(poll)
    if result is None or poll.closed_at is None:
        raise RuntimeError("only a sealed poll has minutes")
    policy = poll.policy
    meeting: Meeting | None = getattr(poll, "meeting", None)
    with translation.override("id"):
        return Minutes(
            poll=poll,
            letterhead=[printable(line) for line in letterhead(lineage(poll.scope))],
            opening=_opening(poll, poll.closed_at, meeting),
            rules=[policy.quorum_words, policy.majority_words, policy.minimum_words],
            result=result,
            tallies=[_tally(entry, result) for entry in result.items],
            dissents=_dissents(poll),
            chair=printable((meeting.chair if meeting else poll.opened_by).name),
            notulis=printable(meeting.notulis.name) if meeting else f"({BLANK})",
        )


def _opening(poll: Poll, closed_at: datetime, meeting: Meeting | None) -> str:
    day = date_words(closed_at.astimezone(WIB).date())
    place = printable(meeting.place if meeting else poll.scope.name)
    kind = "tertutup" if poll.is_secret else "terbuka"
    return (
        f"Pada hari ini, {day}, bertempat di {place}, telah dilaksanakan musyawarah penetapan "
        f"indikator kinerja dengan suara {kind} melalui aplikasi Martahi, dibuka "
        f"{format_moment(poll.opened_at)} dan ditutup {format_moment(closed_at)}, dengan acara "
        "sebagai berikut."
    )


def _dissents(poll: Poll) -> list[tuple[int, str, str]]:
    published = Dissent.objects.of_poll(poll).published().select_related("entry__item")
    return [
        (
            dissent.entry.item.position,
            printable(dissent.author.name) if dissent.author else "seorang pemilih",
            printable(dissent.body),
        )
        for dissent in published
    ]


def _tally(entry: ItemResult, result: PollResult) -> Tally:
    item = entry.item
    if entry.is_void:
        reason = printable(item.void_reason)
        return Tally(item.position, printable(item.title), "dibatalkan", [], [], reason)
    counts = [*entry.bars, ("Tidak memilih", result.not_voted)] if entry.bars else []
    readings = []
    if entry.counts and item.poll.counting.abstained:  # which one reading counts and one does not
        readings = [
            ("Dari suara setuju dan tidak setuju (yang berlaku)", _said(entry.passed)),
            ("Dari semua yang memilih, termasuk abstain", _said(bool(entry.passed_of_present))),
        ]
    return Tally(
        number=item.position,
        title=printable(item.title),
        outcome=entry.outcome_words,
        counts=counts,
        readings=readings,
        remark="",
    )


def _said(passed: bool) -> str:
    return "disetujui" if passed else "tidak disetujui"
