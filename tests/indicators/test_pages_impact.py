"""The impact preview of a draft: what it says, what it leaves out, what it asks the database."""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client

from indicators.actions import actuals_import
from indicators.documents import read
from indicators.importing.actuals import ActualRow
from indicators.models import Actual, IndicatorSet, IndicatorVersion, Publication
from indicators.previews import preview_of
from indicators.scoring import show_score
from indicators.unit_scores import Period, score_unit
from indicators.units import UnitTree
from people.models import Person, Unit
from tests.builders import Cast, Units, build_person, build_unit

Adopt = Callable[..., IndicatorVersion]
Draft = Callable[..., IndicatorSet]
Publish = Callable[..., Publication]
ClientOf = Callable[[Person], Client]
Report = Callable[..., None]

# Clinics below the agency, with how many people each has.
CLINICS = {"pkm-a": 4, "pkm-b": 6, "pkm-c": 7, "pkm-d": 9, "pkm-e": 12}
EVERYWHERE = [{"unit": "dinkes", "include_sub_units": True, "position_family": None}]


@pytest.fixture
def clinics(units: Units) -> dict[str, Unit]:
    """Five clinics of the agency; `pkm-a` has four people. The rest of the agency has many."""
    found = {}
    for code, people in CLINICS.items():
        found[code] = build_unit(code, name=f"Puskesmas {code[-1].upper()}", parent=units.agency)
        for _number in range(people):
            build_person(unit=found[code])
    for unit in (units.agency, units.unit):
        for _number in range(6):
            build_person(unit=unit)
    return found


@pytest.fixture
def report(now: datetime) -> Report:
    """`report({unit: figure}, code=…)`: what units reported for last year."""

    def report(figures: Mapping[str, Any], *, code: str = "KES-01", year: int = 2025) -> None:
        rows = [
            ActualRow(0, unit, code, year, "", Decimal(figure)) for unit, figure in figures.items()
        ]
        actuals_import(actor=None, rows=rows, now=now)

    return report


@pytest.fixture
def drafted(
    clinics: dict[str, Unit], adopt: Adopt, publish: Publish, draft: Draft, report: Report
) -> IndicatorSet:
    """A set in force, and a draft with one target raised and a second indicator beside it."""
    first = adopt("KES-01", applies_to=EVERYWHERE, target="80")
    second = adopt("KES-02", applies_to=EVERYWHERE, target="50")
    publish({first: 100}, year=2026)
    raised = adopt("KES-01", applies_to=EVERYWHERE, target="100", amends="KES-01")
    report({"pkm-a": 99, "pkm-b": 71, "pkm-c": 72, "pkm-d": 60, "pkm-e": 80})
    report({"pkm-a": 50, "pkm-b": 50, "pkm-c": 60, "pkm-d": 40}, code="KES-02")
    return draft({raised: 60, second: 40})


@pytest.fixture
def facilitator(client_of: ClientOf, cast: Cast) -> Client:
    return client_of(cast.facilitator)


def page_of(client: Client, indicator_set: IndicatorSet, query: str = "") -> str:
    response = client.get(f"/sets/drafts/{indicator_set.pk}/impact/{query}")
    assert response.status_code == 200
    return str(response.content.decode())


def test_it_says_first_what_the_draft_would_do(drafted: IndicatorSet, facilitator: Client) -> None:
    """C: 90 → 0.6 × 72 + 0.4 × 120 = 91.2. D: 75 → 68. E: 100 → 80, of 60 % of the weight."""
    page = page_of(facilitator, drafted)
    assert (
        "1 dari 3 unit naik, 2 turun, 0 tetap; rata-rata 88,33 → 79,73; 1 unit pindah status."
        in page
    )
    assert "Dasarnya realisasi 2025 yang sudah dilaporkan: 5 dari 10 angka ada" in page
    assert "Dibandingkan dengan set versi 1.0.0 (2026)" in page


def test_movers_are_told_with_the_indicator_that_moved_them(drafted: IndicatorSet) -> None:
    preview = preview_of(drafted)
    (up,) = preview.up
    assert (up.unit, up.before, up.after, up.by) == ("Puskesmas C", "90,00", "91,20", "+1,20")
    assert up.because.startswith("KES-02 ")
    assert up.because.endswith("masuk dengan bobot 40: nilainya 120,00.")
    worst = preview.down[0]
    assert (worst.unit, worst.by) == ("Puskesmas E", "−20,00")
    assert "nilainya 100,00 → 80,00, target 80 persen → 100 persen" in worst.because
    assert "bobot 100 → 60" in worst.because


