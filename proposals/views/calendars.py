"""The calendar: a month as a list, and everything as a file for one's own calendar."""

from datetime import date, timedelta
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from people.http import PersonRequest
from proposals.deadlines import calendar_file, deadlines_between

KEPT = timedelta(days=90)  # that a downloaded calendar looks back


@require_GET
def calendar(request: PersonRequest) -> HttpResponse:
    first = _month_asked(request.GET.get("month", ""))
    following = (first + timedelta(days=31)).replace(day=1)
    found = deadlines_between(request.user, request.roles, first, following - timedelta(days=1))
    context = {
        "first": first,
        "previous": first - timedelta(days=1),
        "following": following,
        "today": timezone.localdate(),
        "days": [(day, list(items)) for day, items in groupby(found, key=lambda one: one.day)],
    }
    return render(request, "proposals/calendar.html", context)


def _month_asked(text: str) -> date:
    """The first day of the month that `?month=2026-11` asks for; of this month otherwise."""
    try:
        asked = date.fromisoformat(f"{text}-01")
    except ValueError:
        asked = timezone.localdate()
    if not 2020 <= asked.year <= 2100:
        asked = timezone.localdate()
    return asked.replace(day=1)


@require_GET
def calendar_download(request: PersonRequest) -> HttpResponse:
    now = timezone.now()
    found = deadlines_between(request.user, request.roles, timezone.localdate(now) - KEPT)
    site = request.build_absolute_uri("/").removesuffix("/")
    return HttpResponse(
        calendar_file(found, site=site, now=now),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="martahi.ics"'},
    )
