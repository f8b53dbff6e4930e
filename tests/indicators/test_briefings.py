"""What a publication changed for each person: who is told, once, what, and what they answer."""

import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from core.verdict import Refused
from indicators import actions, rules
from indicators.actions import briefings as briefing_actions
from indicators.actions import briefings_deliver
from indicators.models import (
    Briefing,
    BriefingQuestion,
    Delivery,
    IndicatorVersion,
    Publication,
)
from indicators.responses import responses_page
from notices.models import Notice
from people.models import Person
from people.roles import roles_of
from tests.builders import Cast, Units, build_person

Adopt = Callable[..., IndicatorVersion]
Publish = Callable[..., Publication]


def told_of(publication: Publication) -> set[Person]:
    return {item.person for item in Briefing.objects.of_publication(publication)}


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def page_of(client: Client, person: Person, publication: Publication) -> str:
    client.force_login(person)
    return text(client, f"/sets/kota/{publication.version}/for-me/")


# Who is told


def test_only_those_whom_a_change_concerns_are_told_once(
    cast: Cast, adopt: Adopt, publish: Publish, now: datetime
) -> None:
    published = publish({adopt(): 100})
    assert not Briefing.objects.exists()  # publishing itself tells nobody
    assert briefings_deliver(now=now) > 0
    told = told_of(published)
    assert cast.author in told
    assert cast.outsider not in told
    assert Notice.objects.filter(person=cast.author, url="/sets/kota/1.0.0/for-me/").count() == 1
    before = Briefing.objects.count(), Notice.objects.count()
    assert briefings_deliver(now=now) == 0
    assert (Briefing.objects.count(), Notice.objects.count()) == before


def test_one_message_however_many_indicators_changed(
    cast: Cast, adopt: Adopt, publish: Publish, now: datetime
) -> None:
    publish({adopt("KES-01"): 60, adopt("KES-02"): 40})
    briefings_deliver(now=now)
    [notice] = Notice.objects.filter(person=cast.author)
    assert "2 indikator berubah bagi Anda" in notice.text


def test_nobody_is_told_that_nothing_changed(
    cast: Cast, adopt: Adopt, publish: Publish, now: datetime
) -> None:
    first, other = adopt(), adopt("DIK-01", applies_to=_only("disdik"))
    publish({first: 100, other: 100})
    briefings_deliver(now=now)
    _everyone_acknowledges(now)
    changed = adopt("DIK-01", amends="DIK-01", target="90", applies_to=_only("disdik"))
    newer = publish({first: 100, changed: 100})
    briefings_deliver(now=now)
    assert cast.author not in told_of(newer)
    assert cast.outsider in told_of(newer)


def test_a_position_family_narrows_who_is_told(
    cast: Cast, units: Units, adopt: Adopt, publish: Publish, now: datetime
) -> None:
    teacher = build_person(unit=units.unit, position_family=Person.Family.TEACHER)
    nurse = build_person(unit=units.unit, position_family=Person.Family.HEALTH)
    published = publish({adopt(applies_to=_only(units.unit.code, "health")): 100})
    briefings_deliver(now=now)
    assert nurse in told_of(published)
    assert teacher not in told_of(published)


def _only(unit: str, family: str | None = None) -> list[dict[str, Any]]:
    return [{"unit": unit, "include_sub_units": False, "position_family": family}]


def _everyone_acknowledges(now: datetime) -> None:
    for briefing in Briefing.objects.unanswered():
        actions.briefing_acknowledge(
            actor=briefing.person, publication=briefing.publication, now=now
        )


# What they read


