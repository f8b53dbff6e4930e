"""How what units reported comes in: a file, its preview, then the same file to be kept."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from indicators import actions, rules
from indicators.forms import ActualsConfirmForm, ActualsFileForm
from indicators.importing import ImportRefused, Note
from indicators.importing.actuals import Known, read_actuals
from indicators.reported import FilePreview, file_preview
from people.http import PersonRequest


@require_http_methods(["GET", "POST"])
def actuals_import(request: PersonRequest) -> HttpResponse:
    rules.may_import_actuals(request.roles).require()
    confirm = ActualsConfirmForm(request.POST) if "content" in request.POST else None
    form = ActualsFileForm(*() if confirm else (request.POST or None, request.FILES or None))
    sent = confirm or form
    preview: FilePreview | None = None
    notes: list[Note] = []
    if sent.is_valid():
        name, content = confirm.chosen if confirm else form.cleaned_data["file"]
        try:
            rows = read_actuals(name, content, known=Known.current())
        except ImportRefused as refused:
            notes = refused.notes
        else:
            if confirm:
                report = actions.actuals_import(actor=request.user, rows=rows, now=timezone.now())
                messages.success(
                    request,
                    _(
                        "Realisasi disimpan: %(created)d baru, %(corrected)d diperbaiki, "
                        "%(unchanged)d tetap."
                    )
                    % vars(report),
                )
                return redirect("indicators:actuals")
            preview, confirm = file_preview(rows), ActualsConfirmForm.of(name, content)
    context = {"form": form, "confirm": confirm, "preview": preview, "notes": notes}
    return render(request, "indicators/actuals_import.html", context)
