"""A vote on a phone from its first page to its decision, by what the pages say and nothing else.

docs/running-a-vote.md tells the same to people. Every word that is pressed or followed here stands
there; its pictures are taken here:

    .venv/bin/pytest -n0 tests/browser/test_running_a_vote.py --vote-pictures docs/images/vote
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Locator, expect

from people.models import Person
from tests.browser.conftest import Screen
from tests.browser.hands import Finger, Reader
from tests.builders import PASSWORD, Cast, build_cast, build_person, build_units
from tests.proposals.builders import build_frozen, build_round
from voting.clock import staged_at
from voting.models import Poll

pytestmark = [pytest.mark.django_db(transaction=True)]

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "running-a-vote.md"
POLL = "Usulan indikator Puskesmas Latihan"
RANKING = "Peringkat usulan indikator Puskesmas Latihan"
WEIGHED, VISITED = (
    "Persentase balita yang ditimbang setiap bulan",
    "Persentase rumah yang dikunjungi",
)
RIVALS = (
    "Persentase pasien yang selesai dalam 60 menit",
    "Persentase pasien yang puas dengan cepatnya pelayanan",
    "Persentase pasien lansia yang dilayani tanpa antre",
)
STAFF = (
    *("Siti Contoh", "Dewi Peraga", "Rizal Umpama", "Maya Misalan"),
    *("Agus Teladan", "Wulan Simulasi", "Hendra Percobaan"),
)
COLOURS = 32  # of a picture: enough for text, and light enough for a page full of them
SIZE = (480, 960)


class Phone(Reader):
    """Somebody's phone. What is pressed and followed is noted; pictures are taken where wanted."""

    def __init__(self, screen: Screen, run: Run) -> None:
        super().__init__(Finger(screen))
        self.screen = screen
        self.run = run

    def _notes(self, words: str) -> None:
        self.run.words.add(words)

    def follow(self, words: str, *, within: str = "", exact: bool = False) -> None:
        self._notes(words)
        super().follow(words, within=within, exact=exact)

    def goes_to(self, words: str) -> None:
        self._notes(words)
        super().goes_to(words)

    def press(self, words: str, *, within: str = "") -> None:
        self._notes(words)
        super().press(words, within=within)

    def unfold(self, words: str) -> None:
        self._notes(words)
        super().unfold(words)

    def mark(self, label: str, *, within: str = "") -> None:
        self._notes(label)
        super().mark(label, within=within)

    def signs_in(self, person: Person) -> None:
        self.follow("Masuk")
        self.write("NIP / NI PPPK", person.nip)
        self.write("Kata sandi", PASSWORD)
        self.press("Masuk", within="Kata sandi")

    def goes_home(self) -> None:
        """By the name of the site, at the top of every page."""
        self.follow("Martahi")

    def opens_notice(self, words: str) -> None:
        self._notes("Buka")
        self._leaves(self.page.get_by_role("button", name=f"Buka: {words}"))

    def item(self, title: str) -> Locator:
        """The card of an item on the ballot, or on the page of its result."""
        return self.page.locator("main article").filter(has_text=title).first

    def reads(self, title: str) -> None:
        """Unfold the text of one item."""
        self._notes("Teks yang divoting")
        self.hand.click(self.item(title).get_by_text("Teks yang divoting"))

    def goes_to_proposal(self, title: str) -> None:
        """From an item to what it asks about."""
        self._notes("Lihat usulan")
        self._leaves(self.item(title).get_by_role("link", name="Lihat usulan"))

    def answers(self, title: str, answer: str) -> None:
        """Choose for one item."""
        self._notes(answer)
        self.hand.tick(self.item(title).get_by_label(answer, exact=True))

    def rank_of(self, title: str) -> Locator:
        return self.item(title).get_by_label("Peringkat Anda untuk butir")

    def ranks(self, title: str, rank: str) -> None:
        """Write the rank of one item."""
        self._notes("Peringkat Anda untuk butir")
        self.hand.fill(self.rank_of(title), rank)

    def moves_up(self, title: str) -> None:
        """Press the button of an item that moves it up."""
        self._notes("Naik")
        self.hand.click(self.item(title).get_by_role("button", name="Naik"))

    def shows(self, name: str, piece: str | Locator = "header", *, lower: int = 0) -> None:
        """Take a picture of what the phone shows, a piece of the page uppermost."""
        if self.run.pictures is None:
            return
        found = self.page.locator(piece).first if isinstance(piece, str) else piece
        found.evaluate("(one, lower) => scrollTo(0, one.getBoundingClientRect().top + scrollY - 12 "
                       "+ lower)", lower)  # fmt: skip
        self.page.wait_for_timeout(150)
        self.run.keep(name, self.page.screenshot())

    def holds(self) -> None:
        """Nothing on the page is wider than the phone, and nothing complained."""
        assert self.screen.sideways() <= 0, self.page.url
        assert self.screen.take_complaints() == []


