"""The freeze gate: what a text still lacks before it is frozen, and who can mend it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core.dates import format_date
from indicators.models import Indicator
from indicators.record import missing
from proposals.models import Comment, Proposal


@dataclass(frozen=True)
class Lack:
    """One thing that is missing: a sentence, who can mend it, and where on the page."""

    sentence: str
    who: str
    anchor: str


def freeze_gate(proposal: Proposal, *, now: datetime) -> list[Lack]:
    """All that stands between a discussed text and its freezing; empty when it may be frozen.

    Source: DESIGN 2 (freeze gate).
    """
    writers = _("pengusul")
    lacks = [
        Lack(item.sentence, writers, f"field-{item.field}")
        for item in missing(proposal.record, until="freeze")
    ]
    if sentence := _code_problem(proposal):
        lacks.append(Lack(sentence, writers, "field-code"))
    open_count = Comment.objects.filter(proposal=proposal).unanswered().count()
    if open_count:
        lacks.append(
            Lack(
                ngettext(
                    "%(count)d tanggapan belum ditindaklanjuti.",
                    "%(count)d tanggapan belum ditindaklanjuti.",
                    open_count,
                )
                % {"count": open_count},
                _("pengusul atau kepala unit kerja"),
                "comments",
            )
        )
    earliest = proposal.freezable_on
    if earliest is not None and timezone.localtime(now).date() < earliest:
        lacks.append(
            Lack(
                _("Rekan kerja masih diberi waktu menanggapi; pembekuan paling cepat %(day)s.")
                % {"day": format_date(earliest, get_language() or "id")},
                _("waktu"),
                "comments",
            )
        )
    return lacks


def _code_problem(proposal: Proposal) -> str:
    """Why the code cannot be adopted: a code names one indicator for ever. Empty if it can."""
    code = proposal.record.code
    if proposal.amends is not None:
        if code == proposal.amends.code:
            return ""
        return _("Kode indikator tidak berubah: %(code)s.") % {"code": proposal.amends.code}
    if code and Indicator.objects.filter(code=code).exists():
        return _("Kode %(code)s sudah dipakai indikator lain.") % {"code": code}
    rivals = Proposal.objects.on_the_way().filter(kind=Proposal.Kind.NEW, record__code=code)
    if code and rivals.exclude(pk=proposal.pk).exists():
        return _("Kode %(code)s sudah dipakai usulan lain yang lebih maju.") % {"code": code}
    return ""
