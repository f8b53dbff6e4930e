from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.verdict import Refused
from indicators.models import IndicatorVersion
from notices.actions import follow_add, follow_remove
from notices.models import Follow
from people.http import PersonRequest
from people.models import Unit
from proposals import actions
from proposals.checking import check_copy, check_saved, check_shown, check_typed
from proposals.forms import (
    ColleagueForm,
    CommentForm,
    FilterForm,
    ProposeForm,
    ProtestForm,
    ReasonForm,
    TextForm,
    raw_texts,
)
from proposals.models import Proposal, Round, WorkingCopy
from proposals.overview import field_label
from proposals.pages import news_mark, proposal_page, standing_at
from proposals.rules import may_invite, may_propose, may_write
from proposals.views.fetch import proposal_of, show_errors, whole
from web.pages import page_of


@require_GET
def proposal_list(request: PersonRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = Proposal.objects.visible_to(request.user, request.roles).for_list()
    found = found.narrowed(
        text=wanted.get("q", ""),
        stage=wanted.get("stage", ""),
        writer=request.user if wanted.get("mine") else None,
    )
    template = "proposals/proposal_list.html"
    if request.htmx:
        template += "#results"
    page = page_of(request, found)
    news_mark(request.user, page)
    return render(request, template, {"form": form, "page": page})


@require_http_methods(["GET", "POST"])
def proposal_create(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    round_ = get_object_or_404(Round.objects.with_counts(), pk=pk)
    units = list(Unit.objects.within(round_.scope))
    scope_keys = frozenset(unit.pk for unit in units)
    may_propose(request.user, round_, scope_keys, now=now).require()
    kind, amends = _wanted(request)
    form = TextForm(request.POST or None, units=units, is_revision=False, source=amends)
    outer = ProposeForm(request.POST or None)
    checks = "check" in request.POST
    if not checks and form.is_valid() and outer.is_valid():
        try:
            proposal = actions.proposal_create(
                actor=request.user,
                round_=round_,
                kind=kind,
                amends=amends,
                fields=form.fields_written(),
                submission=outer.cleaned_data["submission"],
                now=now,
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Draf disimpan. Hanya Anda yang melihatnya."))
            return redirect("proposals:detail", proposal.pk)
    checked = check_typed(request, form, amends=amends) if form.is_bound else None
    if checks and request.htmx:
        return render(request, "proposals/_lint_form.html#lint-findings", {"checked": checked})
    context = {
        "form": form,
        "outer": outer,
        "round": round_,
        "kind": kind,
        "amends": amends,
        "checked": checked,
        "check_url": request.get_full_path(),
    }
    return render(request, "proposals/proposal_create.html", context)


def _wanted(request: PersonRequest) -> tuple[str, IndicatorVersion | None]:
    """What the address asks for, as `?kind=amend&code=KES-01`. Raises Http404 for anything else."""
    kind = request.GET.get("kind", Proposal.Kind.NEW)
    if kind not in Proposal.Kind.values:
        raise Http404
    if kind == Proposal.Kind.NEW:
        return kind, None
    versions = IndicatorVersion.objects.in_use().of_code(request.GET.get("code", ""))
    return kind, get_object_or_404(versions)


@require_GET
def proposal_detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    proposal = proposal_of(request, pk)
    if not request.headers.get("Sec-Purpose", "").startswith("prefetch"):
        actions.visit_keep(actor=request.user, proposal=proposal, now=timezone.now())
    return detail_page(request, proposal)


def detail_page(request: PersonRequest, proposal: Proposal, **forms: object) -> HttpResponse:
    """The page of a proposal; `forms` replaces those that were filled in wrongly."""
    page = proposal_page(request, proposal, now=timezone.now())
    field = request.GET.get("field", "")
    roots = proposal.comments.roots().filtered(request.GET.get("kind", ""), field)
    comments = page_of(request, roots)
    context = {
        "page": page,
        "proposal": proposal,
        "comments": comments,
        "is_narrowed": bool(request.GET.get("kind") or field),
        "field_label": field_label(field),
        "lines": page.thread.lines(comments),
        "may_comment": page.doors.comment,
        "comment_form": CommentForm(
            initial={"field": field, "kind": request.GET.get("say", "")},
            crowd=page.crowd if page.doors.comment_unnamed else None,
        ),
        "protest_form": ProtestForm(),
        "withdraw_form": ReasonForm(prefix="withdraw"),
        "return_form": ReasonForm(prefix="return"),
        "colleague_form": ColleagueForm(person=request.user),
        "protests": proposal.protests.select_related("author__unit", "answered_by"),
        "checked": check_shown(request, page.standing),
        "stage_changes": proposal.stage_changes.select_related("by"),
    }
    template = "proposals/_comments.html" if request.htmx else "proposals/proposal_detail.html"
    return render(request, template, context | forms)


@require_http_methods(["GET", "POST"])
def proposal_edit(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    proposal = proposal_of(request, pk)
    may_write(standing_at(request, proposal, now=now)).require()
    latest = proposal.revisions.latest("number")
    copy = proposal.kept_copy
    units = list(Unit.objects.within(proposal.round.scope))
    form = TextForm(
        request.POST or None,
        instance=proposal.record,
        units=units,
        is_revision=True,
        initial=_typed(copy),
    )
    checks = "check" in request.POST
    if not checks and form.is_valid():
        try:
            revision = actions.revision_save(
                actor=request.user,
                proposal=proposal,
                fields=form.fields_written(),
                reason=form.cleaned_data["reason"],
                based_on=whole(request.POST.get("based_on")),
                now=now,
            )
        except (ValidationError, Refused) as error:
            problem = ValidationError(str(error)) if isinstance(error, Refused) else error
            show_errors(form, problem)
        else:
            messages.success(request, _("Revisi %(n)d disimpan.") % {"n": revision.number})
            return redirect("proposals:detail", proposal.pk)
    if form.is_bound:
        checked = check_typed(request, form, proposal=proposal, amends=proposal.amends)
    elif copy:
        checked = check_copy(request, proposal, copy, units)
    else:
        checked = check_saved(request, proposal, on_form=True)
    if checks and request.htmx:
        return render(request, "proposals/_lint_form.html#lint-findings", {"checked": checked})
    context = {
        "form": form,
        "checked": checked,
        "check_url": reverse("proposals:edit", args=[proposal.pk]),
        "proposal": proposal,
        "based_on": request.POST.get("based_on", latest.number),
        "edition": copy.edition if copy else 0,
        "copy": copy,
    }
    return render(request, "proposals/proposal_edit.html", context)


def _typed(copy: WorkingCopy | None) -> dict[str, object]:
    """What a working copy holds, as the form's initial texts."""
    if copy is None:
        return {}
    typed: dict[str, object] = dict(copy.fields)
    typed["applies_units"] = [
        code for code in copy.fields.get("applies_units", "").split("\n") if code
    ]
    for name in ("applies_below", "target_is_max"):
        typed[name] = copy.fields.get(name) in ("on", "true", "True")
    return typed


@require_POST
def working_copy(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    proposal = proposal_of(request, pk)
    try:
        copy = actions.working_copy_save(
            actor=request.user,
            proposal=proposal,
            fields=raw_texts(request.POST),
            edition=whole(request.POST.get("edition")),
            now=now,
        )
    except Refused as refusal:
        if not request.htmx:
            raise
        context = {"proposal": proposal, "refusal": str(refusal), "edition": ""}
        return render(request, "proposals/proposal_edit.html#working-copy", context)
    if not request.htmx:
        messages.success(request, _("Salinan kerja disimpan."))
        return redirect("proposals:edit", proposal.pk)
    context = {"proposal": proposal, "copy": copy, "edition": copy.edition}
    return render(request, "proposals/proposal_edit.html#working-copy", context)


@require_POST
def proposal_submit(request: PersonRequest, pk: UUID) -> HttpResponse:
    proposal = proposal_of(request, pk)
    actions.proposal_submit(actor=request.user, proposal=proposal, now=timezone.now())
    messages.success(request, _("Usulan diajukan. Rekan kerja kini dapat menanggapinya."))
    return redirect("proposals:detail", proposal.pk)


@require_POST
def proposal_withdraw(request: PersonRequest, pk: UUID) -> HttpResponse:
    proposal = proposal_of(request, pk)
    form = ReasonForm(request.POST, prefix="withdraw")
    if not form.is_valid():
        return detail_page(request, proposal, withdraw_form=form)
    actions.proposal_withdraw(
        actor=request.user,
        proposal=proposal,
        reason=form.cleaned_data["reason"],
        now=timezone.now(),
    )
    messages.success(request, _("Usulan ditarik. Teks dan tanggapannya tetap dapat dibaca."))
    return redirect("proposals:detail", proposal.pk)


@require_POST
def coauthor_add(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    proposal = proposal_of(request, pk)
    may_invite(standing_at(request, proposal, now=now)).require()
    form = ColleagueForm(request.POST, person=request.user)
    if not form.is_valid():
        return detail_page(request, proposal, colleague_form=form)
    actions.coauthor_add(
        actor=request.user,
        proposal=proposal,
        colleague=form.cleaned_data["colleague"],
        now=now,
    )
    messages.success(request, _("Rekan pengusul ditambahkan dan diberi tahu."))
    return redirect("proposals:detail", proposal.pk)


@require_POST
def proposal_follow(request: PersonRequest, pk: UUID) -> HttpResponse:
    proposal = proposal_of(request, pk)
    if Follow.objects.is_following(request.user, proposal.topic):
        follow_remove(actor=request.user, topic=proposal.topic)
        messages.success(request, _("Anda tidak lagi mengikuti usulan ini."))
    else:
        follow_add(actor=request.user, topic=proposal.topic, now=timezone.now())
        messages.success(request, _("Anda mengikuti usulan ini dan akan diberi tahu."))
    return redirect("proposals:detail", proposal.pk)
