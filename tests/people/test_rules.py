"""Who may: the administrator, never for himself; and each refusal with its reason."""

from datetime import date

import pytest
from django.utils import timezone

from people import rules
from people.models import Appointment, Person
from people.roles import OPERATOR, Role, Roles
from tests.builders import Cast, build_appointment

TODAY = date(2026, 11, 24)
ALL_ROLES = list(Role)


def holding(role: Role | None) -> Roles:
    return Roles(frozenset({(role.value, 1)}) if role else frozenset())


def person(*, is_active: bool = True) -> Person:
    return Person(nip="199012312023211993", name="Contoh", is_active=is_active)


@pytest.mark.parametrize("role", [None, *ALL_ROLES])
def test_administrator_facilitator_and_auditor_see_people(role: Role | None) -> None:
    sees = role in (Role.ADMINISTRATOR, Role.FACILITATOR, Role.AUDITOR)
    assert bool(rules.may_see_people(holding(role))) is sees


@pytest.mark.parametrize("role", [None, *ALL_ROLES])
def test_auditor_and_administrator_see_the_ledger(role: Role | None) -> None:
    sees = role in (Role.ADMINISTRATOR, Role.AUDITOR)
    assert bool(rules.may_see_ledger(holding(role))) is sees


@pytest.mark.parametrize("role", [None, *ALL_ROLES])
def test_only_the_administrator_sees_a_whole_nip_and_changes_anything(role: Role | None) -> None:
    roles, other, actor = holding(role), person(), person()
    verdicts = [
        rules.may_see_nip(roles),
        rules.may_manage_people(roles),
        rules.may_create_person(roles),
        rules.may_edit_person(roles, other),
        rules.may_move_person(roles, other),
        rules.may_deactivate_person(actor, roles, other),
        rules.may_reactivate_person(roles, person(is_active=False)),
        rules.may_issue_password(actor, roles, other),
        rules.may_appoint(actor, roles, other),
    ]
    assert {bool(verdict) for verdict in verdicts} == {role == Role.ADMINISTRATOR}
    assert all(verdict or verdict.reason.endswith(".") for verdict in verdicts)


def test_the_operator_of_the_server_counts_as_administrator() -> None:
    assert rules.may_appoint(None, OPERATOR, person())


def test_nobody_appoints_himself() -> None:
    me = person()
    verdict = rules.may_appoint(me, holding(Role.ADMINISTRATOR), me)
    assert verdict.reason == "Tidak seorang pun dapat menunjuk dirinya sendiri."


def test_nobody_deactivates_himself() -> None:
    me = person()
    assert not rules.may_deactivate_person(me, holding(Role.ADMINISTRATOR), me)


def test_nobody_issues_a_password_to_himself() -> None:
    me = person()
    assert not rules.may_issue_password(me, holding(Role.ADMINISTRATOR), me)


def test_who_left_is_neither_edited_nor_moved_nor_appointed() -> None:
    roles, gone = holding(Role.ADMINISTRATOR), person(is_active=False)
    assert not rules.may_edit_person(roles, gone)
    assert not rules.may_move_person(roles, gone)
    assert not rules.may_appoint(person(), roles, gone)
    assert not rules.may_issue_password(person(), roles, gone)
    assert not rules.may_deactivate_person(person(), roles, gone)


def test_who_is_in_service_is_not_reactivated() -> None:
    assert not rules.may_reactivate_person(holding(Role.ADMINISTRATOR), person())


def test_an_administrator_does_not_end_his_own_administration() -> None:
    me = person()
    mine = Appointment(person=me, role=Role.ADMINISTRATOR, starts_on=TODAY)
    verdict = rules.may_end_appointment(me, holding(Role.ADMINISTRATOR), mine, today=TODAY)
    assert "administrator lain" in verdict.reason


def test_what_is_over_is_not_ended_again(cast: Cast) -> None:
    today = timezone.localdate()
    over = build_appointment(cast.elector, "auditor", ends_on=today)
    verdict = rules.may_end_appointment(
        cast.administrator, holding(Role.ADMINISTRATOR), over, today=today
    )
    assert verdict.reason == "Penunjukan ini sudah berakhir."
