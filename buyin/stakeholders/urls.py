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
    path("stakeholders/", views.stakeholders, name="list"),
    path("stakeholders/map/", views.power_map, name="map"),
    path("stakeholders/matrix/", views.matrix, name="matrix"),
    path("stakeholders/network/", views.network, name="network"),
    path("initiatives/<int:pk>/people/", views.power_map, name="people"),
    path("initiatives/<int:pk>/people/matrix/", views.matrix, name="people-matrix"),
    path("initiatives/<int:pk>/people/network/", views.network, name="people-network"),
    path("initiatives/<int:pk>/people/parts/", views.raci, name="people-raci"),
    path("initiatives/<int:pk>/people/parts/<int:part>/", views.part_away, name="part-away"),
    path("stakeholders/bulk/", views.bulk, name="bulk"),
    path("stakeholders/searches/keep/", views.search_keep, name="search-keep"),
    path("stakeholders/searches/<int:pk>/drop/", views.search_drop, name="search-drop"),
    path("stakeholders/doubles/", views.doubles, name="doubles"),
    path("stakeholders/doubles/apart/", views.doubles_apart, name="doubles-apart"),
    path("stakeholders/merges/", views.merge_list, name="merges"),
    path("stakeholders/merges/<int:record>/", views.merge_record, name="merge-record"),
    path("stakeholders/merges/<int:record>/undo/", views.merge_undo, name="merge-undo"),
    path("stakeholders/<int:pk>/merge/", views.merge_with, name="merge-with"),
    path("stakeholders/<int:pk>/merge/<int:other>/", views.merge_two, name="merge-two"),
    path("stakeholders/add/", views.add, name="add"),
    path("stakeholders/add/<slug:kind>/", views.add_one, name="add-one"),
    path("stakeholders/<int:pk>/", views.stakeholder, name="stakeholder"),
    path("stakeholders/<int:pk>/edit/", views.edit, name="edit"),
    path("stakeholders/<int:pk>/archive/", views.archiving, name="archive"),
    path("stakeholders/<int:pk>/posts/add/", views.post_add, name="post-add"),
    path("stakeholders/<int:pk>/posts/<int:post>/end/", views.post_end, name="post-end"),
    path("stakeholders/<int:pk>/consent/", views.consent, name="consent"),
    path("stakeholders/<int:pk>/initiatives/add/", views.take_up, name="take-up"),
    path("stakeholders/<int:pk>/initiatives/<int:interest>/", views.assess, name="assess"),
    path("stakeholders/<int:pk>/relations/add/", views.relate, name="relate"),
    path(
        "stakeholders/<int:pk>/relations/<int:relation>/end/",
        views.relation_end,
        name="relation-end",
    ),
]