def test_a_unit_of_four_and_the_smallest_beside_it_are_left_out(
    drafted: IndicatorSet, facilitator: Client
) -> None:
    preview = preview_of(drafted)
    assert preview.hidden == ["Puskesmas A", "Puskesmas B"]
    assert not {"Puskesmas A", "Puskesmas B"} & {row.unit for row in preview.rows}
    page = page_of(facilitator, drafted)
    assert "2 unit tidak ditampilkan dan tidak ikut dihitung" in page
    assert "<p>Puskesmas A, Puskesmas B</p>" in page
    assert page.count("Puskesmas A") == 1


def test_the_page_is_the_same_whatever_the_hidden_units_reported(
    drafted: IndicatorSet, facilitator: Client, report: Report
) -> None:
    def shown() -> str:
        return page_of(facilitator, drafted).partition("<main")[2].partition("</main>")[0]

    before = shown()
    for figure in (0, 1, 200):
        report({"pkm-a": figure, "pkm-b": figure})
        report({"pkm-a": figure}, code="KES-02")
        report({"pkm-b": figure}, year=2024)
        assert shown() == before
    report({"pkm-c": 1})
    assert shown() != before


def test_all_parts_of_the_page_count_the_units_shown(drafted: IndicatorSet) -> None:
    preview = preview_of(drafted)
    scored = sum(bool(row.after) for row in preview.rows)
    assert sum(after for _name, _before, after in preview.bands) == scored == 3
    assert sum(after for _name, _before, after in preview.steps) == scored
    assert [(row.code, row.scored, row.measured) for row in preview.indicators] == [
        ("KES-01", 3, 5),
        ("KES-02", 2, 5),
    ]


def test_an_indicator_of_a_few_nurses_leaves_their_unit_out(
    drafted: IndicatorSet, adopt: Adopt, draft: Draft, clinics: dict[str, Unit]
) -> None:
    nurses = [{"unit": "pkm-e", "include_sub_units": False, "position_family": "health"}]
    for _number in range(2):
        build_person(unit=clinics["pkm-e"], position_family=Person.Family.HEALTH)
    weights: dict[IndicatorVersion, str | int] = {
        entry.version: 50 for entry in drafted.entries.select_related("version")
    }
    other = draft(weights | {adopt("KES-03", applies_to=nurses): 20})
    assert "Puskesmas E" not in preview_of(drafted).hidden
    assert "Puskesmas E" in preview_of(other).hidden


def test_a_draft_of_a_smaller_scope_hides_the_same_units(
    drafted: IndicatorSet, draft: Draft, clinics: dict[str, Unit]
) -> None:
    """B alone has six people and is no small unit; beside A it is the second one."""
    entries = {entry.version: 50 for entry in drafted.entries.select_related("version")}
    for scope in ("pkm-a", "pkm-b"):
        preview = preview_of(draft(entries, scope=clinics[scope]))
        assert preview.hidden == [clinics[scope].name]
        assert preview.rows == []


def test_totals_are_those_of_the_scoring_api(drafted: IndicatorSet) -> None:
    (publication,) = Publication.objects.all()
    document = read(publication.content)
    shown = {row.unit: row.before for row in preview_of(drafted).rows}
    for code, figure in (("pkm-c", 72), ("pkm-d", 60), ("pkm-e", 80)):
        scored = score_unit(
            document,
            tree=UnitTree.current(),
            unit=code,
            period=Period(""),
            actuals={"KES-01": Fraction(figure)},
        )
        assert scored.total.exact is not None
        assert shown[f"Puskesmas {code[-1].upper()}"] == show_score(scored.total.exact)


def test_people_who_left_do_not_count(drafted: IndicatorSet, clinics: dict[str, Unit]) -> None:
    gone = Person.objects.filter(unit=clinics["pkm-c"])[:3]
    Person.objects.filter(pk__in=[person.pk for person in gone]).update(is_active=False)
    assert "Puskesmas C" in preview_of(drafted).hidden


def test_without_a_set_before_there_is_only_after(
    clinics: dict[str, Unit], adopt: Adopt, draft: Draft, report: Report, facilitator: Client
) -> None:
    drafted = draft({adopt("KES-01", applies_to=EVERYWHERE): 100})
    report({"pkm-c": 72, "pkm-d": 60})
    page = page_of(facilitator, drafted)
    assert "2 unit dapat dinilai; rata-rata nilainya 82,50." in page
    assert "Belum ada set sebelumnya" in page
    assert "Yang paling bergerak" not in page
    assert "Selisih" not in page


