"""What the navigation offers to the person who looks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from notices.models import Notice
from people.models import Appointment, Person
from people.roles import Role
from voting.models import Poll


@dataclass(frozen=True)
class Entry:
    """One line of the navigation; `count` is what waits behind it."""

    label: str
    url: str
    is_current: bool
    icon: str = ""
    count: int = 0


@dataclass(frozen=True)
class Navigation:
    """The lines, the inbox beside them, and what the person is; the latter two if signed in."""

    entries: list[Entry]
    inbox: Entry | None = None
    roles: Sequence[str] = ()


def navigation(request: HttpRequest) -> dict[str, object]:
    """The context of every page: `navigation`, which asks nothing until a page shows it."""
    return {"navigation": SimpleLazyObject(lambda: _navigation(request))}


def _navigation(request: HttpRequest) -> Navigation:
    """Two queries and the roles'."""
    person = getattr(request, "user", None)

    def entry(label: str, url: str, icon: str = "", count: int = 0) -> Entry:
        return Entry(label, url, False, icon, count)

    sets = entry(_("Set indikator"), reverse("indicators:sets"), "set")
    if not isinstance(person, Person):
        return Navigation(_marked([entry(_("Beranda"), "/", "home"), sets], request.path))
    roles = request.roles  # type: ignore[attr-defined]
    awaiting = Poll.objects.awaiting_vote_of(person).count()
    nav = [
        entry(_("Beranda"), "/", "home"),
        entry(_("Usulan"), reverse("proposals:list"), "proposal"),
        entry(_("Putaran"), reverse("proposals:rounds"), "round"),
        entry(_("Pemungutan suara"), reverse("voting:list"), "ballot", awaiting),
        sets,
    ]
    if roles.has(Role.FACILITATOR) or roles.has(Role.PUBLISHER) or roles.has(Role.AUDITOR):
        nav.append(entry(_("Penyusunan set"), reverse("indicators:drafts"), "compose"))
    if roles.sees_people:
        nav.append(entry(_("Pegawai"), reverse("people:list"), "people"))
    if roles.has(Role.AUDITOR) or roles.has(Role.ADMINISTRATOR):
        nav.append(entry(_("Jejak audit"), reverse("people:ledger"), "ledger"))
    labels = dict(Appointment.Role.choices)
    unread = Notice.objects.unread_count(person)
    inbox = entry(_("Pemberitahuan"), reverse("notices:list"), "bell", unread)
    *entries, inbox = _marked([*nav, inbox], request.path)
    return Navigation(entries, inbox, sorted({str(labels[name]) for name, _unit in roles.held}))


def _marked(entries: list[Entry], path: str) -> list[Entry]:
    """The entries, with the one marked whose address fits the page's best."""
    fitting = [
        one.url
        for one in entries
        if path == one.url or (one.url != "/" and path.startswith(one.url))
    ]
    best = max(fitting, key=len, default="")
    return [replace(one, is_current=one.url == best) for one in entries]
