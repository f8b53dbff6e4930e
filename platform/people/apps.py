from typing import Any

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate


def create_cache_table(using: str, verbosity: int, **kwargs: Any) -> None:
    """Make the table of the cache, which counts failed sign-ins for all processes alike."""
    call_command("createcachetable", database=using, verbosity=max(verbosity - 1, 0))


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = "Pegawai"

    def ready(self) -> None:
        # With every `migrate`, so that a fresh machine needs no further command.
        post_migrate.connect(create_cache_table, sender=self, dispatch_uid="people.cache_table")
