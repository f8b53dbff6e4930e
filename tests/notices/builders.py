"""Builders of notices."""

from datetime import datetime
from typing import Any

from notices.models import Notice
from people.models import Person


def build_notice(person: Person, *, now: datetime, **others: Any) -> Notice:
    fields = {"topic": "tests.thing:1", "text": "Ada revisi baru.", "url": "/people/profile/"}
    return Notice.objects.create(person=person, created_at=now, **(fields | others))
