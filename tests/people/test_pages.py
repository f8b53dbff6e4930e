"""The pages of people and units: what each shows to whom, what it refuses, what it changes."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from people.models import Appointment, Person, Unit
from tests.builders import Cast, build_appointment, build_person, build_unit

type ClientOf = Callable[[Any], Client]

NIP = "200001012024032990"


@pytest.fixture
def admin(client_of: ClientOf, administrator: Person) -> Client:
    return client_of(administrator)


def everyone() -> list[object]:
    models = (Person, Unit, Appointment)
    return [list(model._default_manager.order_by("pk").values()) for model in models]


def new_person(unit: Unit, **others: str) -> dict[str, Any]:
    return {
        "nip": "20000101 202403 2 990",
        "name": "Baru Contoh",
        "unit": unit.pk,
        "position": "Perawat Terampil",
        "position_family": "health",
        "presence": "present",
        "submission": uuid4(),
    } | others


# List


def test_the_administrator_reads_whole_nips(admin: Client, author: Person) -> None:
    assert author.spaced_nip in admin.get("/people/").content.decode()


@pytest.mark.parametrize("part", ["facilitator", "auditor"])
def test_others_read_masked_nips(client_of: ClientOf, cast: Cast, part: str) -> None:
    page = client_of(getattr(cast, part)).get("/people/").content.decode()
    assert cast.author.masked_nip in page
    for person in Person.objects.all():
        assert person.nip not in page
        assert person.spaced_nip not in page


@pytest.mark.parametrize(
    ("words", "found"),
    [("penulis", True), ("PENULIS latihan", True), ("penulis disdik", False), ("%", False)],
)
def test_the_search_finds_every_word_in_name_or_unit(
    admin: Client, author: Person, words: str, found: bool
) -> None:
    page = admin.get("/people/", {"q": words}).content.decode()
    assert (author.name in page) is found


def test_only_the_administrator_searches_by_nip(
    admin: Client, client_of: ClientOf, auditor: Person, author: Person
) -> None:
    assert author.name in admin.get("/people/", {"q": author.nip[:8]}).content.decode()
    page = client_of(auditor).get("/people/", {"q": author.nip[:8]}).content.decode()
    assert author.name not in page


def test_htmx_gets_the_table_alone(admin: Client) -> None:
    answer = admin.get("/people/", {"q": "penulis"}, headers={"HX-Request": "true"})
    assert answer.content.decode().lstrip().startswith('<section class="m-stack" id="people">')


@pytest.mark.parametrize("page", ["1", "2", "99", "x"])
def test_a_long_list_comes_in_pages_of_twenty(admin: Client, unit: Unit, page: str) -> None:
    for _ in range(25):
        build_person(unit=unit)
    shown = admin.get("/people/", {"page": page}).context["page"]
    assert len(shown) == 20 if page in ("1", "x") else len(shown) <= 20


@pytest.mark.parametrize("path", ["/people/", "/people/units/"])
def test_a_list_takes_as_many_queries_for_forty_as_for_four(
    client_of: ClientOf, cast: Cast, unit: Unit, path: str
) -> None:
    client = client_of(cast.auditor)

    def count() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert client.get(path).status_code == 200
        return len(counted)

    count()
    few = count()
    for number in range(19):
        below = build_unit(f"u{number}", parent=unit)
        build_appointment(build_person(unit=below), "head")
    assert count() == few


# One person


def test_a_record_shows_its_appointments_and_their_term(admin: Client, cast: Cast) -> None:
    page = admin.get(f"/people/{cast.former_acting_head.pk}/").content.decode()
    assert "Plt. Kepala unit kerja" in page
    assert "berakhir" in page


def test_a_record_is_masked_for_facilitator_and_auditor(
    client_of: ClientOf, facilitator: Person, author: Person
) -> None:
    page = client_of(facilitator).get(f"/people/{author.pk}/").content.decode()
    assert author.masked_nip in page
    assert author.spaced_nip not in page


def test_the_own_record_shows_the_own_nip(client_of: ClientOf, author: Person) -> None:
    page = client_of(author).get(f"/people/{author.pk}/").content.decode()
    assert author.spaced_nip in page
    assert "/edit/" not in page


def test_who_cannot_look_people_up_finds_nobody_else(
    client_of: ClientOf, author: Person, head: Person
) -> None:
    client = client_of(head)
    absent = client.get(f"/people/{uuid4()}/")
    foreign = client.get(f"/people/{author.pk}/")
    assert (absent.status_code, foreign.status_code) == (404, 404)
    assert len(absent.content) == len(foreign.content)


def test_the_administrator_reads_why_he_cannot_appoint_himself(
    admin: Client, administrator: Person
) -> None:
    page = admin.get(f"/people/{administrator.pk}/").content.decode()
    assert "Tidak seorang pun dapat menunjuk dirinya sendiri." in page
    assert "/appoint/" not in page


def test_the_profile_tells_own_data_and_roles_in_words(client_of: ClientOf, head: Person) -> None:
    page = client_of(head).get("/people/profile/").content.decode()
    assert head.spaced_nip in page
    assert "Kepala unit kerja" in page
    assert "/accounts/password/change/" in page
    assert "/accounts/2fa/" in page


# Create, edit, move


def test_the_form_registers_a_person(admin: Client, unit: Unit) -> None:
    answer = admin.post("/people/create/", new_person(unit))
    person = Person.objects.get(nip=NIP)
    assert (answer.status_code, answer["Location"]) == (302, f"/people/{person.pk}/")


def test_the_form_sent_twice_registers_once(admin: Client, unit: Unit) -> None:
    typed = new_person(unit)
    first, second = (admin.post("/people/create/", typed) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Person.objects.filter(nip=NIP).count() == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("nip", "198502302010011991", "bukan tanggal lahir yang sah"),
        ("nip", "199207232019032994", "NIP ini sudah terdaftar."),
        ("name", "", ""),
        ("unit", "0", ""),
        ("position_family", "noble", ""),
        ("email", "bukan surel", ""),
        ("submission", "x", ""),
    ],
)
def test_bad_input_is_told_beside_its_field_and_kept(
    admin: Client, unit: Unit, field: str, value: str, sentence: str
) -> None:
    before = everyone()
    answer = admin.post("/people/create/", new_person(unit) | {field: value})
    assert answer.status_code == 200
    assert sentence in str(answer.context["form"].errors[field])
    assert "Perawat Terampil" in answer.content.decode()
    assert everyone() == before


def test_an_edit_saves_and_comes_back(admin: Client, author: Person) -> None:
    typed = new_person(author.unit, nip=author.nip, name="Nama Baru")
    answer = admin.post(f"/people/{author.pk}/edit/", typed)
    assert answer["Location"] == f"/people/{author.pk}/"
    author.refresh_from_db()
    assert author.name == "Nama Baru"


def test_an_edit_to_anothers_nip_is_refused(admin: Client, author: Person, head: Person) -> None:
    answer = admin.post(
        f"/people/{author.pk}/edit/", new_person(author.unit, nip=head.nip, name="Nama Baru")
    )
    assert "nip" in answer.context["form"].errors
    assert author.name in answer.content.decode()  # the crumb keeps the recorded name
    author.refresh_from_db()
    assert author.name != "Nama Baru"


def test_a_move_warns_of_appointments_that_stay(admin: Client, head: Person) -> None:
    assert "tidak ikut berakhir" in admin.get(f"/people/{head.pk}/move/").content.decode()


def test_a_move_to_the_same_unit_is_told(admin: Client, author: Person) -> None:
    answer = admin.post(f"/people/{author.pk}/move/", {"unit": author.unit_id})
    assert answer.context["form"].errors == {"unit": ["Pegawai sudah bekerja di unit ini."]}


def test_a_move_moves(admin: Client, author: Person, other_unit: Unit) -> None:
    admin.post(f"/people/{author.pk}/move/", {"unit": other_unit.pk})
    author.refresh_from_db()
    assert author.unit == other_unit


# Deactivate, reactivate, password


def test_deactivation_is_asked_first(admin: Client, head: Person) -> None:
    before = everyone()
    page = admin.get(f"/people/{head.pk}/deactivate/").content.decode()
    assert "Kepala unit kerja" in page
    assert everyone() == before


def test_deactivation_and_back(admin: Client, head: Person) -> None:
    admin.post(f"/people/{head.pk}/deactivate/")
    head.refresh_from_db()
    assert not head.is_active
    admin.post(f"/people/{head.pk}/reactivate/")
    head.refresh_from_db()
    assert head.is_active


def test_deactivating_twice_is_refused_with_its_reason(admin: Client, deactivated: Person) -> None:
    answer = admin.post(f"/people/{deactivated.pk}/deactivate/")
    assert answer.status_code == 403
    assert "sudah tidak aktif" in answer.content.decode()


def test_the_temporary_password_is_shown_once_and_kept_by_no_cache(
    admin: Client, author: Person
) -> None:
    answer = admin.post(f"/people/{author.pk}/issue-password/")
    author.refresh_from_db()
    assert author.check_password(answer.context["password"])
    assert answer.context["password"] in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    page = admin.get(f"/people/{author.pk}/").content.decode()
    assert answer.context["password"] not in page


# Appointments


def test_the_form_appoints(admin: Client, elector: Person, unit: Unit) -> None:
    day = localdate()
    typed = {
        "role": "auditor",
        "unit": unit.pk,
        "standing": "definitive",
        "starts_on": day.isoformat(),
        "submission": uuid4(),
    }
    for _ in range(2):
        answer = admin.post(f"/people/{elector.pk}/appoint/", typed)
        assert answer["Location"] == f"/people/{elector.pk}/"
    assert elector.appointments.get().holds_on(day)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"starts_on": "31-02-2026"}, "starts_on"),
        ({"ends_on": "2020-01-01"}, "ends_on"),
        ({"role": "king"}, "role"),
        ({"role": "head"}, "unit"),
        ({"role": "auditor", "standing": "plt", "ends_on": "2099-01-01"}, "__all__"),
        ({"role": "head", "standing": "plt"}, "__all__"),
    ],
)
def test_a_bad_appointment_is_told_and_nothing_kept(
    admin: Client, elector: Person, head: Person, unit: Unit, change: dict[str, str], field: str
) -> None:
    typed: dict[str, Any] = {
        "role": "auditor",
        "unit": unit.pk,
        "standing": "definitive",
        "starts_on": localdate().isoformat(),
        "submission": uuid4(),
    } | change
    before = everyone()
    answer = admin.post(f"/people/{elector.pk}/appoint/", typed)
    assert field in answer.context["form"].errors
    assert everyone() == before


def test_nobody_appoints_himself_through_the_page(admin: Client, administrator: Person) -> None:
    before = everyone()
    path = f"/people/{administrator.pk}/appoint/"
    assert [admin.get(path).status_code, admin.post(path).status_code] == [403, 403]
    assert everyone() == before


def test_the_form_ends_an_appointment(admin: Client, facilitator: Person) -> None:
    appointment = facilitator.appointments.get()
    path = f"/people/appointments/{appointment.pk}/end/"
    assert admin.post(path, {"ends_on": "2020-01-01"}).context["form"].errors["ends_on"]
    answer = admin.post(path, {"ends_on": localdate().isoformat()})
    assert answer["Location"] == f"/people/{facilitator.pk}/"
    assert admin.get(path).status_code == 403


# Units


def test_everybody_signed_in_reads_the_tree(client_of: ClientOf, cast: Cast) -> None:
    page = client_of(cast.outsider).get("/people/units/").content.decode()
    for unit in Unit.objects.all():
        assert unit.name in page
    assert cast.head.name in page
    assert "/edit/" not in page


def test_the_form_adds_a_unit(admin: Client, agency: Unit) -> None:
    typed = {"code": "pkm-b", "name": "Puskesmas B", "kind": "service", "parent": agency.pk}
    assert admin.post("/people/units/create/", typed)["Location"] == "/people/units/"
    assert Unit.objects.get(code="pkm-b").parent == agency


def test_a_code_that_exists_is_told(admin: Client, unit: Unit, agency: Unit) -> None:
    typed = {"code": unit.code, "name": "Lain", "kind": "service", "parent": agency.pk}
    answer = admin.post("/people/units/create/", typed)
    assert "code" in answer.context["form"].errors


def test_a_unit_below_its_own_child_is_told(admin: Client, unit: Unit, agency: Unit) -> None:
    typed = {"name": agency.name, "kind": "agency", "parent": unit.pk}
    answer = admin.post(f"/people/units/{agency.code}/edit/", typed)
    assert "parent" in answer.context["form"].errors


def test_a_unit_that_is_not_there_is_not_found(admin: Client) -> None:
    assert admin.get("/people/units/atlantis/edit/").status_code == 404


# Methods


@pytest.mark.parametrize("path", ["", "profile/", "ledger/", "units/", "{pk}/"])
def test_a_page_that_is_only_read_takes_no_post(admin: Client, author: Person, path: str) -> None:
    assert admin.post(f"/people/{path.format(pk=author.pk)}").status_code == 405


@pytest.mark.parametrize("path", ["reactivate/", "issue-password/"])
def test_what_only_changes_is_not_read(admin: Client, author: Person, path: str) -> None:
    assert admin.get(f"/people/{author.pk}/{path}").status_code == 405
