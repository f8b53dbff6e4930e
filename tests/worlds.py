"""The states of the world in which permissions are asked and pages are opened.

Each state is a function that builds it through the doors that people use, on the cast of
`tests.builders`; one state starts from another where a proposal does. A world names its things;
permissions.toml says which thing fills which argument of an address, and `FORMS` what is typed
into a form when it is sent.
"""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.utils import timezone

from indicators.actions import (
    AdviceSource,
    Advised,
    actuals_import,
    briefing_question,
    briefings_deliver,
    rating_give,
    set_compose,
    set_weights_take,
    weights_advise,
)
from indicators.importing.actuals import ActualRow
from indicators.models import IndicatorVersion, Publication
from notices.models import Notice
from people.models import Appointment, Person, Unit
from proposals import actions
from proposals.actions.settling import polls_settle
from proposals.bundles import carried_of
from proposals.checklist import ITEMS
from proposals.models import Comment, Decision, Disposition, Proposal, Protest, Round
from tests.builders import (
    PASSWORD,
    Cast,
    Units,
    build_cast,
    build_holiday,
    build_person,
    build_units,
)
from tests.files import PDF_BYTES
from tests.indicators.builders import adopt, draft_set, publish_set, record_content
from tests.poll_worlds import POLL_STATES, good_ballot, good_reasons
from tests.proposals.builders import counter_gaming, filled_template, join
from tests.voting.builders import ABSTAIN, APPROVE, REJECT, ballot, token, voters_of
from voting.actions import ballot_cast, meeting_keep, poll_close
from voting.models import Poll


@dataclass
class World:
    """A state, built: the cast, and the things that addresses name."""

    state: str
    units: Units
    cast: Cast
    now: datetime
    things: dict[str, Any] = field(default_factory=dict)

    def arguments(self, url: Mapping[str, str]) -> dict[str, Any]:
        """The arguments of an address, of the things that fill them."""
        found = {argument: self.things[name] for argument, name in url.items()}
        return {
            argument: thing.pk if isinstance(thing, models.Model) else thing
            for argument, thing in found.items()
        }


def build(state: str) -> World:
    """The world in a state. Needs an empty database."""
    now = timezone.now()
    units = build_units()
    world = World(state, units, build_cast(units, today=timezone.localdate(now)), now)
    STATES[state](world)
    return world


# People


def cast(world: World) -> None:
    """Units, people and appointments, and nothing else."""
    world.things["person"] = world.cast.author
    world.things["leaver"] = world.cast.deactivated
    world.things["appointment"] = Appointment.objects.get(person=world.cast.head)
    world.things["unit"] = world.units.unit.code
    world.things["holiday"] = build_holiday(world.now.year)


# The way of one proposal


def round_(world: World, **over: Any) -> None:
    """An open round of the agency and its units, without shortest discussion."""
    fields = {
        "title": "Putaran Contoh",
        "scope": world.units.agency,
        "year": world.now.year + 1,
        "opens_at": world.now - timedelta(days=7),
        "comments_until": world.now + timedelta(days=7),
        "closes_at": world.now + timedelta(days=14),
        "minimum_discussion_days": 0,
        "voting_minutes": 5,
        "objection_days": 3,
    }
    world.things["round"] = actions.round_create(
        actor=world.cast.facilitator, fields=fields | over, now=world.now
    )


def draft(world: World, **over: Any) -> None:
    """A complete text that only author and co-author know; more colleagues, so that votes show."""
    for _ in range(4):
        build_person(unit=world.units.unit, position_family=Person.Family.HEALTH)
    round_(world, **over)
    proposal = actions.proposal_create(
        actor=world.cast.author,
        round_=world.things["round"],
        kind=Proposal.Kind.NEW,
        amends=None,
        fields=record_content(),
        submission=uuid4(),
        now=world.now,
    )
    join(proposal, world.cast.coauthor, now=world.now)
    world.things["evidence"] = actions.evidence_add(
        actor=world.cast.author,
        proposal=proposal,
        caption="Rekap register tahun lalu",
        name="rekap.pdf",
        content=PDF_BYTES,
        submission=uuid4(),
        now=world.now,
    )
    world.things |= {"proposal": proposal, "number": 1}


