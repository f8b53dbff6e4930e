from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "proposals"
    verbose_name = "Usulan"

    def ready(self) -> None:
        from ledger.immutability import protect
        from proposals.models import (
            CommentVersion,
            Decision,
            Origin,
            PollEntry,
            ProposalRecord,
            Pseudonym,
            PseudonymAuthor,
            Revision,
            RoundPoll,
            RoundPollEntry,
            StageChange,
            Unsealing,
        )

        written_once = (Revision, StageChange, PollEntry, Decision, ProposalRecord.history.model)
        protect(Origin)
        asked = (RoundPoll, RoundPollEntry)
        for model in (*written_once, *asked, CommentVersion, Pseudonym, PseudonymAuthor):
            protect(model)
        protect(Unsealing, when="OLD.confirmed_at IS NOT NULL")
        protect(Unsealing, update=False)
