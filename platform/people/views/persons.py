"""The roster, one person's record, and one's own."""

from copy import copy
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from people import actions
from people.forms import MoveForm, PersonCreateForm, PersonForm
from people.http import PersonRequest
from people.models import Person
from people.rules import (
    may_appoint,
    may_create_person,
    may_deactivate_person,
    may_edit_person,
    may_end_appointment,
    may_issue_password,
    may_manage_people,
    may_move_person,
    may_reactivate_person,
    may_see_ledger,
    may_see_nip,
    may_see_people,
)
from web.pages import page_of


def _visible_person(request: PersonRequest, pk: UUID) -> Person:
    people = Person.objects.visible_to(request.user, request.roles).with_unit()
    return get_object_or_404(people, pk=pk)


@require_GET
def person_list(request: PersonRequest) -> HttpResponse:
    may_see_people(request.roles).require()
    words = request.GET.get("q", "").strip()
    sees_nip = may_see_nip(request.roles)
    people = Person.objects.visible_to(request.user, request.roles).with_unit()
    context = {
        "page": page_of(request, people.matching(words, by_nip=bool(sees_nip))),
        "words": words,
        "sees_nip": sees_nip,
        "may_create": may_create_person(request.roles),
    }
    template = "people/person_list.html#people" if request.htmx else "people/person_list.html"
    return render(request, template, context)


@require_GET
def person_detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    person = _visible_person(request, pk)
    actor, roles, today = request.user, request.roles, timezone.localdate()
    appointments = [
        {
            "appointment": appointment,
            "term": appointment.term_on(today),
            "may_end": may_end_appointment(actor, roles, appointment, today=today),
        }
        for appointment in person.appointments.with_unit().latest_first()
    ]
    context = {
        "person": person,
        "appointments": appointments,
        "sees_nip": may_see_nip(roles) or person == actor,
        "may_see_people": may_see_people(roles),
        "may_see_ledger": may_see_ledger(roles),
        "may_manage": may_manage_people(roles),
        "may_edit": may_edit_person(roles, person),
        "may_move": may_move_person(roles, person),
        "may_appoint": may_appoint(actor, roles, person),
        "may_issue_password": may_issue_password(actor, roles, person),
        "may_deactivate": may_deactivate_person(actor, roles, person),
        "may_reactivate": may_reactivate_person(roles, person),
    }
    return render(request, "people/person_detail.html", context)


@require_GET
def profile(request: PersonRequest) -> HttpResponse:
    today = timezone.localdate()
    appointments = request.user.appointments.with_unit().latest_first()
    context = {
        "person": request.user,
        "in_force": [item for item in appointments if item.holds_on(today)],
    }
    return render(request, "people/profile.html", context)


@require_http_methods(["GET", "POST"])
def person_create(request: PersonRequest) -> HttpResponse:
    may_create_person(request.roles).require()
    form = PersonCreateForm(request.POST or None)
    if form.is_valid():
        try:
            person = actions.person_create(
                actor=request.user, **form.cleaned_data, now=timezone.now()
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Pegawai tercatat. Terbitkan kata sandinya di bawah ini."))
            return redirect("people:detail", person.pk)
    return render(request, "people/person_create.html", {"form": form})


@require_http_methods(["GET", "POST"])
def person_edit(request: PersonRequest, pk: UUID) -> HttpResponse:
    person = _visible_person(request, pk)
    may_edit_person(request.roles, person).require()
    form = PersonForm(request.POST or None, instance=copy(person))
    if form.is_valid():
        try:
            actions.person_update(
                actor=request.user, person=person, fields=form.cleaned_data, now=timezone.now()
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Data pegawai tersimpan."))
            return redirect("people:detail", pk)
    return render(request, "people/person_edit.html", {"form": form, "person": person})


@require_http_methods(["GET", "POST"])
def person_move(request: PersonRequest, pk: UUID) -> HttpResponse:
    person = _visible_person(request, pk)
    may_move_person(request.roles, person).require()
    form = MoveForm(request.POST or None)
    if form.is_valid():
        try:
            actions.person_move(
                actor=request.user, person=person, **form.cleaned_data, now=timezone.now()
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Pegawai dipindahkan."))
            return redirect("people:detail", pk)
    kept = person.appointments.not_over(timezone.localdate()).with_unit()
    return render(
        request, "people/person_move.html", {"form": form, "person": person, "kept": kept}
    )


@require_http_methods(["GET", "POST"])
def person_deactivate(request: PersonRequest, pk: UUID) -> HttpResponse:
    person = _visible_person(request, pk)
    may_deactivate_person(request.user, request.roles, person).require()
    if request.method == "POST":
        actions.person_deactivate(actor=request.user, person=person, now=timezone.now())
        messages.success(request, _("Pegawai dinonaktifkan dan penunjukannya diakhiri."))
        return redirect("people:detail", pk)
    ended = person.appointments.not_over(timezone.localdate()).with_unit()
    return render(request, "people/person_deactivate.html", {"person": person, "ended": ended})


@require_POST
def person_reactivate(request: PersonRequest, pk: UUID) -> HttpResponse:
    person = _visible_person(request, pk)
    actions.person_reactivate(actor=request.user, person=person, now=timezone.now())
    messages.success(request, _("Pegawai aktif kembali."))
    return redirect("people:detail", pk)


@never_cache
@require_POST
def person_password_issue(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Answers 200 with the page that shows the password, once: it is kept nowhere."""
    person = _visible_person(request, pk)
    password = actions.password_issue(actor=request.user, person=person, now=timezone.now())
    context = {"person": person, "password": password}
    return render(request, "people/person_password.html", context)
