"""What is asked, of whom, by which rules."""

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Person, Unit
from voting.methods import METHODS, Method
from voting.policy import Policy
from voting.querysets import ItemQuerySet, PollQuerySet
from web.markdown import stored

if TYPE_CHECKING:
    from voting.models.roll import Elector


class Poll(models.Model):
    """One ballot over one or more items, held in a unit and the units below it.

    From opening on the database refuses every change but those of `state` and `closed_at`
    (`voting.apps`): a poll that went wrong is followed by a new one that names it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Dibuka")
        CLOSED = "closed", _("Ditutup, sedang dihitung")
        SEALED = "sealed", _("Selesai")
        DISPUTED = "disputed", _("Bermasalah")
        VOID = "void", _("Dibatalkan")

    class Mode(models.TextChoices):
        COLUMNS = "A", _("Jumlah per butir dan daftar kode")
        BALLOTS = "B", _("Surat suara tanpa nama dengan kodenya")
        TOTALS = "C", _("Jumlah per butir saja")
        NAMES = "N", _("Pilihan setiap pemilih dengan namanya")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scope = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="polls", verbose_name=_("unit kerja")
    )
    title = models.CharField(_("judul"), max_length=200)
    subject_url = models.CharField(_("tautan"), max_length=200)
    method = models.CharField(_("metode"), max_length=12)
    is_secret = models.BooleanField(_("suara tertutup"), default=True)
    quorum = models.CharField(_("kuorum"), max_length=16)
    majority = models.CharField(_("suara terbanyak"), max_length=16)
    publication_mode = models.CharField(_("pengumuman hasil"), max_length=1, choices=Mode)
    minimum_shown = models.PositiveSmallIntegerField(_("surat suara paling sedikit"))
    families = models.JSONField(_("rumpun jabatan"), default=list, blank=True)
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="polls_opened")
    decider = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="polls_to_decide")
    opened_at = models.DateTimeField(_("dibuka pada"))
    closes_at = models.DateTimeField(_("ditutup menurut jadwal pada"))
    previous = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="repetition"
    )
    roll_size = models.PositiveIntegerField(_("jumlah pemilih"))
    roll_hash = models.CharField(max_length=71, blank=True)  # set last: it freezes the poll
    state = models.CharField(_("keadaan"), max_length=8, choices=State, default=State.OPEN)
    closed_at = models.DateTimeField(_("ditutup pada"), null=True, blank=True)
    void_reason = models.CharField(_("alasan pembatalan"), max_length=500, blank=True)
    # Of a cancelled secret poll; of one that was counted the seal keeps it.
    scrubbed_at = models.DateTimeField(_("sisa data dibersihkan pada"), null=True, blank=True)

    objects: ClassVar[PollQuerySet] = PollQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "closed", "sealed", "disputed", "void"]),
                name="poll_state",
                violation_error_message=_("Keadaan pemungutan suara tidak dikenal."),
            ),
            models.CheckConstraint(
                condition=models.Q(method__in=["approve", "consensus", "weights", "schulze"]),
                name="poll_method",
                violation_error_message=_("Metode pemungutan suara tidak dikenal."),
            ),
            models.CheckConstraint(
                condition=models.Q(is_secret=True) & ~models.Q(publication_mode="N")
                | models.Q(is_secret=False, publication_mode="N"),
                name="poll_secret",
                violation_error_message=_(
                    "Nama diumumkan pada suara terbuka, dan tidak pernah pada suara tertutup."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(method="approve")
                | models.Q(method="consensus", is_secret=False)
                | models.Q(method__in=["weights", "schulze"], is_secret=True),
                name="poll_method_secrecy",
                violation_error_message=_(
                    "Mufakat selalu terbuka; pembagian bobot dan pemeringkatan selalu tertutup."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(publication_mode__in=["A", "B", "C", "N"]),
                name="poll_publication_mode",
                violation_error_message=_("Cara pengumuman hasil tidak dikenal."),
            ),
            models.CheckConstraint(
                condition=models.Q(minimum_shown__gte=5),
                name="poll_minimum_shown",
                violation_error_message=_(
                    "Rincian suara baru ditampilkan mulai dari 5 surat suara."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opened_at")),
                name="poll_times",
                violation_error_message=_("Waktu penutupan harus sesudah waktu pembukaan."),
            ),
            models.CheckConstraint(
                condition=models.Q(roll_size__gte=1),
                name="poll_roll_size",
                violation_error_message=_("Daftar pemilih tetap tidak boleh kosong."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", closed_at__isnull=True)
                | models.Q(~models.Q(state="open"), closed_at__isnull=False),
                name="poll_closed_at",
                violation_error_message=_("Waktu penutupan dicatat saat pemungutan suara ditutup."),
            ),
            models.CheckConstraint(
                condition=models.Q(models.Q(state="void"), ~models.Q(void_reason=""))
                | models.Q(~models.Q(state="void"), models.Q(void_reason="")),
                name="poll_void_reason",
                violation_error_message=_("Pemungutan suara dibatalkan dengan alasan tertulis."),
            ),
            models.CheckConstraint(
                condition=models.Q(scrubbed_at__isnull=True)
                | models.Q(state="void", is_secret=True, scrubbed_at__gte=models.F("closed_at")),
                name="poll_scrubbed_after_cancelling",
                violation_error_message=_("Pembersihan dilakukan sesudah pembatalan."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def policy(self) -> Policy:
        """The rules that were copied when the poll opened."""
        return Policy(
            method=self.method,
            is_secret=self.is_secret,
            quorum=self.quorum,
            majority=self.majority,
            publication_mode=self.publication_mode,
            minimum_shown=self.minimum_shown,
        )

    @property
    def roll_hash_short(self) -> str:
        """The first 16 figures of the roll's hash in fours, to be read out and written down."""
        figures = self.roll_hash.removeprefix("sha256:")[:16]
        return " ".join(figures[at : at + 4] for at in range(0, len(figures), 4))

    @property
    def counting(self) -> Method:
        """The method by which the poll is held."""
        return METHODS[self.method]

    @property
    def kind_words(self) -> str:
        """What kind of poll it is, as its page is headed."""
        if self.method == "consensus":
            return gettext("Musyawarah mufakat, suara terbuka")
        if self.is_secret:
            return gettext("Pemungutan suara tertutup")
        return gettext("Pemungutan suara terbuka")

    @property
    def everyone_voted(self) -> bool:
        """Whether nobody on the roll is waited for any more. One query."""
        return not self.electors.waiting().exists()

    def elector_of(self, person: Person) -> "Elector | None":
        """The person's line on the roll, if there is one. One query."""
        return self.electors.of_person(person).first()