def test_without_figures_it_says_so(
    clinics: dict[str, Unit], adopt: Adopt, draft: Draft, facilitator: Client
) -> None:
    page = page_of(facilitator, draft({adopt("KES-01", applies_to=EVERYWHERE): 100}))
    assert "Belum ada realisasi yang dapat dinilai dengan draf ini." in page
    assert 'href="/sets/actuals/"' in page
    assert "Kepekaan" not in page


def test_an_empty_draft_has_a_page(draft: Draft, facilitator: Client, units: Units) -> None:
    assert "Belum ada realisasi" in page_of(facilitator, draft({}))


def test_the_year_is_the_one_before_unless_another_is_asked_for(
    drafted: IndicatorSet, facilitator: Client, report: Report
) -> None:
    report({"pkm-c": 10}, year=2024)
    report({"pkm-c": 20}, year=2026)
    assert preview_of(drafted).year == 2025
    assert preview_of(drafted).years == [2026, 2025, 2024]
    assert "Dasarnya realisasi 2024" in page_of(facilitator, drafted, "?year=2024")
    for other in ("?year=2031", "?year=x", "?year="):
        assert "Dasarnya realisasi 2025" in page_of(facilitator, drafted, other)


def test_figures_by_period_are_consolidated(
    clinics: dict[str, Unit], adopt: Adopt, draft: Draft, now: datetime
) -> None:
    drafted = draft({adopt("KES-01", applies_to=EVERYWHERE, target="80"): 100})
    rows = [
        ActualRow(0, "pkm-d", "KES-01", 2025, f"TW{n}", Decimal(60 + 10 * n)) for n in range(1, 5)
    ]
    actuals_import(actor=None, rows=rows, now=now)
    (row,) = [row for row in preview_of(drafted).rows if row.after]
    assert (row.unit, row.after) == ("Puskesmas D", "106,25")


def test_a_draft_of_the_next_year_is_held_against_this_year(
    drafted: IndicatorSet, draft: Draft
) -> None:
    entries = {entry.version: 100 for entry in drafted.entries.all()[:1]}
    following = draft(
        entries,
        year=2027,
        period_from=datetime(2027, 1, 1).date(),
        period_until=datetime(2027, 12, 31).date(),
        effective_on=datetime(2027, 1, 1).date(),
    )
    before = preview_of(following).before
    assert before is not None
    assert before.version == "1.0.0"


def test_sensitivity_is_told_for_each_indicator(drafted: IndicatorSet, facilitator: Client) -> None:
    page = page_of(facilitator, drafted)
    assert "Kepekaan terhadap bobot" in page
    levers = preview_of(drafted).levers
    assert {lever.code for lever in levers} == {"KES-01", "KES-02"}
    # C and D have both: 5 points more on KES-01 cost (120 − 72 + 80 − 60) × 0.05 over three units
    assert next(lever for lever in levers if lever.code == "KES-01").shifts[1].mean == "−1,13"


def test_the_page_has_no_inline_style_and_its_charts_are_tables(
    drafted: IndicatorSet, facilitator: Client
) -> None:
    page = page_of(facilitator, drafted)
    assert "style=" not in page
    assert page.count("<figure") == page.count("</figure>") == 3
    assert page.count("</table>") == page.count("<caption") == 5
    assert page.count("<svg") == page.count('aria-hidden="true"') > 10


def test_the_composing_page_leads_to_it(drafted: IndicatorSet, facilitator: Client) -> None:
    page = facilitator.get(f"/sets/drafts/{drafted.pk}/").content.decode()
    assert f'href="/sets/drafts/{drafted.pk}/impact/"' in page


def test_who_may_not_see_drafts_gets_nothing(
    drafted: IndicatorSet, client_of: ClientOf, cast: Cast
) -> None:
    url = f"/sets/drafts/{drafted.pk}/impact/"
    assert client_of(cast.auditor).get(url).status_code == 200
    assert client_of(cast.author).get(url).status_code == 404
    assert Client().get(url).status_code == 302


def test_it_asks_as_much_for_many_units_as_for_few(
    drafted: IndicatorSet, units: Units, report: Report, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(6):
        preview_of(drafted)
    more = [build_unit(f"pkm-{number:02}", parent=units.agency) for number in range(30)]
    for unit in more:
        for _number in range(6):
            build_person(unit=unit)
    report({unit.code: 70 + unit.pk % 20 for unit in more})
    with django_assert_num_queries(6):
        assert len(preview_of(drafted).rows) > 30
    assert Actual.objects.count() == 39