@dataclass
class Run:
    """A vote that is run: its phones, the words that were needed, and where pictures go."""

    screen_of: Callable[..., Screen]
    cast: Cast
    pictures: Path | None
    words: set[str] = field(default_factory=set)
    phones: dict[Person, Phone] = field(default_factory=dict)

    def phone_of(self, person: Person, *, signed_in: bool = True) -> Phone:
        """A person's phone, at the one address that is typed; as a rule signed in already."""
        if person not in self.phones:
            screen = self.screen_of(
                person if signed_in else None, width=360, height=720, touch=True, scale=2
            )
            self.phones[person] = Phone(screen, self)
            self.phones[person].starts_at("/")
        return self.phones[person]

    def keep(self, name: str, png: bytes) -> None:
        """Write a picture with few colours into the folder of pictures."""
        from PIL import Image

        assert self.pictures is not None
        self.pictures.mkdir(parents=True, exist_ok=True)
        picture = Image.open(io.BytesIO(png)).convert("RGB").resize(SIZE, Image.Resampling.LANCZOS)
        few = picture.quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(self.pictures / f"{name}.png", optimize=True)


@pytest.fixture
def run(screen_of: Callable[..., Screen], now: datetime, pytestconfig: pytest.Config) -> Run:
    """A puskesmas of twelve with five frozen proposals; one of the staff is on leave."""
    units = build_units()
    cast = build_cast(units, today=now.date())
    for name in STAFF:
        away = Person.Presence.ON_LEAVE if name == STAFF[-1] else Person.Presence.PRESENT
        build_person(unit=units.unit, name=name, presence=away)
    round_ = build_round(units.agency, now=now, title="Putaran indikator puskesmas")
    for number, name in enumerate((WEIGHED, VISITED, *RIVALS)):
        build_frozen(cast.author, cast.head, round_, now=now, code=f"KES-{30 + number}", name=name)
    return Run(screen_of, cast, pytestconfig.getoption("--vote-pictures"))


def test_a_vote_is_run_on_a_phone_by_what_the_pages_say(run: Run) -> None:
    _the_head_opens(run)
    code = _an_elector_votes(run)
    _the_others_vote(run)
    _the_clock_closes()
    _the_head_decides(run)
    _the_elector_reads(run, code)
    _a_ranking_follows(run)
    for phone in run.phones.values():
        phone.holds()
    guide = " ".join(GUIDE.read_text(encoding="utf-8").split())
    assert {word for word in run.words if word not in guide} == set()


def _the_head_opens(run: Run) -> None:
    head = run.phone_of(run.cast.head, signed_in=False)
    head.signs_in(run.cast.head)
    head.sees("Teks siap divoting: buka pemungutan suara.")
    head.shows("head-home", "h1")
    head.follow(WEIGHED)
    head.follow("Buka pemungutan suara")
    head.sees("Periksa sebelum membuka", "11 pemilih; kuorum tercapai bila 6 memberikan suara.")
    head.sees("1 pemilih sedang cuti, tugas belajar, atau proses mutasi.")
    head.shows("head-checks", "h1")
    head.unfold("Siapa yang memilih, dan siapa yang tidak")
    head.sees("Cuti/tugas belajar", within="Hendra Percobaan")
    head.sees("Tidak termasuk daftar pemilih", "Inilah yang akan dibaca setiap pemilih:")
    head.shows("head-roll", "#electors")
    head.follow("Baca aturan yang akan dibaca setiap pemilih")
    head.shows("head-rules", "#policy")
    head.mark("Pemungutan suara: setuju, tidak setuju atau abstain")
    for rival in RIVALS:
        head.unmark(rival)
    head.shows("head-composes", "main form fieldset", lower=270)
    head.press("Buka pemungutan suara", within="usulan pada surat suara")
    head.sees("Pemungutan suara dibuka. Sidik jari daftar pemilih:", "Butir 2")
    head.shows("head-opened")
    head.holds()


