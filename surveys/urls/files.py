"""Addresses of what comes in from files and of what leaves as one."""

from django.urls import path

from surveys.views import answers_out, bringing, importing

urlpatterns = [
    path("author/import/", importing.import_upload, name="import-upload"),
    path("author/import/<int:file>/columns/", importing.import_columns, name="import-columns"),
    path("author/import/<int:file>/preview/", importing.import_preview, name="import-preview"),
    path(
        "author/import/<int:file>/left-out.csv", importing.import_left_out, name="import-left-out"
    ),
    path("author/import/<int:file>/discard/", importing.import_discard, name="import-discard"),
    path(
        "author/<int:survey>/waves/<int:wave>/answers/<str:name>",
        answers_out.answers_file,
        name="answers-file",
    ),
    path("author/files/", bringing.bring_upload, name="bring-upload"),
    path("author/files/<int:file>/", bringing.bring_report, name="bring-report"),
    path("author/files/<int:file>/left-out.csv", bringing.bring_left_out, name="bring-left-out"),
    path("author/files/<int:file>/discard/", bringing.bring_discard, name="bring-discard"),
    path("author/<int:survey>/form.xlsx", bringing.survey_form, name="survey-form"),
    path("author/<int:survey>/survey.json", bringing.survey_json, name="survey-json"),
]
