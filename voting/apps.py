from django.apps import AppConfig


class VotingConfig(AppConfig):
    name = "voting"
    verbose_name = "Pemungutan suara"

    def ready(self) -> None:
        from voting import freezing

        freezing.protect_all()
