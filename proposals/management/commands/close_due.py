"""Do what falls due by the clock; for a timer, every minute."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from proposals.actions import close_due, remains_scrub


class Command(BaseCommand):
    help = (
        "Closes and counts the polls whose time is over, passes their proposals on, and ends "
        "objection windows; tells people what a new set changed for them; scrubs what the database "
        "still holds of ended polls. Safe to run at any time and as often as you like."
    )

    def handle(self, **options: Any) -> None:
        try:
            due = close_due(now=timezone.now())
        finally:  # what is left of ended polls waits for nothing else
            scrubbed = remains_scrub()
        self.stdout.write(
            f"polls closed: {due.polls_closed}, proposals passed on: {due.proposals_settled}, "
            f"objection windows ended: {due.objections_ended}, "
            f"weights handed over: {due.weights_handed_over}, "
            f"review dates told: {due.reviews_told}, objections offered: "
            f"{due.objections_offered}, people briefed: {due.people_briefed}, "
            f"polls scrubbed: {scrubbed}"
        )
