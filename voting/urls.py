from django.urls import path

from voting import views

app_name = "voting"

urlpatterns = [
    path("", views.poll_list, name="list"),
    path("<uuid:pk>/", views.poll_detail, name="detail"),
    path("<uuid:pk>/review/", views.ballot_review, name="review"),
    path("<uuid:pk>/cast/", views.ballot_cast, name="cast"),
    path("<uuid:pk>/my-status/", views.my_status, name="my-status"),
    path("<uuid:pk>/close/", views.poll_close, name="close"),
    path("<uuid:pk>/meeting/", views.meeting, name="meeting"),
    path("<uuid:pk>/roll/", views.poll_roll, name="roll"),
    path("<uuid:pk>/receipts/", views.poll_receipts, name="receipts"),
]
