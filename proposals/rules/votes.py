"""Who may ask voters, protest and object afterwards, decide, and read the papers."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from core.verdict import ALLOWED, Verdict, refuse
from people.models import Person
from people.roles import Role, Roles
from proposals.models import (
    Dissent,
    Proposal,
    Protest,
)
from proposals.rules.standing import Standing, may_go_alone, may_move
from proposals.stages import ASKED_AT, Move, Stage
from voting.models import Meeting, Poll
from voting.results import ItemResult


def may_open_poll(standing: Standing) -> Verdict:
    """The leader opens the vote on a frozen text."""
    if not standing.is_leader:
        return refuse(standing.leader_refusal())
    if not (alone := may_go_alone(standing)):
        return alone
    return may_move(standing.proposal, Move.OPEN_POLL)


def may_ask_any(roles: Roles, scope_keys: frozenset[int]) -> Verdict:
    """Voters are asked for weights or a ranking by a head of the round's scope, or a facilitator.

    Source: DESIGN 1 (the facilitator runs rounds and composes sets).
    """
    if roles.has(Role.FACILITATOR) or any(roles.heads(key) for key in scope_keys):
        return ALLOWED
    return refuse(
        _(
            "Bobot dan peringkat diminta oleh kepala unit kerja dalam lingkup putaran, atau oleh "
            "fasilitator."
        )
    )


def may_ask_round(standing: Standing, method: str, *, is_asked: bool) -> Verdict:
    """Leader or facilitator ask for weights of what was adopted, or a ranking of what is frozen.

    Nobody asks about an own text, and nobody while voters are being asked the same (`is_asked`).
    """
    if not (standing.is_leader or standing.roles.has(Role.FACILITATOR)):
        return refuse(
            _("Bobot dan peringkat diminta oleh kepala yang memutuskan, atau oleh fasilitator.")
        )
    if standing.is_writer:
        return refuse(
            _("Anda pengusul salah satunya; orang lain yang meminta bobot dan peringkat.")
        )
    if not (alone := may_go_alone(standing)):
        return alone
    if standing.proposal.stage != ASKED_AT.get(method):
        return refuse(
            _("Pada tahap %(stage)s hal ini tidak dapat dilakukan.")
            % {"stage": standing.proposal.get_stage_display()}
        )
    if method == "weights" and standing.proposal.kind == Proposal.Kind.RETIRE:
        return refuse(_("Indikator yang dicabut tidak mempunyai bobot."))
    if is_asked:
        return refuse(_("Pemilih sedang ditanyai hal yang sama; tunggu sampai ditutup."))
    return ALLOWED


def may_protest(standing: Standing, *, is_elector: bool, now: datetime) -> Verdict:
    """Electors and writers protest against the procedure, inside the objection window."""
    proposal = standing.proposal
    if proposal.stage != Stage.OBJECTION or proposal.objection_until is None:
        return refuse(_("Masa sanggah tidak sedang berjalan."))
    if now >= proposal.objection_until:
        return refuse(_("Masa sanggah sudah berakhir."))
    if not (is_elector or standing.is_writer):
        return refuse(_("Sanggahan diajukan oleh pemilih atau pengusul."))
    return ALLOWED


def may_handle_protests(standing: Standing) -> Verdict:
    """The facilitator answers protests while the objection window is open."""
    if not standing.roles.has(Role.FACILITATOR):
        return refuse(_("Sanggahan dijawab oleh fasilitator."))
    if standing.proposal.stage != Stage.OBJECTION:
        return refuse(_("Masa sanggah tidak sedang berjalan."))
    return ALLOWED


def may_answer_protest(
    standing: Standing, protest: Protest, outcome: str = "", *, votes_before: int = 1
) -> Verdict:
    """The facilitator answers a protest; a vote is repeated once only."""
    if not (handled := may_handle_protests(standing)):
        return handled
    if protest.author_id == standing.person.pk:
        return refuse(_("Sanggahan Anda dijawab oleh orang lain."))
    if protest.outcome:
        return refuse(_("Sanggahan ini sudah dijawab."))
    if outcome == Protest.Outcome.VOTE_AGAIN and votes_before > 1:
        return refuse(_("Pemungutan suara hanya diulang satu kali."))
    return ALLOWED


def may_run_poll(roles: Roles, *, is_head: bool) -> Verdict:
    """The head of the unit (or above it) and the facilitator run an open vote."""
    if is_head or roles.has(Role.FACILITATOR):
        return ALLOWED
    return refuse(
        _(
            "Pemungutan suara dikelola oleh kepala unit kerja ini atau yang di atasnya, dan "
            "fasilitator."
        )
    )


def may_remind(poll: Poll, *, is_due: bool, now: datetime) -> Verdict:
    """All electors of an open vote are reminded alike, at most once a day."""
    if poll.state != Poll.State.OPEN or now >= poll.closes_at:
        return refuse(_("Pemungutan suara ini sudah ditutup."))
    if not is_due:
        return refuse(_("Hari ini semua pemilih sudah diingatkan."))
    return ALLOWED


def may_repeat_vote(
    standing: Standing, told: ItemResult | None, *, quorum_reached: bool, votes_before: int
) -> Verdict:
    """The leader repeats a vote that said nothing (no quorum, or a tie), once.

    Source: DOMAIN 5.2 (tie: one re-vote). It stands on the ballot beforehand.
    """
    if not standing.is_leader:
        return refuse(standing.leader_refusal())
    if not (alone := may_go_alone(standing)):
        return alone
    if not (moved := may_move(standing.proposal, Move.REPEAT_VOTE)):
        return moved
    if told is None or (quorum_reached and not told.is_tie):
        return refuse(
            _("Hanya bila kuorum tidak tercapai atau suara berimbang, pemungutan suara diulang.")
        )
    if votes_before > 1:
        return refuse(_("Pemungutan suara hanya diulang satu kali."))
    return ALLOWED


def may_file_dissent(standing: Standing, *, is_elector: bool, now: datetime) -> Verdict:
    """Electors object in writing inside the objection window; until the decision if it has none.

    Source: DESIGN 4.3 (dissent), PEERS 6.21 (the minority report that travels).
    """
    proposal = standing.proposal
    until = proposal.objection_until
    in_window = proposal.stage == Stage.OBJECTION and until is not None and now < until
    if not in_window and not (
        proposal.stage == Stage.DECISION and not proposal.round.objection_days
    ):
        return refuse(_("Catatan keberatan ditulis selama masa sanggah sesudah pemungutan suara."))
    if not is_elector:
        return refuse(_("Catatan keberatan ditulis oleh pemilih."))
    return ALLOWED


def may_read_dissents(standing: Standing) -> bool:
    """Whether the person reads reports that are not published: leader, facilitator, auditor."""
    offices = (Role.FACILITATOR, Role.AUDITOR)
    return standing.is_leader or any(map(standing.roles.has, offices))


def may_read_dissents_for_names(standing: Standing, dissent: Dissent) -> Verdict:
    """Leader or facilitator read a report for names, once, before the decision; never their own."""
    if not (standing.is_leader or standing.roles.has(Role.FACILITATOR)):
        return refuse(_("Catatan keberatan dibaca oleh kepala unit kerja atau fasilitator."))
    if dissent.author_id == standing.person.pk:
        return refuse(_("Catatan Anda dibaca oleh orang lain."))
    if dissent.state != Dissent.State.WAITING:
        return refuse(_("Catatan keberatan ini sudah dibaca."))
    if standing.proposal.stage not in (Stage.OBJECTION, Stage.DECISION):
        return refuse(_("Catatan keberatan dibaca sebelum keputusan diambil."))
    return ALLOWED


def may_decide(standing: Standing, *, is_elector: bool, unread: int = 0) -> Verdict:
    """The leader decides after the vote, never as one of its electors.

    `unread` minority reports are read first: what is adopted carries them.
    """
    if not standing.is_leader:
        return refuse(standing.leader_refusal())
    if not (alone := may_go_alone(standing)):
        return alone
    if not (moved := may_move(standing.proposal, Move.ADOPT)):
        return moved
    if is_elector:
        return refuse(_("Anda pemilih dalam pemungutan suara ini; yang memutuskan tidak memilih."))
    if unread:
        return refuse(_("Baca dahulu catatan keberatan yang menunggu; yang dimuat ikut terbit."))
    return ALLOWED


def may_read_minutes(poll: Poll) -> Verdict:
    """The berita acara of a poll is for all staff, once there is a result: it names no voter."""
    if poll.state != Poll.State.SEALED:
        return refuse(_("Berita acara disusun sesudah pemungutan suara disegel."))
    return ALLOWED


def may_read_meeting(
    person: Person, roles: Roles, meeting: Meeting, *, is_head: bool, is_elector: bool
) -> Verdict:
    """Who was at a meeting is read by those it was for and by those who keep the record.

    Never of a secret poll: a list of who came would be one of who voted.
    """
    if meeting.poll.is_secret:
        return refuse(_("Pemungutan suara tertutup tidak mempunyai daftar hadir."))
    keeps = person.pk in (meeting.chair_id, meeting.notulis_id)
    offices = (Role.FACILITATOR, Role.AUDITOR, Role.ADMINISTRATOR)
    if is_elector or is_head or keeps or any(map(roles.has, offices)):
        return ALLOWED
    return refuse(
        _(
            "Naskah rapat dibaca oleh pemilih, pimpinan dan notulis rapat, kepala unit kerja, "
            "fasilitator, auditor, dan administrator."
        )
    )


def may_draft_decree(roles: Roles, *, is_head: bool, adopted: int) -> Verdict:
    """The draft of a keputusan is for the head and the facilitator, once something is adopted."""
    if not (is_head or roles.has(Role.FACILITATOR)):
        return refuse(_("Rancangan keputusan disusun untuk kepala unit kerja dan fasilitator."))
    if not adopted:
        return refuse(_("Belum ada usulan yang ditetapkan dalam pemungutan suara ini."))
    return ALLOWED
