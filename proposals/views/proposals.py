from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
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
from proposals.forms import (
    ColleagueForm,
    CommentForm,
    FilterForm,
    ProposeForm,
    ProtestForm,
    ReasonForm,
    ReplyForm,
    TextForm,
    raw_texts,
)
from proposals.history import history_of
from proposals.models import Proposal, Round, WorkingCopy
from proposals.pages import proposal_page, standing_at
from proposals.rules import may_invite, may_propose, may_write
from proposals.views.fetch import proposal_of, show_errors
from web.pages import page_of


@require_GET
def proposal_list(request: PersonRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = Proposal.objects.visible_to(request.user, request.roles).for_list()
    found = found.narrowed(
        text=wanted.get("q", ""),
        unit=wanted.get("unit"),
        stage=wanted.get("stage", ""),
        kind=wanted.get("kind", ""),
        round_=wanted.get("round"),
        author=wanted.get("author", ""),
        writer=request.user if wanted.get("mine") else None,
    ).sorted_by(wanted.get("sort", ""))
    if wanted.get("needs_me"):
        found = found.needing(request.user, request.roles, now=timezone.now())
    template = "proposals/proposal_list.html"
    if request.htmx:
        template += "#results"
    return render(request, template, {"form": form, "page": page_of(request, found)})


@require_GET
def followed_list(request: PersonRequest) -> HttpResponse:
    keys = Follow.objects.topics_of(request.user, "proposals.proposal:")
    visible = Proposal.objects.visible_to(request.user, request.roles).for_list()
    context = {"page": page_of(request, visible.filter(pk__in=keys))}
    return render(request, "proposals/followed_list.html", context)


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
    if form.is_valid() and outer.is_valid():
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
    context = {"form": form, "outer": outer, "round": round_, "kind": kind, "amends": amends}
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
    return detail_page(request, proposal_of(request, pk))


def detail_page(request: PersonRequest, proposal: Proposal, **forms: object) -> HttpResponse:
    """The page of a proposal; `forms` replaces those that were filled in wrongly."""
    page = proposal_page(request, proposal, now=timezone.now())
    roots = proposal.comments.roots().filtered(request.GET.get("kind", ""))
    comments = page_of(request, roots)
    context = {
        "page": page,
        "proposal": proposal,
        "comments": comments,
        "lines": page.lines(comments),
        "comment_form": CommentForm(initial={"field": request.GET.get("field", "")}),
        "reply_form": ReplyForm(),
        "protest_form": ProtestForm(),
        "withdraw_form": ReasonForm(prefix="withdraw"),
        "return_form": ReasonForm(prefix="return"),
        "colleague_form": ColleagueForm(person=request.user),
        "protests": proposal.protests.select_related("author__unit", "answered_by"),
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
    if form.is_valid():
        try:
            revision = actions.revision_save(
                actor=request.user,
                proposal=proposal,
                fields=form.fields_written(),
                reason=form.cleaned_data["reason"],
                based_on=_whole(request.POST.get("based_on")),
                now=now,
            )
        except (ValidationError, Refused) as error:
            problem = ValidationError(str(error)) if isinstance(error, Refused) else error
            show_errors(form, problem)
        else:
            messages.success(request, _("Revisi %(n)d disimpan.") % {"n": revision.number})
            return redirect("proposals:detail", proposal.pk)
    context = {
        "form": form,
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


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0


@require_POST
def working_copy(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    proposal = proposal_of(request, pk)
    try:
        copy = actions.working_copy_save(
            actor=request.user,
            proposal=proposal,
            fields=raw_texts(request.POST),
            edition=_whole(request.POST.get("edition")),
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


@require_GET
def proposal_history(request: PersonRequest, pk: UUID) -> HttpResponse:
    proposal = proposal_of(request, pk)
    history = history_of(proposal, _whole(request.GET.get("from")), _whole(request.GET.get("to")))
    context = {
        "proposal": proposal,
        "history": history,
        "page": page_of(request, history.steps, 10),
    }
    return render(request, "proposals/proposal_history.html", context)


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
