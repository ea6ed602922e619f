"""The pages of impact assessments, for all tests that look at every page."""

from buyin.initiatives.assessment import LANGUAGES, questionnaire
from tests.cast import Cast
from tests.factories.impact import make_impact
from tests.factories.initiatives import InitiativeFactory


def _texts() -> set[str]:
    found = questionnaire()
    texts = [section.title for section in found.sections]
    texts += [section.intro for section in found.sections if section.intro]
    for question in found.questions.values():
        texts += [question.text, *(choice.text for choice in question.choices)]
    return {text for one in texts for text in one.values()} | {found.attribution, found.licence}


# The questions are published in two languages and shown in the one that a person chooses.
ASKED_OF_SYSTEMS = (*_texts(), *LANGUAGES.values(), "Permits in a day")


def impact(cast: Cast) -> dict[str, object]:
    """Write an initiative with two finished assessments and one that is being filled in."""
    initiative = InitiativeFactory(name="Permit triage", departments=[cast.roads])
    make_impact(initiative)
    make_impact(initiative)
    make_impact(initiative, is_finished=False)
    return {"initiative": initiative.pk}


def no_impact(cast: Cast) -> dict[str, object]:
    """Write an initiative without an assessment."""
    return {"initiative": InitiativeFactory(name="Plain", departments=[cast.roads]).pk}


AT = "/initiatives/{initiative}/assessment/"
IMPACT_PAGES = [
    ("staff", AT, no_impact),
    ("lead", AT, no_impact),
    ("staff", AT, impact),
    ("lead", AT, impact),
    ("lead", f"{AT}import/", no_impact),
    ("staff", f"{AT}1/", impact),
    ("lead", f"{AT}3/", impact),
    ("lead", f"{AT}3/projectDetails/", impact),
    ("lead", f"{AT}3/aboutAlgorithm/", impact),
    ("lead", f"{AT}3/give-up/", impact),
    ("staff", "/initiatives/{initiative}/", impact),
]
