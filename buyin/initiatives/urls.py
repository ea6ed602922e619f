"""Addresses of this app."""

from django.urls import path

from . import views

app_name = "initiatives"

IMPACT = "<int:pk>/assessment/"
IMPACT_VERSION = f"{IMPACT}<int:number>/"

urlpatterns = [
    path("", views.initiatives, name="list"),
    path("add/", views.initiative_edit, name="add"),
    path("<int:pk>/", views.initiative, name="initiative"),
    path("<int:pk>/edit/", views.initiative_edit, name="edit"),
    # Inventories that come in and go out
    path("import/", views.inventory_imports, name="imports"),
    path("import/<int:run>/", views.inventory_preview, name="import-preview"),
    path("import/<int:run>/columns/", views.inventory_columns, name="import-columns"),
    path("import/<int:run>/left-out/", views.inventory_left_out, name="import-left-out"),
    path("import/<int:run>/discard/", views.inventory_discard, name="import-discard"),
    path("import/<int:run>/undo/", views.inventory_undo, name="import-undo"),
    path("export/<slug:form>/", views.inventory_export, name="export"),
    # Benefits: of all initiatives, of one, and what was measured
    path("benefits/", views.benefit_register, name="register"),
    path("benefits.csv", views.benefit_register_csv, name="register-csv"),
    path("<int:pk>/benefits/", views.benefits, name="benefits"),
    path("<int:pk>/benefits/add/", views.benefit_edit, name="benefit-add"),
    path("<int:pk>/benefits/<int:benefit>/", views.benefit, name="benefit"),
    path("<int:pk>/benefits/<int:benefit>/edit/", views.benefit_edit, name="benefit-edit"),
    path("<int:pk>/benefits/<int:benefit>/measure/", views.measure, name="measure"),
    path("<int:pk>/benefits/<int:benefit>/state/", views.benefit_state, name="benefit-state"),
    path(
        "<int:pk>/benefits/<int:benefit>/measurements.csv",
        views.measurements_csv,
        name="measurements-csv",
    ),
    path("<int:pk>/record/", views.record, name="record"),
    path("<int:pk>/record/versions/", views.record_versions, name="record-versions"),
    path("<int:pk>/record/review/", views.record_review, name="record-review"),
    path("<int:pk>/record/fact/", views.record_fact, name="record-fact"),
    path("<int:pk>/record/publish/", views.record_publish, name="record-publish"),
    path("<int:pk>/record/take-back/", views.record_take_back, name="record-take-back"),
    path("<int:pk>/record/<slug:group>/", views.record_group, name="record-group"),
    path("record-meter/<slug:name>/", views.record_meter, name="record-meter"),
    # The impact assessment: where it stands, its versions, their pages
    path(IMPACT, views.impact, name="impact"),
    path(f"{IMPACT}begin/", views.impact_begin, name="impact-begin"),
    path(f"{IMPACT}import/", views.impact_import, name="impact-import"),
    path(IMPACT_VERSION, views.impact_version, name="impact-version"),
    path(f"{IMPACT_VERSION}answers.json", views.impact_file, name="impact-file"),
    path(f"{IMPACT_VERSION}finish/", views.impact_finish, name="impact-finish"),
    path(f"{IMPACT_VERSION}give-up/", views.impact_give_up, name="impact-give-up"),
    path(f"{IMPACT_VERSION}<slug:section>/", views.impact_section, name="impact-section"),
    # Success stories
    path("<int:pk>/stories/add/", views.story_edit, name="story-add"),
    path("<int:pk>/stories/<int:story>/", views.story, name="story"),
    path("<int:pk>/stories/<int:story>/edit/", views.story_edit, name="story-edit"),
    path("<int:pk>/stories/<int:story>/<slug:step>/", views.story_step, name="story-step"),
    # Decisions, and what they rest on
    path("<int:pk>/decisions/", views.decisions, name="decisions"),
    path("<int:pk>/decisions/add/", views.decision_edit, name="decision-add"),
    path("<int:pk>/decisions/<int:decision>/", views.decision, name="decision"),
    path("<int:pk>/decisions/<int:decision>/edit/", views.decision_edit, name="decision-edit"),
    path("<int:pk>/decisions/<int:decision>/inputs/", views.decision_input, name="decision-input"),
    path(
        "<int:pk>/decisions/<int:decision>/inputs/<int:number>/remove/",
        views.decision_input_remove,
        name="decision-input-remove",
    ),
    # Risks, assumptions, issues and dependencies
    path("<int:pk>/risks/", views.risks, name="risks"),
    path("<int:pk>/risks/add/", views.risk_edit, name="risk-add"),
    path("<int:pk>/risks/<int:item>/edit/", views.risk_edit, name="risk-edit"),
    path("<int:pk>/stage/", views.stage, name="stage"),
    path("<int:pk>/plan/", views.plan, name="plan"),
    path("<int:pk>/milestones/add/", views.milestone_edit, name="milestone-add"),
    path("<int:pk>/milestones/<int:row>/", views.milestone_edit, name="milestone-edit"),
    path("<int:pk>/milestones/<int:row>/done/", views.milestone_done, name="milestone-done"),
    path("<int:pk>/goals/add/", views.goal_edit, name="goal-add"),
    path("<int:pk>/goals/<int:row>/", views.goal_edit, name="goal-edit"),
    path("<int:pk>/agreements/add/", views.agreement_edit, name="agreement-add"),
    path("<int:pk>/agreements/<int:row>/", views.agreement_edit, name="agreement-edit"),
    path("<int:pk>/updates/", views.updates, name="updates"),
    path("<int:pk>/updates/<int:row>/", views.update_edit, name="update-edit"),
]
