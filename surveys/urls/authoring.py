"""Addresses on which surveys are made, published and followed."""

from django.urls import path

from surveys.views import authoring, collecting, field, guests, preview

urlpatterns = [
    path("author/", authoring.author_list, name="author-list"),
    path("author/new/", authoring.author_choose, name="author-choose"),
    path("author/new/blank/", authoring.author_blank, name="author-blank"),
    path("author/new/<slug:template>/", authoring.author_create, name="author-create"),
    path("author/<int:survey>/", authoring.author_survey, name="author-survey"),
    path("author/<int:survey>/texts/", authoring.author_texts, name="author-texts"),
    path("author/<int:survey>/plan/", authoring.author_plan, name="author-plan"),
    path("author/<int:survey>/basis/", collecting.author_basis, name="author-basis"),
    path("author/<int:survey>/preview/<int:page>/", preview.author_preview, name="author-preview"),
    path("author/<int:survey>/frame/<int:page>/", preview.author_frame, name="author-frame"),
    path("author/<int:survey>/publish/", authoring.author_publish, name="author-publish"),
    path("author/<int:survey>/again/", authoring.author_again, name="author-again"),
    path("author/<int:survey>/waves/<int:wave>/", field.author_field, name="author-field"),
    path(
        "author/<int:survey>/waves/<int:wave>/rates.csv",
        field.author_field_csv,
        name="author-field-csv",
    ),
    path(
        "author/<int:survey>/waves/<int:wave>/address.svg", collecting.author_qr, name="author-qr"
    ),
    path("author/<int:survey>/waves/<int:wave>/extend/", field.author_extend, name="author-extend"),
    path("author/<int:survey>/waves/<int:wave>/close/", field.author_close, name="author-close"),
    path(
        "author/<int:survey>/waves/<int:wave>/guests/", guests.author_guests, name="author-guests"
    ),
    path(
        "author/<int:survey>/waves/<int:wave>/guests/<uuid:guest>/erase/",
        guests.author_guest_erase,
        name="author-guest-erase",
    ),
    path("author/<int:survey>/waves/<int:wave>/pause/", field.author_pause, name="author-pause"),
    path("author/<int:survey>/waves/<int:wave>/resume/", field.author_resume, name="author-resume"),
]