def invited(world: World) -> None:
    """A draft whose author has asked a colleague to write, too."""
    draft(world)
    world.things["invitation"] = actions.invitation_send(
        actor=world.cast.author,
        proposal=world.things["proposal"],
        colleague=world.cast.elector,
        now=world.now,
    )


def discussion(world: World, **over: Any) -> None:
    """Under discussion, with a question that waits for its disposition."""
    draft(world, **over)
    proposal = world.things["proposal"]
    actions.proposal_submit(actor=world.cast.author, proposal=proposal, now=world.now)
    world.things["comment"] = actions.comment_add(
        actor=world.cast.outsider,
        proposal=proposal,
        kind=Comment.Kind.QUESTION,
        field="target",
        body="Apakah target ini sama untuk wilayah **pegunungan**?",
        submission=uuid4(),
        now=world.now,
    )
    world.things["own_comment"] = actions.comment_add(
        actor=world.cast.author,
        proposal=proposal,
        kind=Comment.Kind.SUPPORT,
        body="Angkanya kami ambil dari laporan bulanan.",
        submission=uuid4(),
        now=world.now,
    )
    unnamed = actions.comment_add(
        actor=world.cast.elector,
        proposal=proposal,
        kind=Comment.Kind.SUPPORT,
        body="Saya mendukung, tetapi tidak dengan nama.",
        is_unnamed=True,
        submission=uuid4(),
        now=world.now,
    )
    world.things["pseudonym"] = unnamed.pseudonym
    world.things["notice"] = Notice.objects.visible_to(world.cast.author).latest("created_at")


def suggested(world: World) -> None:
    """Under discussion, with a suggested wording, and an objection of a colleague answered."""
    answered(world)
    world.things["comment"] = actions.comment_add(
        actor=world.cast.elector,
        proposal=world.things["proposal"],
        kind=Comment.Kind.OBJECTION,
        field="target",
        body="Wilayah kepulauan tidak terjangkau setiap bulan.",
        submission=uuid4(),
        now=world.now,
    )
    actions.comment_answer(
        actor=world.cast.author,
        comment=world.things["comment"],
        outcome=Disposition.Outcome.NOT_ADOPTED,
        revision=None,
        reason="Jadwal bulanan mengikuti ketentuan dinas.",
        now=world.now,
    )
    world.things["field"] = "numerator"
    world.things["suggestion"] = actions.suggestion_add(
        actor=world.cast.outsider,
        proposal=world.things["proposal"],
        field="numerator",
        wording="Jumlah bayi yang imunisasinya lengkap sebelum berumur satu tahun",
        body="Lebih jelas siapa yang dihitung.",
        submission=uuid4(),
        now=world.now,
    )


def hidden(world: World) -> None:
    """Under discussion, with the question out of sight."""
    discussion(world)
    actions.comment_hide(
        actor=world.cast.facilitator,
        comment=world.things["comment"],
        reason="Menyerang pribadi.",
        now=world.now,
    )


def opening(world: World) -> None:
    """Under discussion; the auditor asks who stands behind a pseudonym."""
    discussion(world)
    actions.unsealing_request(
        actor=world.cast.auditor,
        pseudonym=world.things["pseudonym"],
        reason="Laporan ancaman nomor 7.",
        now=world.now,
    )


def answered(world: World, **over: Any) -> None:
    """Under discussion, and ready to be frozen."""
    discussion(world, **over)
    actions.comment_answer(
        actor=world.cast.author,
        comment=world.things["comment"],
        outcome=Disposition.Outcome.NOT_ADOPTED,
        revision=None,
        reason="Wilayah pegunungan sudah diperhitungkan dalam sasaran.",
        now=world.now,
    )
    counter_gaming(world.cast.outsider, world.cast.author, world.things["proposal"], now=world.now)


def frozen(world: World, **over: Any) -> None:
    answered(world, **over)
    actions.proposal_freeze(actor=world.cast.head, proposal=world.things["proposal"], now=world.now)


def voting(world: World, **over: Any) -> None:
    """An open secret poll in which the co-author has voted."""
    frozen(world, **over)
    world.things["poll"] = actions.poll_open_for(
        actor=world.cast.head, proposals=[world.things["proposal"]], minutes=60, now=world.now
    )
    vote(world.things["poll"], world.cast.coauthor)


