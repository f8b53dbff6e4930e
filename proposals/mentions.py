"""Colleagues named in a comment: `@Nama`, or `@Nama (Unit)` as the list of names offers it."""

import re
from functools import reduce
from operator import or_

from django.db.models import Q

from people.models import Person

MOST = 20  # names of one comment that are looked up
LEAST = 3  # letters before names are offered: nobody pages through the roster
OFFERED = 8
_AFTER = re.compile(r"@([^\W\d_][^\n@]{0,330})")
_FIRST = re.compile(r"[^\W\d_]+")


def name_offered(person: Person) -> str:
    """How the list of names offers a person: with the unit, for names are not unique."""
    return f"{person.name} ({person.unit.name})"


def names_offered(typed: str) -> list[str]:
    """A few names for what was typed so far; none for less than three letters. One query."""
    words = typed.strip().removeprefix("@")
    if len(words) < LEAST:
        return []
    people = Person.objects.active().with_unit().filter(name__icontains=words)
    return [name_offered(person) for person in people.order_by("name", "pk")[:OFFERED]]


def mentioned_in(text: str) -> list[Person]:
    """The people in service that a text names after an @, each once, as first named. One query.

    The longest name that fits counts; a name that several bear names nobody without its unit.
    """
    tails = [found.casefold() for found in _AFTER.findall(text)[:MOST]]
    if not tails:
        return []
    firsts = {match[0] for tail in tails if (match := _FIRST.match(tail))}
    starts = reduce(or_, (Q(name__istartswith=first) for first in sorted(firsts)))
    people = list(Person.objects.active().with_unit().filter(starts).order_by("name", "pk"))
    found = [person for tail in tails if (person := _named(tail, people))]
    return list({person.pk: person for person in found}.values())


def _named(tail: str, people: list[Person]) -> Person | None:
    full = [person for person in people if _begins(tail, name_offered(person))]
    if len(full) == 1:
        return full[0]
    named = [person for person in people if _begins(tail, person.name)]
    longest = max((len(person.name) for person in named), default=0)
    best = [person for person in named if len(person.name) == longest]
    return best[0] if len(best) == 1 else None


def _begins(tail: str, name: str) -> bool:
    """Whether a text begins with a name as a whole, not with a part of a longer word."""
    name = name.casefold()
    after = tail[len(name) : len(name) + 1]
    return tail.startswith(name) and not after.isalnum()
