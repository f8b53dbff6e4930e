"""What people are told, and what they follow."""

from collections.abc import Iterable
from datetime import datetime
from textwrap import shorten

from django.db import transaction
from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Greatest
from django.utils import translation

from notices.models import Follow, Notice
from people.models import Person

LONGEST = 300  # characters of a notice


def told(sentence: str, **values: object) -> str:
    """A sentence as it is kept: Indonesian, in whatever language its cause reads the pages.

    `%(name)s` in it stands for a value; a function is called first, so that labels are Indonesian.
    """
    with translation.override("id"):
        said = {name: value() if callable(value) else value for name, value in values.items()}
        return sentence % said


@transaction.atomic
def notice_send(
    *, recipients: Iterable[Person], topic: str, text: str, url: str, now: datetime
) -> int:
    """Tell people something, once each; the number told.

    Who has the same text on the same topic unread already is not told again. `url` is a path of
    this site. As many queries for one recipient as for hundreds.
    Raises ValueError for a link that leads elsewhere.
    """
    if not Notice(url=url).leads_inside or not url.startswith("/"):
        raise ValueError(f"a notice leads to a page of this site, not to {url!r}")
    text = shorten(text, LONGEST, placeholder=" …")
    people = {person.pk: person for person in recipients if person.is_active}
    same = Notice.objects.unread().filter(topic=topic, text=text, person__in=people)
    for key in same.values_list("person", flat=True):
        people.pop(key, None)
    Notice.objects.bulk_create(
        [
            Notice(person=person, topic=topic, text=text, url=url, created_at=now)
            for person in people.values()
        ],
        ignore_conflicts=True,  # another process told the same at the same moment
    )
    return len(people)


@transaction.atomic
def follow_add(*, actor: Person, topic: str, now: datetime) -> Follow:
    """Let a person follow a topic; following twice is following once."""
    follow, _created = Follow.objects.get_or_create(
        person=actor, topic=topic, defaults={"created_at": now}
    )
    return follow


@transaction.atomic
def follow_remove(*, actor: Person, topic: str) -> None:
    """Let a person no longer follow a topic."""
    Follow.objects.filter(person=actor, topic=topic).delete()


@transaction.atomic
def notice_mark_read(*, actor: Person, notice: Notice, now: datetime) -> Notice:
    """Mark one's own notice as read; the first time stays."""
    Notice.objects.visible_to(actor).unread().filter(pk=notice.pk).update(read_at=_not_before(now))
    notice.refresh_from_db()
    return notice


@transaction.atomic
def notices_mark_all_read(*, actor: Person, now: datetime) -> int:
    """Mark all of one's notices as read; how many were unread."""
    return Notice.objects.visible_to(actor).unread().update(read_at=_not_before(now))


def _not_before(now: datetime) -> Greatest:
    """`now`, unless the clock of the host that made the notice was ahead."""
    return Greatest(Value(now, DateTimeField()), F("created_at"))