def vote(poll: Poll, person: Person) -> None:
    ballot_cast(
        actor=person,
        poll=poll,
        choices=ballot(poll, APPROVE),
        receipt_token=token(poll, person),
    )


def everyone_voted(world: World, **over: Any) -> None:
    """Open still, though nobody is left to vote."""
    voting(world, **over)
    for person in voters_of(world.things["poll"]):
        if person != world.cast.coauthor:
            vote(world.things["poll"], person)


def counted(world: World, **over: Any) -> None:
    everyone_voted(world, **over)
    world.things["poll"] = poll_close(actor=world.cast.head, poll=world.things["poll"])
    polls_settle(now=timezone.now())
    world.things["proposal"].refresh_from_db()


def objection(world: World) -> None:
    """Counted, and an elector has protested against the procedure."""
    counted(world)
    world.things["protest"] = actions.protest_add(
        actor=world.cast.elector,
        proposal=world.things["proposal"],
        body="Daftar pemilih tidak diumumkan sebelum pemungutan suara.",
        submission=uuid4(),
        now=timezone.now(),
    )


def dissented(world: World) -> None:
    """Counted, and a minority report of an elector waits to be read for names."""
    counted(world)
    world.things["dissent"] = actions.dissent_file(
        actor=world.cast.elector,
        proposal=world.things["proposal"],
        body="Wilayah kepulauan tidak dapat dijangkau setiap bulan.",
        is_unnamed=False,
        submission=uuid4(),
        now=timezone.now(),
    )


def tied(world: World) -> None:
    """Everyone voted, as many for as against; the decision waits."""
    voting(world, objection_days=0)
    poll = world.things["poll"]
    others = [person for person in voters_of(poll) if person != world.cast.coauthor]
    wanted = [REJECT, *[APPROVE, REJECT] * len(others)][: len(others)]
    if len(others) % 2 == 0:
        wanted[-1] = ABSTAIN
    for person, choice in zip(others, wanted, strict=True):
        ballot_cast(
            actor=person,
            poll=poll,
            choices=ballot(poll, choice),
            receipt_token=token(poll, person),
        )
    poll_close(actor=world.cast.head, poll=poll)
    polls_settle(now=timezone.now())


def met(world: World) -> None:
    """Consensus is sought in a meeting that was kept, by name."""
    frozen(world)
    world.things["poll"] = actions.poll_open_for(
        actor=world.cast.head,
        proposals=[world.things["proposal"]],
        minutes=60,
        method="consensus",
        now=world.now,
    )
    meeting_keep(
        actor=world.cast.head,
        poll=world.things["poll"],
        place="Aula Puskesmas",
        chair=world.cast.head,
        notulis=world.cast.coauthor,
        held_from=world.now,
        held_until=world.now + timedelta(hours=1),
        agenda="Pembahasan target",
        notes="Target **disepakati**.",
        present=list(world.things["poll"].electors.all())[:3],
        now=world.now,
    )


def cancelled(world: World) -> None:
    """The vote was cancelled; the text waits for another."""
    voting(world)
    actions.poll_cancel_for(
        actor=world.cast.head,
        poll=world.things["poll"],
        reason="Daftar pemilih keliru.",
        now=world.now,
    )


def decision(world: World) -> None:
    counted(world, objection_days=0)


def adopted(world: World) -> None:
    decide(world, Decision.Kind.ADOPT)


def rejected(world: World) -> None:
    decide(world, Decision.Kind.REJECT)


def decide(world: World, kind: str) -> None:
    decision(world)
    actions.proposal_decide(
        actor=world.cast.head,
        proposal=world.things["proposal"],
        kind=kind,
        reason="Sesuai hasil musyawarah dan pemungutan suara unit.",
        now=timezone.now(),
    )


def returned(world: World) -> None:
    """A frozen text, given back for repair."""
    frozen(world)
    actions.proposal_return(
        actor=world.cast.head,
        proposal=world.things["proposal"],
        reason="Penyebutnya belum jelas.",
        now=timezone.now(),
    )


def withdrawn(world: World) -> None:
    discussion(world)
    actions.proposal_withdraw(
        actor=world.cast.author,
        proposal=world.things["proposal"],
        reason="Digabung dengan usulan lain.",
        now=timezone.now(),
    )


