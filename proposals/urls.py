from django.urls import path

from proposals import views

app_name = "proposals"

urlpatterns = [
    path("", views.home, name="home"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/martahi.ics", views.calendar_download, name="calendar-download"),
    path("dashboard/", views.dashboard, name="dashboard"),
    path("health/", views.health, name="health"),
    path("rounds/", views.round_list, name="rounds"),
    path("rounds/create/", views.round_create, name="round-create"),
    path("rounds/<uuid:pk>/", views.round_detail, name="round"),
    path("rounds/<uuid:pk>/propose/", views.proposal_create, name="create"),
    path("proposals/", views.proposal_list, name="list"),
    path("proposals/followed/", views.followed_list, name="followed"),
    path("proposals/<uuid:pk>/", views.proposal_detail, name="detail"),
    path("proposals/<uuid:pk>/edit/", views.proposal_edit, name="edit"),
    path("proposals/<uuid:pk>/working-copy/", views.working_copy, name="working-copy"),
    path("proposals/<uuid:pk>/history/", views.proposal_history, name="history"),
    path("proposals/<uuid:pk>/coauthor/", views.coauthor_add, name="coauthor"),
    path("proposals/<uuid:pk>/follow/", views.proposal_follow, name="follow"),
    path("proposals/<uuid:pk>/submit/", views.proposal_submit, name="submit"),
    path("proposals/<uuid:pk>/withdraw/", views.proposal_withdraw, name="withdraw"),
    path("proposals/<uuid:pk>/comment/", views.comment_add, name="comment"),
    path("proposals/<uuid:pk>/freeze/", views.proposal_freeze, name="freeze"),
    path("proposals/<uuid:pk>/return/", views.proposal_return, name="return"),
    path("proposals/<uuid:pk>/open-poll/", views.poll_open, name="open-poll"),
    path("proposals/<uuid:pk>/settle/", views.poll_settle, name="settle"),
    path("proposals/<uuid:pk>/protest/", views.protest_add, name="protest"),
    path("proposals/<uuid:pk>/decide/", views.proposal_decide, name="decide"),
    path("comments/<uuid:pk>/reply/", views.comment_reply, name="reply"),
    path("comments/<uuid:pk>/answer/", views.comment_answer, name="answer"),
    path("protests/<uuid:pk>/answer/", views.protest_answer, name="protest-answer"),
]
