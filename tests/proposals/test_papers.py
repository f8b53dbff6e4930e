"""The papers of the office: what they say, what they never say, and that nothing in them runs."""

import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from datetime import datetime
from io import BytesIO
from itertools import batched, cycle
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from odfdo import Document, Table

from core.verdict import Refused
from indicators.record import clean_text
from people.models import Appointment, Person, Unit
from proposals import actions
from proposals.models import Decision, Proposal
from proposals.papers import decree_odt, decree_of, minutes_of
from proposals.papers.decree import LAWS
from proposals.papers.official import name_without_titles, printable, rank_words
from tests.builders import build_person
from tests.proposals.builders import (
    build_decided,
    build_decision_pending,
    build_round,
    build_voting,
    close_and_settle,
    everyone_votes,
    vote,
)
from tests.proposals.test_stored_xss import harm
from tests.voting.builders import cast_open, close_by_clock, held_poll, open_poll, voters_of
from tests.web.test_markdown import PAYLOADS
from voting.actions import poll_close
from voting.clock import staged_at
from voting.models import Poll
from voting.policy import Policy
from web.pdf import may_make_pdf, pdf_of

needs_pango = pytest.mark.skipif(not may_make_pdf(), reason="Pango is not installed")

HOSTILE = [
    *PAYLOADS,
    '=HYPERLINK("https://evil.example";"x")',
    "\u202egnitarepo\u202c",
    "שלום עליכם",
    "a\x00b\x07c\ufffe",
    "N" * 600,
    "{% include 'x' %}{{ settings.SECRET_KEY }}",
]


def odt_of(poll: Poll, adopted: Sequence[Decision]) -> bytes:
    return decree_odt(decree_of(poll, adopted), now=timezone.now())


