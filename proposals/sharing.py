"""A proposal told in a few lines of plain text, fit for a message on the phone."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.dates import format_moment
from proposals.actions.moves import proposal_address
from proposals.pages import ProposalPage
from proposals.stages import Stage

# What colleagues are asked for, by stage.
_ASKED = {
    Stage.DISCUSSION: gettext_lazy("Mohon dibaca dan ditanggapi."),
    Stage.VOTING: gettext_lazy("Mohon berikan suara bila Anda terdaftar sebagai pemilih."),
    Stage.OBJECTION: gettext_lazy(
        "Masa sanggah berjalan: tata cara pemungutan suara dapat disanggah."
    ),
    Stage.ADOPTED: gettext_lazy("Sudah ditetapkan; alasannya dapat dibaca."),
}


def share_text(page: ProposalPage) -> str:
    """Title, stage, until when, what is asked of colleagues, and the link; no name of a person."""
    proposal = page.proposal
    lines = [
        f"{proposal.get_kind_display()}: {proposal.record.name}",
        _("Tahap: %(stage)s") % {"stage": proposal.get_stage_display()},
    ]
    if asked := _ASKED.get(Stage(proposal.stage)):
        lines.append(str(asked))
    if until := _deadline(page):
        moment = format_moment(until, get_language() or "id")
        lines.append(_("Sampai: %(moment)s") % {"moment": moment})
    lines.append(settings.SITE_URL.rstrip("/") + proposal_address(proposal))
    return "\n".join(lines)


def _deadline(page: ProposalPage) -> datetime | None:
    """Until when colleagues are asked for something at this stage."""
    proposal = page.proposal
    if proposal.stage == Stage.DISCUSSION:
        return proposal.round.comments_until
    if proposal.stage == Stage.VOTING and page.entry is not None:
        return page.entry.poll.closes_at
    return proposal.objection_until if proposal.stage == Stage.OBJECTION else None
