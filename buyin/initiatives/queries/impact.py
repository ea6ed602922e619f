"""What pages and the public register ask about impact assessments."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from buyin.accounts.models import User
from buyin.initiatives.assessment import Question, Section, counted, shown
from buyin.initiatives.models import ImpactAssessment, Initiative

from .opened import opened


@dataclass(frozen=True)
class Answered:
    """A question that was asked, and what was answered, in one language."""

    text: str
    answers: list[str]
    points: int | None


@dataclass(frozen=True)
class AnsweredSection:
    """The questions of a section that were asked, with their answers."""

    title: str
    questions: list[Answered]


def latest_result(initiative: Initiative) -> ImpactAssessment | None:
    """Return the newest finished impact assessment of an initiative, or None."""
    return initiative.impact_assessments.latest_result()


def opened_assessment(
    user: User, pk: int, number: int, *, to_change: bool = False
) -> ImpactAssessment:
    """Return an assessment that this person may read, or fill in; Http404 where there is none.

    Everybody who may open the initiative reads finished ones; one that is being filled in is there
    for those who fill it in.
    """
    initiative = opened(user, pk, to_change=to_change)
    found = initiative.impact_assessments.filter(number=number)
    if not initiative.may_be_changed_by(user):
        found = found.finished()
    assessment = found.select_related("finished_by").first()
    if assessment is None:
        raise Http404
    assessment.initiative = initiative
    return assessment


def section_of(assessment: ImpactAssessment, name: str) -> Section:
    """Return a section that is asked; Http404 where it is not."""
    asked = shown(assessment.questionnaire, assessment.answers)
    for section in assessment.questionnaire.sections:
        if section.name == name and name in asked:
            return section
    raise Http404


def lacking_section(assessment: ImpactAssessment) -> Section | None:
    """Return the section with a question that has to be answered before the end, None without one."""
    for section in assessment.questionnaire.sections:
        for question in section.questions:
            if question.is_required and question.name not in assessment.answers:
                return section
    return None


def section_after(assessment: ImpactAssessment, name: str) -> Section | None:
    """Return the section that is asked after this one, None after the last."""
    asked = shown(assessment.questionnaire, assessment.answers)
    names = [section.name for section in assessment.questionnaire.sections]
    later = assessment.questionnaire.sections[names.index(name) + 1 :]
    return next((section for section in later if section.name in asked), None)


def answers_in(assessment: ImpactAssessment, language: str) -> list[AnsweredSection]:
    """Return everything that was asked with its answers, in a language of the questions."""
    found = assessment.questionnaire
    asked, given = shown(found, assessment.answers), counted(found, assessment.answers)
    return [
        AnsweredSection(
            section.title[language],
            [_answered(one, given.get(one.name), language) for one in asked[section.name]],
        )
        for section in found.sections
        if section.name in asked
    ]


def _answered(question: Question, answer: Any, language: str) -> Answered:
    points = question.points(answer) if answer is not None and question.maximum else None
    text = question.text[language]
    if answer is None:
        return Answered(text, [], points)
    if not question.choices:
        return Answered(text, [answer], points)
    keys = [answer] if isinstance(answer, str) else answer
    chosen = [choice.text[language] for choice in question.choices if choice.key in keys]
    return Answered(text, chosen, points)
