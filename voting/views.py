"""Pages of polls: the list, the ballot, the result, the roll."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from people.http import PersonRequest
from voting import actions, rules, urn
from voting.forms import BallotForm, MeetingForm, Sent
from voting.kept import ballots_shown, codes_kept
from voting.methods import InvalidBallot
from voting.models import Meeting, OpenBallot, Poll
from voting.results import result_of
from voting.turnout import group_turnout_of
from web.pages import page_of

CODES_ON_PAGE = 600


@require_GET
def poll_list(request: PersonRequest) -> HttpResponse:
    polls = Poll.objects.visible_to(request.user).for_pages().with_standing_of(request.user)
    context = {
        "waiting": polls.awaiting_vote_of(request.user).order_by("closes_at"),
        "others": polls.not_awaiting_vote_of(request.user).order_by("closes_at"),
        "ended": page_of(request, polls.ended()),
    }
    return render(request, "voting/poll_list.html", context)


@never_cache
@require_GET
def poll_detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    poll = get_object_or_404(Poll.objects.visible_to(request.user).for_pages(), pk=pk)
    if poll.state != Poll.State.OPEN:
        return render(request, "voting/poll_result.html", _result_context(request, poll))
    form = BallotForm.fresh(poll, request.user)
    return render(request, "voting/poll_detail.html", _open_context(request, poll, form))


@sensitive_post_parameters()
@sensitive_variables()
@never_cache
@require_POST
def ballot_cast(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The one POST that answers 200 with a page: a redirect would need a place to keep the code."""
    poll = urn.poll_asked(pk)
    if poll is None:
        raise Http404
    try:
        receipt = _cast(request, poll, Sent(request.POST))
    except InvalidBallot as invalid:
        form = BallotForm(poll, request.POST)
        form.refuse(invalid)
        return render(request, "voting/poll_detail.html", _open_context(request, poll, form))
    return render(request, "voting/ballot_recorded.html", {"poll": poll, "receipt": receipt})


@sensitive_variables()
def _cast(request: PersonRequest, poll: Poll, sent: Sent) -> actions.Receipt | None:
    """The receipt of what was sent; an open ballot has none, its elector reads it by name."""
    if not poll.is_secret:
        actions.open_ballot_cast(
            actor=request.user, poll=poll, choices=sent.choices, reasons=sent.reasons
        )
        return None
    return actions.ballot_cast(
        actor=request.user, poll=poll, choices=sent.choices, receipt_token=sent.receipt_token
    )


@sensitive_post_parameters()
@sensitive_variables()
@never_cache
@require_POST
def ballot_review(request: PersonRequest, pk: UUID) -> HttpResponse:
    """What was chosen, to be read over; or the ballot again, as it was sent, to be changed.

    Nothing is kept: what was chosen travels from page to page in the forms.
    """
    poll = get_object_or_404(Poll.objects.visible_to(request.user).for_pages(), pk=pk)
    rules.may_review(poll, poll.elector_of(request.user), now=timezone.now()).require()
    form, sent = BallotForm(poll, request.POST), Sent(request.POST)
    if "move" in request.POST:
        form = form.moved(request.POST["move"])
    try:
        read = (
            None
            if "back" in request.POST or "move" in request.POST
            else actions.ballot_read(poll=poll, choices=sent.choices, reasons=sent.reasons)
        )
    except InvalidBallot as invalid:
        form.refuse(invalid)
        read = None
    if read is None:
        return render(request, "voting/poll_detail.html", _open_context(request, poll, form))
    return render(request, "voting/ballot_review.html", {"poll": poll, "form": form, "lines": read})


@never_cache
@require_GET
def my_status(request: PersonRequest, pk: UUID) -> HttpResponse:
    polls = Poll.objects.visible_to(request.user).for_pages().with_standing_of(request.user)
    poll = get_object_or_404(polls, pk=pk)
    elector = None if poll.is_secret else poll.elector_of(request.user)
    given = OpenBallot.objects.of_elector(elector) if elector else []
    return render(request, "voting/poll_my_status.html", {"poll": poll, "given": given})