def test_changes_are_told_in_sentences(
    client: Client, cast: Cast, adopt: Adopt, publish: Publish, now: datetime
) -> None:
    kept, gone = adopt("KES-01"), adopt("KES-02")
    publish({kept: 60, gone: 40})
    briefings_deliver(now=now)
    _everyone_acknowledges(now)
    raised = adopt("KES-01", amends="KES-01", target="90", purpose="Tujuan yang lain.")
    newer = publish({raised: 70, adopt("KES-03"): 30})
    briefings_deliver(now=now)
    page = page_of(client, cast.author, newer)
    assert "Bobotnya berubah dari 60 menjadi 70 persen." in page
    assert "Targetnya berubah dari 80 persen menjadi 90 persen." in page
    assert "Redaksi bagian tujuan berubah." in page
    assert "Tidak lagi mengukur Anda; bobotnya semula 40 persen." in page
    assert "Baru mengukur Anda, dengan bobot 30 persen dan target 80 persen." in page
    assert "/indicators/KES-01/versions/2/" in page
    assert "/indicators/KES-02/versions/1/" in page


def test_an_indicator_that_comes_to_measure_someone_is_new_to_them(
    client: Client, cast: Cast, adopt: Adopt, publish: Publish, now: datetime
) -> None:
    own = adopt("KES-09")
    publish({adopt(applies_to=_only("disdik")): 100, own: 100})
    briefings_deliver(now=now)
    _everyone_acknowledges(now)
    wider = [*_only("disdik"), *_only("puskesmas-latihan")]
    newer = publish({adopt("KES-01", amends="KES-01", applies_to=wider): 100, own: 0})
    briefings_deliver(now=now)
    page = page_of(client, cast.author, newer)
    assert "Baru mengukur Anda" in page
    page = page_of(client, cast.outsider, newer)
    assert "Baru mengukur Anda" not in page


def test_a_second_publication_before_the_first_was_answered_tells_both_changes(
    client: Client, cast: Cast, adopt: Adopt, publish: Publish, now: datetime
) -> None:
    first = publish({adopt(): 100})
    briefings_deliver(now=now)
    _everyone_acknowledges(now)
    publish({adopt(amends="KES-01", target="85"): 100})
    briefings_deliver(now=now)
    actions.briefing_acknowledge(
        actor=cast.coauthor, publication=Publication.objects.get(major=2), now=now
    )
    third = publish({adopt(amends="KES-01", target="90"): 100})
    briefings_deliver(now=now)
    assert Briefing.objects.get(person=cast.author, publication=third).since == first
    assert "dari 80 persen menjadi 90 persen" in page_of(client, cast.author, third)
    assert "dari 85 persen menjadi 90 persen" in page_of(client, cast.coauthor, third)
    asking = Briefing.objects.asking(cast.author, on=date(2026, 1, 1))
    assert [item.publication for item in asking] == [third]


def test_a_set_that_was_replaced_before_it_was_told_brings_one_notice(
    cast: Cast, adopt: Adopt, publish: Publish, now: datetime
) -> None:
    publish({adopt(): 100})
    newer = publish({adopt(amends="KES-01", target="90"): 100})
    briefings_deliver(now=now)
    [notice] = Notice.objects.filter(person=cast.author)
    assert notice.url == f"/sets/kota/{newer.version}/for-me/"
    assert Briefing.objects.get(person=cast.author, publication=newer).since is None


def test_a_correction_that_takes_a_change_back_tells_nobody_who_had_not_read_it(
    cast: Cast, adopt: Adopt, publish: Publish, now: datetime
) -> None:
    version = adopt()
    publish({version: 100})
    briefings_deliver(now=now)
    _everyone_acknowledges(now)
    wrong = publish({version: 60, adopt("KES-02"): 40})
    briefings_deliver(now=now)
    actions.briefing_acknowledge(actor=cast.coauthor, publication=wrong, now=now)
    right = publish({version: 100})
    briefings_deliver(now=now)
    assert cast.author not in told_of(right)
    assert cast.coauthor in told_of(right)
    assert not Briefing.objects.asking(cast.author, on=date(2026, 1, 1)).exists()


