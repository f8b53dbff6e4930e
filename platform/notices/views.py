"""The inbox."""

from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from notices import actions
from notices.models import Notice
from people.http import PersonRequest
from web.pages import page_of


@require_GET
def notice_list(request: PersonRequest) -> HttpResponse:
    notices = Notice.objects.visible_to(request.user)
    page = page_of(request, notices.as_inbox())
    context = {
        "page": page,
        "days": [
            {"is_unread": is_unread, "day": day, "notices": list(items)}
            for (is_unread, day), items in groupby(
                page, key=lambda notice: (notice.is_unread, timezone.localdate(notice.created_at))
            )
        ],
        "unread": Notice.objects.unread_count(request.user),
    }
    return render(request, "notices/notice_list.html", context)


@require_POST
def notice_open(request: PersonRequest, pk: UUID) -> HttpResponse:
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    notice = actions.notice_mark_read(actor=request.user, notice=notice, now=timezone.now())
    return redirect(notice.url if notice.leads_inside else "notices:list")


@require_POST
def notice_read_all(request: PersonRequest) -> HttpResponse:
    count = actions.notices_mark_all_read(actor=request.user, now=timezone.now())
    messages.success(
        request,
        ngettext(
            "%(count)s pemberitahuan ditandai sudah dibaca.",
            "%(count)s pemberitahuan ditandai sudah dibaca.",
            count,
        )
        % {"count": count},
    )
    return redirect("notices:list")
