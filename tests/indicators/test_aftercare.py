"""After publication: ratings that show nobody, reviews, objections, and what a composer is told."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from core.verdict import Refused
from indicators.actions import (
    actuals_import,
    objection_discuss,
    objection_file,
    objection_settle,
    rating_give,
    review_record,
)
from indicators.aftercare import aftercare_of, median_of
from indicators.composition import composition_of
from indicators.importing.actuals import ActualRow
from indicators.models import (
    IndicatorReview,
    IndicatorSet,
    IndicatorVersion,
    Objection,
    Publication,
    Rating,
    RatingSummary,
)
from ledger.models import Event
from notices.models import Notice
from people.models import Person
from tests.builders import Cast, Units, build_person

Adopt = Callable[..., IndicatorVersion]
Draft = Callable[..., IndicatorSet]
Publish = Callable[..., Publication]
Clients = Callable[[Person], Client]

REASON = "Balita di dusun atas tidak dapat ditimbang setiap bulan."


@pytest.fixture
def published(adopt: Adopt, publish: Publish, now: datetime) -> IndicatorVersion:
    """KES-01, which measures the training puskesmas, in a published set."""
    version = adopt(now=now - timedelta(days=300))
    publish({version: 100})
    return version


@pytest.fixture
def staff(units: Units) -> list[Person]:
    """Twelve of those whom it measures."""
    return [build_person(unit=units.unit) for _each in range(12)]


def rate(people: list[Person], control: int = 2, burden: int = 4) -> None:
    for person in people:
        rating_give(actor=person, code="KES-01", control=control, burden=burden)


def shown() -> tuple[int, list[int], list[int]]:
    summary = RatingSummary.objects.get()
    return summary.raters, summary.control, summary.burden


# Ratings


def test_nothing_is_shown_below_five(published: IndicatorVersion, staff: list[Person]) -> None:
    rate(staff[:4])
    assert not RatingSummary.objects.exists()
    rate(staff[4:5])
    assert shown() == (5, [0, 5, 0, 0, 0], [0, 0, 0, 5, 0])


def test_a_summary_waits_until_five_are_new_or_changed(
    published: IndicatorVersion, staff: list[Person]
) -> None:
    rate(staff[:5])
    rate(staff[5:9], control=5)
    rate(staff[5:6], control=4)  # the same one again is still one
    assert shown()[0] == 5
    rate(staff[:1], control=1)
    assert shown() == (9, [1, 4, 0, 1, 3], [0, 0, 0, 9, 0])


def test_everyone_rates_once_and_may_change_it(
    published: IndicatorVersion, staff: list[Person]
) -> None:
    rate(staff[:5])
    rate(staff[:5], control=3, burden=1)
    assert Rating.objects.count() == 5
    assert shown() == (5, [0, 0, 5, 0, 0], [5, 0, 0, 0, 0])


def test_the_same_answer_again_changes_nothing(
    published: IndicatorVersion, staff: list[Person]
) -> None:
    rate(staff[:5])
    rate(staff[:5])
    assert not Rating.objects.filter(is_counted=False).exists()


def test_only_the_measured_rate(published: IndicatorVersion, cast: Cast) -> None:
    for person in (cast.outsider, cast.superior_head, cast.moved, cast.deactivated):
        with pytest.raises(Refused):
            rate([person])
    assert not Rating.objects.exists()


def test_of_an_indicator_for_one_family_only_its_people_rate(
    adopt: Adopt, publish: Publish, units: Units
) -> None:
    measured = [{"unit": "puskesmas-latihan", "include_sub_units": False}]
    publish({adopt(applies_to=[{**measured[0], "position_family": "health"}]): 100})
    with pytest.raises(Refused, match="pegawai yang diukur"):
        rate([build_person(unit=units.unit, position_family=Person.Family.STAFF)])
    rate([build_person(unit=units.unit, position_family=Person.Family.HEALTH)])


def test_what_is_not_published_is_not_rated(adopt: Adopt, staff: list[Person]) -> None:
    adopt()
    with pytest.raises(IndicatorVersion.DoesNotExist):
        rate(staff[:1])


@pytest.mark.parametrize("step", [0, 6])
def test_a_rating_is_one_of_five_steps(
    published: IndicatorVersion, staff: list[Person], step: int
) -> None:
    with pytest.raises(ValidationError):
        rate(staff[:1], control=step)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.create(version=published, person=staff[0], control=3, burden=step)


def test_the_database_itself_keeps_small_summaries_out(published: IndicatorVersion) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RatingSummary.objects.create(
            version=published, raters=4, control=[4, 0, 0, 0, 0], burden=[4, 0, 0, 0, 0]
        )


def test_a_rating_leaves_no_time_event_or_notice(
    published: IndicatorVersion, staff: list[Person]
) -> None:
    events, notices = Event.objects.count(), Notice.objects.count()
    rate(staff[:6])
    assert (Event.objects.count(), Notice.objects.count()) == (events, notices)
    columns = {field.column for field in Rating._meta.get_fields() if hasattr(field, "column")}
    assert columns == {"id", "version_id", "person_id", "control", "burden", "is_counted"}


def test_nobody_sees_a_rating_that_is_not_counted(
    published: IndicatorVersion, staff: list[Person], cast: Cast, client_of: Clients
) -> None:
    """As everyone, to the byte: the page does not change by one rating more, or one changed."""

    def pages() -> dict[str, str]:
        return {
            name: seen(client_of(person))
            for name, person in [*cast.everyone().items()]
            if person.is_active and person.pk != staff[0].pk
        } | {"visitor": seen(Client())}

    rate(staff[1:6])
    before = pages()
    rate(staff[:1], control=5, burden=1)
    assert pages() == before
    rate(staff[1:2], control=5, burden=1)
    assert pages() == before
    rate(staff[6:9], control=5, burden=1)  # the fifth that is new or changed
    assert pages() != before


def seen(client: Client) -> str:
    page = client.get("/indicators/KES-01/").content.decode()
    for changing in (r'name="csrfmiddlewaretoken" value="\w+"', r'"X-CSRFToken": "\w+"'):
        page = re.sub(changing, "", page)
    return re.sub(r"(nonce|csrf)[^ >]*", "", page)


@pytest.mark.parametrize(
    ("counts", "median"),
    [([5, 0, 0, 0, 0], 1), ([1, 1, 1, 1, 1], 3), ([2, 1, 0, 0, 2], 2), ([0, 3, 3, 0, 0], 2.5)],
)
def test_the_median_by_hand(counts: list[int], median: float) -> None:
    assert median_of(counts) == median


# Reviews


def test_a_review_moves_the_date_by_two_years(adopt: Adopt, cast: Cast, now: datetime) -> None:
    adopt(now=now - timedelta(days=680))
    aftercare = aftercare_of("KES-01", None, None, now=now)
    assert aftercare is not None
    assert aftercare.review.is_near
    assert not aftercare.review.is_over
    review_record(actor=cast.facilitator, code="KES-01", reason=REASON, now=now)
    after = aftercare_of("KES-01", None, None, now=now)
    assert after is not None
    assert not after.review.is_near
    assert after.review.due_on > aftercare.review.due_on
    assert Event.objects.filter(action="indicator.reviewed").count() == 1
    assert not IndicatorVersion.objects.in_use().to_review(today=after.review.today).exists()


def test_a_review_far_from_its_date_is_refused(
    published: IndicatorVersion, cast: Cast, now: datetime
) -> None:
    with pytest.raises(Refused, match="masih jauh"):
        review_record(actor=cast.facilitator, code="KES-01", reason=REASON, now=now)


def test_a_review_is_written_once(adopt: Adopt, cast: Cast, now: datetime) -> None:
    adopt(now=now - timedelta(days=680))
    review = review_record(actor=cast.head, code="KES-01", reason=REASON, now=now)
    with pytest.raises(DatabaseError), transaction.atomic():
        IndicatorReview.objects.filter(pk=review.pk).update(reason="Lain.")


def test_the_list_is_narrowed_to_what_is_due(adopt: Adopt, client: Client, now: datetime) -> None:
    adopt("KES-01", now=now - timedelta(days=680), name="Cakupan yang lama")
    adopt("KES-02", name="Cakupan yang baru")
    page = client.get("/indicators/?review=on").content.decode()
    assert "Cakupan yang lama" in page
    assert "Cakupan yang baru" not in page


# Objections


def objected(actor: Person, now: datetime, reason: str = REASON) -> Objection:
    return objection_file(actor=actor, code="KES-01", publication=None, reason=reason, now=now)


def test_who_is_measured_objects_once(
    published: IndicatorVersion, cast: Cast, now: datetime
) -> None:
    objection = objected(cast.elector, now)
    with pytest.raises(ValidationError, match="sudah tersimpan"):
        objected(cast.elector, now)
    objection_settle(objection=objection, now=now)
    objected(cast.elector, now)


def test_others_do_not_object(published: IndicatorVersion, cast: Cast, now: datetime) -> None:
    for person in (cast.outsider, cast.superior_head, cast.auditor, cast.deactivated):
        with pytest.raises(Refused):
            objected(person, now)


def test_the_owner_unit_objects_though_it_is_not_measured(
    adopt: Adopt, publish: Publish, cast: Cast, now: datetime
) -> None:
    publish({adopt(owner_unit="disdik"): 100})
    objected(cast.outsider, now)


def test_an_objection_is_a_sentence(published: IndicatorVersion, cast: Cast, now: datetime) -> None:
    with pytest.raises(ValidationError, match="satu kalimat"):
        objected(cast.elector, now, reason="Tidak setuju.")


def test_what_was_objected_is_not_rewritten(
    published: IndicatorVersion, cast: Cast, now: datetime
) -> None:
    objection = objected(cast.elector, now)
    rows = Objection.objects.filter(pk=objection.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(reason="Saya sangat setuju dengan indikator ini seluruhnya.")
    objection_settle(objection=objection, now=now)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(settled_at=None)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM indicators_objection")


def test_the_page_counts_objections_and_names_nobody(
    published: IndicatorVersion, cast: Cast, now: datetime, client: Client
) -> None:
    first, _second = objected(cast.elector, now), objected(cast.author, now)
    objection_discuss(objection=first, url="/proposals/contoh/")
    page = client.get("/indicators/KES-01/").content.decode()
    assert "Ada 2 keberatan" in page
    assert "1 sedang dibahas" in page
    assert REASON not in page
    assert cast.elector.name not in page


def test_a_new_version_begins_without_objections(
    published: IndicatorVersion, adopt: Adopt, publish: Publish, cast: Cast, now: datetime
) -> None:
    objected(cast.elector, now)
    publish({adopt(amends="KES-01", target="85"): 100})
    aftercare = aftercare_of("KES-01", None, None, now=now)
    assert aftercare is not None
    assert aftercare.objections == 0


# Signs of lifelessness, from the database


def report(code: str, now: datetime, *figures: str, unit: str = "puskesmas-latihan") -> None:
    keys = [(now.year - 2, f"TW{quarter}") for quarter in range(1, 5)]
    keys += [(now.year - 1, f"TW{quarter}") for quarter in range(1, 5)]
    rows = [
        ActualRow(0, unit, code, *key, Decimal(figure))
        for key, figure in zip(keys, figures, strict=False)
    ]
    actuals_import(actor=None, rows=rows, now=now)


def test_the_page_shows_signs_to_those_signed_in(
    published: IndicatorVersion, cast: Cast, now: datetime, client_of: Clients
) -> None:
    report("KES-01", now, *["72.5"] * 6)
    sentence = "Semua angka sama, 72,5: 6 angka dari 1 unit dalam 6 periode"
    assert sentence in client_of(cast.outsider).get("/indicators/KES-01/").content.decode()
    assert sentence not in Client().get("/indicators/KES-01/").content.decode()


def test_figures_of_few_people_are_not_told_as_signs(
    adopt: Adopt, publish: Publish, cast: Cast, now: datetime, client_of: Clients
) -> None:
    """Nor is it told that nothing was reported, which would be untrue."""
    unit = cast.outsider.unit
    place = {"unit": unit.code, "include_sub_units": False, "position_family": None}
    publish({adopt("DIK-01", applies_to=[place]): 100})
    report("DIK-01", now, *["72.5"] * 6, unit=unit.code)
    assert Person.objects.active().filter(unit=unit).count() < 5

    def signs() -> str:
        page = client_of(cast.author).get("/indicators/DIK-01/").content.decode()
        return page[page.index('id="aftercare"') :]

    assert "72,5" not in signs()
    assert "Belum pernah dilaporkan" not in signs()
    for _each in range(5):  # the control
        build_person(unit=unit)
    assert "Semua angka sama, 72,5: 6 angka dari 1 unit" in signs()


def test_a_retired_indicator_has_no_aftercare(
    published: IndicatorVersion, adopt: Adopt, now: datetime
) -> None:
    adopt(amends="KES-01", retires=True)
    assert aftercare_of("KES-01", None, None, now=now) is None


# What a composer is told


def test_a_composer_is_cautioned(
    published: IndicatorVersion,
    staff: list[Person],
    cast: Cast,
    draft: Draft,
    now: datetime,
) -> None:
    rate(staff[:5], control=2, burden=5)
    objected(cast.elector, now)
    report("KES-01", now, *["96"] * 6)
    told = composition_of(draft({published: 100}), today=now.date()).cautions
    assert any("kendali mereka atas hasilnya kecil (nilai tengah 2 dari 5)" in one for one in told)
    assert any("pelaporannya berat (nilai tengah 5 dari 5)" in one for one in told)
    assert "KES-01: 1 keberatan belum selesai." in told
    assert any(one.startswith("KES-01: Semua angka sama, 96") for one in told)
    assert any(one.startswith("KES-01: Semua angka bernilai penuh, 120") for one in told)


def test_good_ratings_caution_nobody(
    published: IndicatorVersion, staff: list[Person], draft: Draft, now: datetime
) -> None:
    rate(staff[:5], control=3, burden=3)
    told = composition_of(draft({published: 100}), today=now.date()).cautions
    assert not any("nilai tengah" in one for one in told)


def test_the_page_of_an_indicator_costs_the_same_however_much_was_said(
    published: IndicatorVersion,
    staff: list[Person],
    cast: Cast,
    now: datetime,
    client_of: Clients,
    django_assert_max_num_queries: Any,
) -> None:
    client = client_of(cast.author)

    def cost() -> int:
        with django_assert_max_num_queries(25) as captured:
            client.get("/indicators/KES-01/")
        return len(captured)

    rate(staff[:5])
    few = cost()
    rate(staff[5:], control=5)
    for person in staff:
        objected(person, now)
    report("KES-01", now, *["72.5"] * 8)
    assert cost() == few