def open_odt(content: bytes) -> list[str]:
    """The texts of an ODT, paragraph by paragraph. Asserts that it is one, and that it is inert."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.text"
        assert archive.testzip() is None
        for name in archive.namelist():
            if name.endswith(".xml") and not name.startswith("Configurations2/"):
                ElementTree.fromstring(archive.read(name))
        assert not [name for name in archive.namelist() if "Basic" in name or "Scripts" in name]
        body = ElementTree.fromstring(archive.read("content.xml"))
    for element in body.iter():
        assert element.tag.split("}")[1] not in {"a", "event-listener", "script", "object", "frame"}
        assert not [name for name in element.attrib if name.endswith(("}href", "}formula"))]
    text = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
    return ["".join(paragraph.itertext()) for paragraph in body.iter(text)]


def pdf_plain(content: bytes) -> bytes:
    """A PDF with its compressed parts opened."""
    assert content.startswith(b"%PDF-")
    parts = [content]
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
        try:
            parts.append(zlib.decompressobj().decompress(stream))
        except zlib.error:
            continue
    return b"\n".join(parts)


@pytest.fixture
def polled(author: Person, head: Person, unit: Unit, now: datetime) -> tuple[Proposal, Poll]:
    for _ in range(6):
        build_person(unit=unit)
    return build_voting(author, head, build_round(unit, now=now), now=now)


def sealed(poll: Poll, choices: tuple[str, ...], *, now: datetime) -> Poll:
    everyone_votes(poll, choices)
    close_and_settle(poll, now=now)
    return Poll.objects.for_pages().get(pk=poll.pk)


# Names and ranks


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Siti Harahap", "Siti Harahap"),
        ("dr. Siti Harahap, M.Kes.", "Siti Harahap"),
        ("Prof. Dr. Ir. Budi Lubis, M.Sc., Ph.D.", "Budi Lubis"),
        ("Hj. Nur Siregar, S.Kep., Ns.", "Hj. Nur Siregar"),
        ("Drajat Nasution", "Drajat Nasution"),
        ("Irma Batubara", "Irma Batubara"),
    ],
)
def test_what_determines_carries_names_without_degrees(name: str, bare: str) -> None:
    assert name_without_titles(name) == bare


def test_a_contract_employee_has_a_grade_and_no_rank() -> None:
    assert rank_words("III/d") == "Penata Tingkat I (III/d)"
    assert rank_words("IV/e") == "Pembina Utama (IV/e)"
    assert rank_words("IX") == "IX"


def test_a_paper_holds_no_letter_that_turns_others_around() -> None:
    assert printable("a\u202eb\x00c\r\nd\u2069") == "abc\nd"
    assert printable("שלום") == "שלום"


# Berita acara


def test_the_minutes_say_day_quorum_and_both_readings(
    polled: tuple[Proposal, Poll], now: datetime, head: Person, client_of: Callable[..., Client]
) -> None:
    _, poll = polled
    poll = sealed(poll, ("approve", "reject", "abstain"), now=now)
    paper = minutes_of(poll)
    assert paper.opening.startswith("Pada hari ini, ")
    assert " tahun dua ribu dua puluh enam, bertempat di Puskesmas Latihan" in paper.opening
    (tally,) = paper.tallies
    assert dict(tally.counts).keys() == {"Setuju", "Tidak setuju", "Abstain", "Tidak memilih"}
    assert sum(number for _, number in tally.counts) == poll.roll_size
    assert len(tally.readings) == 2
    html = client_of(head).get(reverse("proposals:minutes", args=[poll.pk])).content.decode()
    assert "Kuorum tercapai." in html
    assert paper.result.seal.result_hash in html
    assert html.count("Saksi") == 2
    assert harm(html) == []


def test_the_minutes_of_a_secret_poll_name_no_elector(
    polled: tuple[Proposal, Poll], now: datetime, outsider: Person, client_of: Callable[..., Client]
) -> None:
    _, poll = polled
    poll = sealed(poll, ("approve",), now=now)
    page = client_of(outsider).get(reverse("proposals:minutes", args=[poll.pk]))
    html = page.content.decode()
    for elector in poll.electors.select_related("person"):
        assert elector.person.name not in html
        assert elector.person.nip not in html


def test_below_five_ballots_the_minutes_hold_decision_and_turnout_alone(
    polled: tuple[Proposal, Poll], now: datetime
) -> None:
    _, poll = polled
    for elector in poll.electors.select_related("person")[:4]:
        vote(elector.person, poll, "reject")
    with staged_at(poll.closes_at):
        poll_close(actor=None, poll=poll)
    paper = minutes_of(Poll.objects.for_pages().get(pk=poll.pk))
    (tally,) = paper.tallies
    assert (tally.counts, tally.readings, tally.remark) == ([], [], "")
    assert paper.result.turnout == 4


def test_there_are_no_minutes_before_the_seal(
    polled: tuple[Proposal, Poll], head: Person, client_of: Callable[..., Client]
) -> None:
    _, poll = polled
    with pytest.raises(RuntimeError):
        minutes_of(poll)
    page = client_of(head).get(reverse("proposals:minutes", args=[poll.pk]))
    assert page.status_code == 403


def test_the_minutes_are_indonesian_for_every_reader(
    polled: tuple[Proposal, Poll], now: datetime, head: Person, client_of: Callable[..., Client]
) -> None:
    _, poll = polled
    poll = sealed(poll, ("approve",), now=now)
    client = client_of(head)
    client.cookies["django_language"] = "en"
    html = client.get(reverse("proposals:minutes", args=[poll.pk])).content.decode()
    paper = html[html.index("<article") : html.index("</article>")]
    assert "Kuorum: setengah dari daftar pemilih tambah satu" in paper
    assert "In favour" not in paper


@needs_pango
def test_the_minutes_come_as_pdf(
    polled: tuple[Proposal, Poll], now: datetime, head: Person, client_of: Callable[..., Client]
) -> None:
    _, poll = polled
    poll = sealed(poll, ("approve",), now=now)
    response = client_of(head).get(reverse("proposals:minutes-pdf", args=[poll.pk]))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
    plain = pdf_plain(response.content)
    assert b"/Type /Page" in plain
    for never in (b"/JavaScript", b"/URI", b"/Launch", b"/EmbeddedFile", b"/OpenAction"):
        assert never not in plain


@needs_pango
def test_a_pdf_reads_neither_file_nor_address(tmp_path: object) -> None:
    named = '<img src="file:///etc/passwd"><link rel="stylesheet" href="https://evil.example/x">'
    plain = pdf_plain(pdf_of(f"<p>Isi</p>{named}", stylesheet="web/paper.css"))
    assert b"root:" not in plain
    assert b"/Image" not in plain


def test_without_pango_the_page_says_how_to_get_a_pdf(
    polled: tuple[Proposal, Poll],
    now: datetime,
    head: Person,
    client_of: Callable[..., Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("web.pdf._has_pango", lambda: False)
    _, poll = polled
    poll = sealed(poll, ("approve",), now=now)
    client = client_of(head)
    html = client.get(reverse("proposals:minutes", args=[poll.pk])).content.decode()
    assert "cetak halaman ini ke berkas PDF" in html
    assert client.get(reverse("proposals:minutes-pdf", args=[poll.pk])).status_code == 403
    with pytest.raises(Refused):
        pdf_of("<p>", stylesheet="web/paper.css")


# Keputusan


@pytest.fixture
def adopted(author: Person, head: Person, unit: Unit, now: datetime) -> Poll:
    Person.objects.filter(pk=head.pk).update(name="dr. Kepala Contoh, M.Kes.")
    head.refresh_from_db()
    build_decided(author, head, build_round(unit, now=now, year=2027), "adopt", now=now)
    return Poll.objects.for_pages().get()


def decree_texts(poll: Poll) -> list[str]:
    return open_odt(odt_of(poll, list(Decision.objects.adopted_after(poll))))


def test_the_decree_has_the_parts_of_a_keputusan_in_order(adopted: Poll) -> None:
    texts = decree_texts(adopted)
    parts = [
        "PEMERINTAH KOTA CONTOH",
        "DINAS KESEHATAN",
        "PUSKESMAS LATIHAN",
        "KEPUTUSAN KEPALA PUSKESMAS LATIHAN KOTA CONTOH",
        "TENTANG",
        "INDIKATOR KINERJA PUSKESMAS LATIHAN TAHUN 2027",
        "Menimbang :",
        "Mengingat :",
        "Memperhatikan :",
        "MEMUTUSKAN:",
        "Menetapkan :",
        "KESATU",
        "KEEMPAT",
        "Ditetapkan di Contoh",
        "KEPALA CONTOH",
        "Penata Tingkat I (III/d)",
        "Tembusan:",
        "LAMPIRAN",
        "KES-20",
    ]
    places = [texts.index(part) for part in parts]
    assert places == sorted(places)


def test_the_decree_carries_no_degree_and_no_nip(adopted: Poll, head: Person) -> None:
    whole = "\n".join(decree_texts(adopted))
    assert "M.Kes" not in whole
    assert head.nip not in whole
    assert head.nip[-3:] not in whole
    assert "NIP …" in whole


def test_the_decree_rests_on_laws_by_rank_then_year(adopted: Poll) -> None:
    texts = decree_texts(adopted)
    at = texts.index("Mengingat :")
    marks = texts[at + 1 :: 3][: len(LAWS)]
    laws = texts[at + 2 :: 3][: len(LAWS)]
    assert marks == [f"{number}." for number in range(1, len(LAWS) + 1)]
    order = ["Undang-Undang", "Peraturan Pemerintah", "Peraturan Presiden", "Peraturan Menteri"]
    ranks = [next(rank for rank, word in enumerate(order) if law.startswith(word)) for law in laws]
    years = [law.year for law in sorted(LAWS, key=lambda law: (law.rank, law.year))]
    assert ranks == sorted(ranks)
    assert all(str(year) in law for year, law in zip(years, laws, strict=True))


def test_a_decree_against_the_vote_says_so_with_its_reason(
    author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    proposal, poll = build_voting(author, head, build_round(unit, now=now), now=now)
    everyone_votes(poll, ("reject",))
    close_and_settle(poll, now=now)
    actions.proposal_decide(
        actor=head, proposal=proposal, kind="adopt", reason="Diwajibkan SPM.", now=now
    )
    whole = "\n".join(decree_texts(Poll.objects.for_pages().get(pk=poll.pk)))
    assert "menyimpang dari hasil pemungutan suara dengan alasan: Diwajibkan SPM;" in whole


def test_an_acting_head_signs_as_one(
    author: Person, head: Person, unit: Unit, now: datetime, adopted: Poll
) -> None:
    Appointment.objects.filter(person=head, unit=unit).update(
        standing="plt", ends_on=datetime(2030, 1, 1).date()
    )
    texts = decree_texts(adopted)
    assert texts.count("Plt. KEPALA PUSKESMAS LATIHAN,") == 3
    assert "KEPUTUSAN KEPALA PUSKESMAS LATIHAN KOTA CONTOH" in texts


def test_the_annex_lists_each_adopted_indicator(adopted: Poll) -> None:
    content = odt_of(adopted, list(Decision.objects.adopted_after(adopted)))
    table = Document(BytesIO(content)).body.get_table(name="Lampiran")
    assert isinstance(table, Table)
    rows = [[cell.text_recursive.strip() for cell in row.iter_cells()] for row in table.iter_rows()]
    assert rows[0][:3] == ["No", "Kode", "Indikator"]
    assert rows[1][:2] == ["1", "KES-20"]


def test_the_decree_is_for_head_and_facilitator_once_something_stands(
    author: Person,
    head: Person,
    unit: Unit,
    facilitator: Person,
    elector: Person,
    now: datetime,
    client_of: Callable[..., Client],
) -> None:
    proposal, poll = build_decision_pending(author, head, build_round(unit, now=now), now=now)
    address = reverse("proposals:decree", args=[poll.pk])
    assert client_of(head).get(address).status_code == 403
    actions.proposal_decide(actor=head, proposal=proposal, kind="adopt", reason="Sesuai.", now=now)
    for reader, answer in ((head, 200), (facilitator, 200), (elector, 403), (author, 403)):
        assert client_of(reader).get(address).status_code == answer
    page = reverse("proposals:detail", args=[proposal.pk])
    assert address in client_of(head).get(page).content.decode()
    assert address not in client_of(elector).get(page).content.decode()


# Hostile texts


def test_a_hostile_text_stays_a_text_in_every_paper(
    author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    """Put into every place that a paper reads, behind the back of what would refuse it."""
    build_decided(author, head, build_round(unit, now=now), "adopt", now=now)
    for number, texts in enumerate(batched(HOSTILE, 3)):
        poll = Poll.objects.for_pages().select_related("opened_by", "scope").get()
        poll.title = poll.scope.name = poll.opened_by.name = poll.decider.position = texts[0]
        (decision,) = Decision.objects.adopted_after(poll)
        decision.reason = decision.decided_by.position = decision.decided_by.name = texts[-1]
        assert decision.version is not None
        for field, text in zip(("name", "formula", "data_source"), cycle(texts), strict=False):
            setattr(decision.version, field, text)

        html = render_to_string(
            "proposals/papers/pdf.html",
            {"paper": minutes_of(poll), "body": "proposals/papers/_minutes.html"},
        )
        assert harm(html) == [], texts
        if may_make_pdf() and number % 4 == 0:
            plain = pdf_plain(pdf_of(html, stylesheet="web/paper.css"))
            assert b"/JavaScript" not in plain, texts
            assert b"/URI" not in plain, texts
        shown = squeezed("\n".join(open_odt(odt_of(poll, [decision]))))
        assert [text for text in texts if squeezed(clean_text(text)) not in shown] == []


def squeezed(text: str) -> str:
    return "".join(printable(text).split())


# What came out, in the words of each method.

POINTS = [("50", "30", "20"), ("60", "30", "10"), ("40", "40", "20"), ("50", "25", "25"),
          ("50", "30", "20"), ("50", "30", "20"), ("50", "30", "20")]  # fmt: skip
RANKS = [("1", "2", "3")] * 7


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "ballots", "outcomes"),
    [
        ("weights", POINTS, ["bobot 50 persen", "bobot 30 persen", "bobot 20 persen"]),
        ("weights", POINTS[:2], ["tanpa bobot"] * 3),
        ("schulze", RANKS, ["unggul", "tempat 2", "tempat 3"]),
        ("schulze", RANKS[:1], ["tidak unggul"] * 3),
        ("schulze", [("1", "1", "2")] * 7,
         ["berimbang di tempat teratas", "berimbang di tempat teratas", "tempat 2"]),
    ],
    ids=["weights", "weights of too few", "ranking", "ranking of too few", "tie"],
)  # fmt: skip
def test_the_minutes_speak_of_weights_and_places_and_approve_nothing(
    head: Person, method: str, ballots: list[tuple[str, ...]], outcomes: list[str]
) -> None:
    paper = minutes_of(held_poll(head, Policy(method=method), ballots))
    assert [tally.outcome for tally in paper.tallies] == outcomes
    assert [tally.readings for tally in paper.tallies] == [[], [], []]
    html = render_to_string("proposals/papers/_minutes.html", {"paper": paper})
    assert "setuju" not in html.replace("Menyetujui", "")


@pytest.mark.django_db
def test_the_minutes_of_a_consensus_say_whether_it_was_found(head: Person) -> None:
    policy = Policy(method="consensus", is_secret=False, publication_mode="N")
    poll = open_poll(actor=head, policy=policy)
    for person in voters_of(poll):
        cast_open(poll, person, "agree")
    (tally,) = minutes_of(close_by_clock(poll)).tallies
    assert (tally.outcome, tally.readings) == ("mufakat tercapai", [])
