"""What each field of a text means, said to someone who never wrote an indicator.

Sources: DOMAIN 2.1 and 2.2 (Manual IKU, KMK 467/2014), 2.4 (MS-Ind), 3.1 (formulas).
"""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

EXPLAINED: "dict[str, StrOrPromise]" = {
    "name": _(
        "Apa yang diukur beserta satuannya, tanpa singkatan, nama daerah, dan tahun. Misalnya: "
        "Persentase balita yang ditimbang setiap bulan."
    ),
    "purpose": _(
        "Untuk apa angka ini dikumpulkan, dan siapa yang terbantu. Misalnya: agar balita "
        "yang berat "
        "badannya tidak naik segera diketahui."
    ),
    "definition": _(
        "Siapa atau apa yang dihitung, dan apa yang tidak, sehingga dua orang menghitung sama. "
        "Misalnya: balita yang tercatat di wilayah kerja, tidak termasuk pengunjung dari luar."
    ),
    "unit": _("Satuan angkanya: Persen, Kasus, Hari kerja, Dokumen, Menit."),
    "polarity": _(
        "Angka mana yang baik? Makin tinggi: cakupan imunisasi. Makin rendah: waktu tunggu. "
        "Mendekati target: lama rawat inap, yang tidak boleh terlalu singkat atau terlalu lama."
    ),
    "target": _(
        "Angka yang hendak dicapai dalam setahun, tanpa satuan, misalnya 87,5. Tepat "
        "mencapai target "
        "bernilai 100; pada “mendekati target” bernilai 120."
    ),
    "objective": _(
        "Sasaran unit kerja yang tercapai bila angka ini membaik; satu indikator untuk satu "
        "sasaran."
    ),
    "perspective": _(
        "Penerima layanan: yang dirasakan warga. Proses bisnis: cara kerja. Penguatan internal: "
        "pegawai, data, sarana. Anggaran: penggunaan uang."
    ),
    "level": _(
        "IKU mengukur unit kerja, IKI mengukur seorang pegawai, IKK mengukur kegiatan, SPM "
        "diwajibkan "
        "pemerintah pusat."
    ),
    "kind": _(
        "Hasil: keadaan warga berubah (kematian ibu turun). Keluaran: yang dihasilkan "
        "pekerjaan (ibu "
        "diperiksa). Proses: cara mengerjakannya (waktu tunggu)."
    ),
    "formula": _(
        "Cara menghitung dari data, misalnya (balita ditimbang ÷ seluruh balita) × 100. "
        "Tulis semua "
        "bagian yang dipakai."
    ),
    "numerator": _("Untuk rasio: yang dihitung, di atas garis. Misalnya: balita yang ditimbang."),
    "denominator": _(
        "Untuk rasio: pembandingnya, di bawah garis, tidak boleh nol. Misalnya: seluruh "
        "balita sasaran."
    ),
    "aspect": _(
        "Kuantitas: berapa banyak. Kualitas: seberapa baik. Waktu: seberapa cepat. Biaya: "
        "seberapa hemat."
    ),
    "target_is_max": _(
        "Centang bila target tidak mungkin dilampaui, misalnya 100%: yang mencapainya bernilai 120."
    ),
    "worst_case": _(
        "Wajib bila target 0 dan makin rendah makin baik, misalnya 0 kematian: angka "
        "terburuk yang "
        "masih mungkin, karena 0 tidak dapat menjadi pembagi."
    ),
    "baseline": _("Angka nyata tahun lalu, agar rekan dapat menilai apakah targetnya masuk akal."),
    "period_consolidation": _(
        "Dari angka bulanan menjadi setahun. Jumlah: kasus. Rata-rata: kepuasan. Nilai terakhir: "
        "cakupan yang terus bertambah."
    ),
    "location_consolidation": _(
        "Dari angka beberapa unit menjadi angka unit di atasnya. Persentase dihitung dari data "
        "mentah, bukan dirata-rata."
    ),
    "validity": _(
        "Tepat: mengukur sasarannya sendiri. Wakil: mengukur sebagian atau pertandanya. "
        "Kegiatan: "
        "baru mengukur pekerjaan. Tepat dengan kendali tinggi dan kegiatan dengan kendali rendah "
        "sebaiknya dihindari."
    ),
    "control": _(
        "Tinggi: hasilnya di tangan Anda. Sedang: bersama pihak lain. Rendah: terutama "
        "bergantung "
        "pada orang lain, misalnya perilaku warga."
    ),
    "cascading": _(
        "Diturunkan bila indikator ini bagian dari indikator atasan Anda; jika berdiri "
        "sendiri, pilih "
        "tidak diturunkan."
    ),
    "data_source": _(
        "Dari mana angkanya, misalnya register kohort atau aplikasi; data harus ada sebelum "
        "jatuh "
        "tempo pelaporan."
    ),
    "ms_konsep": _("Gagasan yang diukur, menurut rujukan bakunya."),
    "ms_interpretasi": _("Cara membaca angkanya: apa artinya bila naik atau turun."),
    "ms_ukuran": _("Bentuk angkanya: jumlah, rata-rata, persentase, rasio, atau indeks."),
    "ms_klasifikasi_penyajian": _(
        "Rincian penyajian, misalnya menurut jenis kelamin atau kecamatan."
    ),
    "ms_level_estimasi": _("Tingkat wilayah terendah yang angkanya tersedia, misalnya kelurahan."),
}