@require_POST
def poll_close(request: PersonRequest, pk: UUID) -> HttpResponse:
    poll = get_object_or_404(Poll.objects.visible_to(request.user), pk=pk)
    poll = actions.poll_close(actor=request.user, poll=poll)
    if poll.state == Poll.State.SEALED:
        messages.success(request, _("Pemungutan suara ditutup dan disegel."))
    else:
        messages.warning(request, _("Pemungutan suara ditutup, tetapi belum dapat disegel."))
    return redirect("voting:detail", poll.pk)


@require_http_methods(["GET", "POST"])
def meeting(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Where and how the poll was talked over, and who was there."""
    poll = get_object_or_404(Poll.objects.visible_to(request.user).for_pages(), pk=pk)
    kept = Meeting.objects.of_poll(poll)
    rules.may_keep_meeting(poll, kept, request.roles, rules.lineage_of(poll.scope)).require()
    form = MeetingForm(request.POST or None, poll=poll, kept=kept, keeper=request.user)
    if form.is_valid():
        try:
            actions.meeting_keep(
                actor=request.user, poll=poll, now=timezone.now(), **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Catatan rapat disimpan."))
            return redirect("voting:detail", poll.pk)
    return render(request, "voting/meeting.html", {"poll": poll, "form": form})


@require_GET
def poll_roll(request: PersonRequest, pk: UUID) -> HttpResponse:
    poll = get_object_or_404(Poll.objects.visible_to(request.user).for_pages(), pk=pk)
    rules.may_see_roll(
        request.roles, rules.lineage_of(poll.scope), poll.elector_of(request.user)
    ).require()
    page = page_of(request, poll.electors.by_name(), per_page=50)
    return render(request, "voting/poll_roll.html", {"poll": poll, "page": page})


@require_GET
def poll_receipts(request: PersonRequest, pk: UUID) -> HttpResponse:
    poll = get_object_or_404(Poll.objects.visible_to(request.user), pk=pk)
    rules.may_see_codes(poll).require()
    text = "".join(f"{code}\n" for code in codes_kept(poll))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _open_context(request: PersonRequest, poll: Poll, form: BallotForm) -> Mapping[str, Any]:
    """What the page of an open poll shows to this person. It tells nobody how many have voted."""
    now = timezone.now()
    elector = poll.elector_of(request.user)
    lineage = rules.lineage_of(poll.scope)
    may_end = rules.may_end(request.roles, lineage)
    kept = Meeting.objects.of_poll(poll)
    return {
        "meeting": kept,
        "may_keep_meeting": rules.may_keep_meeting(poll, kept, request.roles, lineage),
        "poll": poll,
        "form": form,
        "policy": poll.policy,
        "elector": elector,
        "is_over": now >= poll.closes_at,
        "may_cast": rules.may_cast(poll, elector, box_is_open=True, now=now),
        "may_see_roll": rules.may_see_roll(request.roles, lineage, elector),
        "may_end": may_end,
        "may_cancel": rules.may_cancel(poll, request.roles, lineage, now=now),
        "may_close": may_end and rules.may_close(poll, everyone_voted=poll.everyone_voted, now=now),
    }


def _result_context(request: PersonRequest, poll: Poll) -> Mapping[str, Any]:
    elector = poll.elector_of(request.user)
    may_see_codes = rules.may_see_codes(poll)
    codes = codes_kept(poll) if may_see_codes else []
    result = result_of(poll)
    publishes = poll.publication_mode == Poll.Mode.BALLOTS
    few_enough = len(codes) <= CODES_ON_PAGE
    lineage = rules.lineage_of(poll.scope)
    kept = Meeting.objects.of_poll(poll)
    return {
        "meeting": kept,
        "may_keep_meeting": rules.may_keep_meeting(poll, kept, request.roles, lineage),
        "poll": poll,
        "policy": poll.policy,
        "result": result,
        "groups": group_turnout_of(poll),
        "ballots": ballots_shown(poll)
        if publishes and few_enough and result and result.is_shown
        else [],
        "elector": elector,
        "may_see_roll": rules.may_see_roll(request.roles, lineage, elector),
        "may_see_codes": may_see_codes,
        "codes": codes if few_enough else [],
        "code_count": len(codes),
        "names": page_of(request, poll.electors.with_open_ballots(), per_page=25)
        if result and not poll.is_secret
        else None,
    }
