"""What a deliberation knows of an indicator beyond its published provenance.

Published documents are fixed (DESIGN 4.3), and indicators know no deliberation. The pages of an
indicator ask for the rest through the setting `INDICATOR_ACCOUNTS`, as every page asks for its
navigation through the settings: what is named there belongs to an app above this one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from indicators.models import IndicatorVersion
from people.models import Person


@dataclass(frozen=True)
class Account:
    """How one version came about, told without any name: offices, days and where to read on.

    Both addresses are pages for people who are signed in.
    """

    proposed_by: str  # position and unit
    proposed_at: datetime
    revisions: int
    decided_by: str  # position and unit
    decided_at: datetime
    proposal_url: str
    result_url: str


@dataclass(frozen=True)
class OwnWord:
    """What a person said that a version took up, and where it stands."""

    code: str
    text: str
    url: str


class Accounts(Protocol):
    """What an app above this one tells of adopted versions."""

    def of_versions(self, versions: Sequence[IndicatorVersion]) -> Mapping[UUID, Account]:
        """The account of each version that was deliberated on, by its key; in a few queries."""

    def own_words(self, person: Person, versions: Sequence[IndicatorVersion]) -> list[OwnWord]:
        """What a person said, by name or not, that one of these versions took up."""


@cache
def accounts() -> Accounts:
    """Whoever the settings name."""
    found: Accounts = import_string(settings.INDICATOR_ACCOUNTS)()
    return found
