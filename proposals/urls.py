from django.urls import path

from proposals import views

app_name = "proposals"

urlpatterns = [
    path("", views.home, name="home"),
    path("rounds/", views.round_list, name="rounds"),
    path("rounds/create/", views.round_create, name="round-create"),
    path("rounds/<uuid:pk>/", views.round_detail, name="round"),
    path("rounds/<uuid:pk>/propose/", views.proposal_create, name="create"),
    path("proposals/", views.proposal_list, name="list"),
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
    path("proposals/<uuid:pk>/paper/", views.paper_add, name="paper"),
    path("comments/<uuid:pk>/", views.comment_thread, name="thread"),
    path("comments/<uuid:pk>/versions/", views.comment_versions, name="versions"),
    path("comments/<uuid:pk>/edit/", views.comment_edit, name="comment-edit"),
    path("comments/<uuid:pk>/hide/", views.comment_hide, name="hide"),
    path("comments/<uuid:pk>/show/", views.comment_show, name="show"),
    path("comments/<uuid:pk>/react/", views.comment_react, name="react"),
    path("comments/<uuid:pk>/reply/", views.comment_reply, name="reply"),
    path("comments/<uuid:pk>/answer/", views.comment_answer, name="answer"),
    path("mentions/", views.mention_names, name="mention-names"),
    path("protests/<uuid:pk>/answer/", views.protest_answer, name="protest-answer"),
    path("pseudonyms/", views.pseudonym_list, name="pseudonyms"),
    path("pseudonyms/<uuid:pk>/", views.pseudonym_detail, name="pseudonym"),
]
