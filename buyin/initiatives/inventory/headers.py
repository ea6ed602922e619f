"""How inventories name their columns: each field with every header met, compared after folding.

The first of each is the header of the federal form of 2025, letter by letter. Only exact names
count: words that merely resemble each other once put the risk class of an agency into its topics.
"""

from buyin.initiatives.record.fields import FIELDS
from buyin.tables.folding import folded

AGENCY, AGENCY_NAME = "agency", "agency_name"

FORM_2025 = {
    "id": "Use Case ID\n\n[Agency Abbrev.] – [#]",
    "use_case_name": "Use Case Name",
    "agency_bureau": "Bureau/Component",
    "contact_email": "Email Address",
    "is_withheld": "Should this AI use case be withheld from public reporting?",
    "development_stage": "Stage of Development",
    "is_high_impact": "Is the AI use case high-impact?",
    "HI_justification": "Justification",
    "topic_area": "Use Case Topic Area",
    "classification": "AI Classification",
    "problem_solved": "What problem is the AI intended to solve?",
    "benefits": "What are the expected benefits and positive outcomes from the AI for an agency’s "
    "mission and/or the general public?",
    "system_outputs": "Describe the AI system’s outputs.",
    "operational_date": "Date when AI use case became operational or the pilot’s start date",
    "contracting_usage": "Was the system involved in this use case purchased from a vendor or "
    "developed under contract(s) or in-house?",
    "vendor_name": "Vendor(s) Name",
    "have_ato": "Does this AI use case have an associated Authorization to Operate (ATO)?",
    "system_name_ato": "System(s) Name",
    "data_description": "Describe any data used to  train, fine-tune, and/or  evaluate "
    "performance of the  model(s) used in this use  case.",
    "link_to_data": "If the data is required to be  publicly disclosed as an  open government "
    "data asset,  provide a link to the entry on the Federal Data Catalog.",
    "has_pii": "Does this AI use case  involve personally  identifiable information (PII)  that "
    "is maintained by the  agency?",
    "pia_url": "If publicly available, provide  the link to the AI use case’s associated Privacy "
    "Impact Assessment (PIA).",
    "demographic_features": "Which, if any, demographic  variables does the AI use  case "
    "explicitly use as model  features?",
    "has_custom_code": "Does this project include  custom-developed code?",
    "code_url": "If the code is open source, provide the link for the  publicly available source  "
    "code.",
    "hi_testing_conducted": "Has pre-deployment testing been conducted for this AI  use case? "
    "\n\n\n\n\nPractice: Complete AI Impact Assessment",
    "hi_assessment_completed": "Has an AI impact assessment been completed for this AI use case? "
    "\n\n\n\nPractice: Complete AI Impact Assessment",
    "hi_potential_impacts": "What are the potential  impacts of using the AI for  this particular "
    "use case and  how were they identified?    \n\n\n\nSubpractice: Complete AI  Impact Assessment",
    "hi_independent_review": "Has as independent review  of the AI use case been  conducted?    "
    "\n\n\n\n\nSub practice Complete AI  Impact Assessment",
    "hi_ongoing_monitoring": "Is there a process to conduct\nongoing monitoring to\nidentify any "
    "adverse impacts\nto the performance and\nsecurity of the AI functionality, as well as to "
    "privacy, civil rights, and civil liberties?\n\nPractice: Conduct Ongoing Monitoring for "
    "Performance and Potential Adverse Impacts",
    "hi_training_established": "Has the agency established sufficient and periodic  training for "
    "operators of the  AI to interpret and act on the  its output and managed associated risks?"
    "\n\n\nPractice: Ensure Adequate Human Training and Assessment",
    "hi_failsafe_presence": "Does this AI use case have an appropriate fail-safe that minimizes "
    "the risk of significant harm?\n\n\n\n\n\nPractice: Provide Additional Human Oversight, "
    "Intervention, and Accountability",
    "hi_appeal_process": "Is there an established appeal process in the event that an impacted "
    "individual would like to appeal or  contest the AI system’s  outcome?\n\n\nPractice: Offer "
    "Consistent Remedies or Appeals",
    "hi_public_consultation": "What steps has the agency taken to consult and incorporate "
    "feedback from end users of this AI use case and the public?\n\n\n\n\nPractice: Consult and "
    "Incorporate Feedback from End Users and the Public",
}

# The consolidated inventory of 2025 begins with these two, then come the short names of the form.
CONSOLIDATED_2025 = (AGENCY, AGENCY_NAME, *FORM_2025)

