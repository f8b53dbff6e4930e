"""What changed between any two publications of a scope, in the words of their time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.utils import translation

from indicators.documents import listed_in, read
from indicators.models import Publication
from indicators.units import UnitTree
from indicators.versioning import Listed, bump_of, differences


def comparison_of(old: Publication, new: Publication) -> dict[str, Any]:
    """The differences from one publication to another as the API tells them (DESIGN 4.2).

    A change of wording counts as editorial where every publication between the two, along what
    replaced what, confirmed each change of that field. Sentences are Indonesian, as in documents.
    """
    names = {**UnitTree.kept(old.units).names, **UnitTree.kept(new.units).names}
    editorial = _editorial(read(item.content)["changes"] for item in _between(old, new))
    with translation.override("id"):
        found = differences(
            listed_in(read(old.content)),
            _marked(listed_in(read(new.content)), editorial),
            unit_names=names,
        )
    return {
        "scope": new.scope_code,
        "from": {"version": old.version, "digest": old.digest},
        "to": {"version": new.version, "digest": new.digest},
        "effect": bump_of(found).value if found else None,
        "changes": [{**item.as_json(), "name": item.name} for item in found],
    }


def _between(old: Publication, new: Publication) -> list[Publication]:
    """The publications by which one became the other; empty if neither did. Two queries."""
    before = dict(Publication.objects.of_scope(new.scope_code).values_list("pk", "replaces_id"))
    for first, last in ((old.pk, new.pk), (new.pk, old.pk)):
        path, at = [], last
        while at is not None and at != first:
            path.append(at)
            at = before[at]
        if at == first:
            return list(Publication.objects.filter(pk__in=path))
    return []


def _editorial(told: Iterable[Iterable[Mapping[str, Any]]]) -> dict[str, frozenset[str]]:
    """The fields whose every change was confirmed as wording only, by indicator."""
    confirmed: defaultdict[str, dict[str, bool]] = defaultdict(dict)
    for changes in told:
        for change in changes:
            if change["kind"] == "field":
                fields, field = confirmed[change["code"]], change["field"]
                fields[field] = fields.get(field, True) and change["editorial"]
    return {
        code: frozenset(field for field, only_wording in fields.items() if only_wording)
        for code, fields in confirmed.items()
    }


def _marked(
    listed: Mapping[str, Listed], editorial: Mapping[str, frozenset[str]]
) -> dict[str, Listed]:
    return {
        code: replace(item, editorial=editorial.get(code, frozenset()))
        for code, item in listed.items()
    }
