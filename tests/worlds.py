"""The states of the world in which permissions are asked and pages are opened.

Each state is a function that builds it through the doors that people use, on the cast of
`tests.builders`. A world names its things; permissions.toml says which thing fills which argument
of an address, and `FORMS` what is typed into a form when it is sent.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from tests.builders import PASSWORD, Cast, Units, build_cast, build_units


@dataclass
class World:
    """A state, built: the cast, and the things that addresses name."""

    state: str
    units: Units
    cast: Cast
    now: datetime
    things: dict[str, Any] = field(default_factory=dict)

    def arguments(self, url: Mapping[str, str]) -> dict[str, Any]:
        """The arguments of an address, of the things that fill them."""
        found = {argument: self.things[name] for argument, name in url.items()}
        return {
            argument: thing.pk if isinstance(thing, models.Model) else thing
            for argument, thing in found.items()
        }


Form = Callable[[World], dict[str, Any]]


def build(state: str) -> World:
    """The world in a state. Needs an empty database."""
    now = timezone.now()
    units = build_units()
    world = World(state, units, build_cast(units, today=timezone.localdate(now)), now)
    STATES[state](world)
    return world


def cast(world: World) -> None:
    """Nothing but units and people."""


STATES: dict[str, Callable[[World], None]] = {"cast": cast}

# What is typed when the form of a route is sent: complete and right, so that only permission
# decides about the answer.
FORMS: dict[str, Form] = {
    "account_login": lambda world: {"login": world.cast.author.nip, "password": PASSWORD},
    "account_logout": lambda world: {},
    "account_reauthenticate": lambda world: {"password": PASSWORD},
    "account_change_password": lambda world: {
        "oldpassword": PASSWORD,
        "password1": "sandi-baru-42",
        "password2": "sandi-baru-42",
    },
    "mfa_authenticate": lambda world: {"code": "123456"},
    "mfa_reauthenticate": lambda world: {"code": "123456"},
    "mfa_activate_totp": lambda world: {"code": "123456"},
    "mfa_deactivate_totp": lambda world: {},
    "mfa_generate_recovery_codes": lambda world: {},
    "mfa_download_recovery_codes": lambda world: {},
    "set_language": lambda world: {"language": "en"},
}
