"""A LimeSurvey file as a definition."""

from typing import Any

from django.utils.translation import gettext as _

from buyin.workbooks import RefusedFileError
from surveys.formats.codes import Codes
from surveys.formats.conditions import Conditions
from surveys.formats.own_texts import kept_texts, with_languages
from surveys.formats.pruning import kept_translations, prune
from surveys.formats.reports import Converted, Place, Report, refuse_unless_right

from .document import BESIDE, Document, Part, children, read_document
from .questions import CHOOSING_SEVERAL, Survey, question_of
from .relevance import in_our_words

PROSE = 4000
LABEL = 500


def read_limesurvey(content: bytes) -> Converted:
    """Return the survey in a file; raise RefusedFileError where there is none."""
    report = Report()
    with report.told_with_refusal():
        return _converted(read_document(content), report)


def _converted(document: Document, report: Report) -> Converted:
    survey = _survey(document, report)
    pages = [page for group in document.groups if (page := _page(survey, group))]
    if not pages:
        raise RefusedFileError(_("No question of the file can be asked here."))
    definition: dict[str, Any] = {"schema": 1, "language": document.language, "pages": pages}
    intro = survey.text("intro", document.welcome, PROSE, Place(""))
    parts = {"intro": intro, "scales": survey.scales}
    definition |= {name: part for name, part in parts.items() if part}
    prune(definition, report, survey.place_of)
    if kept := kept_translations(definition, survey.translations):
        definition["translations"] = kept
    refuse_unless_right(definition)
    beside = kept_texts(document.beside, _places(document), report)
    own = beside.pop(document.language, {})
    return Converted(
        title=own.get("title", ""),
        purpose=own.get("purpose", ""),
        translations=beside,
        definition=with_languages(definition, *beside),
        rows=len(document.questions),
        taken=survey.taken,
        remarks=report.remarks,
    )


def _places(document: Document) -> dict[tuple[str, str], Place]:
    """Return where title and purpose stand in a file, by language."""
    return {
        (code, name): Place("surveys_languagesettings", number, BESIDE[name])
        for number, code in enumerate(document.beside, 1)
        for name in BESIDE
    }


def _survey(document: Document, report: Report) -> Survey:
    """Return the state of reading: a code for every question and every choice."""
    by_question: dict[str, str] = {}
    titles = Codes()
    names: dict[str, str] = {}
    choices: dict[str, dict[str, str]] = {}
    several: dict[str, set[str]] = {}
    for question in document.questions:
        title = question.get("title")
        by_question[question.get("qid")] = code = titles.give(title)
        names.setdefault(title, code)
        ticked = question.get("type") in CHOOSING_SEVERAL
        source, key = (document.subquestions, "parent_qid") if ticked else (document.answers, "qid")
        options = [
            part.get("title") or part.get("code") for part in children(source, question, key)
        ]
        given = Codes(may_begin_with_digit=True)
        codes = choices[title] = {}
        for option in options:
            codes[option] = given.give(option)
        if ticked:
            several[title] = set(options)
    conditions = Conditions(report, names, choices)
    return Survey(document, report, conditions, by_question, choices, several)


def _page(survey: Survey, group: Part) -> dict[str, Any] | None:
    """Return the page that a group is, or None where none of its questions came in."""
    code = f"p{len(survey.pages) + 1}"
    own = [one for one in survey.document.questions if one.get("gid") == group.get("gid")]
    questions: list[dict[str, Any]] = []
    for part in own:
        found = question_of(survey, part)
        survey.taken += bool(found)
        shown = _shown(survey, part, "relevance")
        questions += [{**one, **shown} for one in found]
    if not questions:
        return None
    survey.pages.append(code)
    place = Place("groups", group.number)
    title = survey.text(f"{code}.title", survey.texts(group, "group_name"), LABEL, place)
    intro = survey.text(f"{code}.intro", survey.texts(group, "description"), PROSE, place)
    head = {"title": title, "intro": intro, **_shown(survey, group, "grelevance")}
    return {
        "code": code,
        **{name: text for name, text in head.items() if text},
        "questions": questions,
    }


def _shown(survey: Survey, part: Part, field: str) -> dict[str, str]:
    """Return when this is asked, where the file says so and it can be said here."""
    text = part.get(field)
    if text in {"", "1"}:
        return {}
    section = "groups" if field == "grelevance" else "questions"
    place = Place(section, part.number, part.get("title"))
    found = survey.conditions.rewritten(in_our_words(text, survey.several), place)
    return {"show_if": found} if found else {}
