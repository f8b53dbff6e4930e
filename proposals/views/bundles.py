from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from people.http import PersonRequest
from proposals import actions
from proposals.bundle_pages import bundle_page
from proposals.bundles import carried_of, publications_for
from proposals.forms import BundlePollForm, CarryOverForm, DecisionForm, ReasonForm
from proposals.models import Bundle, Round
from proposals.rules import may_carry_over
from proposals.views.fetch import proposal_of, show_errors
from proposals.views.polls import Back, opening_page


def bundle_of(request: PersonRequest, pk: UUID) -> Bundle:
    """A bundle that the reader may see. Raises Http404."""
    visible = Bundle.objects.visible_to(request.user, request.roles).for_detail()
    return get_object_or_404(visible, pk=pk)


@require_http_methods(["GET", "POST"])
def carry_over(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    round_ = get_object_or_404(Round.objects.with_counts(), pk=pk)
    may_carry_over(request.user, request.roles, round_, now=now).require()
    publications = publications_for(round_)
    wanted = [one for one in publications if str(one.pk) == request.GET.get("set")]
    publication = next(iter([*wanted, *publications]), None)
    if publication is None:
        return render(request, "proposals/carry_over.html", {"round": round_})
    carried = carried_of(publication, round_)
    title = _("Lanjutan %(set)s v%(version)s ke tahun %(year)d") % {
        "set": publication.scope,
        "version": publication.version,
        "year": round_.year,
    }
    form = CarryOverForm(request.POST or None, carried=carried, initial={"title": title})
    if form.is_valid():
        try:
            bundle = actions.bundle_create(
                actor=request.user,
                round_=round_,
                publication=publication,
                title=form.cleaned_data["title"],
                wanted=form.wanted(),
                submission=form.cleaned_data["submission"],
                now=now,
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Paket disimpan sebagai draf. Periksa, lalu ajukan."))
            return redirect("proposals:bundle", bundle.pk)
    context = {
        "round": round_,
        "publications": publications,
        "publication": publication,
        "form": form,
        "rivals": [row for row in carried if row.rival is not None],
    }
    return render(request, "proposals/carry_over.html", context)


@require_GET
def bundle_detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    return _detail(request, bundle_of(request, pk))


def _detail(
    request: PersonRequest,
    bundle: Bundle,
    *,
    return_form: ReasonForm | None = None,
    lacks: list[str] | None = None,
) -> HttpResponse:
    context = {
        "bundle": bundle,
        "page": bundle_page(request, bundle, now=timezone.now()),
        "return_form": return_form or ReasonForm(prefix="return"),
        "lacks": lacks or [],
    }
    return render(request, "proposals/bundle_detail.html", context)


@require_POST
def bundle_submit(request: PersonRequest, pk: UUID) -> HttpResponse:
    bundle = bundle_of(request, pk)
    actions.bundle_submit(actor=request.user, bundle=bundle, now=timezone.now())
    messages.success(request, _("Paket diajukan. Rekan kerja kini dapat menanggapinya."))
    return redirect("proposals:bundle", bundle.pk)


@require_POST
def bundle_freeze(request: PersonRequest, pk: UUID) -> HttpResponse:
    bundle = bundle_of(request, pk)
    try:
        actions.bundle_freeze(actor=request.user, bundle=bundle, now=timezone.now())
    except ValidationError as error:
        return _detail(request, bundle, lacks=error.messages)
    messages.success(request, _("Teks dibekukan. Kini pemungutan suara dapat dibuka."))
    return redirect("proposals:bundle", bundle.pk)


@require_POST
def bundle_return(request: PersonRequest, pk: UUID) -> HttpResponse:
    bundle = bundle_of(request, pk)
    form = ReasonForm(request.POST, prefix="return")
    if form.is_valid():
        try:
            actions.bundle_return(
                actor=request.user,
                bundle=bundle,
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Paket dikembalikan; pengusul diberi tahu alasannya."))
            return redirect("proposals:bundle", bundle.pk)
    return _detail(request, bundle, return_form=form)


@require_http_methods(["GET", "POST"])
def bundle_open_poll(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    bundle = bundle_of(request, pk)
    page = bundle_page(request, bundle, now=now)
    page.doors.open_poll.require()
    form = BundlePollForm(request.POST or None, round_=bundle.round, now=now)
    if form.is_valid():
        try:
            poll = actions.bundle_poll_open(
                actor=request.user,
                bundle=bundle,
                minutes=form.cleaned_data["minutes"],
                method=form.cleaned_data["method"],
                now=now,
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(
                request,
                _("Pemungutan suara dibuka. Sidik jari daftar pemilih: %s") % poll.roll_hash_short,
            )
            return redirect("voting:detail", poll.pk)
    back = Back(reverse("proposals:bundle", args=[bundle.pk]), bundle.title)
    return opening_page(request, form, page.proposals, back, now=now)


@require_http_methods(["GET", "POST"])
def bundle_decide(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    bundle = bundle_of(request, pk)
    page = bundle_page(request, bundle, now=now)
    page.doors.decide.require()
    form = DecisionForm(request.POST or None)
    if form.is_valid():
        try:
            actions.bundle_decide(actor=request.user, bundle=bundle, now=now, **form.cleaned_data)
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Keputusan Anda tercatat dan dapat dibaca semua pegawai."))
            return redirect("proposals:bundle", bundle.pk)
    context = {"form": form, "bundle": bundle, "page": page}
    return render(request, "proposals/bundle_decide.html", context)


@require_POST
def bundle_leave(request: PersonRequest, pk: UUID) -> HttpResponse:
    proposal = proposal_of(request, pk)
    actions.bundle_leave(actor=request.user, proposal=proposal, now=timezone.now())
    messages.success(request, _("Usulan dikeluarkan dari paket dan kini berjalan sendiri."))
    return redirect("proposals:detail", proposal.pk)
