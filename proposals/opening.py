"""What the head sees before a vote is opened: the rules as voters read them, the roll, the doubts.

Source: DOMAIN 5.2 (roll, quorum), 5.4 (working time); RELIABILITY, decisions 4 and 8.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import WIB, format_moment
from people.models import Holiday, Person
from proposals.models import Proposal
from proposals.reach import measured_among
from voting.models import Poll
from voting.policy import MINIMUM_SHOWN, Policy
from voting.roll import RollPreview, preview

OFFICE_HOURS = range(8, 16)  # by the hour, WIB
MOST_AWAY = 5  # one in five, and more make a warning


@dataclass(frozen=True)
class Check:
    """One line of the checklist. `state`: done, warns (the head weighs it) or stops."""

    state: str
    sentence: str


@dataclass(frozen=True)
class Opening:
    """The vote as it would be opened now; `poll` is not saved, the rules name it."""

    poll: Poll
    policy: Policy
    roll: RollPreview
    checks: list[Check]

    @property
    def stops(self) -> bool:
        """Whether something on the list keeps the vote from being opened."""
        return any(check.state == "stops" for check in self.checks)


def opening_of(
    proposals: Sequence[Proposal], *, leader: Person, policy: Policy, now: datetime
) -> Opening:
    """What opening a vote over these frozen proposals of one unit would mean now."""
    scope = proposals[0].unit
    roll = preview(scope, decider=leader)
    poll = Poll(
        scope=scope,
        opened_by=leader,
        decider=leader,
        opened_at=now,
        roll_size=len(roll.electors),
        **policy.as_dict(),
    )
    return Opening(poll, policy, roll, _checks(proposals, roll, policy))


def _checks(proposals: Sequence[Proposal], roll: RollPreview, policy: Policy) -> list[Check]:
    return [
        *_of_size(len(roll.electors), policy),
        *_of_away(roll),
        *_of_measured(proposals, roll),
    ]


def _of_size(electors: int, policy: Policy) -> list[Check]:
    if not electors:
        return [Check("stops", _("Tidak ada pegawai yang dapat masuk daftar pemilih tetap."))]
    if electors < MINIMUM_SHOWN and policy.is_secret:
        return [
            Check(
                "warns",
                _(
                    "Pemilih kurang dari %(k)s: rincian suara akan tetap tersembunyi, hanya "
                    "keputusan dan jumlah pemilih yang memilih yang ditampilkan."
                )
                % {"k": MINIMUM_SHOWN},
            )
        ]
    needed = policy.quorum_needed(electors)
    return [
        Check(
            "done",
            _("%(electors)s pemilih; kuorum tercapai bila %(needed)s memberikan suara.")
            % {"electors": electors, "needed": needed},
        )
    ]


def _of_away(roll: RollPreview) -> list[Check]:
    if not roll.away:
        return []
    told = ngettext(
        "%(count)s pemilih sedang cuti, tugas belajar, atau proses mutasi.",
        "%(count)s pemilih sedang cuti, tugas belajar, atau proses mutasi.",
        roll.away,
    ) % {"count": roll.away}
    if roll.away * MOST_AWAY > len(roll.electors):
        told += " " + _("Itu lebih dari seperlima: kuorum dapat sulit tercapai.")
        return [Check("warns", told)]
    return [Check("done", told)]


def _of_measured(proposals: Sequence[Proposal], roll: RollPreview) -> list[Check]:
    listed = {person.pk for person in roll.electors} | {out.person.pk for out in roll.left_out}
    outside = len(measured_among(Person.objects.active(), proposals) - listed)
    if not outside:
        return []
    told = ngettext(
        "%(count)s pegawai yang diukur bekerja di unit lain dan tidak masuk daftar pemilih.",
        "%(count)s pegawai yang diukur bekerja di unit lain dan tidak masuk daftar pemilih.",
        outside,
    )
    return [Check("warns", told % {"count": outside})]


def closing_words(*, now: datetime, minutes: Collection[int]) -> dict[int, str]:
    """When a vote of each length would close if it were opened now, with a doubt where due.

    Keys: minutes. One query.
    """
    holidays = Holiday.objects.days_after((now - timedelta(days=1)).astimezone(WIB).date())
    return {length: _closing(now + timedelta(minutes=length), holidays) for length in minutes}


def _closing(moment: datetime, holidays: Collection[date]) -> str:
    local = moment.astimezone(WIB)
    words = _("ditutup %(until)s") % {"until": format_moment(moment)}
    if local.weekday() > 4 or local.date() in holidays:
        return words + ", " + _("bukan hari kerja")
    if local.hour not in OFFICE_HOURS:
        return words + ", " + _("di luar jam kerja")
    return words
