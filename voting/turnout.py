"""Turnout of those whom a poll's question measures and of the others: numbers, after sealing only.

Results are never split (RELIABILITY, decision 4). One split, of two groups that make up the whole
roll, each of at least ten electors: nothing can be taken away from anything else to find a person.
A group of whom hardly anybody voted is told as such, without its number, because the result would
be that of the other group; but only where enough voted in all, or being told nothing would tell
that nobody of the other group did.
"""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from voting.models import Poll
from voting.policy import MINIMUM_SHOWN

SMALLEST_GROUP = 10
# From here on neither the warning nor its absence tells that nobody of a group voted.
SMALLEST_TURNOUT = 2 * MINIMUM_SHOWN - 1


@dataclass(frozen=True)
class Group:
    """How many of a group are on the roll, and how many of them voted."""

    electors: int
    turnout: int

    @property
    def is_shown(self) -> bool:
        """Whether enough of them voted for the number to be told."""
        return self.turnout >= MINIMUM_SHOWN


@dataclass(frozen=True)
class GroupTurnout:
    """The turnout of those measured and of the others; `needed` for a quorum among the measured."""

    measured: Group
    others: Group
    needed: int

    @property
    def is_shown(self) -> bool:
        """Whether the numbers are told: of both groups, or one would give away the other."""
        return self.measured.is_shown and self.others.is_shown

    @property
    def warning(self) -> str:
        """The sentence that says where those measured were silent, else empty."""
        measured, others = self.measured, self.others
        if measured.turnout + others.turnout < SMALLEST_TURNOUT:
            return ""
        if not measured.is_shown:
            return _(
                "Kurang dari %(k)s pemilih yang diukur oleh butir-butir ini memberikan suara: "
                "hasilnya terutama suara orang lain."
            ) % {"k": MINIMUM_SHOWN}
        if not self.is_shown:
            return ""
        if measured.turnout < self.needed:
            return _("Di antara pemilih yang diukur sendiri kuorum tidak akan tercapai.")
        if measured.turnout * others.electors < others.turnout * measured.electors:
            return _("Pemilih yang diukur lebih sedikit memberikan suara daripada yang lain.")
        return ""


def group_turnout_of(poll: Poll) -> GroupTurnout | None:
    """The turnout by group of a sealed poll; None where a group is too small. One query."""
    if poll.state != Poll.State.SEALED:
        return None
    voted = Q(has_voted=True)
    rows = poll.electors.order_by().values("is_measured")
    found = {
        row["is_measured"]: Group(row["electors"], row["turnout"])
        for row in rows.annotate(electors=Count("pk"), turnout=Count("pk", filter=voted))
    }
    measured, others = (found.get(key, Group(0, 0)) for key in (True, False))
    if min(measured.electors, others.electors) < SMALLEST_GROUP:
        return None
    return GroupTurnout(measured, others, poll.policy.quorum_needed(measured.electors))
