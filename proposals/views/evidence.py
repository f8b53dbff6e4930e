from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_GET, require_POST

from people.http import PersonRequest
from proposals import actions
from proposals.forms import EvidenceForm
from proposals.pages import standing_at
from proposals.rules import may_attach
from proposals.views.fetch import evidence_of, proposal_of, show_errors
from proposals.views.proposals import detail_page


@require_POST
def evidence_add(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    proposal = proposal_of(request, pk)
    may_attach(standing_at(request, proposal, now=now)).require()
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.evidence_add(
                actor=request.user,
                proposal=proposal,
                caption=form.cleaned_data["caption"],
                name=form.cleaned_data["file"].name,
                content=form.content,
                submission=form.cleaned_data["submission"],
                now=now,
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Berkas disimpan."))
            return redirect("proposals:detail", proposal.pk)
    return detail_page(request, proposal, evidence_form=form)


@require_GET
@csp_override({"default-src": [CSP.NONE], "sandbox": True})  # type: ignore[dict-item]  # stubs
def evidence_file(request: PersonRequest, pk: UUID) -> FileResponse:
    """The bytes, to be kept as a file: no browser shows them as a page of this site."""
    evidence = evidence_of(request, pk)
    response = FileResponse(
        evidence.file.open("rb"),
        as_attachment=True,
        filename=evidence.name,
        content_type=evidence.type.content_type,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
def evidence_remove(request: PersonRequest, pk: UUID) -> HttpResponse:
    evidence = evidence_of(request, pk)
    actions.evidence_remove(actor=request.user, evidence=evidence, now=timezone.now())
    messages.success(request, _("Berkas dihapus; penghapusannya tercatat."))
    return redirect("proposals:detail", evidence.proposal_id)
