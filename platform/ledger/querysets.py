"""Reads of the audit trail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from ledger.models import Event  # noqa: F401


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, subject: str) -> Self:
        """Events whose subject begins with a text; all for an empty one."""
        return self.filter(subject__startswith=subject) if subject else self

    def of_action(self, action: str) -> Self:
        """Events of one action; all for an empty one."""
        return self.filter(action=action) if action else self

    def latest_first(self) -> Self:
        """The latest event first."""
        return self.order_by("-number")

    def with_content(self) -> Self:
        """With the content, where it was not erased, in the same query."""
        return self.select_related("content")

    def actions(self) -> list[str]:
        """Every action that ever happened, sorted. One query."""
        return sorted(self.order_by().values_list("action", flat=True).distinct())
