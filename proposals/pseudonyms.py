"""Pseudonyms: who may hide among whom, what the names are, and who gets to know.

A pseudonymous comment has no author in its row. `PseudonymAuthor` is the one table that knows; the
functions here and `PseudonymAuthorQuerySet.key_of` are all that read it.
"""

import secrets
from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone

from people.models import Person
from proposals.models import Proposal, Pseudonym, PseudonymAuthor, Unsealing
from proposals.rules import Crowd, Standing

# Flowers and trees: words that tell neither sex, nor age, nor faith, nor where somebody is from.
PLANTS = (
    "Akasia", "Anggrek", "Asoka", "Bakung", "Cemara", "Cempaka", "Dahlia", "Flamboyan", "Gaharu",
    "Kamboja", "Kemuning", "Kenanga", "Ketapang", "Mahoni", "Mawar", "Melati", "Meranti", "Pinus",
    "Sawo", "Seroja", "Soka", "Teratai", "Tanjung", "Waru",
)  # fmt: skip


def crowd_of(standing: Standing) -> Crowd:
    """Who could have written an unnamed comment: people in service in the round's scope.

    Without the writers and whoever leads the proposal: they speak by name. One query.
    """
    proposal = standing.proposal
    named = {proposal.author_id, *(person.pk for person in proposal.coauthors.all())}
    people = Person.objects.active().working_in(proposal.round.scope)
    counted = people.exclude(pk__in=named | standing.leadership.keys).aggregate(
        size=Count("pk"), own=Count("pk", filter=Q(pk=standing.person.pk))
    )
    return Crowd(counted["size"], counted["own"] > 0)


def day_of(moment: datetime) -> datetime:
    """The beginning of a moment's day: the time that is kept for what is said unnamed."""
    return timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)


def pseudonym_for(person: Person, proposal: Proposal) -> Pseudonym:
    """The person's pseudonym on a proposal, made at its first use; the proposal is locked."""
    own = PseudonymAuthor.objects.filter(proposal=proposal, person=person)
    if kept := own.select_related("pseudonym").first():
        return kept.pseudonym
    taken = set(proposal.pseudonyms.values_list("name", flat=True))
    name = _name()
    while name in taken:
        name = _name()
    pseudonym = Pseudonym.objects.create(proposal=proposal, name=name)
    PseudonymAuthor.objects.create(pseudonym=pseudonym, proposal=proposal, person=person)
    return pseudonym


def _name() -> str:
    return f"Pegawai {secrets.choice(PLANTS)} {10 + secrets.randbelow(90)}"


def author_opened(unsealing: Unsealing, reader: Person) -> Person | None:
    """Who stands behind a pseudonym, for the two who opened it; None for everybody else."""
    both = (unsealing.requested_by_id, unsealing.confirmed_by_id)
    if not unsealing.is_confirmed or reader.pk not in both:
        return None
    kept = PseudonymAuthor.objects.select_related("person__unit")
    return kept.get(pseudonym=unsealing.pseudonym_id).person