def _an_elector_votes(run: Run) -> str:
    """The whole way of one ballot; the code of its receipt."""
    elector = run.phone_of(run.cast.elector, signed_in=False)
    elector.signs_in(run.cast.elector)
    elector.sees("Berikan suara Anda.")
    elector.shows("elector-home", "h1")
    elector.follow("Pemberitahuan")
    elector.sees("Pemungutan suara dibuka sampai")
    elector.shows("elector-notice")
    elector.opens_notice("Pemungutan suara dibuka sampai")
    elector.sees("Berikan suara Anda untuk setiap butir di bawah ini.")
    elector.shows("elector-ballot")
    elector.unfold("Seberapa rahasia suara Anda?")
    elector.sees("Satu orang, satu surat suara.")
    elector.unfold("Seberapa rahasia suara Anda?")
    elector.reads(WEIGHED)
    elector.sees("Tindak lanjut tanggapan (1)")
    elector.shows("elector-text", elector.item(WEIGHED))
    elector.goes_to_proposal(WEIGHED)
    elector.follow("Halaman pemungutan suara")

    elector.answers(WEIGHED, "Setuju")
    elector.page.reload()
    expect(elector.item(WEIGHED).get_by_label("Setuju", exact=True)).to_be_checked()
    elector.answers(VISITED, "Tidak setuju")
    elector.shows("elector-choices", elector.item(VISITED))
    elector.press("Lanjut: periksa suara")
    elector.sees("Suara Anda belum tercatat.", "Tidak setuju")
    elector.shows("elector-review")
    elector.press("Berikan suara")
    elector.sees("Suara Anda tercatat, selesai.", "Kode ini tidak menunjukkan pilihan Anda.")
    elector.shows("elector-receipt")
    code = elector.page.locator("main .m-hash").first.inner_text()
    elector.follow("Ke daftar pemungutan suara")
    elector.follow(POLL, exact=True)
    elector.follow("Periksa apakah suara Anda tercatat")
    elector.sees("Suara Anda sudah tercatat.")
    elector.shows("elector-status")
    elector.holds()
    return code


def _the_others_vote(run: Run) -> None:
    """All but the one on leave; the second item does not find its majority."""
    voters = Poll.objects.get().electors.exclude(person__in=[run.cast.elector])
    for number, elector in enumerate(voters.exclude(person__name=STAFF[-1]).by_name()):
        voter = run.phone_of(elector.person)
        voter.follow(POLL, exact=True)
        voter.answers(WEIGHED, "Tidak setuju" if number == 3 else "Setuju")
        voter.answers(VISITED, ("Setuju", "Tidak setuju", "Abstain")[number % 3])
        voter.press("Lanjut: periksa suara")
        voter.press("Berikan suara")
        voter.sees("Suara Anda tercatat, selesai.")
        voter.holds()


def _the_clock_closes() -> None:
    """What the timer does every minute, at the minute at which the poll ends."""
    with staged_at(Poll.objects.get().closes_at):
        call_command("close_due", stdout=io.StringIO())


