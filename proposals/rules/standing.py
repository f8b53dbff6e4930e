"""What one person is to one proposal, and what its stage allows anybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext as _

from core.verdict import ALLOWED, Verdict, refuse
from people.models import Person
from people.roles import Roles
from proposals.leadership import Leadership
from proposals.models import (
    Comment,
    Proposal,
)
from proposals.stages import Move, allows

LEAST_CROWD = 5  # as few people never hide one of them (RELIABILITY decision 4)


@dataclass(frozen=True)
class Crowd:
    """Who could have written a comment without a name: how many, and whether the person is one."""

    size: int
    holds_person: bool


@dataclass(frozen=True)
class Standing:
    """What a person is to a proposal: writer, leader, holder of roles, owner of a pseudonym."""

    person: Person
    roles: Roles
    proposal: Proposal
    is_writer: bool
    leadership: Leadership
    pseudonym: UUID | None = None
    in_bundle: bool = False  # asked for the whole bundle that the proposal moves with

    @property
    def is_leader(self) -> bool:
        """Whether the person leads the proposal today."""
        return self.person.pk in self.leadership.keys

    def said(self, comment: Comment) -> bool:
        """Whether the person wrote a comment, by name or under the own pseudonym."""
        by_name = comment.author_id == self.person.pk
        return by_name or (
            comment.pseudonym_id is not None and comment.pseudonym_id == self.pseudonym
        )

    def leader_refusal(self) -> str:
        """Why somebody who does not lead may not act as head, and who may."""
        names = ", ".join(head.name for head in self.leadership.heads)
        unit = self.leadership.unit
        if unit is None:
            return _("Pengusulnya pimpinan tertinggi, sehingga tidak ada atasan yang memutuskan.")
        if not names:
            return _("Belum ada kepala %(unit)s yang dapat bertindak.") % {"unit": unit}
        return _("Hanya kepala %(unit)s (%(names)s) yang dapat melakukannya.") % {
            "unit": unit,
            "names": names,
        }


def standing_of(
    person: Person,
    roles: Roles,
    proposal: Proposal,
    leadership: Leadership,
    pseudonym: UUID | None = None,
) -> Standing:
    """What a person is to a proposal; co-authors are read from the prefetched relation."""
    is_writer = proposal.author_id == person.pk or any(
        coauthor.pk == person.pk for coauthor in proposal.coauthors.all()
    )
    return Standing(person, roles, proposal, is_writer, leadership, pseudonym)


def bundle_standings(
    person: Person, roles: Roles, members: Sequence[Proposal], leadership: Leadership
) -> list[Standing]:
    """What a person is to each proposal of a bundle, asked for the whole bundle."""
    return [
        replace(standing_of(person, roles, member, leadership), in_bundle=True)
        for member in members
    ]


def may_move(proposal: Proposal, move: Move) -> Verdict:
    """Whether the table of stages allows a move from where the proposal stands."""
    if allows(move, proposal.stage):
        return ALLOWED
    return refuse(
        _("Pada tahap %(stage)s hal ini tidak dapat dilakukan.")
        % {"stage": proposal.get_stage_display()}
    )


def may_go_alone(standing: Standing) -> Verdict:
    """A proposal of a bundle moves with the whole bundle, not by itself."""
    if standing.proposal.is_bundled and not standing.in_bundle:
        return refuse(_("Usulan ini bergerak bersama paketnya: %s.") % standing.proposal.bundle)
    return ALLOWED