def head_proposes(world: World) -> None:
    """A text of the unit's head, ready to be frozen: the superior head leads."""
    round_(world)
    proposal = actions.proposal_create(
        actor=world.cast.head,
        round_=world.things["round"],
        kind=Proposal.Kind.NEW,
        amends=None,
        fields=record_content(),
        submission=uuid4(),
        now=world.now,
    )
    actions.proposal_submit(actor=world.cast.head, proposal=proposal, now=world.now)
    world.things["proposal"] = proposal
    counter_gaming(world.cast.outsider, world.cast.head, world.things["proposal"], now=world.now)


# Sets of indicators


def indicators(world: World) -> None:
    """A published set of the city, and a version that came after it."""
    version = adopt(actor=world.cast.head, now=world.now)
    published = publish_set(
        facilitator=world.cast.facilitator,
        publisher=world.cast.publisher,
        scope=world.units.city,
        weights={version: 100},
        decree=PDF_BYTES,
        now=world.now - timedelta(days=1),
    )
    world.things |= {
        "code": version.code,
        "scope": "kota",
        "version": published.version,
        "number": 1,
    }
    world.things |= {"set": published.set, "anywhere": "apa-saja"}


def briefed(world: World) -> None:
    """The same, when everyone was told what changed for them, and one of them has asked."""
    indicators(world)
    briefings_deliver(now=world.now)
    world.things["question"] = briefing_question(
        actor=world.cast.elector,
        publication=Publication.objects.get(),
        body="Mengapa targetnya sama bagi wilayah pegunungan?",
        submission=uuid4(),
        now=world.now,
    )


def set_draft(world: World) -> None:
    """A complete draft of the next version, not handed over yet."""
    indicators(world)
    world.things["set"] = draft_set(
        facilitator=world.cast.facilitator,
        scope=world.units.city,
        weights={
            adopt(actor=world.cast.head, now=world.now, amends="KES-01", target="85"): 100,
            adopt(actor=world.cast.head, now=world.now, code="KES-02"): 0,
        },
        now=world.now,
    )


def set_reported(world: World) -> None:
    """The draft, and what its unit, of five and more people, reported for last year."""
    set_draft(world)
    for _number in range(5):
        build_person(unit=world.units.unit)
    row = ActualRow(2, world.units.unit.code, "KES-01", 2025, "", Decimal(72))
    actuals_import(actor=None, rows=[row], now=world.now)


def set_advised(world: World) -> None:
    """The draft took the weights of a poll, and departs from one of them."""
    set_draft(world)
    first, second = world.things["set"].entries.select_related("version").order_by("version__code")
    source = AdviceSource(
        key=uuid4(),
        scope=world.units.unit,
        title="Bobot indikator Puskesmas Latihan",
        url="/polls/",
        result_hash="sha256:" + "ab" * 32,
        sealed_at=world.now,
    )
    advice = weights_advise(
        actor=None,
        source=source,
        weights=[
            Advised(first.version, Decimal("62.5"), Decimal(60)),
            Advised(second.version, Decimal("41.5"), Decimal(40)),
        ],
        now=world.now,
    )
    world.things["set"] = set_weights_take(
        actor=world.cast.facilitator,
        indicator_set=world.things["set"],
        advice=advice,
        now=world.now,
    )
    world.things["advice"] = advice


def set_composed(world: World) -> None:
    """Handed over to the publisher."""
    set_draft(world)
    world.things["set"] = set_compose(
        actor=world.cast.facilitator, indicator_set=world.things["set"], now=world.now
    )


# A set that is carried over into the next year


def carry_over(world: World) -> None:
    """A published set of the city, and an open round of the agency for the year after."""
    indicators(world)
    round_(world)


