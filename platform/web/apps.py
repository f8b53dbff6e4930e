from django.apps import AppConfig
from django.db.models import fields
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    name = "web"
    verbose_name = "Antarmuka"

    def ready(self) -> None:
        # Django has no Indonesian for its own "- Select an option -".
        fields.BLANK_CHOICE_LABEL = _("– Pilih –")
