"""What a set lacks, and what its version would be."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest

from indicators.actions import set_draft
from indicators.composition import composition_of
from indicators.models import IndicatorSet, IndicatorVersion, Publication
from people.models import Unit
from tests.builders import Cast, Units, build_unit
from tests.indicators.builders import YEAR, details

Adopt = Callable[..., IndicatorVersion]
Draft = Callable[..., IndicatorSet]
Publish = Callable[..., Publication]
TODAY = date(YEAR, 11, 24)


def everyone(unit: str = "kota", family: str | None = None) -> dict[str, Any]:
    return {"applies_to": [{"unit": unit, "include_sub_units": True, "position_family": family}]}


def only(unit: str, family: str | None = None) -> dict[str, Any]:
    return {"applies_to": [{"unit": unit, "include_sub_units": False, "position_family": family}]}


def problems(indicator_set: IndicatorSet, **over: Any) -> list[str]:
    return composition_of(indicator_set, today=TODAY, **over).problems


def test_a_complete_set_has_no_problems(adopt: Adopt, draft: Draft) -> None:
    assert problems(draft({adopt(): 100})) == []


def test_an_empty_set_is_told(draft: Draft) -> None:
    assert problems(draft({})) == ["Set ini belum memuat indikator."]


@pytest.mark.parametrize("weight", ["99.9999", "0.0001", "50"])
def test_weights_that_miss_100_are_told_with_the_unit(
    weight: str, adopt: Adopt, draft: Draft
) -> None:
    (problem,) = problems(draft({adopt(): weight}))
    assert problem.startswith("Bobot bagi Puskesmas Latihan berjumlah ")


def test_weights_are_summed_per_unit_over_the_tree(
    adopt: Adopt, draft: Draft, units: Units
) -> None:
    city, health = adopt("UMU-01", **everyone()), adopt("KES-01", **everyone("dinkes"))
    rest = adopt("UMU-02", **everyone("disdik"))
    found = composition_of(draft({city: 40, health: 60, rest: 50}), today=TODAY)
    totals = {unit: weight.total for weight in found.weights for unit in weight.units}
    assert totals["Dinas Kesehatan"] == totals["Puskesmas Latihan"] == 100
    assert totals["Dinas Pendidikan"] == 90
    assert totals["Kota Contoh"] == 40
    assert len(found.problems) == 2  # the units of equal standing are told together


def test_units_measured_by_nothing_are_not_asked_for_weights(adopt: Adopt, draft: Draft) -> None:
    found = composition_of(draft({adopt(**only("dinkes")): 100}), today=TODAY)
    assert [weight.units for weight in found.weights] == [("Dinas Kesehatan",)]
    assert found.problems == []


def test_a_closed_unit_is_not_asked_for_weights(adopt: Adopt, draft: Draft, units: Units) -> None:
    build_unit("ditutup", parent=units.agency, is_active=False)
    found = composition_of(draft({adopt(**everyone("dinkes")): 100}), today=TODAY)
    assert found.weights[0].units == ("Dinas Kesehatan", "Puskesmas Latihan")


def test_an_indicator_of_one_family_counts_for_the_whole_unit(adopt: Adopt, draft: Draft) -> None:
    nurses = adopt("KES-01", **only("puskesmas-latihan", "health"))
    all_staff = adopt("KES-02", **only("puskesmas-latihan"))
    assert problems(draft({nurses: 40, all_staff: 60})) == []


def test_a_watched_indicator_adds_nothing(adopt: Adopt, draft: Draft) -> None:
    assert problems(draft({adopt("KES-01"): 100, adopt("KES-02"): 0})) == []


def test_an_indicator_outside_the_scope_is_told(adopt: Adopt, draft: Draft, units: Units) -> None:
    found = problems(
        draft({adopt(): 100, adopt("DIK-01", **only("disdik")): 0}, scope=units.agency)
    )
    assert found == ["DIK-01 tidak berlaku bagi satu pun unit kerja dalam lingkup set ini."]


def test_an_unknown_unit_is_told(adopt: Adopt, draft: Draft) -> None:
    (first, *_) = problems(draft({adopt(**only("tidak-ada")): 100}))
    assert first == "KES-01 berlaku bagi unit yang tidak dikenal: tidak-ada."


def test_a_retired_indicator_is_told(adopt: Adopt, draft: Draft) -> None:
    version = adopt()
    indicator_set = draft({version: 100})
    adopt(amends="KES-01", retires=True)
    assert problems(indicator_set) == ["KES-01 sudah dicabut dan tidak dapat dimuat."]


def test_two_versions_of_one_indicator_are_told(adopt: Adopt, draft: Draft) -> None:
    first = adopt()
    second = adopt(amends="KES-01", target="90")
    assert "KES-01 tercantum dua kali." in problems(draft({first: 50, second: 50}))


@pytest.mark.parametrize(
    "over",
    [{"target": None}, {"unit": ""}, {"polarity": "minimize", "target": "0"}, {"polarity": None}],
)
def test_what_counts_must_be_computable(over: dict[str, Any], adopt: Adopt, draft: Draft) -> None:
    version = adopt(**over)
    assert problems(draft({version: 100}))[0].startswith("KES-01 tidak dapat dinilai: ")


def test_what_is_watched_need_not_be_computable(adopt: Adopt, draft: Draft) -> None:
    assert problems(draft({adopt("KES-01"): 100, adopt("KES-02", target=None): 0})) == []


@pytest.mark.parametrize("effective_on", [date(YEAR - 1, 12, 31), date(YEAR + 1, 1, 1)])
def test_a_set_takes_effect_inside_its_period(
    effective_on: date, adopt: Adopt, draft: Draft
) -> None:
    found = problems(draft({adopt(): 100}, effective_on=effective_on))
    assert found == ["Tanggal mulai berlaku harus berada di dalam periode set."]


def test_a_profile_must_know_the_polarity_of_what_counts(adopt: Adopt, draft: Draft) -> None:
    scale = [["0", "0"], ["100", "120"]]
    version = adopt(polarity="stabilize", stabilize_scale=scale)
    assert problems(draft({version: 100})) == []
    assert problems(draft({version: 100}, scoring_profile="LKJIP 1.0.0")) == [
        "KES-01 tidak dapat dinilai: profil LKJIP tidak mengatur target dua sisi."
    ]


# The version


def test_another_profile_is_a_major_and_told(adopt: Adopt, draft: Draft, publish: Publish) -> None:
    version = adopt()
    publish({version: 100})
    found = composition_of(draft({version: 100}, scoring_profile="LKJIP 1.0.0"), today=TODAY)
    assert (found.version, found.changes) == ("2.0.0", [])
    assert "profil penilaian KMK 1.0.0 → LKJIP 1.0.0" in found.why


def test_a_new_draft_keeps_the_profile(
    adopt: Adopt, publish: Publish, cast: Cast, units: Units, now: datetime
) -> None:
    publish({adopt(): 100}, scoring_profile="LKJIP 1.0.0")
    begun = set_draft(
        actor=cast.facilitator, scope=units.city, details=details(), submission=uuid4(), now=now
    )
    assert begun.scoring_profile == "LKJIP 1.0.0"


def test_the_first_set_of_a_scope_is_1_0_0(adopt: Adopt, draft: Draft) -> None:
    assert composition_of(draft({adopt(): 100}), today=TODAY).version == "1.0.0"


def test_a_major_inside_a_running_period_needs_a_dated_note(
    adopt: Adopt, draft: Draft, publish: Publish
) -> None:
    publish({adopt(): 100})
    amended = adopt(amends="KES-01", target="90")
    bare = {"transition_note": "", "transition_on": None}
    (problem,) = problems(draft({amended: 100}, **bare))
    assert "catatan peralihan" in problem
    assert problems(draft({amended: 100})) == []


def test_before_the_period_begins_no_note_is_needed(
    adopt: Adopt, draft: Draft, publish: Publish
) -> None:
    publish({adopt(): 100})
    amended = adopt(amends="KES-01", target="90")
    indicator_set = draft({amended: 100}, transition_note="", transition_on=None)
    found = composition_of(indicator_set, today=date(YEAR - 1, 12, 31))
    assert (found.version, found.problems) == ("2.0.0", [])


def test_a_new_period_takes_the_next_major(adopt: Adopt, draft: Draft, publish: Publish) -> None:
    version = adopt()
    publish({version: 100})
    following = {
        "year": YEAR + 1,
        "period_from": date(YEAR + 1, 1, 1),
        "period_until": date(YEAR + 1, 12, 31),
        "effective_on": date(YEAR + 1, 1, 1),
    }
    found = composition_of(draft({version: 100}, **following), today=TODAY)
    assert (found.version, found.replaces, found.changes) == ("2.0.0", None, [])


def test_the_step_may_be_raised_but_not_lowered(
    adopt: Adopt, draft: Draft, publish: Publish
) -> None:
    version = adopt()
    publish({version: 100})
    watched = draft({version: 100, adopt("KES-02"): 0})
    assert composition_of(watched, today=TODAY).version == "1.1.0"
    assert composition_of(watched, today=TODAY, raised_bump="major").version == "2.0.0"
    lowered = composition_of(watched, today=TODAY, raised_bump="patch")
    assert lowered.problems == ["Kenaikan versi tidak boleh lebih kecil daripada yang dihitung."]


def test_a_confirmed_editorial_change_is_a_patch(
    adopt: Adopt, draft: Draft, publish: Publish
) -> None:
    publish({adopt(): 100})
    amended = adopt(amends="KES-01", definition="Kata lain.", editorial=["definition"])
    assert composition_of(draft({amended: 100}), today=TODAY).version == "2.0.0"
    confirmed = draft({amended: 100}, editorial_confirmed=["KES-01"])
    found = composition_of(confirmed, today=TODAY)
    assert (found.version, found.changes[0].editorial) == ("1.0.1", True)


def test_confirming_does_not_help_what_the_author_did_not_mark(
    adopt: Adopt, draft: Draft, publish: Publish
) -> None:
    publish({adopt(): 100})
    amended = adopt(amends="KES-01", definition="Kata lain.")
    confirmed = draft({amended: 100}, editorial_confirmed=["KES-01"])
    assert composition_of(confirmed, today=TODAY).version == "2.0.0"


def test_a_withdrawn_version_is_not_replaced(adopt: Adopt, draft: Draft, publish: Publish) -> None:
    version = adopt()
    first = publish({version: 100})
    second = publish({version: 100, adopt("KES-02"): 0})
    assert (first.version, second.version) == ("1.0.0", "1.1.0")
    publish({version: 100}, withdraws="1.1.0", withdrawal_reason="Salah lampiran.")
    again = draft({version: 100}, withdraws="1.1.0", withdrawal_reason="Lagi.")
    assert problems(again) == ["Versi 1.1.0 tidak ada atau sudah dicabut."]


def test_the_reason_of_the_version_is_told_in_words(
    adopt: Adopt, draft: Draft, publish: Publish
) -> None:
    publish({adopt(): 100})
    found = composition_of(draft({adopt(amends="KES-01", target="90"): 100}), today=TODAY)
    assert found.why == "MAJOR karena nilai capaian dapat berubah: KES-01: target 80 → 90 persen."


def test_looking_at_a_set_costs_the_same_however_large_it_is(
    adopt: Adopt, draft: Draft, publish: Publish, django_assert_max_num_queries: Any
) -> None:
    versions = [adopt(f"KES-{place:02}") for place in range(1, 13)]
    publish({versions[0]: 100})
    small = draft({versions[0]: 100})
    large = draft({version: 100 if version is versions[0] else 0 for version in versions})
    counts = []
    for indicator_set in (small, large):
        fresh = IndicatorSet.objects.select_related("scope").get(pk=indicator_set.pk)
        with django_assert_max_num_queries(13) as captured:
            composition_of(fresh, today=TODAY)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_scope_may_be_one_agency(adopt: Adopt, draft: Draft, units: Units) -> None:
    found = composition_of(draft({adopt(): 100}, scope=units.agency), today=TODAY)
    assert (found.problems, found.version) == ([], "1.0.0")
    assert isinstance(units.agency, Unit)


def test_a_set_may_only_watch_and_says_so(adopt: Adopt, draft: Draft) -> None:
    found = composition_of(draft({adopt("KES-01"): 0, adopt("KES-02"): 0}), today=TODAY)
    assert (found.problems, found.is_watched) == ([], True)
    assert found.cautions == [
        "Set ini tidak menilai siapa pun: semua indikatornya berbobot 0, hanya dipantau."
    ]


def test_a_unit_that_is_only_watched_beside_scored_ones_still_misses_100(
    adopt: Adopt, draft: Draft
) -> None:
    watched, scored = adopt("KES-01", **only("dinkes")), adopt("KES-02")
    found = composition_of(draft({watched: 0, scored: 100}), today=TODAY)
    assert not found.is_watched
    assert found.problems == ["Bobot bagi Dinas Kesehatan berjumlah 0, seharusnya tepat 100."]
