"""Method *approve* as voters meet it: setuju, tidak setuju or abstain for every item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from voting.methods.base import (
    Column,
    ItemOutcome,
    OneOfKinds,
    columns_or_ballots,
)
from voting.tally import approve

if TYPE_CHECKING:
    from voting.policy import Policy


class Approve(OneOfKinds):
    name = "approve"
    kinds = approve.CHOICES
    favour, against, abstained = approve.CHOICES
    is_repeated_once = True

    @property
    def label(self) -> str:
        return _("Setuju, tidak setuju atau abstain untuk setiap butir")

    def rule_words(self, policy: Policy) -> str:
        return _(
            "Disetujui bila suara setuju lebih dari %(ratio)s dari jumlah setuju dan tidak setuju. "
            "Suara berimbang berarti tidak disetujui."
        ) % {"ratio": policy.majority}

    def outcome_words(self, *, passed: bool, is_tie: bool, more: Mapping[str, Any]) -> str:
        if passed:
            return _("disetujui")
        return _("tidak disetujui, suara berimbang") if is_tie else _("tidak disetujui")

    def words(self, choice: str) -> str:
        return {
            approve.APPROVE: _("Setuju"),
            approve.REJECT: _("Tidak setuju"),
            approve.ABSTAIN: _("Abstain"),
        }[choice]

    @property
    def nothing_chosen(self) -> str:
        return _("Pilih setuju, tidak setuju atau abstain.")

    def outcomes(
        self,
        columns: Iterable[Column | None],
        *,
        ballots: int,
        quorum_reached: bool,
        policy: Policy,
    ) -> list[ItemOutcome]:
        found = []
        for column in columns:
            counts = approve.count((column or {}).items())
            meaning = approve.outcome(
                counts, quorum_reached=quorum_reached, majority=policy.majority_share
            )
            found.append(
                ItemOutcome(
                    counts=counts.as_dict(),
                    passed=meaning.passed,
                    passed_of_present=meaning.passed_of_present,
                    is_tie=meaning.is_tie,
                    is_unanimous=meaning.is_unanimous,
                )
            )
        return found

    totals_are_columns = True

    def file_part(
        self,
        policy: Policy,
        columns: Sequence[Column | None],
        ballots: Sequence[tuple[str, Sequence[str | None]]],
    ) -> dict[str, Any]:
        """More than a share s of the decisive votes is more than s ÷ (1 - s) of the rejections."""
        ratio = policy.majority_share / (1 - policy.majority_share)
        return {
            "kind": "approve",
            "majority_required": {str(place): str(ratio) for place in range(len(columns))},
            **columns_or_ballots(columns, ballots),
        }
