"""What a published set changed for its reader, and the answers: own, counted, and the office's."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from indicators import actions, rules
from indicators.actions.briefings import for_me_url
from indicators.briefings import briefing_page, measuring_now
from indicators.forms import AnswerForm, QuestionForm
from indicators.models import Briefing, BriefingQuestion, Publication
from indicators.responses import responses_page
from people.http import PersonRequest
from web.pages import page_of


@require_GET
def mine(request: PersonRequest) -> HttpResponse:
    """The sets in force that measure the reader."""
    pages = measuring_now(request.user, now=timezone.now())
    return render(request, "indicators/briefing_list.html", {"pages": pages})


@require_GET
def for_me(request: PersonRequest, scope: str, version: str) -> HttpResponse:
    return _for_me_page(request, _publication(scope, version), QuestionForm())


def _for_me_page(
    request: PersonRequest, publication: Publication, form: QuestionForm
) -> HttpResponse:
    page = briefing_page(request.user, publication)
    verdict = rules.may_respond(
        is_measured=page.is_measured, is_superseded=bool(page.superseded_by)
    )
    is_read = page.briefing is not None and (
        page.briefing.response == Briefing.Response.ACKNOWLEDGED
    )
    context = {"page": page, "form": form, "verdict": verdict, "is_read": is_read}
    return render(request, "indicators/briefing_detail.html", context)


@require_POST
def acknowledge(request: PersonRequest, scope: str, version: str) -> HttpResponse:
    publication = _publication(scope, version)
    actions.briefing_acknowledge(actor=request.user, publication=publication, now=timezone.now())
    messages.success(request, _("Tercatat: Anda sudah membaca perubahan ini."))
    return redirect(for_me_url(publication))


@require_POST
def ask(request: PersonRequest, scope: str, version: str) -> HttpResponse:
    publication = _publication(scope, version)
    page = briefing_page(request.user, publication)
    rules.may_respond(
        is_measured=page.is_measured, is_superseded=bool(page.superseded_by)
    ).require()
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _for_me_page(request, publication, form)
    actions.briefing_question(
        actor=request.user,
        publication=publication,
        body=form.cleaned_data["body"],
        submission=form.cleaned_data["submission"],
        now=timezone.now(),
    )
    messages.success(
        request, _("Pertanyaan Anda terkirim. Jawabannya datang sebagai pemberitahuan.")
    )
    return redirect(f"{for_me_url(publication)}#questions")


@require_GET
def responses(request: PersonRequest, scope: str, version: str) -> HttpResponse:
    rules.may_see_responses(request.roles).require()
    publication = get_object_or_404(Publication.objects.of_scope(scope).of_version(version).light())
    context = {
        "publication": publication,
        "page": responses_page(publication, request.roles),
    }
    return render(request, "indicators/briefing_responses.html", context)


@require_GET
def question_list(request: PersonRequest) -> HttpResponse:
    rules.may_see_questions(request.roles).require()
    page = page_of(request, BriefingQuestion.objects.for_list())
    return render(request, "indicators/question_list.html", {"page": page})


@require_http_methods(["GET", "POST"])
def question_detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    rules.may_see_questions(request.roles).require()
    question = get_object_or_404(BriefingQuestion.objects.for_list(), pk=pk)
    verdict = rules.may_answer(request.roles, question)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        verdict.require()
        if form.is_valid():
            actions.question_answer(
                actor=request.user,
                question=question,
                answer=form.cleaned_data["answer"],
                now=timezone.now(),
            )
            messages.success(request, _("Jawaban terkirim kepada penanya."))
            return redirect("indicators:questions")
    context = {"question": question, "form": form, "verdict": verdict}
    return render(request, "indicators/question_detail.html", context)


def _publication(scope: str, version: str) -> Publication:
    publications = Publication.objects.of_scope(scope).of_version(version).for_people()
    return get_object_or_404(publications)
