from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.http import PersonRequest
from proposals import actions
from proposals.forms import ReviewForm
from proposals.models import Review
from proposals.pages import standing_at
from proposals.reviewing import summaries_of
from proposals.rules import may_review
from proposals.views.fetch import proposal_of, show_errors


@require_http_methods(["GET", "POST"])
def proposal_review(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    proposal = proposal_of(request, pk)
    door = may_review(standing_at(request, proposal, now=now))
    latest = proposal.revisions.latest("number")
    own = Review.objects.of_person(proposal, request.user)
    form = ReviewForm(request.POST or None, number=latest.number, review=own)
    if request.method == "POST":
        door.require()
        if form.is_valid():
            try:
                actions.review_give(
                    actor=request.user,
                    proposal=proposal,
                    revision_number=form.cleaned_data["revision_number"],
                    answers=form.answers(),
                    now=now,
                )
            except ValidationError as error:
                show_errors(form, error)
            else:
                messages.success(request, _("Telaah Anda tercatat."))
                return redirect("proposals:review", proposal.pk)
    context = {
        "proposal": proposal,
        "latest": latest,
        "door": door,
        "form": form,
        "own": own,
        "summaries": summaries_of(proposal),
        "reviewer_count": proposal.reviews.count(),
    }
    return render(request, "proposals/proposal_review.html", context)
