from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from indicators.importing import ImportRefused, Note
from indicators.importing.template import template_xlsx
from people.http import PersonRequest
from people.models import Unit
from proposals import actions
from proposals.forms import DraftConfirmForm, DraftFileForm
from proposals.importing import DraftRow, read_drafts
from proposals.models import Round
from proposals.rules import may_propose

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def draft_template(request: PersonRequest, pk: UUID) -> HttpResponse:
    round_ = get_object_or_404(Round.objects.with_counts(), pk=pk)
    units = dict(Unit.objects.within(round_.scope).values_list("code", "name"))
    response = HttpResponse(template_xlsx(units), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="templat-indikator.xlsx"'
    return response


@require_http_methods(["GET", "POST"])
def draft_import(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    round_ = get_object_or_404(Round.objects.with_counts(), pk=pk)
    scope_keys = frozenset(Unit.objects.within(round_.scope).values_list("pk", flat=True))
    may_propose(request.user, round_, scope_keys, now=now).require()
    confirm = DraftConfirmForm(request.POST) if "content" in request.POST else None
    form = DraftFileForm(*() if confirm else (request.POST or None, request.FILES or None))
    sent = confirm or form
    rows: list[DraftRow] = []
    notes: list[Note] = []
    if sent.is_valid():
        content = sent.cleaned_data["content" if confirm else "file"]
        try:
            rows = read_drafts(content)
        except ImportRefused as refused:
            notes = refused.notes
        else:
            if confirm:
                actions.drafts_import(
                    actor=request.user,
                    round_=round_,
                    rows=rows,
                    submission=confirm.cleaned_data["submission"],
                    now=now,
                )
                messages.success(
                    request,
                    ngettext(
                        "%(count)d draf disimpan. Hanya Anda yang melihatnya.",
                        "%(count)d draf disimpan. Hanya Anda yang melihatnya.",
                        len(rows),
                    )
                    % {"count": len(rows)},
                )
                return redirect(reverse("proposals:list") + "?mine=on")
            confirm = DraftConfirmForm.of(content)
    context = {"round": round_, "form": form, "confirm": confirm, "rows": rows, "notes": notes}
    return render(request, "proposals/draft_import.html", context)
