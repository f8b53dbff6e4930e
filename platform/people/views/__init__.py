"""The pages of people, units and appointments, and of the audit trail that tells of everyone."""

from people.views.appointments import appoint, appointment_end
from people.views.holidays import holiday_add, holiday_list, holiday_remove
from people.views.ledger import ledger
from people.views.persons import (
    person_create,
    person_deactivate,
    person_detail,
    person_edit,
    person_list,
    person_move,
    person_password_issue,
    person_reactivate,
    profile,
)
from people.views.units import unit_create, unit_edit, unit_list

__all__ = [
    "appoint",
    "appointment_end",
    "holiday_add",
    "holiday_list",
    "holiday_remove",
    "ledger",
    "person_create",
    "person_deactivate",
    "person_detail",
    "person_edit",
    "person_list",
    "person_move",
    "person_password_issue",
    "person_reactivate",
    "profile",
    "unit_create",
    "unit_edit",
    "unit_list",
]
