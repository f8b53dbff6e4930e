"""What a bundle carries over, what it asks on the ballot, and how its proposals differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from core.canonical import digest
from indicators.models import IndicatorVersion, Publication
from indicators.record import FIELDS, content_of, text_of
from indicators.units import UnitTree
from people.models import Unit
from proposals.models import Bundle, Comment, Disposition, Proposal, Revision, Round
from proposals.text import text_changes, text_content
from web.markdown import MAX_LENGTH


@dataclass(frozen=True)
class Carried:
    """An indicator of a set that may go into the next year: what it asks now, and who amends it."""

    version: IndicatorVersion
    target: str
    actual: str  # the last realisation that is known; empty if none is
    rival: Proposal | None  # a proposal under way that amends or retires it already

    @property
    def has_parts(self) -> bool:
        """Whether a new target asks for more than one figure."""
        return bool(self.version.targets or self.version.target_range)


def publications_for(round_: Round) -> list[Publication]:
    """The sets that can be carried over into a round: of its scope or a unit above it."""
    scopes = Unit.objects.all().ancestors(round_.scope, include_self=True)
    return list(Publication.objects.newest_before(round_.year, scopes))


def carried_of(publication: Publication, round_: Round) -> list[Carried]:
    """The indicators of a set whose unit lies in a round's scope, in the version in use, by code.

    What was retired since stays away. The last realisation is the baseline of the record.
    A number of queries that does not grow.
    """
    tree = UnitTree.current()
    indicators = publication.set.entries.values("version__indicator")
    versions = IndicatorVersion.objects.in_use().filter(indicator__in=indicators)
    under_way = Proposal.objects.not_decided().filter(amends__indicator__in=indicators)
    rivals = {
        rival.amends.code: rival
        for rival in under_way.select_related("amends", "record")
        if rival.amends is not None
    }
    found = []
    for version in versions:
        if round_.scope.code in tree.path(version.owner_unit):
            content = content_of(version)
            target, actual = (text_of(FIELDS[name], content) for name in ("target", "baseline"))
            found.append(Carried(version, target, actual, rivals.get(version.code)))
    return found


@dataclass(frozen=True)
class MemberLine:
    """A proposal of a bundle, with what it changes in sentences."""

    proposal: Proposal
    sentences: list[str]


def member_lines(members: Iterable[Proposal], names: Mapping[str, str]) -> list[MemberLine]:
    """The proposals of a bundle with their differences; asks the database nothing."""
    return [MemberLine(member, sentences_of(member, names)) for member in members]


def sentences_of(member: Proposal, names: Mapping[str, str]) -> list[str]:
    """What an amendment changes against the version in use, or that it retires the indicator."""
    found = [_("Indikator ini dicabut.")] if member.kind == Proposal.Kind.RETIRE else []
    if member.amends is not None:
        changed = text_changes(content_of(member.amends), text_content(member.record), names)
        found += [change.sentence for change in changed]
    return found or [_("Tidak ada yang berubah.")]


def bundle_digest(bundle: Bundle, revisions: Mapping[UUID, Revision]) -> str:
    """`sha256:<hex>` over a bundle and the digests of the revisions that it asks about."""
    asked = {str(proposal): revision.digest for proposal, revision in revisions.items()}
    return digest({"bundle": str(bundle.pk), "revisions": asked})


def bundle_ballot_text(
    bundle: Bundle,
    members: Sequence[Proposal],
    dispositions: Mapping[UUID, list[dict[str, Any]]],
    names: Mapping[str, str],
) -> str:
    """What stands on the ballot, as Markdown: every change, what stays, what became of comments.

    Dispositions are told one by one where the text stays short enough to be rendered, else counted;
    each stands on the page of its proposal in any case.
    """
    lines = [
        _("Paket ini memuat %(count)d usulan. Satu suara berlaku untuk semuanya.")
        % {"count": len(members)},
        "",
    ]
    for member in members:
        changed = "; ".join(" ".join(one.split()) for one in sentences_of(member, names))
        lines.append(f"- **{member.record.code} {member.record.name}**: {changed}")
    kept = ", ".join(version.code for version in bundle.kept.order_by("code"))
    if kept:
        lines += ["", _("Tetap seperti semula dan tidak divoting: %(codes)s.") % {"codes": kept}]
    answered = [(member.record.code, row) for member in members for row in dispositions[member.pk]]
    if not answered:
        return "\n".join(lines)
    lines += ["", f"**Tindak lanjut tanggapan ({len(answered)})**", ""]
    kinds, outcomes = dict(Comment.Kind.choices), dict(Disposition.Outcome.choices)
    told = [
        f"- {code}, {kinds[row['kind']]}: “{' '.join(row['text'].split())}” "
        f"{outcomes[row['outcome']]}"
        + (f", revisi {row['revision']}" if row["revision"] else "")
        + (f": {' '.join(row['answer'].split())}" if row["answer"] else "")
        for code, row in answered
    ]
    whole = "\n".join([*lines, *told])
    if len(whole) <= MAX_LENGTH:
        return whole
    return "\n".join([*lines, _("Lihat tindak lanjutnya pada halaman setiap usulan.")])
