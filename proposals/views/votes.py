"""Running an open vote: reminding, cancelling; and repeating one that said nothing."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from people.http import PersonRequest
from proposals import actions
from proposals.forms import ReasonForm
from proposals.rules import may_remind, may_run_poll
from proposals.views.fetch import proposal_of, show_errors
from voting.models import Poll
from voting.rules import heads_any, lineage_of, may_cancel


@require_GET
def vote_detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    return _page(request, _poll_run(request, pk), ReasonForm())


@require_POST
def vote_remind(request: PersonRequest, pk: UUID) -> HttpResponse:
    poll = _poll_run(request, pk)
    actions.electors_remind(actor=request.user, poll=poll, now=timezone.now())
    messages.success(request, _("Semua pemilih diingatkan, baik yang sudah maupun yang belum."))
    return redirect("proposals:vote", poll.pk)


@require_POST
def vote_cancel(request: PersonRequest, pk: UUID) -> HttpResponse:
    poll = _poll_run(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            actions.poll_cancel_for(
                actor=request.user,
                poll=poll,
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Pemungutan suara dibatalkan; semua pemilih diberi tahu."))
            return redirect("voting:detail", poll.pk)
    return _page(request, poll, form)


@require_POST
def vote_repeat(request: PersonRequest, pk: UUID) -> HttpResponse:
    proposal = proposal_of(request, pk)
    actions.vote_repeat(actor=request.user, proposal=proposal, now=timezone.now())
    messages.success(request, _("Pemungutan suara dapat dibuka sekali lagi."))
    return redirect("proposals:detail", proposal.pk)


def _poll_run(request: PersonRequest, pk: UUID) -> Poll:
    """A poll that the reader runs. Raises Http404, Refused."""
    poll = get_object_or_404(Poll.objects.visible_to(request.user).for_pages(), pk=pk)
    is_head = heads_any(request.roles, lineage_of(poll.scope))
    may_run_poll(request.roles, is_head=is_head).require()
    return poll


def _page(request: PersonRequest, poll: Poll, form: ReasonForm) -> HttpResponse:
    now = timezone.now()
    sent = list(poll.reminders.select_related("sent_by"))
    is_due = timezone.localdate(now) not in {reminder.sent_on for reminder in sent}
    context = {
        "poll": poll,
        "form": form,
        "reminders": sent,
        "may_remind": may_remind(poll, is_due=is_due, now=now),
        "may_cancel": may_cancel(poll, request.roles, lineage_of(poll.scope), now=now),
    }
    return render(request, "proposals/vote_detail.html", context)
