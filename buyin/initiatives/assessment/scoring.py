"""What answers come to: raw points, mitigation, the final score and its level, as published."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .questionnaires import MITIGATION, RAW, Answers, Question, Questionnaire, Section

ENOUGH = 80  # per cent of the mitigation points lower the score
LOWERED = 85  # per cent of the raw points that are left then
BOUNDS = (25, 50, 75)  # per cent of the raw points up to which levels 1 to 3 reach


@dataclass(frozen=True)
class SectionScore:
    """The points of one section; `counts_as` says whether they are risk or mitigation."""

    section: Section
    counts_as: str
    points: int
    maximum: int


@dataclass(frozen=True)
class Score:
    """What an assessment comes to. `left_open` counts scored questions that were not answered."""

    raw: int
    raw_maximum: int
    mitigation: int
    mitigation_maximum: int
    total: int
    level: int
    left_open: int
    sections: tuple[SectionScore, ...]

    @property
    def is_lowered(self) -> bool:
        """Whether so much is done against the risks that the score is lowered."""
        return is_lowered(self.mitigation, self.mitigation_maximum)


@dataclass(frozen=True)
class Progress:
    """How many questions with choices are asked in a section, and how many are answered."""

    section: Section
    asked: int
    answered: int

    @property
    def is_complete(self) -> bool:
        """Whether every question with choices is answered."""
        return self.answered == self.asked


def shown(found: Questionnaire, answers: Mapping[str, Any]) -> dict[str, list[Question]]:
    """Return the questions that are asked by name of their section, in order.

    What a hidden question was answered decides nothing; sections without a question are left out.
    """
    asked: dict[str, list[Question]] = {}
    heard: dict[str, Any] = {}
    for section in found.sections:
        if not section.is_asked(heard):
            continue
        for question in section.questions:
            if question.is_asked(heard):
                asked.setdefault(section.name, []).append(question)
                answer = answers.get(question.name)
                if question.fits(answer):
                    heard[question.name] = answer
    return asked


def counted(found: Questionnaire, answers: Mapping[str, Any]) -> dict[str, str | list[str]]:
    """Return the answers to the questions that are asked; nothing that does not fit."""
    asked = [question for part in shown(found, answers).values() for question in part]
    given = {
        question.name: answers[question.name] for question in asked if question.name in answers
    }
    return {name: answer for name, answer in given.items() if found.questions[name].fits(answer)}


def progress(found: Questionnaire, answers: Mapping[str, Any]) -> list[Progress]:
    """Return how far each section is that is asked."""
    asked, given = shown(found, answers), counted(found, answers)
    steps = []
    for section in found.sections:
        if questions := [q for q in asked.get(section.name, ()) if q.choices]:
            answered = sum(q.name in given for q in questions)
            steps.append(Progress(section, len(questions), answered))
    return steps


def score(found: Questionnaire, answers: Mapping[str, Any]) -> Score:
    """Return what the answers come to; a question that is not asked counts nothing."""
    asked, given = shown(found, answers), counted(found, answers)
    sections = tuple(
        _section_score(section, asked[section.name], given)
        for section in found.sections
        if any(q.maximum for q in asked.get(section.name, ()))
    )
    raw = sum(one.points for one in sections if one.counts_as == RAW)
    mitigation = sum(one.points for one in sections if one.counts_as == MITIGATION)
    total = final(raw, mitigation, found.mitigation_maximum)
    questions = [q for part in asked.values() for q in part if q.maximum]
    return Score(
        raw=raw,
        raw_maximum=found.raw_maximum,
        mitigation=mitigation,
        mitigation_maximum=found.mitigation_maximum,
        total=total,
        level=level_of(total, found.raw_maximum),
        left_open=sum(q.name not in given for q in questions),
        sections=sections,
    )


def is_lowered(mitigation: int, maximum: int) -> bool:
    """Return whether mitigation reaches what lowers the score."""
    return mitigation * 100 >= maximum * ENOUGH


def final(raw: int, mitigation: int, maximum: int) -> int:
    """Return the raw points, lowered where enough is done against the risks; halves go up."""
    return (raw * LOWERED + 50) // 100 if is_lowered(mitigation, maximum) else raw


def level_of(total: int, maximum: int) -> int:
    """Return the level, 1 to 4, of a final score."""
    return 1 + sum(total * 100 > maximum * bound for bound in BOUNDS)


def _section_score(section: Section, asked: list[Question], given: Answers) -> SectionScore:
    scored = [question for question in section.questions if question.maximum]
    points = sum(q.points(given[q.name]) for q in asked if q.name in given)
    counts_as = scored[0].counts_as
    return SectionScore(section, counts_as, points, sum(q.maximum for q in scored))
