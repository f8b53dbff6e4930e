from django.apps import AppConfig

SET_IS_PUBLISHED = "'published' = (SELECT state FROM indicators_indicatorset WHERE id = NEW.set_id)"


class IndicatorsConfig(AppConfig):
    name = "indicators"
    verbose_name = "Indikator"

    def ready(self) -> None:
        from indicators.models import (
            AdvisedWeight,
            Decree,
            IndicatorSet,
            IndicatorVersion,
            Publication,
            PublicKey,
            SetEntry,
            WeightAdvice,
        )
        from ledger.immutability import protect

        protect(IndicatorVersion)
        protect(Publication)
        protect(WeightAdvice)
        protect(Decree)
        protect(AdvisedWeight)
        protect(PublicKey, columns=("kid", "x", "created_at"))
        protect(IndicatorSet, when="OLD.state = 'published'")
        # An entry is frozen with its set: neither changed, moved, taken out nor put in afterwards.
        protect(SetEntry, when="OLD.is_published")
        protect(SetEntry, update=False, delete=False, insert=SET_IS_PUBLISHED)
