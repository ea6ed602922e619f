"""In which order everybody reads a record, and what its parts are called."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from buyin.initiatives.record.parts import Words


@dataclass(frozen=True)
class Heading:
    """A part of the page: its fields, and those whose absence is said, because people count on them."""

    name: str
    text: Words
    fields: tuple[str, ...]
    expected: tuple[str, ...] = ()


SECTIONS = (
    Heading(
        "purpose",
        _("What it is for"),
        ("problem_solved", "previous_process", "alternatives_considered"),
        ("problem_solved",),
    ),
    Heading(
        "deciding",
        _("What it does, and who decides"),
        (
            "system_input",
            "system_outputs",
            "process_integration",
            "human_review",
            "frequency_and_scale_of_usage",
            "required_training",
        ),
        ("process_integration", "human_review"),
    ),
    Heading(
        "limits",
        _("What it brings, and where its limits are"),
        ("benefits", "detailed_description", "jobs_effect"),
        ("benefits", "detailed_description"),
    ),
    Heading(
        "data",
        _("Which data it uses"),
        (
            "data_description",
            "operational_data_description",
            "has_pii",
            "privacy_answer",
            "demographic_features",
            "pia_url",
            "link_to_data",
        ),
        ("data_description",),
    ),
    Heading(
        "risks",
        _("What can go wrong, and what is done about it"),
        (
            "risks_and_mitigations",
            "hi_potential_impacts",
            "bias_answer",
            "HI_justification",
            "impact_assessment",
            "hi_testing_conducted",
            "hi_assessment_completed",
            "hi_independent_review",
            "hi_ongoing_monitoring",
            "hi_training_established",
            "hi_failsafe_presence",
            "hi_public_consultation",
        ),
        ("risks_and_mitigations",),
    ),
    Heading(
        "objecting",
        _("How to object"),
        ("appeals_and_review", "hi_appeal_process"),
        ("appeals_and_review",),
    ),
    Heading(
        "owners",
        _("Who built it, and who answers for it"),
        (
            "agency_bureau",
            "team",
            "senior_responsible_owner",
            "contracting_usage",
            "vendor_name",
            "third_party_role",
            "procurement_procedure_type",
            "data_access_terms",
            "have_ato",
            "system_name_ato",
            "has_custom_code",
            "code_url",
            "lawful_basis",
            "website_url",
            "id",
        ),
    ),
)
