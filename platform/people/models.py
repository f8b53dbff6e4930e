"""Who works where, and who acts for which unit for how long."""

import uuid
from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from tree_queries.fields import TreeNodeForeignKey

from people.nip import mask_nip, parse_nip, space_nip
from people.querysets import (
    AppointmentQuerySet,
    HolidayQuerySet,
    PersonQuerySet,
    UnitQuerySet,
)


def validate_nip(value: str) -> None:
    """Raise ValidationError with the sentence of `parse_nip`."""
    try:
        parse_nip(value, today=timezone.localdate())
    except ValueError as error:
        raise ValidationError(str(error)) from error


class Unit(models.Model):
    """A unit of the city: the city itself, an agency (OPD), a division, a puskesmas, a school."""

    class Kind(models.TextChoices):
        CITY = "city", _("Kota")
        AGENCY = "agency", _("Perangkat daerah")
        DIVISION = "division", _("Bidang/bagian")
        SECTION = "section", _("Seksi/tim")
        SERVICE = "service", _("UPTD/puskesmas/sekolah")
        DISTRICT = "district", _("Kecamatan")
        VILLAGE = "village", _("Kelurahan/desa")

    code = models.SlugField(_("kode"), max_length=40, unique=True)
    name = models.CharField(_("nama"), max_length=160)
    kind = models.CharField(_("jenis"), max_length=12, choices=Kind)
    parent = TreeNodeForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        verbose_name=_("di bawah"),
    )
    is_active = models.BooleanField(_("aktif"), default=True)

    objects = models.Manager.from_queryset(UnitQuerySet)()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=[
                        "city",
                        "agency",
                        "division",
                        "section",
                        "service",
                        "district",
                        "village",
                    ]
                ),
                name="unit_kind",
                violation_error_message=_("Jenis unit tidak dikenal."),
            ),
            models.CheckConstraint(
                condition=~models.Q(name=""),
                name="unit_named",
                violation_error_message=_("Unit harus bernama."),
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="unit_not_below_itself",
                violation_error_message=_("Unit tidak dapat berada di bawah dirinya sendiri."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """Creates people; sign-up is closed, so only `people.actions` and tests call it."""

    def create_user(self, nip: str, password: str | None = None, **fields: Any) -> "Person":
        person: Person = self.model(nip=nip, **fields)
        person.set_password(password)
        person.full_clean(exclude=["password"])
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """A civil servant. NIP, name and e-mail stand here and nowhere else, without history.

    There are no groups, permissions or superusers: what someone may do follows from appointments.
    """

    class Family(models.TextChoices):
        """Position family (rumpun jabatan), by which an indicator says whom it measures."""

        MANAGER = "manager", _("Manajerial")
        HEALTH = "health", _("Tenaga kesehatan")
        TEACHER = "teacher", _("Guru")
        OTHER_EXPERT = "expert", _("Fungsional lain")
        STAFF = "staff", _("Pelaksana")

    class Presence(models.TextChoices):
        PRESENT = "present", _("Aktif")
        ON_LEAVE = "on_leave", _("Cuti/tugas belajar")
        TRANSFERRING = "transferring", _("Proses mutasi")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nip = models.CharField(
        _("NIP/NI PPPK"),
        max_length=18,
        unique=True,
        validators=[validate_nip],
        error_messages={"unique": _("NIP ini sudah terdaftar.")},
    )
    name = models.CharField(_("nama"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    position = models.CharField(_("jabatan"), max_length=160)
    position_family = models.CharField(_("rumpun jabatan"), max_length=10, choices=Family)
    grade = models.CharField(_("golongan"), max_length=8, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, verbose_name=_("unit kerja"))
    presence = models.CharField(
        _("keadaan"), max_length=12, choices=Presence, default=Presence.PRESENT
    )
    is_active = models.BooleanField(_("aktif"), default=True)
    password_is_temporary = models.BooleanField(default=False)  # to be changed at first sign-in
    submission = models.UUIDField(null=True, unique=True, editable=False)

    objects = PersonManager.from_queryset(PersonQuerySet)()

    USERNAME_FIELD = "nip"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    position_family__in=["manager", "health", "teacher", "expert", "staff"]
                ),
                name="person_position_family",
                violation_error_message=_("Rumpun jabatan tidak dikenal."),
            ),
            models.CheckConstraint(
                condition=models.Q(presence__in=["present", "on_leave", "transferring"]),
                name="person_presence",
                violation_error_message=_("Keadaan pegawai tidak dikenal."),
            ),
            models.CheckConstraint(
                condition=Exact(Length("nip"), 18),
                name="person_nip_length",
                violation_error_message=_("NIP terdiri atas 18 angka."),
            ),
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(position=""),
                name="person_named",
                violation_error_message=_("Pegawai harus bernama dan berjabatan."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def masked_nip(self) -> str:
        """The NIP as colleagues may see it."""
        return mask_nip(self.nip)

    @property
    def spaced_nip(self) -> str:
        """The NIP as the office writes it, for those who may see it."""
        return space_nip(self.nip)

    @property
    def office(self) -> str:
        """Position and unit: how visitors see a proposer."""
        return f"{self.position}, {self.unit.name}"


class Appointment(models.Model):
    """A role that a person holds in a unit for a period `[starts_on, ends_on)`.

    The head of a unit may be definitive, Plt. (vacant post) or Plh. (absent head); who acts does
    so for a period. An appointment revoked before it began has an empty period.
    """

    class Role(models.TextChoices):
        HEAD = "head", _("Kepala unit kerja")
        FACILITATOR = "facilitator", _("Fasilitator")
        PUBLISHER = "publisher", _("Penerbit")
        AUDITOR = "auditor", _("Auditor")
        ADMINISTRATOR = "administrator", _("Administrator")

    class Standing(models.TextChoices):
        DEFINITIVE = "definitive", _("Definitif")
        PLT = "plt", _("Plt.")
        PLH = "plh", _("Plh.")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(_("peran"), max_length=14, choices=Role)
    standing = models.CharField(
        _("kedudukan"), max_length=10, choices=Standing, default=Standing.DEFINITIVE
    )
    starts_on = models.DateField(_("mulai"))
    ends_on = models.DateField(
        _("berakhir"),
        null=True,
        blank=True,
        help_text=_("Hari pertama penunjukan tidak berlaku lagi."),
    )
    decree = models.CharField(
        _("dasar penunjukan"), max_length=120, blank=True, help_text=_("Nomor surat keputusan.")
    )
    submission = models.UUIDField(null=True, unique=True, editable=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["unit", "role", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    role__in=["head", "facilitator", "publisher", "auditor", "administrator"]
                ),
                name="appointment_role",
                violation_error_message=_("Peran tidak dikenal."),
            ),
            models.CheckConstraint(
                condition=models.Q(standing__in=["definitive", "plt", "plh"]),
                name="appointment_standing",
                violation_error_message=_("Kedudukan tidak dikenal."),
            ),
            models.CheckConstraint(
                condition=models.Q(standing="definitive") | models.Q(role="head"),
                name="appointment_only_heads_act",
                violation_error_message=_("Plt. dan Plh. hanya untuk kepala unit kerja."),
            ),
            models.CheckConstraint(
                condition=models.Q(standing="definitive") | models.Q(ends_on__isnull=False),
                name="appointment_acting_ends",
                violation_error_message=_("Penunjukan Plt. dan Plh. harus punya tanggal berakhir."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="appointment_dates",
                violation_error_message=_("Tanggal berakhir tidak boleh sebelum tanggal mulai."),
            ),
            models.UniqueConstraint(
                fields=["person", "unit", "role", "starts_on"],
                condition=models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gt=models.F("starts_on")),
                name="appointment_once",
                violation_error_message=_("Penunjukan ini sudah tercatat."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.unit}"

    @property
    def title(self) -> str:
        """The role in words: "Plt. Kepala unit kerja"."""
        role = self.get_role_display()
        if self.standing == self.Standing.DEFINITIVE:
            return role
        return f"{self.get_standing_display()} {role}"

    @property
    def is_definitive_head(self) -> bool:
        """Whether the person heads the unit in their own right: a unit has one such head."""
        return self.role == self.Role.HEAD and self.standing == self.Standing.DEFINITIVE

    def holds_on(self, day: date) -> bool:
        """Whether the appointment is in force on a day."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)

    def is_over(self, day: date) -> bool:
        """Whether it ended by a day, or was revoked before it began."""
        return self.ends_on is not None and (self.ends_on <= day or self.ends_on == self.starts_on)

    def term_on(self, day: date) -> str:
        """`in_force`, `to_come` or `over`, seen from a day."""
        if self.is_over(day):
            return "over"
        return "in_force" if self.holds_on(day) else "to_come"

    def overlaps(self, starts_on: date, ends_on: date | None) -> bool:
        """Whether its period shares a day with `[starts_on, ends_on)`."""
        return (ends_on is None or self.starts_on < ends_on) and (
            self.ends_on is None or starts_on < self.ends_on
        )


class Holiday(models.Model):
    """A day of the week on which the city does not work: it is no *hari kerja*.

    Source: DOMAIN 5.4: Monday to Friday without *libur nasional* and *cuti bersama*, which a joint
    decree names for each year.
    """

    class Kind(models.TextChoices):
        NATIONAL = "national", _("Libur nasional")
        SHARED_LEAVE = "shared_leave", _("Cuti bersama")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    day = models.DateField(
        _("tanggal"),
        unique=True,
        error_messages={"unique": _("Tanggal ini sudah tercatat sebagai hari libur.")},
    )
    name = models.CharField(_("nama hari libur"), max_length=120)
    kind = models.CharField(_("jenis"), max_length=12, choices=Kind)
    basis = models.CharField(
        _("dasar"),
        max_length=160,
        blank=True,
        help_text=_("Nomor surat keputusan bersama yang menetapkannya."),
    )

    objects = HolidayQuerySet.as_manager()

    class Meta:
        ordering = ["day"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["national", "shared_leave"]),
                name="holiday_kind",
                violation_error_message=_("Jenis hari libur tidak dikenal."),
            ),
            models.CheckConstraint(
                condition=~models.Q(name=""),
                name="holiday_named",
                violation_error_message=_("Hari libur harus bernama."),
            ),
            models.CheckConstraint(
                condition=models.Q(day__gte=date(2020, 1, 1), day__lt=date(2101, 1, 1)),
                name="holiday_day",
                violation_error_message=_("Hari libur jatuh antara tahun 2020 dan 2100."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.name}"
