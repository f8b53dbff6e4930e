"""Method *consensus* (mufakat): sepakat, or keberatan with its reason, for every item; by name.

Source: DOMAIN 5.1: deliberation first, and a vote only where no agreement is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from voting.methods.base import Column, ItemOutcome, OneOfKinds, columns_or_ballots
from voting.tally import approve

if TYPE_CHECKING:
    from voting.policy import Policy

AGREE, OBJECT = "agree", "object"

# Election files know approvals and rejections.
_IN_FILE = {AGREE: approve.APPROVE, OBJECT: approve.REJECT}


class Consensus(OneOfKinds):
    name = "consensus"
    kinds = (AGREE, OBJECT)
    favour, against = AGREE, OBJECT
    objecting = OBJECT
    is_secret = False

    @property
    def label(self) -> str:
        return _("Mufakat: sepakat atau keberatan, dengan nama")

    @property
    def how_to(self) -> str:
        return _(
            "Sepakat berarti Anda dapat menerima teks ini. Keberatan disertai alasannya, agar yang "
            "lain dapat menjawabnya. Satu keberatan pun berarti pemungutan suara menyusul."
        )

    def rule_words(self, policy: Policy) -> str:
        return _(
            "Mufakat tercapai bila kuorum tercapai dan tidak ada keberatan. Bila ada keberatan, "
            "pemungutan suara menyusul."
        )

    def outcome_words(self, *, passed: bool, is_tie: bool, more: Mapping[str, Any]) -> str:
        return _("mufakat tercapai") if passed else _("mufakat belum tercapai")

    def words(self, choice: str) -> str:
        return {AGREE: _("Sepakat"), OBJECT: _("Keberatan")}[choice]

    @property
    def nothing_chosen(self) -> str:
        return _("Pilih sepakat atau keberatan.")

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
            held = column or {}
            if unknown := held.keys() - set(self.kinds):
                raise ValueError(f"not a choice of consensus: {sorted(unknown)}")
            counts = {kind: held.get(kind, 0) for kind in self.kinds}
            is_agreed = quorum_reached and counts[AGREE] > 0 and counts[OBJECT] == 0
            found.append(
                ItemOutcome(
                    counts=counts,
                    passed=is_agreed,
                    passed_of_present=is_agreed,
                    is_tie=False,
                    is_unanimous=ballots > 0 and ballots in counts.values(),
                )
            )
        return found

    def file_part(
        self,
        policy: Policy,
        columns: Sequence[Column | None],
        ballots: Sequence[tuple[str, Sequence[str | None]]],
    ) -> dict[str, Any]:
        """An objection is a rejection that outweighs all: as many approvals as ballots are needed.

        More than n times the rejections, of n ballots, is what only an item without one has.
        """
        told = [column and {_IN_FILE[kind]: n for kind, n in column.items()} for column in columns]
        given = [(who, [_IN_FILE[c] if c else None for c in said]) for who, said in ballots]
        ratio = str(max(len(ballots), 1))
        return {
            "kind": "approve",
            "majority_required": {str(place): ratio for place in range(len(columns))},
            **columns_or_ballots(told, given),
        }
