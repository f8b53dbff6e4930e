from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "proposals"
    verbose_name = "Usulan"

    def ready(self) -> None:
        from ledger.immutability import protect
        from proposals.models import (
            Decision,
            PollEntry,
            ProposalRecordHistory,
            Revision,
            StageChange,
        )

        for model in (Revision, StageChange, PollEntry, Decision, ProposalRecordHistory):
            protect(model)
