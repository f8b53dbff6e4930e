"""The audit trail, read with the names that it does not hold itself."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ledger.chain import checkpoint
from ledger.models import Event
from people.http import PersonRequest
from people.models import Person
from people.rules import may_see_ledger
from web.pages import page_of


@require_GET
def ledger(request: PersonRequest) -> HttpResponse:
    may_see_ledger(request.roles).require()
    subject = request.GET.get("subject", "").strip()
    action = request.GET.get("action", "").strip()
    events = Event.objects.about(subject).of_action(action).latest_first().with_content()
    page = page_of(request, events)
    actors = Person.objects.in_bulk({event.actor for event in page if event.actor})
    context = {
        "page": page,
        "lines": [(event, actors.get(event.actor)) for event in page],
        "subject": subject,
        "action": action,
        "actions": Event.objects.actions(),
        "checkpoint": checkpoint(),
    }
    return render(request, "people/ledger.html", context)
