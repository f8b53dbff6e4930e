"""Publication: a composed set becomes a signed document that nobody can change."""

from dataclasses import replace
from datetime import datetime

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from core.canonical import sha256
from core.verdict import Refused
from indicators import rules
from indicators.actions.keys import signing_key
from indicators.composition import Composition, composition_of
from indicators.documents import Decision, Heading, build, document_bytes
from indicators.models import Decree, Delivery, IndicatorSet, Publication
from indicators.scoring import PROFILES
from indicators.signing import sign
from ledger.actions import event_record
from people.models import Person, Unit
from people.names import refuse_names
from people.roles import roles_of
from web.files import PDF, accepted_file


@transaction.atomic
def set_publish(
    *,
    actor: Person,
    indicator_set: IndicatorSet,
    decision: Decision,
    decree: bytes = b"",
    raised_bump: str = "",
    expected_version: str = "",
    now: datetime,
) -> Publication:
    """Publish a composed set, for ever: document, digest, signature, next link of the chain.

    `decree` is the signed PDF of the decision; the document then carries its SHA-256, which is
    compared with that of the `decision` where one was typed.

    `raised_bump` is a larger version step than the computed one; `expected_version` is the version
    that the publisher was shown: publication stops if another one would come out.
    Publishing the same set again returns what the first publication made.
    Raises Refused where the actor may not, or the set lacks something; ValidationError where what
    was typed names a person, or the decree is no PDF or another file; InvalidDocument where the
    document would not follow its schema.
    """
    locked = (
        IndicatorSet.objects.select_for_update(of=("self",))
        .select_related("scope")
        .get(pk=indicator_set.pk)
    )
    if locked.published_by_id == actor.pk:
        return Publication.objects.get(set=locked)
    rules.may_publish(actor, roles_of(actor, on=localdate(now)), locked).require()
    # One publication of a scope at a time: the next reads the chain that this one leaves.
    Unit.objects.select_for_update(no_key=True).get(pk=locked.scope_id)
    # What is published speaks Indonesian, whatever language the publisher reads the pages in.
    with translation.override("id"):
        composition = composition_of(locked, today=localdate(now), raised_bump=raised_bump)
    _require_publishable(composition, expected_version, now)
    _refuse_names(locked, decision)
    decision = _with_decree(decision, decree)
    publication = _publication(locked, composition, decision, actor=actor, now=now)
    _freeze(locked, decision, actor=actor, raised_bump=raised_bump, now=now)
    publication.full_clean(exclude=["document"])
    publication.save(force_insert=True)
    # Whom it measures is told afterwards, in batches (`briefings_deliver`): publishing stays quick.
    Delivery.objects.create(publication=publication, queued_at=now)
    if decree:
        Decree.objects.create(
            set=locked, content=decree, size_bytes=len(decree), digest=sha256(decree)
        )
    event_record(
        actor=actor.pk,
        action="set_published",
        subject=f"indicators.publication:{publication.pk}",
        content={
            "scope": publication.scope_code,
            "version": publication.version,
            "digest": publication.digest,
            "previous": composition.previous.digest if composition.previous else None,
            "kid": publication.key_id,
        },
        now=now,
    )
    return publication


def _require_publishable(composition: Composition, expected: str, now: datetime) -> None:
    if composition.problems:
        raise Refused(composition.problems[0])
    if expected and expected != composition.version:
        raise Refused(
            _("Versi yang akan terbit kini %(new)s, bukan %(shown)s; tinjau kembali halaman ini.")
            % {"new": composition.version, "shown": expected}
        )
    if composition.previous and composition.previous.published_at >= now:
        raise Refused(_("Jam server mundur sejak terbitan terakhir; hubungi administrator."))


def _with_decree(decision: Decision, decree: bytes) -> Decision:
    """The decision with the digest of its signed file. Raises ValidationError."""
    if not decree:
        return decision
    try:
        kind, _kept = accepted_file(decree)
    except ValidationError as error:
        raise ValidationError({"decree": error.messages}) from error
    if kind is not PDF:
        raise ValidationError({"decree": _("Naskah keputusan harus berkas PDF.")})
    computed = sha256(decree)
    if decision.decree_digest not in (None, computed):
        raise ValidationError(
            {
                "decree_digest": _("SHA-256 yang diketik bukan SHA-256 berkas ini (%s).")
                % computed.removeprefix("sha256:")
            }
        )
    return replace(decision, decree_digest=computed)


def _refuse_names(indicator_set: IndicatorSet, decision: Decision) -> None:
    """No text that was typed for this publication names a person (DESIGN 4.3)."""
    for text in (
        decision.number,
        decision.by_office,
        indicator_set.transition_note,
        indicator_set.withdrawal_reason,
    ):
        refuse_names(NON_FIELD_ERRORS, text)


def _publication(
    indicator_set: IndicatorSet,
    composition: Composition,
    decision: Decision,
    *,
    actor: Person,
    now: datetime,
) -> Publication:
    previous, scope = composition.previous, indicator_set.scope
    heading = Heading(
        scope_code=scope.code,
        scope_name=scope.name,
        year=indicator_set.year,
        period_from=indicator_set.period_from,
        period_until=indicator_set.period_until,
        version=composition.version,
        previous=(previous.version, previous.digest) if previous else None,
        replaces=composition.replaces.version if composition.replaces else None,
        withdrawn=[(composition.withdraws.version, indicator_set.withdrawal_reason)]
        if composition.withdraws
        else [],
        published_at=now,
        effective_on=indicator_set.effective_on,
        effective_until=indicator_set.effective_until,
        decision=decision,
        transition_note=(indicator_set.transition_on, indicator_set.transition_note)
        if indicator_set.transition_on and indicator_set.transition_note
        else None,
        profile=PROFILES[indicator_set.scoring_profile],
    )
    content = document_bytes(build(heading, composition.document_entries(), composition.changes))
    key, secret = signing_key(actor=actor, now=now)
    major, minor, patch = composition.number
    return Publication(
        set=indicator_set,
        scope=scope,
        scope_code=scope.code,
        year=indicator_set.year,
        major=major,
        minor=minor,
        patch=patch,
        document=content,
        digest=sha256(content),
        signature=sign(secret, content),
        key=key,
        units=composition.tree.snapshot(),
        published_at=now,
        effective_on=indicator_set.effective_on,
        effective_until=indicator_set.effective_until,
        previous=previous,
        replaces=composition.replaces,
        withdraws=composition.withdraws,
    )


def _freeze(
    locked: IndicatorSet,
    decision: Decision,
    *,
    actor: Person,
    raised_bump: str,
    now: datetime,
) -> None:
    locked.entries.update(is_published=True)
    locked.state = IndicatorSet.State.PUBLISHED
    locked.raised_bump = raised_bump
    locked.decision_number = decision.number
    locked.decision_dated_on = decision.dated_on
    locked.decision_by_office = decision.by_office
    locked.decree_digest = decision.decree_digest or ""
    locked.published_by, locked.published_at = actor, now
    locked.full_clean()
    locked.save(
        update_fields=[
            "state",
            "raised_bump",
            "decision_number",
            "decision_dated_on",
            "decision_by_office",
            "decree_digest",
            "published_by",
            "published_at",
        ]
    )
