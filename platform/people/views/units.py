"""The tree of units, and its upkeep."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from people import actions
from people.forms import UnitCreateForm, UnitForm
from people.http import PersonRequest
from people.models import Unit
from people.rules import may_manage_people
from people.tree import city_tree


@require_GET
def unit_list(request: PersonRequest) -> HttpResponse:
    context = {
        "branches": city_tree(on=timezone.localdate()),
        "may_manage": may_manage_people(request.roles),
    }
    return render(request, "people/unit_list.html", context)


@require_http_methods(["GET", "POST"])
def unit_create(request: PersonRequest) -> HttpResponse:
    may_manage_people(request.roles).require()
    form = UnitCreateForm(request.POST or None)
    if form.is_valid():
        try:
            actions.unit_create(actor=request.user, **form.cleaned_data, now=timezone.now())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Unit tercatat."))
            return redirect("people:units")
    return render(request, "people/unit_create.html", {"form": form})


@require_http_methods(["GET", "POST"])
def unit_edit(request: PersonRequest, code: str) -> HttpResponse:
    unit: Unit = get_object_or_404(Unit.objects.active(), code=code)
    may_manage_people(request.roles).require()
    form = UnitForm(request.POST or None, instance=unit)
    if form.is_valid():
        try:
            actions.unit_update(
                actor=request.user, unit=unit, fields=form.cleaned_data, now=timezone.now()
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Unit tersimpan."))
            return redirect("people:units")
    return render(request, "people/unit_edit.html", {"form": form, "code": code})