def test_a_withdrawn_set_asks_nobody_any_more(
    client: Client, cast: Cast, adopt: Adopt, publish: Publish, now: datetime
) -> None:
    version = adopt()
    old = publish({version: 60, adopt("KES-02"): 40})
    briefings_deliver(now=now)
    publish({version: 100}, withdraws=old.version, withdrawal_reason="Salah hitung.")
    with pytest.raises(Refused, match="sudah diganti atau dicabut"):
        actions.briefing_acknowledge(actor=cast.author, publication=old, now=now)
    assert "Set ini sudah diganti atau dicabut." in page_of(client, cast.author, old)


def test_who_joins_the_unit_later_reads_and_answers_the_set_in_force(
    client: Client, units: Units, adopt: Adopt, publish: Publish, now: datetime
) -> None:
    published = publish({adopt(): 100})
    briefings_deliver(now=now)
    newcomer = build_person(unit=units.unit)
    page = page_of(client, newcomer, published)
    assert "Baru mengukur Anda" in page
    assert not Briefing.objects.filter(person=newcomer).exists()  # reading writes nothing
    assert client.post("/sets/kota/1.0.0/for-me/acknowledge/").status_code == 302
    assert Briefing.objects.get(person=newcomer).response == "acknowledged"
    assert "KES-01" in text(client, "/for-me/")


def test_who_joins_a_unit_that_is_measured_no_more_may_answer_too(
    client: Client, units: Units, adopt: Adopt, publish: Publish, now: datetime
) -> None:
    here, other = adopt("KES-01"), adopt("DIK-01", applies_to=_only("disdik"))
    publish({here: 100, other: 100})
    newer = publish({other: 100})
    briefings_deliver(now=now)
    newcomer = build_person(unit=units.unit)
    page = page_of(client, newcomer, newer)
    assert "Tidak lagi mengukur Anda" in page
    assert "Saya sudah membaca" in page
    asked = {"body": "Mengapa kami tidak diukur lagi?", "submission": str(uuid4())}
    address = f"/sets/kota/{newer.version}/for-me"
    assert client.post(f"{address}/ask/", asked).status_code == 302
    assert client.post(f"{address}/acknowledge/").status_code == 302
    assert BriefingQuestion.objects.get().briefing.person == newcomer


def test_whom_a_set_does_not_measure_is_told_so(
    client: Client, cast: Cast, adopt: Adopt, publish: Publish
) -> None:
    published = publish({adopt(): 100})
    assert "Set ini tidak mengukur Anda" in page_of(client, cast.outsider, published)
    assert client.post("/sets/kota/1.0.0/for-me/acknowledge/").status_code == 403


# Crashes and neighbours


def test_a_crash_in_the_middle_neither_loses_nor_doubles_a_message(
    units: Units,
    adopt: Adopt,
    publish: Publish,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    cast: Cast,
) -> None:
    for _place in range(7):
        build_person(unit=units.unit)
    published = publish({adopt(): 100})
    monkeypatch.setattr(briefing_actions, "BATCH", 3)
    calls = iter(range(1000))
    notices = briefing_actions.notice_send

    def crashing(**fields: Any) -> int:
        sent = notices(**fields)
        if next(calls) == 1:
            raise RuntimeError("the power went out")
        return sent

    monkeypatch.setattr(briefing_actions, "notice_send", crashing)
    with pytest.raises(RuntimeError), transaction.atomic():
        briefings_deliver(now=now)
    monkeypatch.setattr(briefing_actions, "notice_send", notices)
    briefings_deliver(now=now)
    measured = Person.objects.active().filter(unit=units.unit)
    assert told_of(published) == set(measured)
    assert Notice.objects.filter(url="/sets/kota/1.0.0/for-me/").count() == measured.count()
    assert Delivery.objects.get().finished_at == now


