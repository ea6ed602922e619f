"""The declaration of the record: names, choices and texts that everything else relies on."""

import pytest

from buyin.initiatives.record import BY_NAME, FIELDS, GROUPS, Kind, Tier

OMB = [
    "id",
    "use_case_name",
    "agency_bureau",
    "contact_email",
    "is_withheld",
    "development_stage",
    "is_high_impact",
    "HI_justification",
    "topic_area",
    "classification",
    "problem_solved",
    "benefits",
    "system_outputs",
    "operational_date",
    "contracting_usage",
    "vendor_name",
    "have_ato",
    "system_name_ato",
    "data_description",
    "link_to_data",
    "has_pii",
    "pia_url",
    "demographic_features",
    "has_custom_code",
    "code_url",
    "hi_testing_conducted",
    "hi_assessment_completed",
    "hi_potential_impacts",
    "hi_independent_review",
    "hi_ongoing_monitoring",
    "hi_training_established",
    "hi_failsafe_presence",
    "hi_appeal_process",
    "hi_public_consultation",
]
CHOSEN = {Kind.CHOICE, Kind.MULTI, Kind.YES_NO}


def test_every_name_stands_once_and_belongs_to_a_group():
    assert len(BY_NAME) == len(FIELDS) == 60
    assert [field.group for field in FIELDS] == [
        group.name for group in GROUPS for _field in group.fields
    ]
    assert all(BY_NAME[field.name] is field for field in FIELDS)


def test_the_federal_inventory_is_held_whole():
    assert [name for name in OMB if name not in BY_NAME] == []
    assert {field.name for field in FIELDS if field.standard == "OMB 2025"} == set(OMB)


def test_nine_fields_make_a_draft():
    assert [field.name for field in FIELDS if field.tier is Tier.DRAFT] == [
        "use_case_name",
        "agency_bureau",
        "description",
        "contact_email",
        "development_stage",
        "is_withheld",
        "topic_area",
        "problem_solved",
        "is_high_impact",
    ]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_each_field_says_what_belongs_into_it(field):
    assert str(field.label)
    assert str(field.help).endswith((".", "?"))
    assert bool(field.choices) == (field.kind in CHOSEN)
    assert bool(field.example) or field.choices


@pytest.mark.parametrize(
    "field", [field for field in FIELDS if field.choices], ids=lambda field: field.name
)
def test_a_spelling_leads_to_one_choice_only(field):
    spellings = [
        spelling.casefold()
        for choice in field.choices
        for spelling in {choice.value.casefold(), *map(str.casefold, choice.aliases)}
    ]

    assert len(spellings) == len(set(spellings))
    assert len({choice.long for choice in field.choices}) == len(field.choices)


def test_choices_are_found_by_the_code_that_is_kept():
    stage = BY_NAME["development_stage"]

    assert stage.choice("Pilot") is stage.choices[1]
    assert stage.choice("b) Pilot") is None


def test_only_what_the_agency_keeps_for_itself_is_not_public():
    assert {field.name for field in FIELDS if not field.is_public} == {
        "is_withheld",
        "withheld_reason",
    }


@pytest.mark.parametrize(
    ("values", "needed", "not_needed"),
    [
        ({}, "use_case_name is_high_impact id", "topic_area retired_date vendor_name"),
        ({"development_stage": "Pre-deployment"}, "topic_area benefits", "operational_date"),
        ({"development_stage": "Pilot"}, "operational_date has_pii", "retired_date vendor_name"),
        (
            {"development_stage": "Pilot", "contracting_usage": "Vendor Purchased"},
            "vendor_name",
            "system_name_ato",
        ),
        ({"development_stage": "Retired"}, "retired_date id", "topic_area have_ato"),
        (
            {"development_stage": "Deployed", "is_high_impact": "High-impact", "have_ato": "Yes"},
            "hi_appeal_process system_name_ato",
            "HI_justification",
        ),
        (
            {"development_stage": "Pilot", "is_high_impact": "High-impact"},
            "benefits",
            "hi_appeal_process",
        ),
        ({"is_withheld": "Other"}, "withheld_reason", "hi_appeal_process"),
        (
            {"is_high_impact": "Presumed High-Impact, but Not High-impact"},
            "HI_justification",
            "withheld_reason",
        ),
    ],
)
def test_stage_impact_and_answers_decide_what_is_needed(values, needed, not_needed):
    asked = {field.name for field in FIELDS if field.is_needed(values)}

    assert set(needed.split()) <= asked
    assert not set(not_needed.split()) & asked


def test_fields_of_the_uk_standard_are_needed_only_where_it_is_followed():
    active = {"development_stage": "Pilot"}
    team = BY_NAME["team"]

    assert not team.is_needed(active)
    assert team.is_needed(active, atrs=True)
    assert not team.is_needed({"development_stage": "Retired"}, atrs=True)
    assert not BY_NAME["jobs_effect"].is_needed(active, atrs=True)
