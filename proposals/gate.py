"""The freeze gate: what a text still lacks before it is frozen, and who can mend it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from core.dates import format_date
from indicators.lint import blocking
from indicators.models import Indicator
from indicators.record import Missing, missing
from proposals.models import Comment, Proposal
from proposals.querysets import GateCount
from proposals.text import text_content


class Mender(models.TextChoices):
    """Who can mend what is missing."""

    WRITERS = "writers", gettext_lazy("pengusul")
    OFFICE = "office", gettext_lazy("pengusul atau kepala unit kerja")
    COLLEAGUES = "colleagues", gettext_lazy("rekan kerja")
    TIME = "time", gettext_lazy("waktu")


@dataclass(frozen=True)
class Lack:
    """One thing that is missing: a sentence, who can mend it, and where on the page.

    `anchor` is `field-<name>` of the text, `comments`, or `comment` (the form for a new one).
    """

    sentence: str
    who: Mender
    anchor: str

    @property
    def field(self) -> str:
        """The field of the text that it is about; empty where it is about none."""
        return self.anchor.removeprefix("field-") if self.anchor.startswith("field-") else ""


def freeze_gate(proposal: Proposal, *, now: datetime) -> list[Lack]:
    """All that stands between a discussed text and its freezing; empty when it may be frozen.

    A field that is absent, or whose figures cannot be computed, is told once: as such.

    Source: DESIGN 2 (freeze gate).
    """
    writers = Mender.WRITERS
    lacks = [
        Lack(item.sentence, writers, f"field-{item.field}")
        for item in text_lacks(proposal, until="freeze")
    ]
    absent = {lack.anchor for lack in lacks}
    if proposal.kind != Proposal.Kind.RETIRE:  # what goes away needs no mending
        lacks += [
            Lack(finding.sentence, writers, f"field-{finding.field}")
            for finding in blocking(text_content(proposal.record))
            if f"field-{finding.field}" not in absent
        ]
    if sentence := _code_problem(proposal):
        lacks.append(Lack(sentence, writers, "field-code"))
    said = Comment.objects.filter(proposal=proposal).gate_count()
    if said.unanswered:
        lacks.append(
            Lack(
                ngettext(
                    "%(count)d tanggapan belum ditindaklanjuti.",
                    "%(count)d tanggapan belum ditindaklanjuti.",
                    said.unanswered,
                )
                % {"count": said.unanswered},
                Mender.OFFICE,
                "comments",
            )
        )
    if lack := _gaming_lack(proposal, said):
        lacks.append(lack)
    earliest = proposal.freezable_on
    if earliest is not None and timezone.localtime(now).date() < earliest:
        lacks.append(
            Lack(
                _("Rekan kerja masih diberi waktu menanggapi; pembekuan paling cepat %(day)s.")
                % {"day": format_date(earliest, get_language() or "id")},
                Mender.TIME,
                "comments",
            )
        )
    return lacks


def fulfilled(proposal: Proposal, lacks: Sequence[Lack]) -> list[str]:
    """What the gate asks for and already has, in sentences; `lacks` is what it still misses."""
    named = {lack.field for lack in lacks if lack.field}
    found = []
    if not named:
        found.append(_("Semua bagian yang wajib sudah diisi dengan benar."))
    if proposal.record.code and "code" not in named:
        found.append(_("Kode %(code)s dapat dipakai.") % {"code": proposal.record.code})
    said = Comment.objects.filter(proposal=proposal).gate_count()
    if said.must_answer and not said.unanswered:
        found.append(
            ngettext(
                "%(count)d tanggapan yang wajib dijawab sudah ditindaklanjuti.",
                "%(count)d tanggapan yang wajib dijawab sudah ditindaklanjuti.",
                said.must_answer,
            )
            % {"count": said.must_answer}
        )
    elif not said.must_answer:
        found.append(_("Tidak ada tanggapan yang menunggu tindak lanjut."))
    if _gaming_count(proposal, said).gaming_answered:
        found.append(_("Risiko diakali sudah dilaporkan dan dijawab dengan penangkalnya."))
    if Mender.TIME not in {lack.who for lack in lacks}:
        found.append(_("Rekan kerja sudah diberi waktu menanggapi."))
    return found


def _gaming_lack(proposal: Proposal, said: GateCount) -> Lack | None:
    """What is missing until one way of gaming the indicator is known and countered.

    A counter-measure is a disposition that adopts something into the text, or that gives the
    reason why what is there is enough; *out of scope* counters nothing. An indicator that is to be
    retired can no longer be gamed. For texts that move as one bundle, one way of gaming is asked of
    the bundle: its amendments are one question to the voters.

    Source: DESIGN 2 (freeze gate), PEERS (what hurts users).
    """
    said = _gaming_count(proposal, said)
    if proposal.kind == Proposal.Kind.RETIRE or said.gaming_answered:
        return None
    if said.gaming_open:
        return Lack(
            _("Risiko diakali yang dilaporkan belum dijawab dengan penangkalnya."),
            Mender.OFFICE,
            "comments",
        )
    return Lack(
        _("Belum ada yang menulis bagaimana indikator ini dapat diakali."),
        Mender.COLLEAGUES,
        "comment",
    )


def _gaming_count(proposal: Proposal, said: GateCount) -> GateCount:
    """What was said of gaming: `said` of the proposal alone, or of its whole bundle."""
    if proposal.bundle is None or proposal.left_bundle_at is not None:
        return said
    members = Proposal.objects.together_in(proposal.bundle)
    return Comment.objects.filter(proposal__in=members).gate_count()


def text_lacks(proposal: Proposal, *, until: Literal["draft", "freeze"]) -> list[Missing]:
    """What the text itself lacks; of a retirement only its reason is asked, the record stays."""
    if proposal.kind != Proposal.Kind.RETIRE:
        return missing(proposal.record, until=until)
    if proposal.record.retirement_reason.strip():
        return []
    sentence = _("Alasan pencabutan belum diisi.")
    return [Missing("retirement_reason", _("alasan pencabutan"), sentence)]


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
