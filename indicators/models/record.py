"""The indicator record: what is written down about an indicator, in drafts and in versions alike.

Source: DESIGN 4.5; the Manual IKU line, the national short form and BPS MS-Ind (DOMAIN 2).
"""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indicators.shapes import (
    validate_applies_to,
    validate_code,
    validate_ms_ind,
    validate_scale,
    validate_target_range,
    validate_targets,
    validate_text,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Perspective(models.TextChoices):
    """Source: PermenPANRB 6/2022 (SKP of leaders)."""

    PENERIMA_LAYANAN = "penerima_layanan", _("Penerima layanan")
    PROSES_BISNIS = "proses_bisnis", _("Proses bisnis")
    PENGUATAN_INTERNAL = "penguatan_internal", _("Penguatan internal")
    ANGGARAN = "anggaran", _("Anggaran")


class Level(models.TextChoices):
    """The values are the abbreviations of the law, and stand so in published documents."""

    IKU = "IKU", _("IKU (indikator kinerja utama)")
    IKI = "IKI", _("IKI (indikator kinerja individu)")
    IKK = "IKK", _("IKK (indikator kinerja kunci/kegiatan)")
    SPM = "SPM", _("SPM (standar pelayanan minimal)")


class Kind(models.TextChoices):
    OUTCOME = "outcome", _("Hasil (outcome)")
    OUTPUT = "output", _("Keluaran (output)")
    PROCESS = "process", _("Proses")


class Aspect(models.TextChoices):
    KUANTITAS = "kuantitas", _("Kuantitas")
    KUALITAS = "kualitas", _("Kualitas")
    WAKTU = "waktu", _("Waktu")
    BIAYA = "biaya", _("Biaya")


class Polarity(models.TextChoices):
    MAXIMIZE = "maximize", _("Makin tinggi makin baik (maximize)")
    MINIMIZE = "minimize", _("Makin rendah makin baik (minimize)")
    STABILIZE = "stabilize", _("Mendekati target makin baik (stabilize)")


class ReportingPeriod(models.TextChoices):
    BULANAN = "bulanan", _("Bulanan")
    TRIWULANAN = "triwulanan", _("Triwulanan")
    SEMESTERAN = "semesteran", _("Semesteran")
    TAHUNAN = "tahunan", _("Tahunan")
    PER_KEGIATAN = "per_kegiatan", _("Per kegiatan")


class PeriodConsolidation(models.TextChoices):
    SUM = "sum", _("Jumlah (sum)")
    AVERAGE = "average", _("Rata-rata (average)")
    TAKE_LAST_KNOWN = "take_last_known", _("Nilai terakhir (take last known)")


class LocationConsolidation(models.TextChoices):
    SUM = "sum", _("Jumlah (sum)")
    AVERAGE = "average", _("Rata-rata (average)")
    RAW_DATA = "raw_data", _("Dihitung dari data mentah (raw data)")
    TAKE_LAST_KNOWN = "take_last_known", _("Nilai terakhir (take last known)")


class Validity(models.TextChoices):
    EXACT = "exact", _("Tepat: mengukur sasaran langsung (exact)")
    PROXY = "proxy", _("Wakil: mengukur sasaran tidak langsung (proxy)")
    ACTIVITY = "activity", _("Kegiatan: masih jauh dari sasaran (activity)")


class Control(models.TextChoices):
    HIGH = "high", _("Tinggi: hasil terutama di tangan unit (high)")
    MODERATE = "moderate", _("Sedang (moderate)")
    LOW = "low", _("Rendah: hasil terutama bergantung pada pihak lain (low)")


class Cascading(models.TextChoices):
    CASCADING_PETA = "cascading_peta", _("Diturunkan dari peta strategi (cascading peta)")
    CASCADING_NON_PETA = "cascading_non_peta", _("Diturunkan, bukan dari peta (cascading non-peta)")
    NON_CASCADING = "non_cascading", _("Tidak diturunkan (non-cascading)")


def _text(label: "StrOrPromise", help_text: "StrOrPromise") -> "models.TextField[str, str]":
    return models.TextField(label, help_text=help_text, blank=True, validators=[validate_text])


def _choice(
    label: "StrOrPromise", choices: type[models.TextChoices], help_text: "StrOrPromise"
) -> "models.CharField[str, str]":
    return models.CharField(label, max_length=20, choices=choices, blank=True, help_text=help_text)


def _decimal(
    label: "StrOrPromise", help_text: "StrOrPromise"
) -> "models.DecimalField[str | Decimal | None, Decimal | None]":
    return models.DecimalField(
        label, max_digits=15, decimal_places=4, null=True, blank=True, help_text=help_text
    )


def _one_of(
    field: str, choices: type[models.TextChoices], message: "StrOrPromise"
) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": ["", *choices.values]}),
        name=f"%(class)s_{field}",
        violation_error_message=message,
    )