@pytest.mark.django_db(transaction=True)
def test_what_a_crash_left_half_done_goes_on_where_it_stopped(
    units: Units,
    cast: Cast,
    adopt: Adopt,
    publish: Publish,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _place in range(7):
        build_person(unit=units.unit)
    published = publish({adopt(): 100})
    monkeypatch.setattr(briefing_actions, "BATCH", 3)
    batch, calls = briefing_actions._batch, iter(range(1000))

    def crashing(*args: Any, **fields: Any) -> int | None:
        if next(calls) == 2:
            raise RuntimeError("the power went out")
        return batch(*args, **fields)

    monkeypatch.setattr(briefing_actions, "_batch", crashing)
    with pytest.raises(RuntimeError):
        briefings_deliver(now=now)
    half = Briefing.objects.count()
    monkeypatch.setattr(briefing_actions, "_batch", batch)
    rest = briefings_deliver(now=now)
    measured = Person.objects.active().filter(unit=units.unit)
    assert half + rest == measured.count() == len(told_of(published))
    assert Notice.objects.filter(url="/sets/kota/1.0.0/for-me/").count() == measured.count()


@pytest.mark.django_db(transaction=True)
def test_several_deliver_at_once_and_everyone_is_told_once(
    units: Units,
    cast: Cast,
    adopt: Adopt,
    publish: Publish,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time; rows are locked on PostgreSQL alone")
    for _place in range(20):
        build_person(unit=units.unit)
    publish({adopt(): 100})
    monkeypatch.setattr(briefing_actions, "BATCH", 2)
    start, told = threading.Barrier(4), []

    def deliver() -> None:
        try:
            start.wait()
            told.append(briefings_deliver(now=now))
        finally:
            connection.close()

    threads = [threading.Thread(target=deliver) for _place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    measured = Person.objects.active().filter(unit=units.unit).count()
    assert len(told) == 4
    assert sum(told) == measured == Briefing.objects.count()
    assert Notice.objects.filter(url="/sets/kota/1.0.0/for-me/").count() == measured


def test_the_database_keeps_one_message_a_person_and_publication(
    cast: Cast, adopt: Adopt, publish: Publish, now: datetime
) -> None:
    published = publish({adopt(): 100})
    briefings_deliver(now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Briefing.objects.create(
            publication=published, person=cast.author, unit=cast.author.unit, created_at=now
        )


def test_telling_costs_the_same_queries_however_many_are_told(
    units: Units, adopt: Adopt, publish: Publish, now: datetime, django_assert_num_queries: Any
) -> None:
    version = adopt()
    publish({version: 100})
    with django_assert_num_queries(24, exact=False) as few:
        briefings_deliver(now=now)
    for _place in range(40):
        build_person(unit=units.unit)
    _everyone_acknowledges(now)
    publish({version: 60, adopt("KES-02"): 40})
    with django_assert_num_queries(len(few) + 6, exact=False):
        briefings_deliver(now=now)


# Answers


def test_the_first_time_of_an_acknowledgement_stays(
    cast: Cast, adopt: Adopt, publish: Publish, now: datetime
) -> None:
    published = publish({adopt(): 100})
    later = now + timedelta(hours=1)
    for at in (now, later):
        briefing = actions.briefing_acknowledge(actor=cast.author, publication=published, now=at)
    assert briefing.responded_at == now


def test_a_question_reaches_the_office_and_its_answer_the_asker(
    client: Client, cast: Cast, adopt: Adopt, publish: Publish, now: datetime
) -> None:
    published = publish({adopt(): 100})
    client.force_login(cast.author)
    typed = {"body": "Mengapa 80?", "submission": str(uuid4())}
    for _twice in range(2):
        assert client.post("/sets/kota/1.0.0/for-me/ask/", typed).status_code == 302
    [question] = BriefingQuestion.objects.all()
    assert Notice.objects.filter(person=cast.facilitator, url="/questions/").count() == 1
    client.force_login(cast.facilitator)
    page = text(client, f"/questions/{question.pk}/")
    assert "Mengapa 80?" in page
    assert cast.author.name not in page
    assert "1 pertanyaan menunggu jawaban Anda." in text(client, "/")
    client.post(f"/questions/{question.pk}/", {"answer": "Karena rata-rata kota."})
    assert Notice.objects.filter(
        person=cast.author, url="/sets/kota/1.0.0/for-me/#questions"
    ).exists()
    assert "Karena rata-rata kota." in page_of(client, cast.author, published)
    client.force_login(cast.facilitator)
    assert client.post(f"/questions/{question.pk}/", {"answer": "Lagi."}).status_code == 403


def test_an_empty_question_is_shown_again(
    client: Client, cast: Cast, adopt: Adopt, publish: Publish
) -> None:
    publish({adopt(): 100})
    client.force_login(cast.author)
    response = client.post(
        "/sets/kota/1.0.0/for-me/ask/", {"body": " ", "submission": str(uuid4())}
    )
    assert response.status_code == 200
    assert "aria-invalid" in response.content.decode()
    assert not BriefingQuestion.objects.exists()


def test_the_home_page_asks_until_it_is_answered(
    client: Client, cast: Cast, adopt: Adopt, publish: Publish, now: datetime
) -> None:
    publish({adopt(): 100}, year=now.year)
    briefings_deliver(now=now)
    client.force_login(cast.author)
    assert "/sets/kota/1.0.0/for-me/" in text(client, "/")
    client.post("/sets/kota/1.0.0/for-me/acknowledge/")
    assert "/sets/kota/1.0.0/for-me/" not in text(client, "/")


# Counts


def test_answers_are_counted_by_unit_and_no_name_is_told(
    client: Client, units: Units, cast: Cast, adopt: Adopt, publish: Publish, now: datetime
) -> None:
    published = publish({adopt(): 100})
    briefings_deliver(now=now)
    actions.briefing_acknowledge(actor=cast.author, publication=published, now=now)
    actions.briefing_question(
        actor=cast.elector, publication=published, body="Apa?", submission=uuid4(), now=now
    )
    [counts] = Briefing.objects.count_by_unit(published)
    everyone = Person.objects.active().filter(unit=units.unit).count()
    assert (counts.acknowledged, counts.questioned) == (1, 1)
    assert counts.told == everyone
    client.force_login(cast.head)
    page = text(client, "/sets/kota/1.0.0/responses/")
    for person in (cast.author, cast.elector):
        assert person.name not in page


def test_a_small_unit_is_neither_counted_nor_found_by_subtraction(
    units: Units, cast: Cast, adopt: Adopt, publish: Publish, now: datetime
) -> None:
    for _place in range(5):
        build_person(unit=units.unit)
    applies = [*_only("disdik"), *_only(units.unit.code)]
    published = publish({adopt(applies_to=applies): 100})
    briefings_deliver(now=now)
    actions.briefing_acknowledge(actor=cast.outsider, publication=published, now=now)
    office = responses_page(published, roles_of(cast.facilitator, on=now.date()))
    assert (office.acknowledged, office.hides_some) == (1, False)
    page = responses_page(published, roles_of(cast.auditor, on=now.date()))
    assert [row.counts is None for row in sorted(page.rows, key=lambda row: row.told)] == [
        True,
        False,
    ]
    assert (page.acknowledged, page.hides_some) == (0, True)


def test_a_head_sees_the_own_unit_and_those_below_alone(
    cast: Cast, units: Units, adopt: Adopt, publish: Publish, now: datetime
) -> None:
    applies = [*_only("disdik"), *_only(units.unit.code)]
    published = publish({adopt(applies_to=applies): 100})
    briefings_deliver(now=now)
    for head in (cast.head, cast.superior_head):
        page = responses_page(published, roles_of(head, on=now.date()))
        assert [row.name for row in page.rows] == [units.unit.name]


@pytest.mark.parametrize(
    ("is_measured", "is_superseded", "reason"),
    [
        (True, False, ""),
        (False, False, "tidak mengukur Anda"),
        (True, True, "sudah diganti atau dicabut"),
        (False, True, "tidak mengukur Anda"),
    ],
)
def test_who_may_answer(is_measured: bool, is_superseded: bool, reason: str) -> None:
    verdict = rules.may_respond(is_measured=is_measured, is_superseded=is_superseded)
    assert bool(verdict) is not bool(reason)
    assert reason in verdict.reason
