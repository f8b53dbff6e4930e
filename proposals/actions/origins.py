"""From a published indicator back to a proposal: objections, findings, review dates."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.dates import format_date
from core.verdict import Refused
from indicators.actions import objection_file, objection_settle
from indicators.aftercare import checkups_of
from indicators.models import IndicatorVersion, Objection, Publication
from indicators.record import content_of, values_of
from indicators.reviewing import review_date_of
from indicators.units import UnitTree
from notices.actions import notice_send, told
from people.models import Appointment, Person, Unit
from people.roles import Role
from proposals.actions.proposals import proposal_create
from proposals.models import (
    ObjectionOffer,
    Origin,
    Proposal,
    ReviewReminder,
    Round,
)
from proposals.rules import may_bring, may_withdraw_objection


@transaction.atomic
def objection_make(
    *,
    actor: Person,
    code: str,
    publication: Publication | None,
    reason: str,
    round_: Round | None,
    now: datetime,
) -> tuple[Objection, Proposal | None]:
    """Keep an objection, and open it as an amendment where a round takes it.

    Without a round it waits: facilitators see it, who objected is told, and told again when a
    round opens. Raises Refused, ValidationError, IndicatorVersion.DoesNotExist.
    """
    objection = objection_file(
        actor=actor, code=code, publication=publication, reason=reason, now=now
    )
    proposal = None
    if round_ is not None:
        proposal = objection_bring(actor=actor, objection=objection, round_=round_, now=now)
    else:
        notice_send(
            recipients=[actor],
            topic=objection_topic(objection),
            text=told(
                "Keberatan Anda atas %(code)s disimpan. Begitu sebuah putaran dibuka bagi unit "
                "Anda, Anda diberi tahu dan dapat membukanya sebagai usulan perubahan.",
                code=code,
            ),
            url=objection_address(objection),
            now=now,
        )
    notice_send(
        recipients=_facilitators(now=now),
        topic=objection_topic(objection),
        text=told("Keberatan sesudah terbit atas %(code)s.", code=code),
        url=objection_address(objection),
        now=now,
    )
    return objection, proposal


@transaction.atomic
def objection_bring(
    *, actor: Person, objection: Objection, round_: Round, now: datetime
) -> Proposal:
    """Open an objection as a draft amendment: the newest text, the objection as its background.

    Doing it twice yields the same draft. Raises Refused, also where the indicator is retired.
    """
    objection = _locked(objection)
    if (living := Proposal.objects.living_from(objection).first()) and (
        living.author_id == actor.pk
    ):
        return living
    may_bring(actor, objection).require()
    held = IndicatorVersion.objects.in_use().filter(indicator=objection.version.indicator_id)
    amends = held.first()
    if amends is None:
        raise Refused(_("Indikator %s sudah dicabut.") % objection.version.code)
    proposal = proposal_create(
        actor=actor,
        round_=round_,
        kind=Proposal.Kind.AMEND,
        amends=amends,
        fields=values_of(content_of(amends)),
        submission=uuid4(),
        now=now,
    )
    _origin_keep(
        Origin(
            proposal=proposal,
            kind=Origin.Kind.OBJECTION,
            version=objection.version,
            objection=objection,
            text=objection.reason,
        )
    )
    return proposal


@transaction.atomic
def objection_withdraw(*, actor: Person, objection: Objection, now: datetime) -> None:
    """Take one's own objection back while nobody discusses it yet. Raises Refused."""
    objection = _locked(objection)
    may_withdraw_objection(actor, objection).require()
    objection_settle(objection=objection, now=now)


@transaction.atomic
def finding_propose(
    *,
    actor: Person,
    round_: Round,
    kind: str,
    amends: IndicatorVersion,
    fields: Mapping[str, object],
    submission: UUID,
    now: datetime,
) -> Proposal:
    """Make a draft whose background is what the figures of its indicator show today.

    Raises Refused, and ValidationError where they show nothing any more.
    """
    held = IndicatorVersion.objects.in_force().filter(indicator=amends.indicator_id).first()
    with translation.override("id"):  # what is kept is Indonesian, whoever proposes
        found = checkups_of([held], today=timezone.localdate(now))[held.pk].findings if held else ()
    if held is None or not found:
        raise ValidationError(_("Realisasi indikator ini tidak lagi menunjukkan apa-apa."))
    proposal = proposal_create(
        actor=actor,
        round_=round_,
        kind=kind,
        amends=amends,
        fields=fields,
        submission=submission,
        now=now,
    )
    if proposal.came_from is None:
        text = "\n".join(finding.sentence for finding in found)
        _origin_keep(Origin(proposal=proposal, kind=Origin.Kind.FINDING, version=held, text=text))
    return proposal


