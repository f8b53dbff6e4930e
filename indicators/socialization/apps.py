from django.apps import AppConfig


class SocializationConfig(AppConfig):
    name = "indicators.socialization"
    verbose_name = "Sosialisasi"
