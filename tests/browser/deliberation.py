"""What people do while they deliberate, by what the pages say and nothing else.

Each journey takes a `Table`: the cast, a proposal under discussion, and a hand for whoever acts.
They are played without scripts (`test_deliberation_plain.py`) and by the keyboard alone
(`test_deliberation_keys.py`).
"""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from django.utils import timezone, translation
from django.utils.formats import date_format
from openpyxl import load_workbook
from playwright.sync_api import expect

from indicators.importing.template import COLUMNS
from notices.models import Notice
from people.models import Person
from proposals import actions
from proposals.actions import Answered
from proposals.checklist import ITEMS
from proposals.models import (
    Bundle,
    Disposition,
    Evidence,
    Proposal,
    Reaction,
    Round,
    Unsealing,
)
from tests.browser.hands import Reader
from tests.builders import Cast, Units, build_cast, build_person, build_units
from tests.files import PDF_BYTES
from tests.proposals.builders import (
    build_comment,
    build_discussion,
    build_draft,
    build_publication,
    build_round,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAME = "Persentase balita yang ditimbang setiap bulan"


@dataclass
class Table:
    """Those who deliberate, what about, and their hands."""

    units: Units
    cast: Cast
    now: datetime
    round: Round
    proposal: Proposal
    of: Callable[[Person | None], Reader]

    def at_home(self, person: Person | None) -> Reader:
        """Somebody on the first page."""
        reader = self.of(person)
        reader.starts_at("/")
        return reader

    def at_proposal(self, person: Person) -> Reader:
        """Somebody who followed the name of the proposal on the first page."""
        reader = self.at_home(person)
        reader.follow(self.proposal.record.name)
        return reader


def lay(of: Callable[[Person | None], Reader]) -> Table:
    """A proposal of the training puskesmas under discussion, in a round of its agency."""
    now, units = timezone.now(), build_units()
    cast = build_cast(units, today=timezone.localdate(now))
    for _ in range(3):  # enough colleagues for a pseudonym to hide among
        build_person(unit=units.unit)
    round_ = build_round(units.agency, now=now, year=now.year + 1)
    return Table(units, cast, now, round_, build_discussion(cast.author, round_, now=now), of)


def wordings_are_taken_over(table: Table) -> None:
    """Suggested, taken over, taken over with a change after the text moved, and rejected."""
    cast, proposal = table.cast, table.proposal
    for person, wording, why in (
        (cast.coauthor, "Balita yang ditimbang di posyandu", "Posyandu yang menimbang."),
        (cast.outsider, "Balita yang diukur", "Lebih singkat."),
    ):
        actions.suggestion_add(
            actor=person,
            proposal=proposal,
            field="numerator",
            wording=wording,
            body=why,
            submission=uuid4(),
            now=table.now,
        )

    colleague = table.at_proposal(cast.elector)
    colleague.follow("Usulkan rumusan lain untuk pembilang")
    colleague.sees("Balita sasaran yang ditimbang")
    colleague.write("Pembilang", "Balita sasaran yang ditimbang dan dicatat")
    colleague.write("Mengapa lebih baik", "Yang tidak dicatat tidak dapat diperiksa.")
    colleague.press("Kirim usulan rumusan")
    colleague.sees("Usulan rumusan Anda tercatat")
    own = colleague.page.locator("li.m-comment").filter(has_text="Yang tidak dicatat")
    expect(own.locator("ins")).to_contain_text("dan dicatat")

    author = table.at_proposal(cast.author)
    author.follow("Muat ke dalam teks", within="Yang tidak dicatat")
    author.sees("Yang akan berubah pada teks sekarang")
    author.press("Muat dan simpan revisi")
    author.sees("Revisi 2 memuat usulan rumusan ini.")

    author.follow("Muat ke dalam teks", within="Posyandu yang menimbang.")
    author.sees("Bagian ini sudah berubah sejak revisi 1, yang ditanggapi usulan ini.")
    author.write("Pembilang", "Balita yang ditimbang di posyandu dan dicatat")
    author.write("Catatan", "Digabung dengan usulan rekan.")
    author.press("Muat dan simpan revisi")
    author.sees("Revisi 3 memuat usulan rumusan ini.")

    author.follow("Muat ke dalam teks", within="Lebih singkat.")
    author.follow("Tidak dimuat: beri alasan")
    author.mark("Tidak diterima")
    author.write("Alasan", "Mengukur bukan menimbang.")
    author.press("Simpan tindak lanjut")
    author.sees("Tindak lanjut tercatat")
    author.follow("Riwayat perubahan")
    author.sees("Rumusan diusulkan oleh Pemilih Contoh", within="Revisi 2")
    author.sees("Rumusan diusulkan oleh Pendamping Contoh", within="Revisi 3")
    author.sees("Digabung dengan usulan rekan.", within="Revisi 3")

    outsider = table.at_home(cast.outsider)
    outsider.follow("Yang Anda sampaikan")
    outsider.sees("Mengukur bukan menimbang.", "1 tidak diterima")
    outsider.follow("Lihat percakapannya")
    outsider.follow("Belum terselesaikan?", within="Lebih singkat.")
    outsider.write("Yang belum terselesaikan", "Panjang badan belum diukur di mana pun.")
    outsider.press("Kirim jawaban")
    outsider.sees("Menurut penanggap belum terselesaikan: Panjang badan belum diukur")
    outsider.misses("Belum terselesaikan?")
    outsider.follow("Yang disampaikan, yang berubah")
    outsider.sees("3 disampaikan", "2 diterima", "1 tidak diterima")
    outsider.sees("pembilang", within="Posyandu yang menimbang.")
    assert Disposition.objects.exclude(reply="").count() == 1
    assert proposal.revisions.count() == 3


def reviewers_disagree(table: Table) -> None:
    """A second reviewer says no where the first says yes: that question stands on top."""
    actions.review_give(
        actor=table.cast.outsider,
        proposal=table.proposal,
        revision_number=1,
        answers={key: Answered("yes", "") for key in ITEMS},
        now=table.now,
    )
    reviewer = table.at_proposal(table.cast.elector)
    reviewer.follow("Telaah")
    reviewer.sees("1 orang sudah menelaah.")
    for item in ITEMS.values():
        verdict = "Tidak" if item.key == "smart_realistic" else "Ya"
        group = reviewer.page.get_by_role("group", name=str(item.question))
        reviewer.hand.tick(group.get_by_label(verdict, exact=True))
    reviewer.hand.fill(
        reviewer.page.locator("#id_reason-smart_realistic"), "Pegunungan tidak terjangkau."
    )
    reviewer.press("Simpan telaah")
    reviewer.sees("2 orang sudah menelaah.", "Butir yang paling diperselisihkan berada di atas.")
    first = reviewer.page.locator("article").first
    expect(first).to_contain_text("Realistic: terjangkau, tetapi menantang?")
    expect(first).to_contain_text("Pegunungan tidak terjangkau.")


def lacks_are_mended(table: Table) -> None:
    """Each line of the gate leads to the box or the place where it is mended."""
    draft = build_draft(
        table.cast.author, table.round, now=table.now, name="Waktu tunggu pasien",
        basis="", target=None, data_source="",
    )  # fmt: skip
    author = table.at_home(table.cast.author)
    author.follow(draft.record.name)
    author.follow("Syarat pembekuan")
    author.sees("Dapat dilengkapi oleh pengusul", "Penulis Contoh", "Yang sudah terpenuhi")
    gate = author.page.url
    links = author.page.locator("main ul a")
    places = [link.get_attribute("href") or "" for link in links.all()]
    assert len(places) >= 4
    for number, place in enumerate(places):
        author.page.goto(gate)
        author.hand.click(links.nth(number))
        author.page.wait_for_url(f"**{place}")
        expect(author.page.locator("#" + place.partition("#")[2])).to_be_in_viewport()
    author.page.goto(gate)
    author.follow("Target belum diisi")
    author.write("Target", "80")
    author.press("Simpan revisi")
    author.sees("Revisi 2 disimpan")
    author.follow("Syarat pembekuan")
    author.misses("Target belum diisi")


def an_old_text_comes_back(table: Table) -> None:
    """Two revisions are compared, and the older is restored as a third."""
    actions.revision_save(
        actor=table.cast.author,
        proposal=table.proposal,
        fields={"target": "95"},
        reason="Target dinaikkan.",
        based_on=1,
        now=table.now,
    )
    author = table.at_proposal(table.cast.author)
    author.follow("Riwayat perubahan")
    author.choose("Bandingkan revisi", "1")
    author.choose("Dengan revisi", "2")
    author.press("Bandingkan")
    author.sees("Revisi 1 dibandingkan dengan revisi 2", "Target 80 → 95 persen")
    author.follow("Kembalikan teks ini")
    author.sees("Target 95 → 80 persen")
    author.write("Alasan mengembalikan", "95 tidak terjangkau.")
    author.press("Kembalikan teks ini")
    author.follow("Riwayat perubahan")
    author.sees("Revisi 3", "95 tidak terjangkau.")
    table.proposal.record.refresh_from_db()
    assert (table.proposal.record.target, table.proposal.revisions.count()) == (80, 3)


def colleagues_write_with_evidence(table: Table) -> None:
    """A colleague accepts to write, too; a file that is none is refused, a true one is kept."""
    author = table.at_proposal(table.cast.author)
    author.unfold("Ajak rekan menulis")
    author.choose("Rekan kerja", str(table.cast.coauthor))
    author.press("Ajak")
    author.sees("Rekan Anda diajak dan diberi tahu.")

    colleague = table.at_home(table.cast.coauthor)
    colleague.sees("Penulis Contoh mengajak Anda menulis bersama: terima atau tolak.")
    colleague.follow(NAME)
    colleague.press("Terima ajakan")
    colleague.sees("Anda kini rekan pengusul dan dapat mengubah teksnya.")
    assert Proposal.coauthors.through.objects.get().person_id == table.cast.coauthor.pk

    def attach(content: bytes) -> None:
        colleague.unfold("Tambah berkas bukti")
        colleague.write("Isi berkas", "Rekap kohort tahun lalu")
        colleague.attach(
            "Berkas", {"name": "rekap.pdf", "mimeType": "application/pdf", "buffer": content}
        )
        colleague.press("Simpan berkas")

    attach(b"bukan PDF")
    colleague.sees("Berkas harus PDF, JPEG, PNG, XLSX, atau ODS yang utuh.")
    if colleague.runs_scripts:
        expect(colleague.page.locator(".ds-error-summary")).to_be_focused()
    assert not Evidence.objects.exists()
    table.at_proposal(table.cast.coauthor)
    attach(PDF_BYTES)
    colleague.sees("Berkas disimpan.")
    kept = table.at_proposal(table.cast.outsider).downloads("Rekap kohort tahun lalu")
    assert (kept.suggested_filename, Path(kept.path()).read_bytes()) == ("rekap.pdf", PDF_BYTES)
    table.at_proposal(table.cast.coauthor)
    colleague.press("Hapus berkas")
    colleague.sees("Berkas dihapus; penghapusannya tercatat.")


def a_published_set_goes_on(table: Table) -> None:
    """One indicator is amended, one retired, and a set becomes the bundle of the next year."""
    cast = table.cast
    publication = build_publication(
        cast.facilitator, cast.publisher, cast.head, table.units.agency, now=table.now
    )
    author = table.at_home(cast.author)
    author.follow("Putaran contoh")
    author.follow("Ubah atau cabut indikator")
    author.follow("Usulkan perubahan KES-01")
    author.press("Mulai draf")
    author.write("Target", "85")
    author.press("Simpan revisi")
    author.sees("Yang berubah dari KES-01 versi 1", "Target 80 → 85 persen")

    author.starts_at("/")
    author.follow("Putaran contoh")
    author.follow("Ubah atau cabut indikator")
    author.follow("Usulkan pencabutan KES-02")
    author.write("Alasan pencabutan", "Tidak lagi diukur pusat.")
    author.press("Mulai draf")
    author.sees("Tidak lagi diukur pusat.")
    kinds = Proposal.objects.filter(author=cast.author).values_list("kind", flat=True)
    assert sorted(kinds) == ["amend", "new", "retire"]

    facilitator = table.at_home(cast.facilitator)
    facilitator.goes_to("Putaran")
    facilitator.follow("Putaran contoh")
    facilitator.follow("Lanjutkan set indikator tahun sebelumnya")
    facilitator.sees("80", within="KES-03")
    facilitator.write("Target baru KES-01", "90")
    facilitator.mark("Cabut KES-02")
    facilitator.press("Simpan sebagai paket")
    facilitator.sees("Paket disimpan sebagai draf", "2 usulan dalam paket", "KES-03")
    facilitator.press("Ajukan semua")
    facilitator.sees("Paket diajukan.")
    assert Bundle.objects.get().publication == publication


def drafts_come_from_a_template(table: Table) -> None:
    """The template is kept, filled, refused with its line, previewed, and imported."""
    author = table.at_home(table.cast.author)
    author.follow("Putaran contoh")
    template = Path(author.downloads("Unduh templat XLSX").path()).read_bytes()
    author.follow("Unggah templat")

    def upload(**typed: str) -> None:
        book = load_workbook(io.BytesIO(template))
        for name, words in typed.items():
            column = [field.name for field in COLUMNS].index(name) + 1
            book["Indikator"].cell(2, column).value = words
        filled = io.BytesIO()
        book.save(filled)
        author.attach(
            "Templat yang sudah diisi",
            {"name": "isi.xlsx", "mimeType": XLSX, "buffer": filled.getvalue()},
        )
        author.press("Lihat pratinjau")

    upload(name="Cakupan ibu hamil diperiksa", target="banyak")
    author.sees("1 masalah; tidak ada yang disimpan")
    upload(name="Cakupan ibu hamil diperiksa", target="87,5")
    author.sees("Pratinjau: 1 draf", "Cakupan ibu hamil diperiksa", "Baris 2", "belum diisi")
    assert Proposal.objects.count() == 1
    author.press("Simpan semua sebagai draf")
    author.sees("1 draf disimpan. Hanya Anda yang melihatnya.", "Cakupan ibu hamil diperiksa")
    assert str(Proposal.objects.latest("created_at").record.target) == "87.5000"


def words_come_in_other_ways(table: Table) -> None:
    """The tree of supports, a text to share, words from paper, and words without a name."""
    cast, proposal = table.cast, table.proposal
    build_discussion(
        cast.author, table.round, now=table.now, code="KES-21", name="Ibu hamil diperiksa",
        supports="KES-20", cascading="cascading_non_peta",
    )  # fmt: skip
    reader = table.at_home(cast.elector)
    reader.follow("Ibu hamil diperiksa")
    reader.follow("Mendukung KES-20")
    reader.choose("Lingkup unit", "Puskesmas Latihan")
    reader.press("Tampilkan")
    expect(reader.page.locator("details").filter(has_text="KES-20 (1)").last).to_contain_text(
        "Ibu hamil diperiksa"
    )

    reader = table.at_proposal(cast.elector)
    reader.follow("Bagikan")
    text = reader.page.get_by_label("Teks untuk pesan").input_value()
    assert NAME in text
    assert f"/proposals/{proposal.pk}/" in text

    facilitator = table.at_proposal(cast.facilitator)
    facilitator.follow("Catat tanggapan dari kertas")
    facilitator.write("Asal", "Posyandu Mawar")
    facilitator.choose("Jenis tanggapan", "Pertanyaan")
    facilitator.write("Isi tanggapan", "Apakah berlaku di desa?")
    facilitator.press("Catat tanggapan")
    facilitator.sees("Posyandu Mawar", "disampaikan lewat kertas, dicatat oleh fasilitator")

    reader = table.at_proposal(cast.elector)
    reader.choose("Jenis tanggapan", "Keberatan")
    reader.write("Tanggapan", "Angkanya ditekan dari atas.")
    reader.mark("Pakai nama samaran")
    reader.press("Kirim tanggapan")
    reader.sees("(Anda)", "nama samaran", within="Angkanya ditekan")
    author = table.at_proposal(cast.author)
    author.sees("nama samaran", within="Angkanya ditekan")
    assert "Pemilih Contoh" not in author.page.locator("#comments").inner_html()

    auditor = table.at_proposal(cast.auditor)
    auditor.follow("Nama samaran", within="Angkanya ditekan")
    auditor.write("Alasan", "Laporan ancaman nomor 7.")
    auditor.press("Minta pembukaan")
    auditor.sees("Permintaan tercatat dan menunggu persetujuan.")
    auditor.misses("Pemilih Contoh")
    administrator = table.at_home(cast.administrator)
    administrator.sees("Pembukaan nama samaran menunggu persetujuan Anda.")
    administrator.follow(NAME)
    administrator.write("Alasan", "Laporan sudah diperiksa.")
    administrator.press("Setujui pembukaan")
    administrator.sees("Nama samaran dibuka; pembukaannya tercatat.", "Pemilih Contoh")
    assert Unsealing.objects.get().confirmed_by == cast.administrator


def things_are_found(table: Table) -> None:
    """Search and filters, follow and unfollow, the pages about all proposals, and the files."""
    cast, proposal = table.cast, table.proposal
    build_comment(cast.elector, proposal, now=table.now)
    build_draft(cast.coauthor, table.round, now=table.now, code="KES-21", name="Draf rekan")
    author = table.at_home(cast.author)
    author.goes_to("Usulan")
    author.write("Cari", "timbangan")
    author.unfold("Saringan lain")
    author.mark("Perlu tindakan saya")
    author.press("Saring")
    author.sees("1 usulan", NAME)
    author.write("Cari", "imunisasi")
    author.press("Saring")
    author.sees("Tidak ada usulan yang cocok.")

    outsider = table.at_proposal(cast.outsider)
    outsider.press("Ikuti usulan ini")
    outsider.sees("Anda mengikuti usulan ini dan akan diberi tahu.")
    outsider.starts_at("/")
    outsider.goes_to("Usulan")
    outsider.follow("Yang saya ikuti")
    outsider.press(f"Berhenti mengikuti: {NAME}")
    outsider.sees("Anda tidak lagi mengikuti usulan ini.")

    outsider.starts_at("/")
    outsider.goes_to("Usulan")
    outsider.follow("Papan tahap")
    outsider.sees("Masa Tanggapan", "Puskesmas Latihan")
    outsider.goes_to("Usulan")
    outsider.follow("Kesehatan musyawarah")
    outsider.sees("Kesehatan musyawarah", "Cara menghitungnya", "Putaran contoh")
    outsider.goes_to("Putaran")
    outsider.follow("Kalender")
    outsider.sees(f"Kalender: {_month(table.now)}")
    calendar = outsider.downloads("Unduh untuk kalender Anda (.ics)")
    assert "Putaran contoh" in Path(calendar.path()).read_text(encoding="utf-8")

    outsider.starts_at("/")
    outsider.follow(NAME)
    outsider.follow("Peta tanggapan")
    outsider.sees("Yang paling diperselisihkan", "Jumlah tanggapan; dalam kurung")
    outsider.follow("target, Keberatan: 1 (1)")
    outsider.sees("Hanya tentang target.", "Target ini terlalu tinggi untuk wilayah kami.")
    outsider.follow("Cetak atau unduh")
    outsider.sees("Target ini terlalu tinggi untuk wilayah kami.", "Untuk PDF, cetak halaman ini")
    debate = json.loads(Path(outsider.downloads("Unduh JSON").path()).read_bytes())
    assert "Target ini terlalu tinggi" in json.dumps(debate)
    book = load_workbook(io.BytesIO(Path(outsider.downloads("Unduh XLSX").path()).read_bytes()))
    cells = [cell for sheet in book.worksheets for row in sheet.values for cell in row]
    assert any("Target ini terlalu tinggi" in str(cell) for cell in cells)


def _month(moment: datetime) -> str:
    with translation.override("id"):
        return date_format(timezone.localtime(moment), "F Y")


def words_are_looked_after(table: Table) -> None:
    """A reaction, a mention, a corrected comment with its versions, and one that is hidden."""
    cast, proposal = table.cast, table.proposal
    comment = build_comment(cast.elector, proposal, now=table.now, kind="question")
    reader = table.at_proposal(cast.coauthor)
    reader.press("Setuju", within="Target ini terlalu tinggi")
    agreed = reader.page.locator(f"#reactions-{comment.pk}").get_by_role("button").first
    expect(agreed).to_have_attribute("aria-pressed", "true")
    expect(agreed).to_contain_text("1")
    assert Reaction.objects.get().person == cast.coauthor

    reader.follow("Balas", within="Target ini terlalu tinggi")
    reader.write("Balasan", "Lihat register.")
    reader.write("Sebut rekan", "Luar")
    if reader.runs_scripts:
        names = reader.page.locator("#mention-names option")
        expect(names).to_have_attribute("value", "Luar Contoh (Dinas Pendidikan)")
    reader.write("Sebut rekan", "Luar Contoh (Dinas Pendidikan)")
    reader.press("Kirim balasan")
    reader.sees("Balasan Anda tercatat.", "@Luar Contoh")
    assert Notice.objects.visible_to(cast.outsider).exists()

    asker = table.at_proposal(cast.elector)
    asker.follow("Ubah tanggapan", within="Target ini terlalu tinggi")
    asker.write("Tanggapan", "Target ini terlalu tinggi untuk pegunungan.")
    asker.press("Simpan perubahan")
    asker.sees("Perubahan tersimpan; teks sebelumnya tetap dapat dibaca.")
    asker.follow("Disunting: lihat teks sebelumnya")
    expect(asker.page.locator("main del")).to_contain_text("wilayah kami")

    facilitator = table.at_proposal(cast.facilitator)
    facilitator.follow("Sembunyikan", within="untuk pegunungan")
    facilitator.write("Alasan", "Menyerang pribadi.")
    facilitator.press("Sembunyikan")
    facilitator.sees("Tanggapan disembunyikan; alasannya tampil di tempatnya.")
    author = table.at_proposal(cast.author)
    author.sees("Disembunyikan oleh fasilitator: Menyerang pribadi.")
    assert "untuk pegunungan" not in author.page.content()
    asker = table.at_proposal(cast.elector)
    asker.unfold("Baca teks yang disembunyikan")
    asker.sees("untuk pegunungan")


JOURNEYS = [
    wordings_are_taken_over,
    reviewers_disagree,
    lacks_are_mended,
    an_old_text_comes_back,
    colleagues_write_with_evidence,
    a_published_set_goes_on,
    drafts_come_from_a_template,
    words_come_in_other_ways,
    things_are_found,
    words_are_looked_after,
]
