from django.urls import path

from people import views

app_name = "people"

urlpatterns = [
    path("", views.person_list, name="list"),
    path("create/", views.person_create, name="create"),
    path("profile/", views.profile, name="profile"),
    path("ledger/", views.ledger, name="ledger"),
    path("holidays/", views.holiday_list, name="holidays"),
    path("holidays/add/", views.holiday_add, name="holiday-add"),
    path("holidays/<uuid:pk>/remove/", views.holiday_remove, name="holiday-remove"),
    path("units/", views.unit_list, name="units"),
    path("units/create/", views.unit_create, name="unit-create"),
    path("units/<slug:code>/edit/", views.unit_edit, name="unit-edit"),
    path("appointments/<uuid:pk>/end/", views.appointment_end, name="appointment-end"),
    path("<uuid:pk>/", views.person_detail, name="detail"),
    path("<uuid:pk>/edit/", views.person_edit, name="edit"),
    path("<uuid:pk>/move/", views.person_move, name="move"),
    path("<uuid:pk>/appoint/", views.appoint, name="appoint"),
    path("<uuid:pk>/deactivate/", views.person_deactivate, name="deactivate"),
    path("<uuid:pk>/reactivate/", views.person_reactivate, name="reactivate"),
    path("<uuid:pk>/issue-password/", views.person_password_issue, name="issue-password"),
]
