from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class LedgerConfig(AppConfig):
    name = "ledger"
    verbose_name = "Jejak audit"

    def ready(self) -> None:
        from ledger import immutability
        from ledger.models import Event, EventContent

        immutability.protect(Event)
        # A content can be erased (UU 27/2022), never rewritten.
        immutability.protect(EventContent, delete=False)
        connection_created.connect(immutability.attach_sqlite, dispatch_uid="ledger.attach")
        pre_migrate.connect(
            immutability.drop_asking_triggers, sender=self, dispatch_uid="ledger.no_triggers"
        )
        # The signal comes app by app once all migrations are done: once is enough.
        post_migrate.connect(
            immutability.create_triggers, sender=self, dispatch_uid="ledger.triggers"
        )
