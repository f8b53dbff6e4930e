"""Everything that can happen to people, units and appointments.

`actor` is the administrator, or None: the operator who runs a command at the server's console.
No event carries a name, a NIP or an e-mail (RELIABILITY 6).
"""

from people.actions.appointments import appointment_create, appointment_end
from people.actions.holidays import holiday_add, holiday_remove
from people.actions.imports import people_import, units_import
from people.actions.passwords import password_change, password_issue
from people.actions.persons import (
    person_create,
    person_deactivate,
    person_move,
    person_reactivate,
    person_update,
)
from people.actions.units import unit_create, unit_update

__all__ = [
    "appointment_create",
    "appointment_end",
    "holiday_add",
    "holiday_remove",
    "password_change",
    "password_issue",
    "people_import",
    "person_create",
    "person_deactivate",
    "person_move",
    "person_reactivate",
    "person_update",
    "unit_create",
    "unit_update",
    "units_import",
]
