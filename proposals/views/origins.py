"""From a published indicator back to a proposal: what needs a look, objections, findings."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from indicators.models import IndicatorVersion, Objection, Publication
from indicators.rules import may_object
from indicators.units import UnitTree
from people.http import PersonRequest
from proposals import actions
from proposals.aftercare import aftercare_page, findings_of, proposal_from, rounds_for
from proposals.forms import BringForm, ObjectionForm
from proposals.rules import may_bring, may_see_aftercare, may_withdraw_objection
from proposals.views.fetch import show_errors


@require_GET
def aftercare(request: PersonRequest) -> HttpResponse:
    may_see_aftercare(request.roles).require()
    page = aftercare_page(request.user, request.roles, now=timezone.now())
    return render(request, "proposals/aftercare.html", {"page": page})


@require_GET
def indicator_propose(request: PersonRequest, code: str) -> HttpResponse:
    """In which open round an indicator can be amended or retired, and what speaks for it."""
    now = timezone.now()
    version = get_object_or_404(IndicatorVersion.objects.in_use(), indicator__code=code)
    context = {
        "version": version,
        "findings": findings_of(code, now=now),
        "rounds": rounds_for(request.user, now=now),
    }
    return render(request, "proposals/indicator_propose.html", context)


@require_GET
def set_object(request: PersonRequest, scope: str, version: str) -> HttpResponse:
    """The indicators of a set that are in force and concern the reader."""
    publications = Publication.objects.of_scope(scope).of_version(version).light()
    publication = get_object_or_404(publications)
    tree = UnitTree.current()
    held = IndicatorVersion.objects.in_force().in_set(publication)
    versions = [one for one in held if may_object(request.user, one, tree)]
    context = {"publication": publication, "versions": versions}
    return render(request, "proposals/set_object.html", context)


@require_http_methods(["GET", "POST"])
def indicator_object(request: PersonRequest, code: str) -> HttpResponse:
    now = timezone.now()
    version = get_object_or_404(IndicatorVersion.objects.in_force(), indicator__code=code)
    may_object(request.user, version, UnitTree.current()).require()
    rounds = rounds_for(request.user, now=now)
    form = ObjectionForm(request.POST or None, rounds=rounds, may_wait=True)
    if request.method == "POST" and form.is_valid():
        try:
            objection, proposal = actions.objection_make(
                actor=request.user,
                code=code,
                publication=_publication(request),
                reason=form.cleaned_data["reason"],
                round_=form.chosen,
                now=now,
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            if proposal is None:
                messages.success(request, _("Keberatan Anda disimpan dan menunggu putaran."))
                return redirect("proposals:objection", objection.pk)
            messages.success(request, _("Keberatan Anda menjadi latar belakang draf ini."))
            return redirect("proposals:edit", proposal.pk)
    context = {"form": form, "version": version, "rounds": rounds}
    return render(request, "proposals/indicator_object.html", context)


def _publication(request: HttpRequest) -> Publication | None:
    """The set on whose page the objection was begun, as `?set=kota/2.0.0`; None for any other."""
    scope, _slash, version = request.GET.get("set", "").partition("/")
    return Publication.objects.light().of_scope(scope).of_version(version).first()


def _objection_of(request: PersonRequest, pk: UUID) -> Objection:
    """An objection that the reader may see. Raises Http404."""
    return get_object_or_404(Objection.objects.visible_to(request.user, request.roles), pk=pk)


@require_GET
def objection_detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    objection = _objection_of(request, pk)
    rounds = rounds_for(request.user, now=timezone.now())
    proposal = proposal_from(objection)
    is_seen = proposal is not None and (
        proposal.submitted_at is not None or proposal.author_id == request.user.pk
    )
    context = {
        "objection": objection,
        "proposal": proposal if is_seen else None,
        "rounds": rounds,
        "form": BringForm(rounds=rounds, may_wait=False),
        "may_bring": may_bring(request.user, objection),
        "may_withdraw": may_withdraw_objection(request.user, objection),
    }
    return render(request, "proposals/objection_detail.html", context)


@require_POST
def objection_bring(request: PersonRequest, pk: UUID) -> HttpResponse:
    objection = _objection_of(request, pk)
    may_bring(request.user, objection).require()
    now = timezone.now()
    form = BringForm(request.POST, rounds=rounds_for(request.user, now=now), may_wait=False)
    if not form.is_valid() or form.chosen is None:
        messages.error(request, _("Pilih putaran yang sedang dibuka."))
        return redirect("proposals:objection", pk)
    proposal = actions.objection_bring(
        actor=request.user, objection=objection, round_=form.chosen, now=now
    )
    messages.success(request, _("Keberatan Anda menjadi latar belakang draf ini."))
    return redirect("proposals:edit", proposal.pk)


@require_POST
def objection_withdraw(request: PersonRequest, pk: UUID) -> HttpResponse:
    objection = _objection_of(request, pk)
    actions.objection_withdraw(actor=request.user, objection=objection, now=timezone.now())
    messages.success(request, _("Keberatan Anda ditarik."))
    return redirect("proposals:objection", pk)