OTHER_HEADERS: dict[str, tuple[str, ...]] = {
    AGENCY: ("Agency Abbreviation", "publishing_body", "organisation_name"),
    "id": ("Use Case ID", "Use Case ID [Agency Abbrev.] [#]"),
    # 2023: Title; ATRS: name, and tool_name in lists of its records.
    "use_case_name": ("Title", "Name", "Tool/Application Name", "tool_name"),
    "agency_bureau": (
        "Bureau",
        "Department",
        "Office",
        "Sponsoring Office",
        "organisation_or_department",
    ),
    "description": ("Summary", "Description"),
    "website_url": ("url",),
    "contact_email": ("Contact Email", "Email"),
    "development_stage": ("Lifecycle", "Deployment Phase", "phase"),
    "is_high_impact": (
        "Is the AI use case rights-impacting, safety-impacting, both, or neither?",
        "Impact Classification",
        "Risk Classification",
    ),
    "classification": ("Techniques",),
    "problem_solved": (
        "What is the intended purpose and expected benefits of the AI?",
        "Intended Purpose and Expected Benefits",
    ),
    "benefits": ("benefit",),
    "operational_date": ("Date Implemented", "First Production Use"),
    "retired_date": ("Date Retired",),
    "contracting_usage": (
        "external_supplier_involvement",
        (
            "Was the AI system involved in this use case developed (or is it to be developed) under "
            "contract(s) or in-house?"
        ),
    ),
    "vendor_name": ("external_supplier",),
    "third_party_role": ("external_supplier_role",),
    "have_ato": (
        "Does this AI use case have an associated Authority to Operate (ATO) for an AI system?",
    ),
    "system_name_ato": ("System Name",),
    "data_description": (
        (
            "Describe any agency-owned data used to train, fine-tune, and/or evaluate performance of "
            "the model(s) used in this use case."
        ),
    ),
    "link_to_data": ("source_data_url",),
    "code_url": (
        "Source Code",
        "If the code is open-source, provide the link for the publicly available source code.",
    ),
    "system_outputs": ("system_output",),
    "demographic_features": ("sensitive_attributes",),
    "human_review": ("human_decisions_and_review",),
    "impact_assessment": ("impact_assessments", "Compliance Documentation"),
    "hi_assessment_completed": (
        "Has an AI impact assessment been conducted for this AI use case?",
    ),
    "hi_potential_impacts": (
        (
            "What are the key risks from using the AI for this particular use case and how were they "
            "identified?"
        ),
    ),
    "hi_independent_review": ("Has an independent evaluation of the AI use case been conducted?",),
    "hi_appeal_process": (
        (
            "Is there an established fallback and escalation process for this AI use case in the event "
            "that an impacted individual or group would like to appeal or contest the AI system’s "
            "outcome?"
        ),
    ),
    "hi_public_consultation": (
        (
            "What steps has the agency taken to consult and incorporate feedback from groups affected "
            "by this AI use case?"
        ),
    ),
}


# What a header means beside others: "Agency" is the short name of 2025, the full one of 2024 and a
# bureau in 2023.
TOGETHER: tuple[tuple[frozenset[str], dict[str, str]], ...] = (
    (frozenset({"agencyabbreviation", "agency"}), {"agency": AGENCY_NAME}),
    (frozenset({"department", "agency"}), {"department": AGENCY_NAME, "agency": "agency_bureau"}),
)


def _by_header() -> dict[str, str]:
    """Return the field of each folded header; the first that is declared has it."""
    found: dict[str, str] = {}
    names = (AGENCY, AGENCY_NAME, *(field.name for field in FIELDS))
    for name in names:
        for header in (FORM_2025.get(name, name), name):
            found[folded(header)] = name
    for name, headers in OTHER_HEADERS.items():
        for header in headers:
            found.setdefault(folded(header), name)
    return found


BY_HEADER = _by_header()


def fields_of(headers: list[str]) -> list[str]:
    """Return the field that each of these columns holds, by exact name; empty where none does.

    A field is held by one column, the first that has its name.
    """
    names = [folded(header) for header in headers]
    known = dict(BY_HEADER)
    for together, meaning in TOGETHER:
        if together <= set(names):
            known |= meaning
    taken: set[str] = set()
    fields = []
    for name in names:
        field = known.get(name, "")
        fields.append("" if field in taken else field)
        taken.add(field)
    return fields
