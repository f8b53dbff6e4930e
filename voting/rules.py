"""Who may open, cast, close, void and read what, and why not.

`lineage` holds the keys of a poll's unit and of every unit above it (`lineage_of` asks for them).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from core.verdict import ALLOWED, Verdict, refuse
from people.models import Unit
from people.roles import Role, Roles
from voting.models import Elector, Item, Meeting, Poll


def lineage_of(unit: Unit) -> frozenset[int]:
    """The keys of a unit and of every unit above it. One query."""
    above = Unit.objects.all().ancestors(unit, include_self=True)
    return frozenset(above.values_list("pk", flat=True))


def heads_any(roles: Roles, lineage: Collection[int]) -> bool:
    """Whether the person heads the unit or one above it."""
    return any(roles.heads(key) for key in lineage)


def may_open(
    roles: Roles, lineage: Collection[int], *, electors: int, decides: bool = True
) -> Verdict:
    """The head of the unit, or of a unit above it, opens; the composing app may ask for more.

    A poll by which nothing is decided (`decides`: weights, a ranking) a facilitator opens, too.
    """
    if not (heads_any(roles, lineage) or (roles.has(Role.FACILITATOR) and not decides)):
        return refuse(_("Pemungutan suara dibuka oleh kepala unit kerja ini atau unit di atasnya."))
    if electors < 1:
        return refuse(_("Tidak ada pegawai yang dapat masuk daftar pemilih tetap."))
    return ALLOWED


def may_cast(poll: Poll, elector: Elector | None, *, box_is_open: bool, now: datetime) -> Verdict:
    """Whoever is on the roll casts one ballot, before the poll is closed by hand or by clock.

    An open ballot may be changed until then.
    """
    if elector is None:
        return refuse(_("Anda tidak terdaftar dalam daftar pemilih tetap."))
    if elector.has_voted and poll.is_secret:
        return second_vote()
    if not box_is_open or now >= poll.closes_at:
        return refuse(_("Pemungutan suara ini sudah ditutup."))
    return ALLOWED


def second_vote() -> Verdict:
    """Why nobody casts twice."""
    return refuse(_("Suara Anda sudah tercatat. Setiap pemilih memberikan suara satu kali."))


def may_review(poll: Poll, elector: Elector | None, *, now: datetime) -> Verdict:
    """Whoever could cast now reads the ballot over before."""
    return may_cast(poll, elector, box_is_open=poll.state == Poll.State.OPEN, now=now)


def may_end(roles: Roles, lineage: Collection[int]) -> Verdict:
    """Whose hand may close a poll at all: that of a head of the unit or of one above it."""
    if heads_any(roles, lineage):
        return ALLOWED
    return refuse(_("Pemungutan suara ditutup oleh kepala unit kerja ini atau unit di atasnya."))


def may_close(poll: Poll, *, everyone_voted: bool, now: datetime) -> Verdict:
    """An open poll is closed when it is time, or when all have voted."""
    if poll.state != Poll.State.OPEN:
        return refuse(_("Pemungutan suara ini sudah ditutup."))
    if now < poll.closes_at and not everyone_voted:
        return refuse(_("Belum waktunya ditutup, dan belum semua pemilih memberikan suara."))
    return ALLOWED


def may_cancel(poll: Poll, roles: Roles, lineage: Collection[int], *, now: datetime) -> Verdict:
    """A head or a facilitator cancels a poll that is still open: never once it could be counted."""
    if not (heads_any(roles, lineage) or roles.has(Role.FACILITATOR)):
        return refuse(_("Pemungutan suara dibatalkan oleh kepala unit kerja atau fasilitator."))
    if poll.state != Poll.State.OPEN or now >= poll.closes_at:
        return refuse(_("Sesudah waktunya habis, pemungutan suara tidak dapat dibatalkan."))
    return ALLOWED


def may_void(poll: Poll, item: Item, roles: Roles, lineage: Collection[int]) -> Verdict:
    """A head or a facilitator declares an item void while the poll is open, never afterwards."""
    if not (heads_any(roles, lineage) or roles.has(Role.FACILITATOR)):
        return refuse(_("Butir dibatalkan oleh kepala unit kerja atau fasilitator."))
    if poll.state != Poll.State.OPEN:
        return refuse(_("Sesudah pemungutan suara ditutup, butir tidak dapat dibatalkan."))
    if not poll.counting.answers_items_apart:
        return refuse(_("Poin dibagi kepada semua butir sekaligus: satu butir tidak dibatalkan."))
    if item.is_void:
        return refuse(_("Butir ini sudah dibatalkan."))
    return ALLOWED


def may_keep_meeting(
    poll: Poll, meeting: Meeting | None, roles: Roles, lineage: Collection[int]
) -> Verdict:
    """The head or the facilitator keeps the meeting until it is locked for the papers."""
    if not (heads_any(roles, lineage) or roles.has(Role.FACILITATOR)):
        return refuse(_("Catatan rapat diisi oleh kepala unit kerja atau fasilitator."))
    if poll.state == Poll.State.DISPUTED:
        return refuse(_("Pemungutan suara ini bermasalah dan tidak mempunyai hasil."))
    if meeting is not None and meeting.papers_made_at is not None:
        return refuse(_("Catatan rapat ini sudah dikunci; naskah dibuat darinya."))
    return ALLOWED


def may_see_roll(roles: Roles, lineage: Collection[int], elector: Elector | None) -> Verdict:
    """The names on the roll: for electors, heads, facilitators and auditors. Never who voted."""
    if elector is not None or heads_any(roles, lineage):
        return ALLOWED
    if roles.has(Role.FACILITATOR) or roles.has(Role.AUDITOR):
        return ALLOWED
    return refuse(
        _(
            "Daftar pemilih tetap dapat dibaca oleh pemilih, kepala unit kerja, fasilitator "
            "dan auditor."
        )
    )


def may_see_codes(poll: Poll) -> Verdict:
    """The receipt codes: for everyone, once the poll is sealed and if it publishes them."""
    if poll.state != Poll.State.SEALED:
        return refuse(_("Kode tanda terima diumumkan sesudah pemungutan suara disegel."))
    if poll.publication_mode not in (Poll.Mode.COLUMNS, Poll.Mode.BALLOTS):
        return refuse(_("Pemungutan suara ini tidak mengumumkan kode tanda terima."))
    return ALLOWED


def may_export(poll: Poll) -> Verdict:
    """The result and the anonymous ballots as files: for everyone, once the poll is sealed."""
    if poll.state != Poll.State.SEALED:
        return refuse(_("Hasil dan surat suara dapat diunduh sesudah pemungutan suara disegel."))
    return ALLOWED