class IndicatorRecord(models.Model):
    """All fields of an indicator; blank is allowed, what a stage needs is `record.missing`.

    Whoever inherits writes `class Meta(IndicatorRecord.Meta)`, so that the row rules come along.
    Units stand as their codes: a code never changes, a name may.
    """

    code = models.CharField(
        _("kode"),
        max_length=20,
        blank=True,
        validators=[validate_code],
        help_text=_("Singkatan bidang dan nomor, misalnya KES-01; tidak pernah dipakai ulang."),
    )
    name = models.CharField(
        _("nama indikator"),
        max_length=250,
        validators=[validate_text],
        help_text=_("Apa yang diukur, tanpa singkatan, tanpa nama daerah dan tahun."),
    )
    purpose = _text(
        _("tujuan"), _("Untuk apa indikator ini diukur, dan siapa yang terbantu karenanya.")
    )
    objective = _text(
        _("sasaran strategis"), _("Sasaran unit kerja yang tercapai bila indikator ini membaik.")
    )
    perspective = _choice(
        _("perspektif"), Perspective, _("Sudut pandang kinerja yang dicakup indikator ini.")
    )
    level = _choice(
        _("tingkat"), Level, _("IKU untuk organisasi, IKI untuk pegawai, SPM bila diwajibkan.")
    )
    kind = _choice(
        _("jenis"), Kind, _("Yang diukur: hasil bagi warga, keluaran pekerjaan, atau prosesnya.")
    )
    basis = _text(
        _("dasar"), _("Peraturan atau dokumen yang meminta indikator ini, misalnya RPJMD.")
    )

    definition = _text(
        _("definisi"), _("Apa persisnya yang dihitung dan apa yang tidak, dengan kata yang jelas.")
    )
    formula = _text(
        _("rumus"), _("Cara menghitungnya, misalnya (balita ditimbang ÷ seluruh balita) × 100.")
    )
    numerator = _text(
        _("pembilang"), _("Untuk rasio: angka di atas garis, misalnya balita yang ditimbang.")
    )
    denominator = _text(
        _("penyebut"), _("Untuk rasio: angka di bawah garis, misalnya seluruh balita sasaran.")
    )
    unit = models.CharField(
        _("satuan"),
        max_length=60,
        blank=True,
        validators=[validate_text],
        help_text=_("Satuan angkanya, misalnya Persen, Kasus, Hari kerja."),
    )
    aspect = _choice(_("aspek"), Aspect, _("Segi yang diukur: jumlah, mutu, waktu, atau biaya."))

    polarity = _choice(
        _("polarisasi"), Polarity, _("Apakah angka yang baik itu tinggi, rendah, atau mendekati.")
    )
    target = _decimal(_("target"), _("Angka yang hendak dicapai dalam setahun, tanpa satuan."))
    targets = models.JSONField(
        _("target per periode"),
        default=dict,
        blank=True,
        validators=[validate_targets],
        help_text=_("Bila target dibagi per triwulan, semester atau bulan: angka tiap periode."),
    )
    target_range = models.JSONField(
        _("rentang target"),
        default=list,
        blank=True,
        validators=[validate_target_range],
        help_text=_("Bila targetnya rentang: batas bawah dan batas atas; di dalamnya penuh."),
    )
    target_is_max = models.BooleanField(
        _("target sudah tertinggi (konversi 120)"),
        default=False,
        help_text=_(
            "Ya bila target tidak mungkin dilampaui, misalnya 100%: tercapai bernilai 120."
        ),
    )
    worst_case = _decimal(
        _("realisasi terburuk"),
        _("Wajib bila target 0 dan makin rendah makin baik: angka terburuk yang masih mungkin."),
    )
    stabilize_scale = models.JSONField(
        _("skala nilai"),
        default=list,
        blank=True,
        validators=[validate_scale],
        help_text=_("Untuk polarisasi stabilize: pasangan capaian dan nilai, misalnya 90 → 100."),
    )
    baseline = _decimal(
        _("data dasar (baseline)"), _("Realisasi tahun lalu, sebagai pembanding target.")
    )

    reporting_period = _choice(
        _("periode pelaporan"), ReportingPeriod, _("Seberapa sering angkanya dilaporkan.")
    )
    period_consolidation = _choice(
        _("konsolidasi periode"),
        PeriodConsolidation,
        _("Cara menggabungkan angka beberapa periode menjadi angka setahun."),
    )
    location_consolidation = _choice(
        _("konsolidasi lokasi"),
        LocationConsolidation,
        _("Cara menggabungkan angka beberapa unit kerja menjadi angka unit di atasnya."),
    )

    validity = _choice(
        _("tingkat validitas"), Validity, _("Seberapa langsung indikator ini mengukur sasarannya.")
    )
    control = _choice(
        _("tingkat kendali"), Control, _("Seberapa besar hasilnya ada di tangan unit sendiri.")
    )
    cascading = _choice(
        _("penjenjangan"),
        Cascading,
        _("Apakah indikator ini diturunkan dari indikator di atasnya."),
    )
    supports = models.CharField(
        _("mendukung indikator"),
        max_length=20,
        blank=True,
        validators=[validate_code],
        help_text=_("Kode indikator di atasnya yang ikut membaik bila indikator ini membaik."),
    )

    owner_unit = models.SlugField(
        _("penanggung jawab"),
        max_length=40,
        blank=True,
        db_index=False,
        help_text=_("Unit kerja yang bertanggung jawab atas indikator ini."),
    )
    data_provider = models.CharField(
        _("penyedia data"),
        max_length=250,
        blank=True,
        validators=[validate_text],
        help_text=_("Siapa yang menyerahkan angkanya, misalnya Seksi Surveilans dan Imunisasi."),
    )
    data_source = _text(
        _("sumber data"), _("Dari mana angkanya diambil, misalnya register, aplikasi, atau survei.")
    )
    applies_to = models.JSONField(
        _("berlaku bagi"),
        default=list,
        blank=True,
        validators=[validate_applies_to],
        help_text=_("Unit kerja, dan bila perlu rumpun jabatan, yang diukur dengan indikator ini."),
    )

    ms_ind = models.JSONField(
        _("keterangan MS-Ind"),
        default=dict,
        blank=True,
        validators=[validate_ms_ind],
        help_text=_("Keterangan tambahan untuk metadata statistik BPS; hanya untuk ekspor."),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="%(class)s_name",
                violation_error_message=_("Nama indikator harus diisi."),
            ),
            _one_of("perspective", Perspective, _("Perspektif tidak dikenal.")),
            _one_of("level", Level, _("Tingkat indikator tidak dikenal.")),
            _one_of("kind", Kind, _("Jenis indikator tidak dikenal.")),
            _one_of("aspect", Aspect, _("Aspek tidak dikenal.")),
            _one_of("polarity", Polarity, _("Polarisasi tidak dikenal.")),
            _one_of("reporting_period", ReportingPeriod, _("Periode pelaporan tidak dikenal.")),
            _one_of(
                "period_consolidation",
                PeriodConsolidation,
                _("Konsolidasi periode tidak dikenal."),
            ),
            _one_of(
                "location_consolidation",
                LocationConsolidation,
                _("Konsolidasi lokasi tidak dikenal."),
            ),
            _one_of("validity", Validity, _("Tingkat validitas tidak dikenal.")),
            _one_of("control", Control, _("Tingkat kendali tidak dikenal.")),
            _one_of("cascading", Cascading, _("Penjenjangan tidak dikenal.")),
            models.CheckConstraint(
                condition=Q(polarity="maximize") | ~Q(target__lt=0) | Q(polarity=""),
                name="%(class)s_negative_target",
                violation_error_message=_(
                    "Target di bawah nol hanya dapat dihitung bila makin tinggi makin baik."
                ),
            ),
            models.CheckConstraint(
                condition=Q(worst_case__isnull=True) | Q(worst_case__gt=0),
                name="%(class)s_worst_case",
                violation_error_message=_("Realisasi terburuk harus lebih besar dari nol."),
            ),
        ]
