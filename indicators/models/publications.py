"""What is published for ever: the documents, and the public keys that verify them."""

from typing import ClassVar

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from indicators.models.sets import IndicatorSet
from indicators.querysets import PublicationQuerySet, PublicKeyQuerySet
from people.models import Unit


class PublicKey(models.Model):
    """The public half of a signing key; the secret half lies in the key store.

    `kid` is the RFC 7638 thumbprint, `x` the key itself (base64url, RFC 8037). A retired key signs
    nothing more and its signatures stay valid; nothing that a revoked key signed is to be believed.
    """

    class Reason(models.TextChoices):
        """Why a key was revoked. Source: OpenID Federation 1.0, historical keys."""

        UNSPECIFIED = "unspecified", _("tanpa keterangan")
        COMPROMISED = "compromised", _("kunci bocor")
        SUPERSEDED = "superseded", _("diganti")

    kid = models.CharField(max_length=43, primary_key=True)
    x = models.CharField(max_length=43, unique=True)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revocation_reason = models.CharField(max_length=11, choices=Reason, blank=True)

    objects = PublicKeyQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                Case(When(retired_at__isnull=True, then=Value(1))),
                name="publickey_one_active",
                violation_error_message=_("Sudah ada kunci penanda tangan yang aktif."),
            ),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True) | Q(retired_at__gte=F("created_at")),
                name="publickey_dates",
                violation_error_message=_("Kunci tidak dapat pensiun sebelum dibuat."),
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revocation_reason="")
                | Q(
                    revoked_at__isnull=False,
                    retired_at__isnull=False,
                    revocation_reason__in=["unspecified", "compromised", "superseded"],
                ),
                name="publickey_revocation",
                violation_error_message=_("Kunci yang dicabut sudah pensiun dan beralasan."),
            ),
        ]

    def __str__(self) -> str:
        return self.kid


class Publication(models.Model):
    """A published set: its canonical bytes, their digest and signature, and its place in the chain.

    `units` are the names and parents of the units of the scope as they stood at publication, so
    that a later reorganisation changes no score (RELIABILITY, invariant 28).
    """

    set = models.OneToOneField(
        IndicatorSet, on_delete=models.PROTECT, primary_key=True, related_name="publication"
    )
    scope = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="publications")
    scope_code = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    major = models.PositiveIntegerField()
    minor = models.PositiveIntegerField()
    patch = models.PositiveIntegerField()
    document = models.BinaryField()
    digest = models.CharField(max_length=71, unique=True)
    signature = models.CharField(max_length=86)  # base64url of 64 bytes
    key = models.ForeignKey(PublicKey, on_delete=models.PROTECT)
    units = models.JSONField()
    published_at = models.DateTimeField()
    effective_on = models.DateField()
    effective_until = models.DateField(null=True, blank=True)
    previous = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="next"
    )
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    withdraws = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="withdrawn_by"
    )

    size: int  # bytes of the document, where `for_feed` asked for it

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-major", "-minor", "-patch"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["scope", "major", "minor", "patch"],
                name="publication_version_once",
                violation_error_message=_("Versi ini sudah terbit."),
            ),
            models.UniqueConstraint(
                fields=["scope"],
                condition=Q(previous__isnull=True),
                name="publication_one_start",
                violation_error_message=_("Rantai terbitan sebuah lingkup hanya punya satu awal."),
            ),
            models.CheckConstraint(
                condition=Q(major__gte=1),
                name="publication_stable",
                violation_error_message=_("Versi terbit dimulai dari 1.0.0."),
            ),
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True)
                | Q(effective_until__gte=F("effective_on")),
                name="publication_effective",
                violation_error_message=_("Akhir masa berlaku tidak boleh sebelum awalnya."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope_code} {self.version}"

    @property
    def number(self) -> tuple[int, int, int]:
        """The version as numbers, which sort."""
        return (self.major, self.minor, self.patch)

    @property
    def version(self) -> str:
        """`2.0.0`."""
        return f"{self.major}.{self.minor}.{self.patch}"

    @property
    def believed_signature(self) -> tuple[PublicKey, str]:
        """The signature to verify by, with its key: the first one unless its key was revoked.

        Where every key was revoked, it is the first one nevertheless: its reader will refuse it.
        """
        if self.key.revoked_at is not None:
            for later in self.replacement_signatures.all():
                if later.key.revoked_at is None:
                    return later.key, later.signature
        return self.key, self.signature

    @property
    def content(self) -> bytes:
        """The stored canonical bytes (PostgreSQL hands out a memoryview)."""
        return bytes(self.document)


class ReplacementSignature(models.Model):
    """A signature over a publication's bytes in place of one whose key was revoked.

    The bytes stay as they were published; only who vouches for them is new.
    """

    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, related_name="replacement_signatures"
    )
    key = models.ForeignKey(PublicKey, on_delete=models.PROTECT)
    signature = models.CharField(max_length=86)  # base64url of 64 bytes
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["-signed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "key"],
                name="replacementsignature_once",
                violation_error_message=_("Terbitan ini sudah ditandatangani dengan kunci itu."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication} {self.key_id}"
