from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.http import PersonRequest
from proposals import actions
from proposals.forms import ColleagueForm
from proposals.pages import standing_at
from proposals.rules import may_invite
from proposals.views.fetch import invitation_of, proposal_of, show_errors
from proposals.views.proposals import detail_page


@require_POST
def invitation_send(request: PersonRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    proposal = proposal_of(request, pk)
    may_invite(standing_at(request, proposal, now=now)).require()
    form = ColleagueForm(request.POST, proposal=proposal)
    if form.is_valid():
        colleague = form.cleaned_data["colleague"]
        try:
            actions.invitation_send(
                actor=request.user, proposal=proposal, colleague=colleague, now=now
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Rekan Anda diajak dan diberi tahu."))
            return redirect("proposals:detail", proposal.pk)
    return detail_page(request, proposal, colleague_form=form)


@require_POST
def invitation_accept(request: PersonRequest, pk: UUID) -> HttpResponse:
    invitation = invitation_of(request, pk)
    actions.invitation_accept(actor=request.user, invitation=invitation, now=timezone.now())
    messages.success(request, _("Anda kini rekan pengusul dan dapat mengubah teksnya."))
    return redirect("proposals:detail", invitation.proposal_id)


@require_POST
def invitation_decline(request: PersonRequest, pk: UUID) -> HttpResponse:
    invitation = invitation_of(request, pk)
    actions.invitation_decline(actor=request.user, invitation=invitation, now=timezone.now())
    messages.success(request, _("Ajakan ditolak; pengusul diberi tahu."))
    return redirect("proposals:home")


@require_POST
def invitation_withdraw(request: PersonRequest, pk: UUID) -> HttpResponse:
    invitation = invitation_of(request, pk)
    actions.invitation_withdraw(actor=request.user, invitation=invitation, now=timezone.now())
    messages.success(request, _("Ajakan dibatalkan."))
    return redirect("proposals:detail", invitation.proposal_id)


@require_POST
def coauthor_leave(request: PersonRequest, pk: UUID) -> HttpResponse:
    proposal = proposal_of(request, pk)
    actions.coauthor_leave(actor=request.user, proposal=proposal, now=timezone.now())
    messages.success(request, _("Anda tidak lagi rekan pengusul. Yang Anda tulis tetap tersimpan."))
    return redirect("proposals:home")
