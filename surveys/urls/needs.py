"""Addresses of needs and what they rest on."""

from django.urls import path

from surveys.views import evidence, needs, remedies

urlpatterns = [
    path("needs/", needs.needs, name="needs"),
    path("needs/kept/", needs.needs_kept, name="needs-kept"),
    path("needs/new/", evidence.need_new, name="need-new"),
    path("needs/<int:pk>/", needs.need, name="need"),
    path("needs/<int:pk>/edit/", needs.need_edit, name="need-edit"),
    path("needs/add/", evidence.need_add, name="need-add"),
    path("needs/<int:pk>/evidence/", evidence.need_evidence, name="need-evidence"),
    path("needs/<int:pk>/evidence/source/", evidence.need_source, name="need-source"),
    path(
        "needs/<int:pk>/evidence/<int:piece>/remove/",
        evidence.evidence_remove,
        name="evidence-remove",
    ),
    path("needs/<int:pk>/remedies/", remedies.need_remedy, name="need-remedy"),
    path("needs/<int:pk>/remedies/<int:remedy>/", remedies.remedy_edit, name="remedy-edit"),
    path("needs/<int:pk>/remedies/<int:remedy>/done/", remedies.need_done, name="need-done"),
    path(
        "needs/<int:pk>/remedies/<int:remedy>/remove/",
        remedies.remedy_remove,
        name="remedy-remove",
    ),
    path("needs/<int:pk>/merge/", needs.need_merge, name="need-merge"),
]
