"""Appointing someone, and ending an appointment."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people import actions
from people.forms import AppointmentEndForm, AppointmentForm
from people.http import PersonRequest
from people.models import Appointment, Person
from people.rules import may_appoint, may_end_appointment


@require_http_methods(["GET", "POST"])
def appoint(request: PersonRequest, pk: UUID) -> HttpResponse:
    people = Person.objects.visible_to(request.user, request.roles).with_unit()
    person = get_object_or_404(people, pk=pk)
    may_appoint(request.user, request.roles, person).require()
    initial = {"unit": person.unit_id, "starts_on": timezone.localdate()}
    form = AppointmentForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            actions.appointment_create(
                actor=request.user, person=person, **form.cleaned_data, now=timezone.now()
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Penunjukan tercatat."))
            return redirect("people:detail", pk)
    return render(request, "people/appointment_create.html", {"form": form, "person": person})


@require_http_methods(["GET", "POST"])
def appointment_end(request: PersonRequest, pk: UUID) -> HttpResponse:
    appointments = Appointment.objects.visible_to(request.user, request.roles).with_all()
    appointment = get_object_or_404(appointments, pk=pk)
    today = timezone.localdate()
    may_end_appointment(request.user, request.roles, appointment, today=today).require()
    form = AppointmentEndForm(request.POST or None, initial={"ends_on": today})
    if form.is_valid():
        try:
            actions.appointment_end(
                actor=request.user, appointment=appointment, **form.cleaned_data, now=timezone.now()
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Penunjukan diakhiri."))
            return redirect("people:detail", appointment.person_id)
    context = {"form": form, "appointment": appointment}
    return render(request, "people/appointment_end.html", context)
