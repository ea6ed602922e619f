"""Addresses of this app."""

from django.urls import path

from . import views

app_name = "stakeholders"

urlpatterns = [
    path("stakeholders/log/", views.engagement_log, name="log"),
    path("stakeholders/log/new/", views.engagement_note, name="engagement-note"),
    path("stakeholders/log/overdue/", views.overdue_contact, name="overdue"),
    path("stakeholders/log/points/", views.own_points, name="points"),
    path("stakeholders/log/points/<int:point>/", views.point_done, name="point-done"),
    path("stakeholders/log/<int:pk>/", views.engagement, name="engagement"),
    path("commitments/", views.commitment_register, name="commitment-register"),
    path("commitments/all.csv", views.commitment_register_csv, name="commitment-register-csv"),
    path("commitments/mine/", views.asked_of_me, name="asked-of-me"),
    path("commitments/<int:pk>/", views.commitment, name="commitment"),
    path("commitments/<int:pk>/edit/", views.commitment_edit, name="commitment-edit"),
    path("commitments/<int:pk>/entry/", views.commitment_entry, name="commitment-entry"),
    path("initiatives/<int:pk>/commitments/", views.commitments, name="commitments"),
    path("initiatives/<int:pk>/commitments/add/", views.commitment_add, name="commitment-add"),
]
