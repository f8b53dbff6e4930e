"""Version numbers of sets, computed from what changed and from what that does to a score.

Source: DESIGN 4.3 and 4.5. Pure: contents in, differences and numbers out.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.canonical import decimal_text
from core.numbers import format_number
from indicators.models import IndicatorSet
from indicators.record import FIELDS, Content, Effect, changes

Bump = IndicatorSet.Bump
type Number = tuple[int, int, int]

_RANK = {Bump.PATCH: 0, Bump.MINOR: 1, Bump.MAJOR: 2}


@dataclass(frozen=True)
class Listed:
    """An indicator as it stands in a set.

    `editorial` names the fields whose change the author marked, and the facilitator confirmed, as
    wording only.
    """

    content: Content
    version: int
    weight_percent: Decimal
    editorial: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Difference:
    """One change between two sets, in words, with its effect on the version number.

    `kind` is `added`, `removed`, `weight` or `field`.
    """

    code: str
    name: str
    kind: str
    field: str | None
    effect: Bump
    editorial: bool
    old_text: str | None
    new_text: str | None
    sentence: str
    is_prose: bool = False

    def as_json(self) -> dict[str, Any]:
        """The entry of a document's `changes`."""
        return {
            "code": self.code,
            "kind": self.kind,
            "field": self.field,
            "effect": self.effect.value,
            "editorial": self.editorial,
            "from": self.old_text,
            "to": self.new_text,
            "sentence": self.sentence,
        }


def larger(first: Bump, second: Bump) -> Bump:
    """The one of two bumps that moves further."""
    return max(first, second, key=_RANK.__getitem__)


def is_smaller(first: Bump, second: Bump) -> bool:
    """Whether the first moves less far than the second."""
    return _RANK[first] < _RANK[second]


def differences(
    old: Mapping[str, Listed],
    new: Mapping[str, Listed],
    *,
    unit_names: Mapping[str, str] | None = None,
) -> list[Difference]:
    """What changed between two sets (indicators by code), by code and in field order."""
    found: list[Difference] = []
    for code in sorted({*old, *new}):
        if code not in old:
            found.append(_came_or_went("added", code, new[code]))
        elif code not in new:
            found.append(_came_or_went("removed", code, old[code]))
        else:
            found.extend(_changed(code, old[code], new[code], unit_names or {}))
    return found


def _came_or_went(kind: str, code: str, listed: Listed) -> Difference:
    weight = format_number(listed.weight_percent)
    sentence = _("ditambahkan, bobot %s") if kind == "added" else _("dikeluarkan, bobot semula %s")
    text = decimal_text(listed.weight_percent)
    return Difference(
        code=code,
        name=listed.content["name"],
        kind=kind,
        field=None,
        # What is only watched changes no score, neither when it comes nor when it goes.
        effect=Bump.MAJOR if listed.weight_percent else Bump.MINOR,
        editorial=False,
        old_text=text if kind == "removed" else None,
        new_text=text if kind == "added" else None,
        sentence=sentence % weight,
    )


def _changed(
    code: str, old: Listed, new: Listed, unit_names: Mapping[str, str]
) -> Iterable[Difference]:
    name = new.content["name"]
    if old.weight_percent != new.weight_percent:
        before, after = format_number(old.weight_percent), format_number(new.weight_percent)
        yield Difference(
            code=code,
            name=name,
            kind="weight",
            field="weight_percent",
            effect=Bump.MAJOR,
            editorial=False,
            old_text=decimal_text(old.weight_percent),
            new_text=decimal_text(new.weight_percent),
            sentence=_("bobot %(before)s → %(after)s") % {"before": before, "after": after},
        )
    for change in changes(old.content, new.content, unit_names=unit_names):
        effect, editorial = effect_of(change.field, change.old_text, new.editorial)
        sentence = change.sentence
        if editorial:
            sentence = _("%s (hanya redaksi, dikonfirmasi fasilitator)") % sentence
        yield Difference(
            code=code,
            name=name,
            kind="field",
            field=change.field,
            effect=effect,
            editorial=editorial,
            old_text=change.old_text,
            new_text=change.new_text,
            sentence=sentence,
            is_prose=change.is_prose,
        )


def effect_of(field: str, old_text: str, editorial: Collection[str]) -> tuple[Bump, bool]:
    """The bump of one changed field, and whether it passes as confirmed editorial."""
    effect = FIELDS[field].effect
    if effect is Effect.MAJOR:
        return Bump.MAJOR, False
    if effect is Effect.WORDING:
        return (Bump.PATCH, True) if field in editorial else (Bump.MAJOR, False)
    # Information that was not there before is an addition; other words for it are not.
    return (Bump.PATCH if old_text else Bump.MINOR), False


def bump_of(found: Iterable[Difference]) -> Bump:
    """The bump that a list of differences asks for; PATCH where nothing differs."""
    result: Bump = Bump.PATCH
    for difference in found:
        result = larger(result, difference.effect)
    return result


def next_number(published: Collection[Number], replaces: Number | None, bump: Bump) -> Number:
    """The version number that follows, in the one line of a scope.

    A MAJOR is the next one free in the whole line: a new period takes it, and so does a change
    that can alter a score. A MINOR or PATCH stays under the MAJOR of the version that it replaces,
    which belongs to one period alone.
    """
    if replaces is None or bump is Bump.MAJOR:
        return (max((major for major, _minor, _patch in published), default=0) + 1, 0, 0)
    major, minor, _patch = replaces
    if bump is Bump.MINOR:
        return (major, max(m for a, m, _p in published if a == major) + 1, 0)
    return (major, minor, max(p for a, m, p in published if (a, m) == (major, minor)) + 1)


def version_text(number: Number) -> str:
    """`2.0.0`."""
    return ".".join(map(str, number))


def editorial_between(
    versions: Iterable[tuple[int, Content, Collection[str]]], old: int, new: int
) -> frozenset[str]:
    """The fields whose every change after version `old` up to `new` was marked as editorial.

    `versions` are (number, content, editorial fields) of one indicator, from `old` on, in order.
    """
    marked: set[str] = set()
    unmarked: set[str] = set()
    previous: Content | None = None
    for number, content, editorial in versions:
        if previous is not None and old < number <= new:
            differing = {name for name in FIELDS if previous[name] != content[name]}
            marked |= differing & set(editorial)
            unmarked |= differing - set(editorial)
        previous = content
    return frozenset(marked - unmarked)
