from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from indicators.lifeless import Finding
from indicators.models import IndicatorVersion
from notices.actions import follow_add, follow_remove
from notices.models import Follow
from people.http import PersonRequest
from people.models import Unit
from proposals import actions
from proposals.aftercare import findings_of
from proposals.checking import check_shown
from proposals.finding import finds_mark
from proposals.forms import (
    ColleagueForm,
    CommentForm,
    DissentForm,
    EvidenceForm,
    FilterForm,
    ProtestForm,
    ReasonForm,
    StartForm,
)
from proposals.models import Proposal, Round
from proposals.overview import field_label
from proposals.pages import news_mark, proposal_page
from proposals.rules import may_propose
from proposals.sharing import share_text
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
    page = page_of(request, found)
    news_mark(request.user, page)
    finds_mark(page, wanted.get("q", ""))
    return render(request, template, {"form": form, "page": page})


@require_GET
def followed_list(request: PersonRequest) -> HttpResponse:
    keys = Follow.objects.topics_of(request.user, "proposals.proposal:")
    visible = Proposal.objects.visible_to(request.user, request.roles).for_list()
    context = {"page": page_of(request, visible.keyed(keys))}
    return render(request, "proposals/followed_list.html", context)


@require_http_methods(["GET", "POST"])
def proposal_create(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    round_ = get_object_or_404(Round.objects.with_counts(), pk=pk)
    scope_keys = frozenset(Unit.objects.within(round_.scope).values_list("pk", flat=True))
    may_propose(request.user, round_, scope_keys, now=now).require()
    kind, amends = _wanted(request)
    findings = _findings(request, amends, now=now)
    reason = "\n".join(finding.sentence for finding in findings)
    form = StartForm(request.POST or None, kind=kind, initial={"retirement_reason": reason})
    if form.is_valid():
        try:
            proposal = _create(request, round_, kind, amends, form, bool(findings), now=now)
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Draf disimpan. Hanya Anda yang melihatnya."))
            is_whole = kind == Proposal.Kind.RETIRE
            return redirect("proposals:detail" if is_whole else "proposals:edit", proposal.pk)
    context = {"form": form, "round": round_, "kind": kind, "amends": amends}
    return render(request, "proposals/proposal_create.html", context | {"findings": findings})


def _findings(
    request: PersonRequest, amends: IndicatorVersion | None, *, now: datetime
) -> Sequence[Finding]:
    """What the indicator's figures show, where the address says `because=finding`."""
    if amends is None or request.GET.get("because") != "finding":
        return []
    return findings_of(amends.code, now=now)


def _create(
    request: PersonRequest,
    round_: Round,
    kind: str,
    amends: IndicatorVersion | None,
    form: StartForm,
    because_of_figures: bool,
    *,
    now: datetime,
) -> Proposal:
    fields, submission = form.fields_written(amends), form.cleaned_data["submission"]
    if amends is not None and because_of_figures:
        return actions.finding_propose(
            actor=request.user,
            round_=round_,
            kind=kind,
            amends=amends,
            fields=fields,
            submission=submission,
            now=now,
        )
    return actions.proposal_create(
        actor=request.user,
        round_=round_,
        kind=kind,
        amends=amends,
        fields=fields,
        submission=submission,
        now=now,
    )


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
            first=[item.change.field for item in page.amended],
            crowd=page.crowd if page.doors.comment_unnamed else None,
        ),
        "protest_form": ProtestForm(),
        "dissent_form": DissentForm(),
        "withdraw_form": ReasonForm(prefix="withdraw"),
        "return_form": ReasonForm(prefix="return"),
        "colleague_form": ColleagueForm(proposal=proposal),
        "evidence_form": EvidenceForm(),
        "protests": proposal.protests.select_related("author__unit", "answered_by"),
        "checked": check_shown(request, page.standing),
        "stage_changes": proposal.stage_changes.select_related("by"),
    }
    template = "proposals/_comments.html" if request.htmx else "proposals/proposal_detail.html"
    return render(request, template, context | forms)


@require_GET
def proposal_share(request: PersonRequest, pk: UUID) -> HttpResponse:
    proposal = proposal_of(request, pk)
    text = share_text(proposal_page(request, proposal, now=timezone.now()))
    return render(request, "proposals/proposal_share.html", {"proposal": proposal, "text": text})


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
def proposal_follow(request: PersonRequest, pk: UUID) -> HttpResponse:
    proposal = proposal_of(request, pk)
    if Follow.objects.is_following(request.user, proposal.topic):
        follow_remove(actor=request.user, topic=proposal.topic)
        messages.success(request, _("Anda tidak lagi mengikuti usulan ini."))
    else:
        follow_add(actor=request.user, topic=proposal.topic, now=timezone.now())
        messages.success(request, _("Anda mengikuti usulan ini dan akan diberi tahu."))
    return redirect("proposals:detail", proposal.pk)
