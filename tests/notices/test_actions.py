"""Sending, following and reading notices."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from notices.actions import (
    follow_add,
    follow_remove,
    notice_mark_read,
    notice_send,
    notices_mark_all_read,
)
from notices.models import Follow, Notice
from people.models import Person, Unit
from tests.builders import Cast, build_person
from tests.notices.builders import build_notice

TOPIC = "proposals.proposal:1"


def send(*people: Person, now: datetime, **others: str) -> int:
    fields = {"topic": TOPIC, "text": "Ada revisi baru.", "url": "/proposals/1/"} | others
    return notice_send(recipients=people, **fields, now=now)


def test_everyone_is_told_once(author: Person, head: Person, now: datetime) -> None:
    assert send(author, head, author, now=now) == 2
    assert set(Notice.objects.values_list("person", flat=True)) == {author.pk, head.pk}


def test_the_same_is_not_told_again_while_unread(author: Person, now: datetime) -> None:
    send(author, now=now)
    assert send(author, now=now + timedelta(hours=1)) == 0
    assert Notice.objects.count() == 1


def test_the_same_is_told_again_once_it_was_read(author: Person, now: datetime) -> None:
    send(author, now=now)
    notices_mark_all_read(actor=author, now=now)
    assert send(author, now=now) == 1


@pytest.mark.parametrize("change", [{"text": "Lain."}, {"topic": "proposals.proposal:2"}])
def test_another_text_or_topic_is_another_notice(
    author: Person, now: datetime, change: dict[str, str]
) -> None:
    send(author, now=now)
    assert send(author, now=now, **change) == 1


def test_who_left_the_service_is_told_nothing(deactivated: Person, now: datetime) -> None:
    assert send(deactivated, now=now) == 0
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    "url", ["https://example.org/", "//example.org/", "/\\example.org", "javascript:x", "", "x/"]
)
def test_a_notice_leads_nowhere_else(author: Person, now: datetime, url: str) -> None:
    with pytest.raises(ValueError, match="this site"):
        send(author, now=now, url=url)
    assert not Notice.objects.exists()


@pytest.mark.parametrize("url", ["https://example.org/", "//example.org/", ""])
def test_the_table_refuses_foreign_links_too(author: Person, now: datetime, url: str) -> None:
    with pytest.raises(IntegrityError, match="notice_local_url"), transaction.atomic():
        build_notice(author, now=now, url=url)


def test_a_long_text_is_shortened(author: Person, now: datetime) -> None:
    send(author, now=now, text="kata " * 100)
    text = Notice.objects.get().text
    assert len(text) <= 300
    assert text.endswith("…")


def test_hundreds_are_told_in_as_many_queries_as_two(
    cast: Cast, unit: Unit, now: datetime, django_assert_max_num_queries: Any
) -> None:
    people = [build_person(unit=unit) for _ in range(60)]
    with django_assert_max_num_queries(8):
        assert send(*people, now=now) == 60


def test_followers_are_those_in_service(author: Person, head: Person, now: datetime) -> None:
    follow_add(actor=author, topic=TOPIC, now=now)
    follow_add(actor=head, topic=TOPIC, now=now)
    head.is_active = False
    head.save()
    assert list(Follow.objects.followers_of(TOPIC)) == [author]


def test_following_twice_is_following_once(author: Person, now: datetime) -> None:
    first, second = (follow_add(actor=author, topic=TOPIC, now=now) for _ in range(2))
    assert first == second


def test_who_no_longer_follows_is_no_follower(author: Person, head: Person, now: datetime) -> None:
    follow_add(actor=author, topic=TOPIC, now=now)
    follow_add(actor=head, topic=TOPIC, now=now)
    follow_remove(actor=author, topic=TOPIC)
    assert list(Follow.objects.followers_of(TOPIC)) == [head]
    assert not Follow.objects.is_following(author, TOPIC)


def test_the_first_reading_stays(author: Person, now: datetime) -> None:
    notice = build_notice(author, now=now)
    for minutes in (1, 2):
        read = notice_mark_read(actor=author, notice=notice, now=now + timedelta(minutes=minutes))
    assert read.read_at == now + timedelta(minutes=1)


def test_a_clock_that_is_behind_reads_at_the_moment_of_sending(
    author: Person, now: datetime
) -> None:
    notice = build_notice(author, now=now)
    read = notice_mark_read(actor=author, notice=notice, now=now - timedelta(minutes=5))
    assert read.read_at == now


def test_nobody_reads_anothers_notice(author: Person, head: Person, now: datetime) -> None:
    notice = build_notice(author, now=now)
    assert notice_mark_read(actor=head, notice=notice, now=now).read_at is None
    assert notices_mark_all_read(actor=head, now=now) == 0
    assert Notice.objects.unread_count(author) == 1
