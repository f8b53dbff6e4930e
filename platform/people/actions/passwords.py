"""The first password, the forgotten one, and the one that a person chooses."""

import secrets
from datetime import datetime

from django.db import transaction

from people.actions.ground import person_locked, roles_now, tell
from people.models import Person
from people.rules import may_issue_password

# Without letters and figures that look alike on paper.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


def temporary_password() -> str:
    """Three groups of five signs, such as `k7mpq-…`: 74 bits, easy to copy from paper."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(5)) for _ in range(3))


@transaction.atomic
def password_issue(*, actor: Person | None, person: Person, now: datetime) -> str:
    """A temporary password, shown once and to be changed at the first sign-in.

    Whoever was signed in as the person is signed out. The event makes the issue visible for ever.
    Raises Refused.
    """
    person = person_locked(person.pk)
    may_issue_password(actor, roles_now(actor, now), person).require()
    password = temporary_password()
    person.set_password(password)
    person.password_is_temporary = True
    person.save(update_fields=["password", "password_is_temporary"])
    tell(actor, "password_issued", person, now)
    return password


@transaction.atomic
def password_change(*, person: Person, password: str) -> Person:
    """The person with the password they chose; called by allauth's pages (people.adapter)."""
    locked = person_locked(person.pk)
    locked.set_password(password)
    locked.password_is_temporary = False
    locked.save(update_fields=["password", "password_is_temporary"])
    # allauth keeps the session by the instance that it holds.
    person.password, person.password_is_temporary = locked.password, False
    return locked
