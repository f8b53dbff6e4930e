"""The holidays of a year: everyone reads them, facilitator and administrator keep them."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from people import actions
from people.forms import HolidayForm, YearForm
from people.http import PersonRequest
from people.models import Holiday
from people.rules import may_manage_holidays


@require_GET
def holiday_list(request: PersonRequest) -> HttpResponse:
    return _page(request, HolidayForm())


def _page(request: PersonRequest, form: HolidayForm) -> HttpResponse:
    this_year = timezone.localdate().year
    asked = YearForm(request.GET)
    year = asked.cleaned_data["year"] if asked.is_valid() else this_year
    context = {
        "form": form,
        "year": year,
        "years": sorted({year, this_year, this_year + 1, *Holiday.objects.years()}),
        "holidays": Holiday.objects.of_year(year),
        "may_manage": may_manage_holidays(request.roles),
    }
    return render(request, "people/holiday_list.html", context)


@require_POST
def holiday_add(request: PersonRequest) -> HttpResponse:
    may_manage_holidays(request.roles).require()
    form = HolidayForm(request.POST)
    if form.is_valid():
        try:
            holiday = actions.holiday_add(
                actor=request.user, now=timezone.now(), **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Hari libur tercatat."))
            return redirect(f"{reverse('people:holidays')}?year={holiday.day.year}")
    return _page(request, form)


@require_POST
def holiday_remove(request: PersonRequest, pk: UUID) -> HttpResponse:
    holiday = get_object_or_404(Holiday, pk=pk)
    actions.holiday_remove(actor=request.user, holiday=holiday, now=timezone.now())
    messages.success(request, _("Hari libur dihapus; waktu yang sudah berjalan tidak berubah."))
    return redirect(f"{reverse('people:holidays')}?year={holiday.day.year}")
