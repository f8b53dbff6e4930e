"""Writing a text: the form, the copy that saves itself, and two texts side by side."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypedDict
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.verdict import Refused
from people.http import PersonRequest
from people.models import Unit
from proposals import actions
from proposals.checking import Checked, check_copy, check_saved, check_typed
from proposals.comparing import (
    MINE,
    THEIRS,
    aside_lines,
    differences,
    joined,
    kept_text,
    revision_numbered,
)
from proposals.forms import PickForm, TextForm, raw_texts, typed_initial
from proposals.models import Proposal
from proposals.pages import standing_at
from proposals.rules import may_write
from proposals.views.fetch import proposal_of, show_errors, whole

RETIRE = Proposal.Kind.RETIRE  # what goes away is not linted


class Start(TypedDict):
    """What the text of a window started from, as the actions take it."""

    based_on: int
    edition: int
    window: UUID


@require_http_methods(["GET", "POST"])
def proposal_edit(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    proposal = proposal_of(request, pk)
    may_write(standing_at(request, proposal, now=now)).require()
    latest = proposal.revisions.latest("number")
    copy = proposal.kept_copy
    is_outdated = copy is not None and copy.based_on != latest.number
    if request.method == "GET" and copy is not None and is_outdated:
        page = _compare_page(request, proposal, copy.fields, copy.based_on)
        if page is not None:
            return page
    units = list(Unit.objects.within(proposal.round.scope))
    form = TextForm(
        request.POST or None,
        instance=proposal.record,
        units=units,
        is_revision=True,
        kind=proposal.kind,
        initial=typed_initial(copy.fields) if copy and not is_outdated else {},
    )
    start, checks = _start(request), "check" in request.POST
    if not checks and form.is_valid():
        try:
            revision = actions.revision_save(
                actor=request.user,
                proposal=proposal,
                fields=form.fields_written(),
                reason=form.cleaned_data["reason"],
                now=now,
                **start,
            )
        except actions.Overtaken:
            return _compared(request, proposal, raw_texts(request.POST), start["based_on"])
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Revisi %(n)d disimpan.") % {"n": revision.number})
            return redirect("proposals:detail", proposal.pk)
    checked = _checked(request, proposal, form, units) if proposal.kind != RETIRE else None
    if checks and request.htmx:
        return render(request, "proposals/_lint_form.html#lint-findings", {"checked": checked})
    if request.method == "GET":
        edition = copy.edition if copy else 0
        start = Start(based_on=latest.number, edition=edition, window=uuid4())
    context = {
        "form": form,
        "proposal": proposal,
        "copy": copy,
        "checked": checked,
        "check_url": reverse("proposals:edit", args=[proposal.pk]),
        "set_aside": aside_lines(proposal, form),
        **start,
    }
    return render(request, "proposals/proposal_edit.html", context)


def _checked(
    request: PersonRequest, proposal: Proposal, form: TextForm, units: list[Unit]
) -> Checked:
    """What the linter says of what the form shows."""
    if form.is_bound:
        return check_typed(request, form, proposal=proposal, amends=proposal.amends)
    if copy := proposal.kept_copy:
        return check_copy(request, proposal, copy, units)
    return check_saved(request, proposal, on_form=True)


@require_POST
def working_copy(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    proposal = proposal_of(request, pk)
    start, typed = _start(request), raw_texts(request.POST)
    template = "proposals/proposal_edit.html#working-copy"
    try:
        copy = actions.working_copy_save(
            actor=request.user, proposal=proposal, fields=typed, now=now, **start
        )
    except Refused as refusal:
        is_overtaken = isinstance(refusal, actions.Overtaken)
        if request.htmx:
            context = {"proposal": proposal, "refusal": str(refusal), "is_overtaken": is_overtaken}
            return render(request, template, context | {"edition": start["edition"]})
        if is_overtaken:
            return _compared(request, proposal, typed, start["based_on"])
        raise
    if request.htmx:
        context = {"proposal": proposal, "copy": copy, "edition": copy.edition}
        return render(request, template, context)
    messages.success(request, _("Salinan kerja disimpan."))
    return redirect("proposals:edit", proposal.pk)


@require_POST
def text_compare(request: PersonRequest, pk: UUID) -> HttpResponse:
    """What was typed in this window beside what another one saved meanwhile."""
    proposal = proposal_of(request, pk)
    may_write(standing_at(request, proposal, now=timezone.now())).require()
    typed = raw_texts(request.POST)
    return _compared(request, proposal, typed, _start(request)["based_on"])


@require_POST
def text_join(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    proposal = proposal_of(request, pk)
    may_write(standing_at(request, proposal, now=now)).require()
    typed, start = raw_texts(request.POST), _start(request)
    started_from = whole(request.POST.get("started_from"))
    units = list(Unit.objects.within(proposal.round.scope))
    kept = kept_text(proposal, units)
    if (kept.based_on, kept.edition) != (start["based_on"], whole(request.POST.get("kept"))):
        return _compared(request, proposal, typed, started_from)
    fields = [
        one.field
        for one in differences(typed, kept, started_from=None, units=units, kind=proposal.kind)
    ]
    side = request.POST.get("all")
    answers = {f"pick-{name}": side for name in fields} if side in (MINE, THEIRS) else request.POST
    picked = PickForm(answers, fields=fields)
    if not picked.is_valid():
        return _compared(request, proposal, typed, started_from, picked=picked)
    joint, set_aside = joined(typed, kept, picked.choices(), typed_by=request.user)
    try:
        actions.working_copy_save(
            actor=request.user,
            proposal=proposal,
            fields=joint,
            set_aside=set_aside,
            now=now,
            **start,
        )
    except actions.Overtaken:
        return _compared(request, proposal, typed, started_from)
    messages.success(
        request, _("Kedua tulisan kini satu salinan kerja. Periksa, lalu simpan sebagai revisi.")
    )
    return redirect("proposals:edit", proposal.pk)


def _start(request: PersonRequest) -> Start:
    try:
        window = UUID(request.POST.get("window", ""))
    except ValueError:
        window = uuid4()
    based_on, edition = (whole(request.POST.get(name)) for name in ("based_on", "edition"))
    return Start(based_on=based_on, edition=edition, window=window)


def _compared(
    request: PersonRequest,
    proposal: Proposal,
    typed: Mapping[str, str],
    started_from: int,
    *,
    picked: PickForm | None = None,
) -> HttpResponse:
    """The comparison of what was typed with what is kept, or the form where they are one."""
    page = _compare_page(request, proposal, typed, started_from, picked=picked)
    if page is not None:
        return page
    messages.success(request, _("Tulisan ini sudah tersimpan; tidak ada yang perlu dipilih."))
    return redirect("proposals:edit", proposal.pk)


def _compare_page(
    request: PersonRequest,
    proposal: Proposal,
    typed: Mapping[str, str],
    started_from: int,
    *,
    picked: PickForm | None = None,
) -> HttpResponse | None:
    """Both texts, field by field; None where they say the same."""
    proposal = proposal_of(request, proposal.pk)  # as it is now, not as it was before the refusal
    units = list(Unit.objects.within(proposal.round.scope))
    kept = kept_text(proposal, units)
    start = revision_numbered(proposal, started_from)
    found = differences(typed, kept, started_from=start, units=units, kind=proposal.kind)
    if not found:
        return None
    if picked is not None:
        found = [replace(one, chosen=picked.data.get(f"pick-{one.field}", "")) for one in found]
    copy = proposal.kept_copy
    context = {
        "proposal": proposal,
        "kept": kept,
        "differences": found,
        "typed": [(name, text) for name, text in typed.items() if name != "applies_units"],
        "typed_units": [code for code in typed.get("applies_units", "").split("\n") if code],
        "edition": copy.edition if copy else 0,
        "started_from": started_from,
        "picked": picked,
    }
    return render(request, "proposals/text_compare.html", context)
