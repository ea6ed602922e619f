"""The pages of interviews, usability tests and needs, for tests that look at every page."""

from datetime import date

from surveys.models import Evidence, Survey
from tests.cast import Cast
from tests.factories.initiatives import InitiativeFactory
from tests.factories.needs import STATEMENT, make_evidence, make_need, make_remedy, make_source
from tests.factories.results import make_results, varied
from tests.factories.sessions import (
    CONSENT,
    GUIDE,
    TITLE,
    make_finished,
    make_note,
    make_result,
    make_series,
    make_session,
    make_task,
    make_theme,
)


def guide_texts() -> tuple[str, ...]:
    """Return what an agency wrote into the guide, the notes and the tasks."""
    questions = [question for page in GUIDE["pages"] for question in page["questions"]]
    choices = [choice["text"] for question in questions for choice in question.get("choices", [])]
    return (
        *(page["title"] for page in GUIDE["pages"]),
        *(question["text"] for question in questions),
        *choices,
        *(TITLE, CONSENT, "To plan training.", "case workers", "Old forms", "Noise"),
        *("Find the form", "You need a permit for a fence. Find the form.", "The form is open."),
        *(STATEMENT, "A session each month.", "Town hall"),
        *("I give up by ten.", "They search for it.", "Paper", "Time", "A printer"),
    )


NOTED = guide_texts()


def interviews(cast: Cast) -> dict[str, object]:
    """Write a series with sessions in every state, two themes and a note without one."""
    survey = make_series(cast.people["lead"])
    old, noise = make_theme(survey), make_theme(survey, "Noise")
    for _n in range(3):
        session = make_finished(survey, cast.roads, may_quote=_n > 0)
        make_note(session, "They search for it.", old, noise)
        make_note(session, "I give up by ten.", old, is_quote=True)
    make_note(session, "They search for it.")
    typed = {"slow": "They search for it."}
    begun = make_session(survey, typed=typed)
    return {"survey": survey.pk, "number": begun.number, "theme": old.pk}


def no_interviews(cast: Cast) -> dict[str, object]:
    """Write a series without a session."""
    return {"survey": make_series(cast.people["lead"]).pk}


def usability(cast: Cast) -> dict[str, object]:
    """Write a usability test with one task that three participants tried."""
    survey = make_series(cast.people["lead"], kind="usability")
    task = make_task(survey)
    for seconds, success in ((50, "yes"), (65, "hard"), (None, "no")):
        session = make_finished(survey, cast.roads)
        session.answers = {f"sus_{n}": 4 if n % 2 else 2 for n in range(1, 11)}
        session.save()
        make_result(session, task, success, seconds=seconds, errors=1)
    return {"survey": survey.pk, "number": session.number, "task": task.pk}


def withdrawn(cast: Cast) -> dict[str, object]:
    """Write a session whose participant has withdrawn."""
    survey: Survey = make_series(cast.people["lead"])
    session = make_session(survey, cast.roads)
    fields = {"department": None, "role_group": "", "withdrawn_on": session.held_on}
    type(session).objects.filter(pk=session.pk).update(**fields)
    return {"survey": survey.pk, "number": session.number}


def needs(cast: Cast) -> dict[str, object]:
    """Write a need in work with evidence from a department, one answered and one new."""
    initiative = InitiativeFactory(name="Permit assistant", departments=[cast.roads])
    need = make_need(initiative, cast.roads)
    make_evidence(need, cast.roads, people=12)
    remedy = make_remedy(need, link="/training/", due=date(2026, 1, 2))
    make_remedy(make_need(initiative, statement="Noise"), done_on=date(2026, 11, 2))
    make_need(initiative, statement="Paper")
    return {"need": need.pk, "remedy": remedy.pk, "initiative": initiative.pk}


def evidence(cast: Cast) -> dict[str, object]:
    """Write a need that rests on a source of every kind, one of them gone; and sources for another."""
    result = make_results({cast.roads: varied(30), cast.parks: varied(30)})
    about = result.wave.survey.initiative
    talks = make_series(cast.people["lead"], initiative=about)
    test = make_series(cast.people["lead"], kind="usability", initiative=about)
    theme, task = make_theme(talks), make_task(test)
    note = make_note(make_finished(talks), "I give up by ten.", theme, is_quote=True)
    make_result(make_finished(test), task, "no")
    text = result.texts.filter(code="wish").first()
    need = make_need(about, cast.roads)
    make_evidence(need, cast.roads, people=12)
    for source in ({"theme": theme}, {"task": task}, {"note": note}, {"written": text}):
        make_source(need, **source)
    answer = {"item": "reasons", "part": "speed", "answer": "chosen", "people": 40}
    Evidence.objects.create(need=need, kind="result", result=result, **answer)
    Evidence.objects.create(need=need, kind="note")
    make_need(about, statement="Paper")
    address = f"wave={result.wave_id}&item=reasons&part=speed&answer=chosen"
    places = {"need": need.pk, "note": note.pk, "theme": theme.pk, "task": task.pk}
    return {**places, "text": text.pk if text else 0, "answer": address}


SERIES = "/surveys/series/{survey}/"
PAGES = [
    ("lead", "/surveys/series/", no_interviews),
    ("lead", "/surveys/series/", interviews),
    ("lead", SERIES, no_interviews),
    ("lead", SERIES, interviews),
    ("lead", SERIES, usability),
    ("lead", SERIES + "summary/", interviews),
    ("lead", SERIES + "summary/", usability),
    ("lead", SERIES + "summary/", no_interviews),
    ("lead", SERIES + "new/", interviews),
    ("lead", SERIES + "{number}/", interviews),
    ("lead", SERIES + "{number}/", usability),
    ("lead", SERIES + "{number}/consent/", interviews),
    ("lead", SERIES + "{number}/consent/", withdrawn),
    ("lead", SERIES + "themes/", interviews),
    ("lead", SERIES + "themes/", no_interviews),
    ("lead", SERIES + "themes/{theme}/", interviews),
    ("lead", SERIES + "notes/", interviews),
    ("lead", SERIES + "notes/?show=all", interviews),
    ("lead", SERIES + "notes/", no_interviews),
    ("lead", SERIES + "tasks/", usability),
    ("lead", SERIES + "tasks/{task}/", usability),
    ("staff", "/surveys/needs/", no_interviews),
    ("staff", "/surveys/needs/", needs),
    ("lead", "/surveys/needs/", needs),
    ("lead", "/surveys/needs/kept/", no_interviews),
    ("lead", "/surveys/needs/kept/", needs),
    ("lead", "/surveys/needs/new/", needs),
    ("lead", "/surveys/needs/new/?theme={theme}", interviews),
    ("lead", "/surveys/needs/{need}/", needs),
    ("lead", "/surveys/needs/{need}/edit/", needs),
    ("lead", "/surveys/needs/{need}/remedies/{remedy}/", needs),
    ("lead", "/surveys/needs/?initiative={initiative}", needs),
    ("lead", "/surveys/needs/{need}/", evidence),
    ("administrator", "/surveys/needs/{need}/", evidence),
    ("staff", "/surveys/needs/", evidence),
    ("lead", "/surveys/needs/new/?{answer}", evidence),
    ("lead", "/surveys/needs/new/?text={text}", evidence),
    ("lead", "/surveys/needs/new/?note={note}", evidence),
    ("lead", "/surveys/needs/new/?task={task}", evidence),
]
