"""The way of one indicator, from draft to score, by what the pages say and nothing else.

`walk` is played twice: over HTTP (`tests/test_journey.py`) and in Chromium, on a desktop and on a
phone (`tests/browser/test_journey.py`). A walker follows links by their words and sends forms by
the words of their buttons.
"""

from collections.abc import Callable, Mapping
from typing import Protocol

from people.models import Person
from tests.builders import Cast

RECORD = {
    "code": "KES-77",
    "name": "Persentase ibu hamil dengan enam kali pemeriksaan",
    "purpose": "Ibu dan bayi selamat.",
    "objective": "Meningkatnya kesehatan ibu dan anak",
    "perspective": "penerima_layanan",
    "level": "IKU",
    "kind": "outcome",
    "basis": "Standar pelayanan minimal bidang kesehatan",
    "definition": "Ibu hamil dengan enam kali pemeriksaan sesuai standar.",
    "formula": "(Ibu hamil diperiksa enam kali ÷ seluruh ibu hamil sasaran) × 100",
    "numerator": "Ibu hamil diperiksa enam kali",
    "denominator": "Seluruh ibu hamil sasaran",
    "unit": "Persen",
    "aspect": "kuantitas",
    "polarity": "maximize",
    "target": "95",
    "reporting_period": "triwulanan",
    "period_consolidation": "take_last_known",
    "location_consolidation": "raw_data",
    "validity": "proxy",
    "control": "moderate",
    "cascading": "non_cascading",
    "owner_unit": "puskesmas-latihan",
    "data_provider": "Bidan koordinator",
    "data_source": "Register kohort ibu",
    "applies_units": "puskesmas-latihan",
}


class Walker(Protocol):
    """Somebody in front of a page."""

    def open(self, path: str) -> None:
        """Go to an address of the site."""

    def follow(self, words: str) -> None:
        """Follow the first link that says these words."""

    def send(
        self, button: str, fields: Mapping[str, str] | None = None, *, every_choice: str = ""
    ) -> None:
        """Fill in the form with this button and press it; `every_choice` marks all radio groups."""

    def says(self, words: str) -> bool:
        """Whether the page says this."""

    def seen(self) -> str:
        """Where the person is and what stands there, for whoever reads a failure."""


