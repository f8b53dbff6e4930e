"""Reads of follows and notices."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F

from people.models import Person
from people.querysets import PersonQuerySet

if TYPE_CHECKING:
    from notices.models import Follow, Notice  # noqa: F401


class FollowQuerySet(models.QuerySet["Follow"]):
    def followers_of(self, *topics: str) -> PersonQuerySet:
        """People in service who follow one of some topics."""
        following = self.filter(topic__in=topics)
        return Person.objects.active().filter(pk__in=following.values("person"))

    def topics_of(self, person: Person, prefix: str) -> list[str]:
        """What follows `prefix` in the topics of a person, the latest first. One query."""
        topics = self.filter(person=person, topic__startswith=prefix).order_by("-created_at")
        return [topic.removeprefix(prefix) for topic in topics.values_list("topic", flat=True)]

    def is_following(self, person: Person, topic: str) -> bool:
        """Whether a person follows a topic."""
        return self.filter(person=person, topic=topic).exists()

    def followed_among(self, person: Person, topics: Collection[str]) -> list[str]:
        """Which of these topics a person follows. One query."""
        return list(self.filter(person=person, topic__in=topics).values_list("topic", flat=True))


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, person: Person) -> Self:
        """The notices of a person: nobody reads another's."""
        return self.filter(person=person)

    def unread(self) -> Self:
        """Notices not opened yet."""
        return self.filter(read_at__isnull=True)

    def unread_count(self, person: Person) -> int:
        """How many notices a person has not opened. One query."""
        return self.visible_to(person).unread().count()

    def as_inbox(self) -> Self:
        """Unread first, then the read ones; each newest first."""
        return self.order_by(F("read_at").asc(nulls_first=True), "-created_at", "pk")