def _the_head_decides(run: Run) -> None:
    head = run.phone_of(run.cast.head)
    head.goes_home()
    head.sees("Menunggu keputusan Anda.")
    head.follow(WEIGHED)
    head.sees("Hasil: disetujui pemilih.", "10 dari 11 pemilih memberikan suara.")
    head.follow("Halaman pemungutan suara")
    head.sees("Kuorum tercapai", "Dari semua yang memilih, abstain ikut dihitung (lebih ketat)")
    head.shows("head-result")
    head.shows("head-counts", head.item(WEIGHED))
    head.follow("Berita acara, untuk dicetak dan ditandatangani")
    head.sees("BERITA ACARA", "kuorum")
    head.shows("head-minutes", "article")
    head.follow(POLL, exact=True)
    head.goes_to_proposal(WEIGHED)
    head.follow("Putuskan")
    head.mark("Tetapkan")
    head.write("Alasan", "Disetujui sembilan dari sepuluh pemilih.")
    head.shows("head-decides", "main form")
    head.press("Simpan keputusan")
    head.sees("Keputusan Anda tercatat dan dapat dibaca semua pegawai.")
    head.shows("head-decided", "#outcome")

    head.goes_home()
    head.follow(VISITED)
    head.sees("Hasil: tidak disetujui pemilih.")
    head.follow("Putuskan")
    head.mark("Kembalikan untuk perbaikan")
    head.write("Alasan", "Suara terbagi: jadwal kunjungan perlu dibicarakan lagi.")
    head.press("Simpan keputusan")
    head.holds()


def _the_elector_reads(run: Run, code: str) -> None:
    elector = run.phone_of(run.cast.elector)
    elector.goes_home()
    elector.goes_to("Pemungutan suara")
    elector.follow(POLL, exact=True)
    elector.sees("10 dari 11 pemilih memberikan suara", "Disetujui pemilih")
    elector.unfold("kode tanda terima: cari kode saya")
    elector.sees(code)
    elector.shows("elector-code", "summary:has-text('cari kode saya')")
    elector.goes_to_proposal(WEIGHED)
    elector.sees("Keputusan: Ditetapkan", "Disetujui sembilan dari sepuluh pemilih.")
    elector.holds()


def _a_ranking_follows(run: Run) -> None:
    head = run.phone_of(run.cast.head)
    head.goes_home()
    head.goes_to("Putaran")
    head.follow("Putaran indikator puskesmas")
    head.follow("Minta peringkat dari pemilih")
    head.sees("Setiap pemilih memberi peringkat kepada usulan beku yang bersaing.")
    head.press("Buka pemungutan suara")
    head.sees("Pemungutan suara dibuka; semua pemilih diberi tahu.")

    elector = run.phone_of(run.cast.elector)
    elector.goes_home()
    elector.follow(RANKING)
    elector.sees("Beri 1 kepada yang terbaik")
    elector.ranks(RIVALS[0], "1")
    elector.moves_up(RIVALS[2])
    elector.moves_up(RIVALS[2])
    elector.page.reload()
    expect(elector.rank_of(RIVALS[0])).to_have_value("2")
    expect(elector.rank_of(RIVALS[2])).to_have_value("1")
    elector.shows("ranking-order", "#order")
    elector.shows("ranking-item", elector.item(RIVALS[0]))
    elector.press("Lanjut: periksa suara")
    elector.sees("Peringkat 1", "Tanpa peringkat, di bawah semua yang diberi peringkat")
    elector.shows("ranking-review")
    elector.press("Berikan suara")
    elector.sees("Suara Anda tercatat, selesai.")
    elector.holds()

    ballots = (("1", "2", "3"), ("1", "3", "2"), ("2", "1", "3"))
    voters = Poll.objects.get(method="schulze").electors.exclude(person=run.cast.elector)
    for number, other in enumerate(voters.by_name()):
        voter = run.phone_of(other.person)
        voter.goes_home()
        voter.follow(RANKING)
        for rival, rank in zip(RIVALS, ballots[number % 3], strict=True):
            voter.ranks(rival, rank)
        voter.press("Lanjut: periksa suara")
        voter.press("Berikan suara")
        voter.sees("Suara Anda tercatat, selesai.")

    head.goes_to("Pemungutan suara")
    head.follow(RANKING)
    head.press("Tutup dan hitung")
    head.sees("11 dari 11 pemilih memberikan suara", "Urutan menurut pemilih", "Tempat 1")
    head.shows("ranking-result", "#ranking")
    head.holds()