def walk(cast: Cast, walker_of: Callable[[Person | None], Walker]) -> None:
    """Play the whole way; stops at the first page that does not say what it should."""

    def expect(walker: Walker, words: str) -> None:
        assert walker.says(words), f"the page does not say “{words}”: {walker.seen()}"

    author = walker_of(cast.author)
    author.open("/")
    author.follow("Tulis usulan")
    author.send("Mulai draf", {"name": RECORD["name"]})
    expect(author, "Draf disimpan")
    author.send("Simpan revisi", RECORD)
    expect(author, "Revisi 2 disimpan")
    author.send("Ajukan")
    expect(author, "Usulan diajukan")

    colleague = walker_of(cast.elector)
    colleague.open("/proposals/")
    colleague.follow(RECORD["name"])
    objection = {"kind": "objection", "field": "target", "body": "95 tidak terjangkau di dusun."}
    colleague.send("Kirim tanggapan", objection)
    expect(colleague, "Tanggapan Anda tercatat")
    risk = {
        "kind": "gaming_risk",
        "field": "data_source",
        "body": "Kunjungan dapat dicatat tanpa ibunya diperiksa.",
    }
    colleague.send("Kirim tanggapan", risk)
    expect(colleague, "Tanggapan Anda tercatat")

    head = walker_of(cast.head)
    head.open("/proposals/")
    head.follow(RECORD["name"])
    expect(head, "2 tanggapan belum ditindaklanjuti")
    head.follow("Syarat pembekuan")
    expect(head, "Risiko diakali yang dilaporkan belum dijawab")

    author.open("/")
    author.follow(RECORD["name"])
    author.follow("Ubah teks")
    author.send("Simpan revisi", {"target": "87,5", "reason": "Menjawab keberatan rekan."})
    expect(author, "Revisi 3 disimpan")
    author.follow("Riwayat perubahan")
    expect(author, "Target 95 → 87,5 persen")
    author.open("/")
    author.follow(RECORD["name"])
    author.follow("Beri tindak lanjut")
    author.send("Simpan tindak lanjut", {"outcome": "adopted", "revision": "revisi 3"})
    expect(author, "Tindak lanjut tercatat")
    author.follow("Beri tindak lanjut")
    author.send(
        "Simpan tindak lanjut",
        {"outcome": "not_adopted", "reason": "Sepuluh buku KIA dicocokkan setiap triwulan."},
    )
    expect(author, "Tindak lanjut tercatat")

    colleague.open("/notices/")
    expect(colleague, "diterima")

    head.open("/proposals/")
    head.follow(RECORD["name"])
    head.send("Bekukan teks")
    head.follow("Buka pemungutan suara")
    head.send("Buka pemungutan suara", {"method": "consensus"})
    expect(head, "Musyawarah mufakat")

    electors = [cast.author, cast.coauthor, cast.elector, cast.former_acting_head]
    for number, elector in enumerate(electors):
        speaker = walker_of(elector)
        speaker.open("/")
        speaker.follow("Usulan indikator Puskesmas Latihan")
        objection = {"reason": "Target masih terlalu tinggi."} if number == 2 else {}
        choice = "object" if number == 2 else "agree"
        speaker.send("Lanjut: periksa suara", objection, every_choice=choice)
        speaker.send("Berikan suara")
        expect(speaker, "Suara Anda tercatat")

    head.open("/proposals/")
    head.follow(RECORD["name"])
    head.send("Tutup dan hitung")
    head.open("/proposals/")
    head.follow(RECORD["name"])
    expect(head, "Mufakat belum tercapai")
    head.follow("Buka pemungutan suara")
    head.send("Buka pemungutan suara", {"method": "approve"})
    expect(head, "Pemungutan suara dibuka")

    for number, elector in enumerate(electors):
        voter = walker_of(elector)
        voter.open("/")
        voter.follow("Usulan indikator Puskesmas Latihan")
        choice = "reject" if number == 0 else "approve"
        voter.send("Lanjut: periksa suara", every_choice=choice)
        expect(voter, "Suara Anda belum tercatat")
        voter.send("Kembali ubah")
        voter.send("Lanjut: periksa suara")
        expect(voter, "Tidak setuju" if number == 0 else "Setuju")
        voter.send("Berikan suara")
        expect(voter, "Suara Anda tercatat")

    head.open("/proposals/")
    head.follow(RECORD["name"])
    head.send("Tutup dan hitung")
    head.open("/")
    head.follow(RECORD["name"])
    expect(head, "Hasil: disetujui pemilih")
    head.follow("Putuskan")
    head.send(
        "Simpan keputusan",
        {"kind": "adopt", "reason": "Disetujui pemilih, dan keberatan sudah dijawab."},
    )
    expect(head, "Keputusan Anda tercatat")

    facilitator = walker_of(cast.facilitator)
    facilitator.open("/sets/drafts/")
    facilitator.follow("Susun set baru")
    facilitator.send("Buat draf", {"scope": "Kota Contoh"})
    facilitator.send("Simpan draf", {"weight": "100"})
    facilitator.send("Serahkan kepada penerbit")
    expect(facilitator, "Set diserahkan")

    publisher = walker_of(cast.publisher)
    publisher.open("/")
    publisher.follow("Kota Contoh")
    decree = {"number": "700/1/2026", "dated_on": "2026-11-24", "by_office": "Wali Kota"}
    publisher.send("Terbitkan", decree)
    expect(publisher, RECORD["name"])

    visitor = walker_of(None)
    visitor.open("/indicators/KES-77/")
    expect(visitor, RECORD["name"])
    expect(visitor, "keberatan sudah dijawab")
    visitor.send("Hitung", {"actual": "84"})
    expect(visitor, "96,00")
