"""Adding units to the tree, and correcting them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from people.actions.ground import roles_now, tell
from people.models import Person, Unit
from people.rules import may_manage_people

EDITABLE = frozenset({"name", "kind", "parent", "is_active"})


@transaction.atomic
def unit_create(
    *, actor: Person | None, code: str, name: str, kind: str, parent: Unit | None, now: datetime
) -> Unit:
    """The unit, below its parent. Its code is for ever.

    Raises Refused unless the actor is administrator, ValidationError for bad fields.
    """
    may_manage_people(roles_now(actor, now)).require()
    unit = Unit(code=code, name=name, kind=kind, parent=parent)
    unit.full_clean()
    unit.save(force_insert=True)
    tell(actor, "created", unit, now, kind=kind, parent=parent.code if parent else None)
    return unit


@transaction.atomic
def unit_update(
    *, actor: Person | None, unit: Unit, fields: Mapping[str, Any], now: datetime
) -> Unit:
    """The unit with other values of `EDITABLE`; the event tells the fields that changed.

    Raises Refused, ValidationError for bad values and for a tree that would bite its tail,
    ValueError for a field that is not editable.
    """
    if unknown := fields.keys() - EDITABLE:
        raise ValueError(f"not editable: {sorted(unknown)}")
    # Two moves at once could close a ring that neither sees: all units are locked.
    units = {unit.pk: unit for unit in Unit.objects.select_for_update().order_by("pk")}
    unit = units[unit.pk]
    may_manage_people(roles_now(actor, now)).require()
    changed = sorted(name for name, value in fields.items() if getattr(unit, name) != value)
    if not changed:
        return unit
    for name in changed:
        setattr(unit, name, fields[name])
    above = unit.parent_id
    while above is not None:
        if above == unit.pk:
            raise ValidationError(
                {"parent": _("Unit tidak dapat berada di bawah unit bawahannya sendiri.")}
            )
        above = units[above].parent_id
    unit.full_clean()
    unit.save(update_fields=changed)
    told = {
        name: value.code if isinstance(value, Unit) else value for name, value in fields.items()
    }
    tell(actor, "updated", unit, now, **{name: told[name] for name in changed})
    return unit
