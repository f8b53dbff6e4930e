"""Bundles: carried over in one table, then discussed, voted on and decided together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.verdict import Refused
from indicators.models import IndicatorVersion, Publication
from indicators.record import content_of, values_of
from ledger.actions import event_record
from notices.actions import follow_add, told
from people.models import Person
from people.roles import roles_of
from people.working_days import working_day_after
from proposals.actions.decisions import decision_make
from proposals.actions.moves import bundle_tell, mates_locked, members_locked, stage_move
from proposals.actions.polls import Question, poll_over
from proposals.actions.proposals import draft_make
from proposals.bundles import (
    bundle_ballot_text,
    bundle_digest,
    carried_of,
    publications_for,
)
from proposals.gate import freeze_gate, text_lacks
from proposals.leadership import bundle_leadership
from proposals.models import Bundle, Decision, PollEntry, Proposal, Round
from proposals.rules import (
    Standing,
    bundle_standings,
    may_carry_over,
    may_decide,
    may_freeze,
    may_leave_bundle,
    may_open_poll,
    may_return,
    may_submit,
)
from proposals.stages import Move, Stage
from proposals.text import dispositions_of, unit_names
from voting.actions import ItemSpec, item_void
from voting.models import Poll


@dataclass(frozen=True)
class Wanted:
    """What is wanted of one indicator for the next year: a target, or that it is retired."""

    target: Decimal | None
    retires: bool = False


@transaction.atomic
def bundle_create(
    *,
    actor: Person,
    round_: Round,
    publication: Publication,
    title: str,
    wanted: Mapping[UUID, Wanted],
    submission: UUID,
    now: datetime,
) -> Bundle:
    """Carry a published set over: a draft of an amendment for each target that changes.

    `wanted` is by the key of the version in use. An indicator whose target stays is kept: it needs
    no vote, because what was adopted holds until it is amended. The round's scope unit proposes, so
    that its people vote and its head decides.
    The same `submission` again is the same bundle. Raises Refused, ValidationError.
    """
    actor = Person.objects.with_unit().select_for_update(of=("self",)).get(pk=actor.pk)
    if existing := Bundle.objects.filter(submission=submission, author=actor).first():
        return existing
    roles = roles_of(actor, on=timezone.localtime(now).date())
    may_carry_over(actor, roles, round_, now=now).require()
    if publication not in publications_for(round_):
        raise ValidationError(_("Set ini tidak dapat dilanjutkan ke putaran ini."))
    offered = {
        carried.version.pk: carried.version
        for carried in carried_of(publication, round_)
        if carried.rival is None
    }
    if set(wanted) != set(offered):
        raise ValidationError(
            _("Isi set berubah sejak halaman ini dibuka; muat ulang, lalu periksa lagi.")
        )
    changed = [
        (version, wanted[key])
        for key, version in offered.items()
        if wanted[key].retires or wanted[key].target != version.target
    ]
    if not changed:
        raise ValidationError(
            _("Belum ada yang berubah. Indikator yang tetap berlaku tidak perlu divoting.")
        )
    bundle = Bundle(
        submission=submission,
        round=round_,
        publication=publication,
        title=title.strip(),
        author=actor,
        created_at=now,
    )
    bundle.full_clean()
    bundle.save()
    bundle.kept.set(set(offered.values()) - {version for version, _wanted in changed})
    for version, line in changed:
        _draft(bundle, version, line, now=now)
    follow_add(actor=actor, topic=bundle.topic, now=now)
    event_record(
        actor=actor.pk,
        action="bundle.created",
        subject=bundle.topic,
        content={
            "round": round_.pk,
            "publication": publication.pk,
            "proposed": sorted(version.code for version, _wanted in changed),
            "kept": sorted(bundle.kept.values_list("code", flat=True)),
        },
        now=now,
    )
    return bundle


def _draft(bundle: Bundle, version: IndicatorVersion, line: Wanted, *, now: datetime) -> None:
    if line.retires and line.target != version.target:
        raise ValidationError(
            _("%(code)s: pilih target baru atau pencabutan, tidak keduanya.")
            % {"code": version.code}
        )
    if line.target is None and not line.retires:
        raise ValidationError(_("%(code)s: isi targetnya.") % {"code": version.code})
    draft_make(
        actor=bundle.author,
        proposal=Proposal(
            submission=uuid5(bundle.submission, version.code),
            round=bundle.round,
            unit=bundle.round.scope,
            author=bundle.author,
            kind=Proposal.Kind.RETIRE if line.retires else Proposal.Kind.AMEND,
            amends=version,
            bundle=bundle,
            created_at=now,
            stage_since=now,
        ),
        fields=_carried(bundle, version, line),
        now=now,
    )


def _carried(bundle: Bundle, version: IndicatorVersion, line: Wanted) -> dict[str, object]:
    """The text in force with its new target; of a retirement a first reason, to be written out."""
    fields = values_of(content_of(version))
    if not line.retires:
        return fields | {"target": line.target}
    return fields | {
        "retirement_reason": told("Tidak dilanjutkan pada tahun %(year)s.", year=bundle.round.year)
    }


def _standings(bundle: Bundle, actor: Person, *, now: datetime) -> list[Standing]:
    """What a person is to each proposal of a bundle, which are locked. Raises Refused if none is.

    The leader is the same for all: everyone who writes on one of the texts counts as a proposer.
    """
    members = members_locked(bundle)
    if not members:
        raise Refused(_("Tidak ada usulan lagi dalam paket ini."))
    roles = roles_of(actor, on=timezone.localtime(now).date())
    return bundle_standings(actor, roles, members, bundle_leadership(members, now=now))


@transaction.atomic
def bundle_submit(*, actor: Person, bundle: Bundle, now: datetime) -> Bundle:
    """Open all drafts of a bundle for discussion together. Raises Refused."""
    standings = _standings(bundle, actor, now=now)
    for standing in standings:
        lacks = text_lacks(standing.proposal, until="draft")
        may_submit(standing, lacks, now=now).require()
    for standing in standings:
        standing.proposal.submitted_at = standing.proposal.submitted_at or now
        standing.proposal.freezable_on = working_day_after(
            timezone.localdate(now), bundle.round.minimum_discussion_days
        )
    _move(standings, Move.SUBMIT, by=actor, now=now)
    _tell(
        bundle,
        standings,
        told("Paket “%(title)s” dibuka untuk tanggapan.", title=bundle.title),
        but=actor,
        now=now,
    )
    return bundle


@transaction.atomic
def bundle_leave(*, actor: Person, proposal: Proposal, now: datetime) -> Proposal:
    """Take a proposal out of its bundle before the texts are frozen; it goes alone from then on.

    Raises Refused.
    """
    proposal, mates = mates_locked(proposal.pk)
    roles = roles_of(actor, on=timezone.localtime(now).date())
    leadership = bundle_leadership(mates, now=now)
    standing = next(
        one
        for one in bundle_standings(actor, roles, mates, leadership)
        if one.proposal.pk == proposal.pk
    )
    may_leave_bundle(standing).require()
    bundle = proposal.bundle
    if bundle is None:
        raise RuntimeError("what leaves a bundle was in one")
    proposal.left_bundle_at = now
    proposal.full_clean(exclude=["round", "unit", "author", "coauthors", "amends", "bundle"])
    proposal.save(update_fields=["left_bundle_at"])
    event_record(
        actor=actor.pk,
        action="proposal.left_bundle",
        subject=proposal.topic,
        content={"bundle": bundle.pk},
        now=now,
    )
    if proposal.submitted_at:
        bundle_tell(
            bundle,
            mates,
            told(
                "Usulan %(code)s dikeluarkan dari paket “%(title)s”.",
                code=proposal.record.code,
                title=bundle.title,
            ),
            but=actor,
            now=now,
        )
    return proposal


@transaction.atomic
def bundle_freeze(*, actor: Person, bundle: Bundle, now: datetime) -> Bundle:
    """Freeze all texts of a bundle together.

    Raises Refused, and ValidationError with every line that a gate still holds.
    """
    standings = _standings(bundle, actor, now=now)
    for standing in standings:
        may_freeze(standing, []).require()
    lacks = [
        f"{standing.proposal.record.code}: {lack.sentence}"
        for standing in standings
        for lack in freeze_gate(standing.proposal, now=now)
    ]
    if lacks:
        raise ValidationError([ValidationError(lack) for lack in lacks])
    _move(standings, Move.FREEZE, by=actor, now=now)
    _tell(
        bundle,
        standings,
        told("Teks paket “%(title)s” dibekukan dan siap divoting.", title=bundle.title),
        but=actor,
        now=now,
    )
    return bundle


@transaction.atomic
def bundle_poll_open(
    *, actor: Person, bundle: Bundle, minutes: int, method: str = "approve", now: datetime
) -> Poll:
    """Open one poll with one item that asks about all proposals of a bundle.

    Raises Refused, ValidationError.
    """
    standings = _standings(bundle, actor, now=now)
    for standing in standings:
        may_open_poll(standing).require()
    members = [standing.proposal for standing in standings]
    if minutes < bundle.round.voting_minutes:
        raise ValidationError({"minutes": _("Lebih singkat daripada aturan putaran ini.")})
    revisions = {member.pk: member.revisions.latest("number") for member in members}
    dispositions = {member.pk: dispositions_of(member) for member in members}
    # What is frozen for everybody is Indonesian, in whatever language its opener reads.
    with translation.override("id"):
        spec = ItemSpec(
            title=bundle.title,
            text=bundle_ballot_text(bundle, members, dispositions, unit_names()),
            digest=bundle_digest(bundle, revisions),
            url=reverse("proposals:bundle", args=[bundle.pk]),
        )
    return poll_over(
        actor=actor,
        title=bundle.title,
        questions=[Question(spec, members, bundle)],
        revisions=revisions,
        minutes=minutes,
        method=method,
        now=now,
    )


@transaction.atomic
def bundle_return(*, actor: Person, bundle: Bundle, reason: str, now: datetime) -> Bundle:
    """Give a frozen bundle back whole before it is decided on; its ballot item becomes void.

    Raises Refused, ValidationError.
    """
    standings = _standings(bundle, actor, now=now)
    for standing in standings:
        may_return(standing).require()
    first = standings[0].proposal
    if first.stage == Stage.DECISION:
        raise ValidationError(_("Setelah pemungutan suara, kembalikan lewat keputusan."))
    if not reason.strip():
        raise ValidationError({"reason": _("Tulis alasannya: semua orang akan membacanya.")})
    entry = PollEntry.objects.current_of(first)
    if first.stage == Stage.VOTING and entry is not None:
        item_void(actor=actor, item=entry.item, reason=reason.strip(), now=now)
    _move(standings, Move.RETURN, by=actor, reason=reason.strip(), now=now)
    _tell(
        bundle,
        standings,
        told("Paket “%(title)s” dikembalikan untuk perbaikan.", title=bundle.title),
        but=actor,
        now=now,
    )
    return bundle


@transaction.atomic
def bundle_decide(
    *, actor: Person, bundle: Bundle, kind: str, reason: str, now: datetime
) -> list[Decision]:
    """Decide on all proposals of a bundle after their vote, with one reason for all.

    Each gets its decision and, adopted, its version with its own provenance.
    Raises Refused, ValidationError.
    """
    standings = _standings(bundle, actor, now=now)
    decisions = []
    for standing in standings:
        entry = PollEntry.objects.current_of(standing.proposal)
        is_elector = entry is not None and entry.has_elector(actor)
        unread = entry.dissents.unread().count() if entry else 0
        may_decide(standing, is_elector=is_elector, unread=unread).require()
        if entry is None:
            raise RuntimeError("a decision follows a poll")
        decisions.append(
            decision_make(actor, standing.proposal, entry, kind=kind, reason=reason, now=now)
        )
    members = [standing.proposal for standing in standings]
    commenters = Person.objects.filter(comments__proposal__in=members).distinct()
    bundle_tell(
        bundle,
        members,
        told(
            "Keputusan atas paket “%(title)s”: %(decision)s.",
            title=bundle.title,
            decision=lambda: decisions[0].get_kind_display().lower(),
        ),
        but=actor,
        also=commenters,
        now=now,
    )
    return decisions


def _move(
    standings: list[Standing], move: Move, *, by: Person, reason: str = "", now: datetime
) -> None:
    for standing in standings:
        stage_move(standing.proposal, move, by=by, reason=reason, now=now)


def _tell(
    bundle: Bundle, standings: list[Standing], text: str, *, but: Person, now: datetime
) -> None:
    members = [standing.proposal for standing in standings]
    bundle_tell(bundle, members, text, but=but, now=now)
