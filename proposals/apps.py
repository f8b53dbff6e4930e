from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "proposals"
    verbose_name = "Usulan"

    def ready(self) -> None:
        from ledger.immutability import protect
        from proposals.models import Decision, PollEntry, ProposalRecord, Revision, StageChange

        written_once = (Revision, StageChange, PollEntry, Decision, ProposalRecord.history.model)
        for model in written_once:
            protect(model)