def objected_to(world: World) -> None:
    """An indicator that is due for review, never differs, was rated, and was objected to."""
    version = adopt(actor=world.cast.head, now=world.now - timedelta(days=680))
    published = publish_set(
        facilitator=world.cast.facilitator,
        publisher=world.cast.publisher,
        scope=world.units.city,
        weights={version: 100},
        now=world.now - timedelta(days=1),
    )
    year = world.now.year - 1
    actuals_import(
        actor=None,
        rows=[
            ActualRow(0, world.units.unit.code, version.code, *period, Decimal("72.5"))
            for period in [(year - 1, f"TW{n}") for n in range(1, 5)]
            + [(year, "TW1"), (year, "TW2")]
        ],
        now=world.now,
    )
    round_(world)
    staff = [build_person(unit=world.units.unit) for _each in range(5)]
    for place, person in enumerate(staff):
        rating_give(actor=person, code=version.code, control=1 + place % 2, burden=4)
    objection, _no_proposal = actions.objection_make(
        actor=world.cast.elector,
        code=version.code,
        publication=published,
        reason="Balita di dusun atas tidak dapat ditimbang setiap bulan saat jalan putus.",
        round_=None,
        now=world.now,
    )
    world.things |= {"objection": objection, "code": version.code, "scope": "kota"}
    world.things |= {"version": published.version}


def bundle_draft(world: World, **over: Any) -> None:
    """A bundle of one amendment that only the facilitator knows."""
    indicators(world)
    round_(world, **over)
    publication = Publication.objects.get()
    wanted = {
        row.version.pk: actions.Wanted(Decimal(90))
        for row in carried_of(publication, world.things["round"])
    }
    world.things["bundle"] = actions.bundle_create(
        actor=world.cast.facilitator,
        round_=world.things["round"],
        publication=publication,
        title="Target tahun depan",
        wanted=wanted,
        submission=uuid4(),
        now=world.now,
    )
    world.things["member"] = world.things["bundle"].proposals.get()


def bundle_discussion(world: World, **over: Any) -> None:
    bundle_draft(world, **over)
    actions.bundle_submit(
        actor=world.cast.facilitator, bundle=world.things["bundle"], now=world.now
    )
    counter_gaming(world.cast.author, world.cast.facilitator, world.things["member"], now=world.now)


def bundle_frozen(world: World, **over: Any) -> None:
    bundle_discussion(world, **over)
    actions.bundle_freeze(
        actor=world.cast.superior_head, bundle=world.things["bundle"], now=world.now
    )


def bundle_decision(world: World) -> None:
    """Voted on by everyone of the agency; nobody protests in this round."""
    bundle_frozen(world, objection_days=0)
    poll = actions.bundle_poll_open(
        actor=world.cast.superior_head, bundle=world.things["bundle"], minutes=60, now=world.now
    )
    for person in voters_of(poll):
        vote(poll, person)
    poll_close(actor=world.cast.superior_head, poll=poll)
    polls_settle(now=timezone.now())


STATES: dict[str, Callable[[World], None]] = {
    "cast": cast,
    "round": round_,
    "draft": draft,
    "invited": invited,
    "discussion": discussion,
    "suggested": suggested,
    "hidden": hidden,
    "opening": opening,
    "answered": answered,
    "frozen": frozen,
    "voting": voting,
    "everyone-voted": everyone_voted,
    "objection": objection,
    "dissented": dissented,
    "tied": tied,
    "cancelled": cancelled,
    "met": met,
    **POLL_STATES,
    "decision": decision,
    "adopted": adopted,
    "rejected": rejected,
    "returned": returned,
    "withdrawn": withdrawn,
    "head-proposes": head_proposes,
    "set-published": indicators,
    "set-briefed": briefed,
    "set-draft": set_draft,
    "set-reported": set_reported,
    "set-advised": set_advised,
    "set-composed": set_composed,
    "carry-over": carry_over,
    "objected-to": objected_to,
    "bundle-draft": bundle_draft,
    "bundle-discussion": bundle_discussion,
    "bundle-frozen": bundle_frozen,
    "bundle-decision": bundle_decision,
}


# What is typed when the form of a route is sent: complete and right, so that only permission
# decides about the answer.


Form = Callable[[World, Person | None], dict[str, Any]]


def nothing(world: World, reader: Person | None) -> dict[str, Any]:
    """A form that is a button."""
    return {}


def record_form(world: World, reader: Person | None = None) -> dict[str, Any]:
    """The text form of a proposal, with another target than the one it has."""
    content = record_content() | {"target": "85", "baseline": "72,5"}
    typed = {name: value for name, value in content.items() if isinstance(value, str) and value}
    return typed | {
        "applies_units": [world.units.unit.code],
        "reason": "Capaian tahun lalu sudah di atas target lama.",
        "based_on": "1",
        "submission": str(uuid4()),
    }


