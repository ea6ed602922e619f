"""Addresses under /surveys/."""

from django.urls import URLPattern, path

from . import views
from .views import (
    answers_out,
    authoring,
    bringing,
    collecting,
    evidence,
    field,
    importing,
    links,
    needs,
    panels,
    preview,
    published,
    remedies,
    results,
    results_apart,
    series,
    sessions,
    shared,
    sharing,
    telling,
    themes,
)
from .views.building import bank, languages, outline, pages, questions, retyping, sections, versions
from .views.doors import Door, SignedIn
from .views.links import Invited
from .views.public import Public, public_anew, public_list

app_name = "surveys"


def pages_of(door: type[Door], prefix: str) -> list[URLPattern]:
    """Return the addresses of the pages of filling in behind a door; all names begin with its."""
    by = {"door": door}
    return [
        path(prefix, views.start, by, name=f"{door.name}start"),
        path(f"{prefix}pages/<int:page>/", views.fill, by, name=f"{door.name}fill"),
        path(f"{prefix}check/", views.check, by, name=f"{door.name}check"),
        path(f"{prefix}thanks/", views.thanks, by, name=f"{door.name}thanks"),
    ]


answer = [
    path("", views.mine, name="mine"),
    *pages_of(SignedIn, "<int:wave>/"),
    path("public/", public_list, name="public-list"),
    path("public/<slug:address>/anew/", public_anew, name="public-anew"),
    path("public/<slug:address>/tell-me/", telling.public_tell, name="public-tell"),
    path("public/<slug:address>/tell-me/left/", telling.public_told, name="public-told"),
    path("public/<slug:address>/results/", published.public_results, name="public-results"),
    path("told/<str:token>/", telling.told, name="told"),
    *pages_of(Public, "public/<slug:address>/"),
    path("link/<slug:token>/", links.link_open, name="link-open"),
    path("link/<slug:token>/stop/", links.link_stop, name="link-stop"),
    *pages_of(Invited, "invited/<int:wave>/"),
]
author = [
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
    path("author/<int:survey>/waves/<int:wave>/pause/", field.author_pause, name="author-pause"),
    path("author/<int:survey>/waves/<int:wave>/resume/", field.author_resume, name="author-resume"),
]
bring_in = [
    path("author/import/", importing.import_upload, name="import-upload"),
    path("author/import/<int:file>/columns/", importing.import_columns, name="import-columns"),
    path("author/import/<int:file>/preview/", importing.import_preview, name="import-preview"),
    path(
        "author/import/<int:file>/left-out.csv", importing.import_left_out, name="import-left-out"
    ),
    path("author/import/<int:file>/discard/", importing.import_discard, name="import-discard"),
]
files = [
    path(
        "author/<int:survey>/waves/<int:wave>/answers/<str:name>",
        answers_out.answers_file,
        name="answers-file",
    ),
    path("author/files/", bringing.bring_upload, name="bring-upload"),
    path("author/files/<int:file>/", bringing.bring_report, name="bring-report"),
    path("author/files/<int:file>/discard/", bringing.bring_discard, name="bring-discard"),
    path("author/<int:survey>/form.xlsx", bringing.survey_form, name="survey-form"),
    path("author/<int:survey>/survey.json", bringing.survey_json, name="survey-json"),
]
kept = [
    path("panels/", panels.panel_list, name="panels"),
    path("panels/new/", panels.panel_create, name="panel-create"),
    path("panels/<int:pk>/", panels.panel, name="panel"),
    path("panels/<int:pk>/delete/", panels.panel_delete, name="panel-delete"),
    path("panels/<int:pk>/people/<int:person>/", panels.panel_remove, name="panel-remove"),
]
found = [
    path("results/", results.results_list, name="results-list"),
    path("<int:wave>/results/", results.results_overview, name="results"),
    path("<int:wave>/results/changes/", results.results_changes, name="results-changes"),
    path("<int:wave>/results/print/", results_apart.results_print, name="results-print"),
    path(
        "<int:wave>/results/texts/<slug:code>/", results_apart.results_texts, name="results-texts"
    ),
    path("<int:wave>/results/share/", sharing.results_share, name="results-share"),
    path(
        "<int:wave>/results/share/<int:number>/withdraw/",
        sharing.results_withdraw,
        name="results-withdraw",
    ),
    path("<int:wave>/shared/", shared.shared, name="shared"),
    path("<int:wave>/shared/pages/<int:page>/", shared.shared_page, name="shared-page"),
    path("<int:wave>/shared/print/", shared.shared_print, name="shared-print"),
    path("<int:wave>/results/pages/<int:page>/", results.results_page, name="results-page"),
    path(
        "<int:wave>/results/questions/<slug:code>/",
        results.results_question,
        name="results-question",
    ),
]
build = [
    path("author/<int:survey>/questions/", outline.build, name="build"),
    path("author/<int:survey>/questions/arrange/", outline.build_arrange, name="build-arrange"),
    path("author/<int:survey>/questions/undo/", outline.build_undo, name="build-undo"),
    path("author/<int:survey>/questions/bank/", bank.build_bank, name="build-bank"),
    path("author/<int:survey>/questions/new/", questions.build_choose, name="build-choose"),
    path("author/<int:survey>/questions/new/<slug:kind>/", questions.build_add, name="build-add"),
    path(
        "author/<int:survey>/questions/<slug:code>/edit/",
        questions.build_question,
        name="build-question",
    ),
    path(
        "author/<int:survey>/questions/<slug:code>/move/", questions.build_move, name="build-move"
    ),
    path(
        "author/<int:survey>/questions/<slug:code>/type/",
        retyping.build_retype,
        name="build-retype",
    ),
    path("author/<int:survey>/languages/", languages.build_languages, name="build-languages"),
    path(
        "author/<int:survey>/languages/written-in/",
        languages.build_written_in,
        name="build-written-in",
    ),
    path(
        "author/<int:survey>/languages/<slug:language>/",
        languages.build_translate,
        name="build-translate",
    ),
    path(
        "author/<int:survey>/languages/<slug:language>/remove/",
        languages.build_language_remove,
        name="build-language-remove",
    ),
    path("author/<int:survey>/versions/", versions.version_list, name="versions"),
    path(
        "author/<int:survey>/versions/<int:old>/<int:new>/",
        versions.version_changes,
        name="version-changes",
    ),
    path("author/<int:survey>/copy/", versions.survey_copy, name="survey-copy"),
    path("author/<int:survey>/pages/new/", pages.build_page_add, name="build-page-add"),
    path("author/<int:survey>/pages/<slug:code>/edit/", pages.build_page, name="build-page"),
    path(
        "author/<int:survey>/pages/<slug:page>/sections/new/",
        sections.build_section_add,
        name="build-section-add",
    ),
    path(
        "author/<int:survey>/sections/<slug:code>/edit/",
        sections.build_section,
        name="build-section",
    ),
]
in_sessions = [
    path("series/", series.series_list, name="series-list"),
    path("series/<int:survey>/", series.series, name="series"),
    path("series/<int:survey>/summary/", series.series_summary, name="series-summary"),
    path("series/<int:survey>/new/", series.session_new, name="session-new"),
    path("series/<int:survey>/<int:number>/", sessions.session_sheet, name="session-sheet"),
    path(
        "series/<int:survey>/<int:number>/consent/",
        sessions.session_consent,
        name="session-consent",
    ),
    path(
        "series/<int:survey>/<int:number>/withdraw/",
        sessions.session_withdraw,
        name="session-withdraw",
    ),
    path("series/<int:survey>/themes/", themes.series_themes, name="series-themes"),
    path("series/<int:survey>/themes/<int:theme>/", themes.series_theme, name="series-theme"),
    path(
        "series/<int:survey>/themes/<int:theme>/merge/",
        themes.series_theme_merge,
        name="series-theme-merge",
    ),
    path("series/<int:survey>/notes/", themes.series_notes, name="series-notes"),
    path("series/<int:survey>/tasks/", themes.series_tasks, name="series-tasks"),
    path("series/<int:survey>/tasks/<int:task>/", themes.series_task, name="series-task"),
]
heard = [
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
urlpatterns = [
    *found,
    *answer,
    *author,
    *bring_in,
    *files,
    *kept,
    *build,
    *in_sessions,
    *heard,
]