class Item(models.Model):
    """One question of a poll: title, text and digest as they were at opening."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField(_("urutan"))
    title = models.CharField(_("judul"), max_length=200)
    text = models.TextField(_("teks"))  # Markdown
    text_html = models.TextField(editable=False)  # rendered once, frozen with its source
    digest = models.CharField(_("sidik jari teks"), max_length=71)
    url = models.CharField(_("tautan"), max_length=200)
    # Where a reader's own figure is answered under both rules; empty where there is no such place.
    effect_url = models.CharField(max_length=200, blank=True)
    voided_at = models.DateTimeField(_("dibatalkan pada"), null=True, blank=True)
    void_reason = models.CharField(_("alasan pembatalan"), max_length=500, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["poll_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "position"],
                name="item_position_once",
                violation_error_message=_("Dua butir tidak dapat berada pada urutan yang sama."),
            ),
            models.CheckConstraint(
                condition=models.Q(position__gte=1),
                name="item_position",
                violation_error_message=_("Urutan butir dimulai dari 1."),
            ),
            models.CheckConstraint(
                condition=models.Q(voided_at__isnull=True, void_reason="")
                | models.Q(models.Q(voided_at__isnull=False), ~models.Q(void_reason="")),
                name="item_void_reason",
                violation_error_message=_("Butir dibatalkan dengan alasan tertulis."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_void(self) -> bool:
        return self.voided_at is not None

    @property
    def html(self) -> SafeString:
        """The text as it is shown."""
        return stored(self.text_html)