def ballot_form(world: World, reader: Person | None) -> dict[str, Any]:
    """A good ballot by the poll's method, on the form that was made for whoever sends it."""
    poll = world.things["poll"]
    choices = {f"item-{key}": choice for key, choice in good_ballot(poll).items()}
    reasons = {f"reason-{key}": reason for key, reason in good_reasons(poll).items()}
    return choices | reasons | {"receipt": token(poll, reader) if reader else ""}


def day(world: World, days: int) -> str:
    return str(timezone.localdate(world.now) + timedelta(days=days))


def moment(world: World, days: int) -> str:
    return f"{timezone.localtime(world.now) + timedelta(days=days):%Y-%m-%dT%H:%M}"


def submitted(**typed: str) -> Form:
    """A form that makes a row: sent twice, it makes one."""
    return lambda world, _reader: {"submission": str(uuid4()), **typed}


SET_DETAILS = {
    "year": "2026",
    "period_from": "2026-01-01",
    "period_until": "2026-12-31",
    "effective_on": "2026-01-01",
    "scoring_profile": "KMK 1.0.0",
    "transition_note": "Dihitung ulang dengan versi ini.",
    "transition_on": "2026-11-24",
}

PERSON = {
    "nip": "199405052020121998",
    "name": "Baru Contoh",
    "position": "Perawat Terampil",
    "position_family": "health",
    "grade": "II/c",
    "presence": "present",
}

