"""Names of people in a text that will be published, where no personal name belongs."""

import re
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.models import Person


def _words(text: str) -> str:
    return f" {' '.join(re.findall(r'[^\W_]+', text.casefold()))} "


def registered_names() -> dict[str, str]:
    """The full names (two words or more) of registered people, by their folded form. One query."""
    names = Person.objects.values_list("name", flat=True)
    return {_words(name): name for name in names if _words(name).count(" ") > 2}


def names_in(text: str, names: Mapping[str, str] | None = None) -> list[str]:
    """The full names of registered people that a text mentions; `names` of `registered_names`."""
    words = _words(text)
    known = registered_names() if names is None else names
    return sorted(name for key, name in known.items() if key in words)


def refuse_names(field: str, text: str) -> None:
    """Raise ValidationError on `field` if a text that will be published names a person."""
    if names := names_in(text):
        raise ValidationError(
            {
                field: _("Alasan ini diterbitkan; sebut jabatannya, bukan nama orang (%(names)s).")
                % {"names": ", ".join(names)}
            }
        )
