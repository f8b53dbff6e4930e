"""What is asked of a person now: the home page's first part."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.actions.briefings import for_me_url
from indicators.models import Briefing, BriefingQuestion, IndicatorSet, Objection
from people.models import Person
from people.roles import Role, Roles
from proposals.models import Bundle, Invitation, Proposal, Protest, Round, Unsealing
from proposals.rules import may_confirm_unsealing
from proposals.stages import Stage
from voting.models import Poll


@dataclass(frozen=True)
class Ask:
    """One thing that waits for a person: what, of which kind, until when, and where."""

    kind: str
    title: str
    sentence: str
    url: str
    until: datetime | None = None


def asks_of(person: Person, roles: Roles, *, now: datetime) -> list[Ask]:
    """All that waits for a person, most urgent first, in a fixed number of queries."""
    return [
        *_votes(person),
        *_briefings(person, now=now),
        *_as_leader(roles, now=now),
        *_invitations(person),
        *_as_writer(person),
        *_as_facilitator(roles),
        *_as_objector(person, roles, now=now),
        *_as_composer(person, roles),
        *_as_opener(person, roles),
    ]


def _votes(person: Person) -> list[Ask]:
    polls = Poll.objects.awaiting_vote_of(person).order_by("closes_at")
    return [
        Ask(
            _("Pemungutan suara"),
            poll.title,
            _("Berikan suara Anda."),
            reverse("voting:detail", args=[poll.pk]),
            poll.closes_at,
        )
        for poll in polls
    ]


def _briefings(person: Person, *, now: datetime) -> list[Ask]:
    """What new sets changed for the person, until they say that they read it."""
    return [
        Ask(
            _("Yang berubah bagi Anda"),
            _("Set indikator %(scope)s %(year)s, versi %(version)s")
            % {
                "scope": briefing.publication.scope.name,
                "year": briefing.publication.year,
                "version": briefing.publication.version,
            },
            _("Baca apa yang berubah, lalu nyatakan sudah membaca atau bertanya."),
            for_me_url(briefing.publication),
        )
        for briefing in Briefing.objects.asking(person, on=localdate(now))
    ]


def _link(proposal: Proposal, anchor: str = "") -> str:
    return reverse("proposals:detail", args=[proposal.pk]) + anchor


def _as_leader(roles: Roles, *, now: datetime) -> list[Ask]:
    if not roles.headed:
        return []
    sentences = {
        Stage.DECISION: _("Menunggu keputusan Anda."),
        Stage.FROZEN: _("Teks siap divoting: buka pemungutan suara."),
    }
    led = Proposal.objects.led_from(roles.headed, now=now).in_stage(*sentences)
    waiting = led.select_related("record", "bundle")
    return [
        *_of_bundles(
            _("Tugas kepala unit kerja"),
            ((item.bundle, sentences[Stage(item.stage)]) for item in waiting if item.is_bundled),
        ),
        *(
            Ask(
                _("Tugas kepala unit kerja"),
                proposal.record.name,
                sentences[Stage(proposal.stage)],
                _link(proposal),
            )
            for proposal in waiting
            if not proposal.is_bundled
        ),
    ]


def _of_bundles(kind: str, waiting: Iterable[tuple[Bundle | None, str]]) -> list[Ask]:
    """One line for each bundle, however many of its proposals wait."""
    sentences = {bundle: sentence for bundle, sentence in waiting if bundle is not None}
    return [
        Ask(kind, bundle.title, sentence, reverse("proposals:bundle", args=[bundle.pk]))
        for bundle, sentence in sentences.items()
    ]


def _invitations(person: Person) -> list[Ask]:
    return [
        Ask(
            _("Ajakan menulis"),
            invitation.proposal.record.name,
            _("%(name)s mengajak Anda menulis bersama: terima atau tolak.")
            % {"name": invitation.proposal.author.name},
            _link(invitation.proposal, "#invitation"),
        )
        for invitation in Invitation.objects.waiting_for(person)
    ]


def _as_writer(person: Person) -> list[Ask]:
    written = (
        Proposal.objects.written_by(person)
        .in_stage(Stage.DRAFT, Stage.DISCUSSION, Stage.RETURNED)
        .for_list()
        .select_related("bundle")
    )
    sentences = {
        Stage.DRAFT: _("Masih draf: lengkapi, lalu ajukan."),
        Stage.RETURNED: _("Dikembalikan: perbaiki, lalu ajukan lagi."),
    }
    asks = _of_bundles(
        _("Usulan Anda"),
        (
            (item.bundle, sentences[Stage(item.stage)])
            for item in written
            if item.is_bundled and item.stage in sentences
        ),
    )
    for proposal in written:
        unanswered = getattr(proposal, "unanswered_count", 0)
        if proposal.stage in sentences:
            if proposal.is_bundled:
                continue
            sentence = sentences[Stage(proposal.stage)]
        elif unanswered:
            sentence = _("%(count)d tanggapan menunggu tindak lanjut.") % {"count": unanswered}
        else:
            continue
        asks.append(Ask(_("Usulan Anda"), proposal.record.name, sentence, _link(proposal)))
    return asks


def _as_facilitator(roles: Roles) -> list[Ask]:
    if not roles.has(Role.FACILITATOR):
        return []
    protests = Protest.objects.filter(outcome="").select_related("proposal__record")
    questions = BriefingQuestion.objects.unanswered().count()
    waiting = Proposal.objects.with_unread_dissent().select_related("record")
    asked = Ask(
        _("Pertanyaan"),
        _("Pertanyaan tentang set yang terbit"),
        ngettext(
            "%(count)d pertanyaan menunggu jawaban Anda.",
            "%(count)d pertanyaan menunggu jawaban Anda.",
            questions,
        )
        % {"count": questions},
        reverse("indicators:questions"),
    )
    return [
        *([asked] if questions else []),
        *(
            Ask(
                _("Catatan keberatan"),
                proposal.record.name,
                _("Catatan keberatan menunggu dibaca sebelum diterbitkan."),
                _link(proposal, "#dissent"),
                proposal.objection_until,
            )
            for proposal in waiting
        ),
        *(
            Ask(
                _("Sanggahan"),
                protest.proposal.record.name,
                _("Sanggahan menunggu jawaban Anda."),
                reverse("proposals:protest-answer", args=[protest.pk]),
                protest.proposal.objection_until,
            )
            for protest in protests
        ),
    ]


def _as_objector(person: Person, roles: Roles, *, now: datetime) -> list[Ask]:
    """One's own objection that a round takes now; for facilitators, all that wait. Two queries."""
    waiting = list(Objection.objects.visible_to(person, roles).waiting())
    own = [objection for objection in waiting if objection.person_id == person.pk]
    asks = []
    if roles.has(Role.FACILITATOR) and waiting:
        asks.append(
            Ask(
                _("Sesudah terbit"),
                _("Keberatan atas indikator yang berlaku"),
                ngettext(
                    "%(count)d keberatan menunggu.", "%(count)d keberatan menunggu.", len(waiting)
                )
                % {"count": len(waiting)},
                reverse("proposals:aftercare") + "#objections",
            )
        )
    if own and Round.objects.open_at(now).for_unit(person.unit).exists():
        asks += [
            Ask(
                _("Keberatan Anda"),
                objection.version.name,
                _("Putaran sedang dibuka: bukalah sebagai usulan perubahan."),
                reverse("proposals:objection", args=[objection.pk]),
            )
            for objection in own
        ]
    return asks


def _as_composer(person: Person, roles: Roles) -> list[Ask]:
    """Composed sets wait for the publisher; only roles that see them get any."""
    if not roles.has(Role.PUBLISHER):
        return []
    composed = IndicatorSet.objects.visible_to(roles).filter(state="composed")
    return [
        Ask(
            _("Penerbitan"),
            str(item),
            _("Set indikator siap Anda periksa dan terbitkan."),
            reverse("indicators:publish", args=[item.pk]),
        )
        for item in composed.exclude(composed_by=person)
    ]


def _as_opener(person: Person, roles: Roles) -> list[Ask]:
    """Pseudonyms whose opening the other office asked for."""
    waiting = Unsealing.objects.visible_to(roles).waiting().for_list()
    return [
        Ask(
            _("Nama samaran"),
            unsealing.pseudonym.proposal.record.name,
            _("Pembukaan nama samaran menunggu persetujuan Anda."),
            reverse("proposals:pseudonym", args=[unsealing.pseudonym_id]),
        )
        for unsealing in waiting
        if may_confirm_unsealing(person, roles, unsealing)
    ]