FORMS: dict[str, Form] = {
    # Sign-in
    "account_login": lambda world, _reader: {"login": world.cast.author.nip, "password": PASSWORD},
    "account_logout": nothing,
    "account_reauthenticate": lambda world, _reader: {"password": PASSWORD},
    "account_change_password": lambda world, _reader: {
        "oldpassword": PASSWORD,
        "password1": "sandi-baru-42",
        "password2": "sandi-baru-42",
    },
    "mfa_authenticate": lambda world, _reader: {"code": "123456"},
    "mfa_reauthenticate": lambda world, _reader: {"code": "123456"},
    "mfa_activate_totp": lambda world, _reader: {"code": "123456"},
    "mfa_deactivate_totp": nothing,
    "mfa_generate_recovery_codes": nothing,
    "mfa_download_recovery_codes": nothing,
    "set_language": lambda world, _reader: {"language": "en"},
    # People
    "people:create": lambda world, _reader: (
        PERSON | {"unit": world.units.unit.pk, "submission": str(uuid4())}
    ),
    "people:edit": lambda world, _reader: PERSON | {"nip": world.cast.author.nip},
    "people:move": lambda world, _reader: {"unit": world.units.other_unit.pk},
    "people:appoint": lambda world, _reader: {
        "role": "head",
        "unit": world.units.unit.pk,
        "standing": "plh",
        "starts_on": day(world, 0),
        "ends_on": day(world, 14),
        "decree": "SP 12/2026",
        "submission": str(uuid4()),
    },
    "people:appointment-end": lambda world, _reader: {"ends_on": day(world, 1)},
    "people:deactivate": nothing,
    "people:reactivate": nothing,
    "people:issue-password": nothing,
    "people:unit-create": lambda world, _reader: {
        "code": "puskesmas-baru",
        "name": "Puskesmas Baru",
        "kind": Unit.Kind.SERVICE,
        "parent": world.units.agency.pk,
    },
    "people:unit-edit": lambda world, _reader: {
        "name": "Puskesmas Latihan Utama",
        "kind": Unit.Kind.SERVICE,
        "parent": world.units.agency.pk,
    },
    "people:holiday-add": lambda world, _reader: {
        "day": f"{world.now.year}-08-17",
        "name": "Hari Kemerdekaan",
        "kind": "national",
    },
    "people:holiday-remove": nothing,
    # Sets of indicators
    "indicators:draft": lambda world, _reader: (
        SET_DETAILS | {"scope": world.units.city.pk, "submission": str(uuid4())}
    ),
    "indicators:actuals": lambda world, _reader: {
        "name": "angka.csv",
        "content": base64.b64encode(
            f"unit;kode;tahun;periode;realisasi\n{world.units.unit.code};KES-01;2025;;87,4\n".encode()
        ).decode(),
    },
    "indicators:compose": lambda world, _reader: (
        SET_DETAILS
        | {
            f"weight-{version.pk}": "100" if version.code == "KES-01" else ""
            for version in IndicatorVersion.objects.in_use()
        }
    ),
    "indicators:take-weights": lambda world, _reader: (
        {"advice": str(world.things["advice"].pk)} if "advice" in world.things else {}
    ),
    "indicators:share-out": lambda world, _reader: {
        "unit": world.units.unit.code,
        "share-penerima_layanan": "100",
    },
    "indicators:hand-over": nothing,
    "indicators:return": lambda world, _reader: {"reason": "Bobot belum dibahas."},
    "indicators:publish": lambda world, _reader: {
        "number": "700/14/2026",
        "dated_on": day(world, -1),
        "by_office": "Wali Kota",
        "expected_version": "2.0.0",
    },
    "indicators:score": lambda world, _reader: {"actual": "72,5"},
    "indicators:rate": lambda world, _reader: {"control": "2", "burden": "4"},
    "indicators:review": lambda world, _reader: {
        "reason": "Target dan cara menghitungnya masih sesuai dengan RPJMD."
    },
    "proposals:object": lambda world, _reader: {
        "reason": "Balita di dusun atas tidak dapat ditimbang setiap bulan.",
        "round": str(world.things["round"].pk),
    },
    "proposals:objection-bring": lambda world, _reader: {"round": str(world.things["round"].pk)},
    "proposals:objection-withdraw": nothing,
    "indicators:acknowledge": nothing,
    "indicators:ask": lambda world, _reader: {
        "body": "Sejak bulan apa target ini dihitung?",
        "submission": str(uuid4()),
    },
    "indicators:question": lambda world, _reader: {"answer": "Sejak triwulan pertama."},
    # The API takes JSON
    "api-1:score_preview": lambda world, _reader: {
        "indicator": {"polarity": "maximize", "target": "80"},
        "actual": "74.5",
    },
    "api-1:unit_scores": lambda world, _reader: {
        "scope": "kota",
        "version": world.things["version"],
        "unit": world.units.unit.code,
        "period": "TW2",
        "actuals": {world.things["code"]: "74.5"},
    },
    # Proposals
    "proposals:round-create": lambda world, _reader: {
        "title": "Putaran Baru",
        "scope": world.units.agency.pk,
        "year": world.now.year + 1,
        "opens_at": moment(world, 0),
        "comments_until": moment(world, 7),
        "closes_at": moment(world, 14),
        "minimum_discussion_days": "3",
        "voting_minutes": "4320",
        "is_secret": "yes",
        "objection_days": "3",
        "quorum": "half_plus_one",
        "majority": "1/2",
        "publication_mode": Round.Publication.COLUMNS,
    },
    "proposals:round-weights": lambda _world, _reader: {"minutes": "5"},
    "proposals:round-ranking": lambda _world, _reader: {"minutes": "5"},
    "proposals:create": record_form,
    "proposals:edit": record_form,
    "proposals:working-copy": lambda world, _reader: record_form(world) | {"edition": "0"},
    "proposals:restore": lambda world, _reader: {
        "reason": "Rumus yang lama lebih jelas.",
        "based_on": "1",
        "edition": "0",
    },
    "proposals:review": lambda world, _reader: (
        {"revision_number": "1"} | {f"verdict-{key}": "yes" for key in ITEMS}
    ),
    "proposals:compare": record_form,
    "proposals:join": lambda world, _reader: (
        record_form(world) | {"edition": "0", "kept": "0", "all": "mine"}
    ),
    "proposals:score": lambda _world, _reader: {"actual": "72,5"},
    "proposals:leave": nothing,
    "proposals:attach": lambda world, _reader: {
        "caption": "Surat keputusan",
        "file": SimpleUploadedFile("surat.pdf", PDF_BYTES),
        "submission": str(uuid4()),
    },
    "proposals:evidence-remove": nothing,
    "proposals:invitation-accept": nothing,
    "proposals:invitation-decline": nothing,
    "proposals:invitation-withdraw": nothing,
    "proposals:invite": lambda world, _reader: {"colleague": str(world.cast.elector.pk)},
    "proposals:follow": nothing,
    "proposals:submit": nothing,
    "proposals:withdraw": lambda world, _reader: {
        "withdraw-reason": "Digabung dengan usulan lain."
    },
    "proposals:comment": submitted(kind="support", field="", body="Setuju dengan rumusnya."),
    "proposals:reply": submitted(body="Terima kasih, sudah jelas."),
    "proposals:comment-edit": lambda world, _reader: {
        "kind": "support",
        "body": "Angkanya kami ambil dari laporan triwulan.",
    },
    "proposals:hide": lambda world, _reader: {"reason": "Menyerang pribadi."},
    "proposals:show": nothing,
    "proposals:mention-names": lambda world, _reader: {"mention": "Contoh"},
    "proposals:react": lambda world, _reader: {"kind": "agree"},
    "proposals:paper": submitted(
        kind="question", field="target", body="Apakah berlaku di desa?", origin="Posyandu Mawar"
    ),
    "proposals:pseudonym": lambda world, _reader: {"reason": "Laporan ancaman nomor 7."},
    "proposals:answer": lambda world, _reader: {
        "outcome": Disposition.Outcome.NOT_ADOPTED,
        "reason": "Sudah diperhitungkan dalam sasaran.",
    },
    "proposals:suggest": submitted(wording="Jumlah sasaran", body="Lebih pendek dan sama artinya."),
    "proposals:adopt-wording": lambda world, _reader: {
        "wording": world.things["suggestion"].wording,
        "based_on": "1",
    },
    "proposals:unsolved": lambda world, _reader: {"reply": "Wilayah kepulauan belum disebut."},
    "proposals:import": lambda world, _reader: {
        "content": base64.b64encode(filled_template(name="Nama dari templat")).decode(),
        "submission": str(uuid4()),
    },
    "proposals:carry-over": lambda world, _reader: {
        "title": "Target tahun depan",
        "submission": str(uuid4()),
        **{f"target-{version.pk}": "90" for version in IndicatorVersion.objects.in_use()},
    },
    "proposals:bundle-submit": nothing,
    "proposals:bundle-freeze": nothing,
    "proposals:bundle-return": lambda world, _reader: {"return-reason": "Target belum jelas."},
    "proposals:bundle-open-poll": lambda world, _reader: {"minutes": "5", "method": "consensus"},
    "proposals:bundle-decide": lambda world, _reader: {
        "kind": Decision.Kind.ADOPT,
        "reason": "Sesuai hasil musyawarah dan pemungutan suara unit.",
    },
    "proposals:leave-bundle": nothing,
    "proposals:freeze": nothing,
    "proposals:return": lambda world, _reader: {"return-reason": "Penyebutnya belum jelas."},
    "proposals:open-poll": lambda world, _reader: {
        "proposals": [str(world.things["proposal"].pk)],
        "minutes": "5",
        "method": "approve",
    },
    "proposals:settle": nothing,
    "proposals:dissent": submitted(body="Targetnya tidak dapat dicapai di kepulauan."),
    "proposals:dissent-read": lambda world, _reader: {"outcome": "published"},
    "proposals:remind": nothing,
    "proposals:cancel-vote": lambda world, _reader: {"reason": "Daftar pemilih keliru."},
    "proposals:repeat-vote": nothing,
    "proposals:protest": submitted(body="Waktu pemungutan suara terlalu singkat."),
    "proposals:protest-answer": lambda world, _reader: {
        "outcome": Protest.Outcome.DISMISSED,
        "answer": "Daftar sudah diumumkan tiga hari sebelumnya.",
    },
    "proposals:decide": lambda world, _reader: {
        "kind": Decision.Kind.ADOPT,
        "reason": "Sesuai hasil musyawarah dan pemungutan suara unit.",
    },
    # Notices
    "notices:read-all": nothing,
    "notices:open": nothing,
    # Voting
    "voting:cast": ballot_form,
    "voting:review": ballot_form,
    "voting:close": nothing,
    "voting:meeting": lambda world, _reader: {
        "place": "Aula Puskesmas Latihan",
        "chair": str(world.cast.head.pk),
        "notulis": str(world.cast.elector.pk),
        "held_from": moment(world, 0),
        "held_until": moment(world, 1),
        "agenda": "Pembukaan, pembahasan, penutup.",
        "notes": "Target dibahas dan **diterima**.",
        "present": [str(world.things["poll"].elector_of(world.cast.author).pk)],
    },
}
