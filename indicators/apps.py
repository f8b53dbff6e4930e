from django.apps import AppConfig

SET_IS_PUBLISHED = "'published' = (SELECT state FROM indicators_indicatorset WHERE id = NEW.set_id)"


class IndicatorsConfig(AppConfig):
    name = "indicators"
    verbose_name = "Indikator"

    def ready(self) -> None:
        from indicators.models import (
            AdvisedWeight,
            Decree,
            IndicatorReview,
            IndicatorSet,
            IndicatorVersion,
            Objection,
            Publication,
            PublicKey,
            ReplacementSignature,
            SetEntry,
            WeightAdvice,
        )
        from ledger.immutability import protect

        protect(IndicatorVersion)
        protect(Publication)
        protect(ReplacementSignature)
        protect(WeightAdvice)
        protect(Decree)
        protect(AdvisedWeight)
        protect(IndicatorReview)
        # What was said stays as it was said; only what becomes of it is written later, and once.
        said = ("version_id", "publication_id", "person_id", "reason", "filed_at")
        protect(Objection, columns=said)
        protect(Objection, delete=False, when="OLD.settled_at IS NOT NULL")
        protect(PublicKey, columns=("kid", "x", "created_at"))
        # A key retires once and is revoked once; it never comes back.
        protect(PublicKey, delete=False, columns=("retired_at",), when="OLD.retired_at IS NOT NULL")
        protect(
            PublicKey,
            delete=False,
            columns=("revoked_at", "revocation_reason"),
            when="OLD.revoked_at IS NOT NULL",
        )
        protect(IndicatorSet, when="OLD.state = 'published'")
        # An entry is frozen with its set: neither changed, moved, taken out nor put in afterwards.
        protect(SetEntry, when="OLD.is_published")
        protect(SetEntry, update=False, delete=False, insert=SET_IS_PUBLISHED)