def _origin_keep(origin: Origin) -> None:
    origin.full_clean()
    origin.save(force_insert=True)


def _locked(objection: Objection) -> Objection:
    rows = Objection.objects.select_related("version").select_for_update(of=("self",))
    return rows.get(pk=objection.pk)


# By the clock


@transaction.atomic
def objections_offer(*, now: datetime) -> int:
    """Tell who waits with an objection that a round is open for it, once for each round.

    Training rounds are for training, and offered to nobody. Returns how many were told.
    """
    waiting = Objection.objects.waiting().select_related("version", "person__unit")
    waiting = waiting.exclude(pk__in=Proposal.objects.from_objections().values("origin__objection"))
    sent = 0
    for round_ in Round.objects.open_at(now).filter(is_training=False).select_related("scope"):
        units = set(Unit.objects.within(round_.scope).values_list("pk", flat=True))
        for objection in waiting.exclude(offers__round=round_):
            if objection.person.unit_id not in units or not objection.person.is_active:
                continue
            ObjectionOffer.objects.create(objection=objection, round=round_)
            notice_send(
                recipients=[objection.person],
                topic=objection_topic(objection),
                text=told(
                    "%(round)s dibuka: keberatan Anda atas %(code)s dapat dibuka sebagai usulan "
                    "perubahan.",
                    round=round_.title,
                    code=objection.version.code,
                ),
                url=objection_address(objection),
                now=now,
            )
            sent += 1
    return sent


@transaction.atomic
def reviews_tell(*, now: datetime) -> int:
    """Tell the facilitators of the owner unit of each review date that is near, once for each.

    What falls near on the same day is one notice. Returns how many indicators were told of.
    """
    today = timezone.localdate(now)
    near = IndicatorVersion.objects.in_use().to_review(today=today).with_reviews()
    told_already = set(ReviewReminder.objects.values_list("version", "due_on"))
    new = [
        (version, review)
        for version in near
        for review in [review_date_of(version, today=today)]
        if (version.pk, review.due_on) not in told_already
    ]
    facilitators = _facilitators(now=now)
    if not new or not facilitators:
        return 0
    ReviewReminder.objects.bulk_create(
        [ReviewReminder(version=version, due_on=review.due_on) for version, review in new],
        ignore_conflicts=True,  # another process told of it at the same moment
    )
    tree = UnitTree.current()
    lists: dict[tuple[Person, ...], list[IndicatorVersion]] = defaultdict(list)
    due = {version.pk: review.due_on for version, review in new}
    for version, _review in new:
        near_owner = _of_owner(facilitators, tree.path(version.owner_unit))
        lists[tuple(near_owner)].append(version)
    for recipients, versions in lists.items():
        notice_send(
            recipients=recipients,
            topic="indicators.review",
            text=_review_words(versions, due),
            url=_review_address(versions),
            now=now,
        )
    return len(new)


def _of_owner(facilitators: Sequence[Person], path: Sequence[str]) -> list[Person]:
    """The facilitators who work in the owner unit or above it; all of them where nobody does."""
    own = [person for person in facilitators if person.unit.code in path]
    return own or list(facilitators)


def _review_words(versions: Sequence[IndicatorVersion], due: Mapping[UUID, object]) -> str:
    if len(versions) == 1:
        (version,) = versions
        return told(
            "%(code)s, %(name)s: ditinjau paling lambat %(day)s.",
            code=version.code,
            name=version.name,
            day=format_date(due[version.pk]),  # type: ignore[arg-type]
        )
    codes = ", ".join(version.code for version in versions)
    return told("%(count)d indikator perlu ditinjau: %(codes)s.", count=len(versions), codes=codes)


def _review_address(versions: Sequence[IndicatorVersion]) -> str:
    if len(versions) == 1:
        return reverse("indicators:indicator", args=[versions[0].code])
    return reverse("indicators:list") + "?review=on"


def _facilitators(*, now: datetime) -> list[Person]:
    held = Appointment.objects.in_force(timezone.localdate(now)).of_role(Role.FACILITATOR)
    people = {one.person_id: one.person for one in held.select_related("person__unit")}
    return [people[key] for key in sorted(people)]


def objection_topic(objection: Objection) -> str:
    """The topic of notices about an objection."""
    return f"indicators.objection:{objection.pk}"


def objection_address(objection: Objection) -> str:
    """The address of an objection's page."""
    return reverse("proposals:objection", args=[objection.pk])
