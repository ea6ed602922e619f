"""What is asked about impact assessments: who reads which, in which order, and in which language."""

import pytest
from django.http import Http404, QueryDict

from buyin.initiatives.assessment import shown
from buyin.initiatives.forms.impact import SectionForm
from buyin.initiatives.models import ImpactAssessment
from buyin.initiatives.queries.impact import (
    answers_in,
    latest_result,
    opened_assessment,
    section_after,
    section_of,
)
from tests.factories.impact import make_impact
from tests.factories.initiatives import InitiativeFactory


@pytest.fixture
def initiative(cast):
    return InitiativeFactory(name="Permit assistant", departments=[cast.roads])


def form_of(assessment, name, typed=None, language="en"):
    section = section_of(assessment, name)
    asked = shown(assessment.questionnaire, assessment.answers)[name]
    return SectionForm(
        typed, section=section, asked=asked, answers=assessment.answers, language=language
    )


def test_the_latest_result_is_the_newest_finished_one_and_never_a_begun_one(initiative):
    assert latest_result(initiative) is None
    make_impact(initiative)
    second = make_impact(initiative)
    make_impact(initiative, is_finished=False)

    assert latest_result(initiative) == second


def test_the_latest_result_is_of_this_initiative(cast, initiative):
    make_impact(InitiativeFactory(departments=[cast.roads]))

    assert latest_result(initiative) is None


@pytest.mark.parametrize(
    ("who", "seen"),
    [("staff", 1), ("coordinator", 1), ("neighbour", 0), ("executive", 2), ("administrator", 2)],
)
def test_people_see_finished_ones_of_initiatives_that_they_see(cast, initiative, who, seen):
    make_impact(initiative)
    make_impact(initiative, is_finished=False)
    make_impact(InitiativeFactory())

    assert ImpactAssessment.objects.visible_to(cast.people[who]).count() == seen


def test_a_department_that_takes_part_twice_over_shows_it_once(cast):
    both = InitiativeFactory(departments=[cast.works, cast.roads], lead=cast.staff)
    make_impact(both)

    assert ImpactAssessment.objects.visible_to(cast.staff).count() == 1


@pytest.mark.parametrize("who", ["staff", "coordinator", "executive"])
def test_readers_open_finished_ones_only(cast, initiative, who):
    done, begun = make_impact(initiative), make_impact(initiative, is_finished=False)
    reader = cast.people[who]

    assert opened_assessment(reader, initiative.pk, done.number) == done
    for number, to_change in ((begun.number, False), (done.number, True), (99, False)):
        with pytest.raises(Http404):
            opened_assessment(reader, initiative.pk, number, to_change=to_change)


def test_a_number_of_another_initiative_opens_nothing(cast, initiative):
    make_impact(InitiativeFactory(departments=[cast.roads]))

    with pytest.raises(Http404):
        opened_assessment(cast.lead, initiative.pk, 1)


def test_sections_follow_each_other_within_the_phase(initiative):
    begun = make_impact(initiative, is_finished=False)
    names, section = ["projectDetails"], section_after(begun, "projectDetails")
    while section:
        names.append(section.name)
        section = section_after(begun, section.name)

    assert names == list(shown(begun.questionnaire, begun.answers))
    assert names[-1] == "privacyImplementation"


def test_before_the_phase_is_said_the_last_section_is_about_the_data(initiative):
    begun = make_impact(initiative, is_finished=False, answers={})

    assert section_after(begun, "aboutData") is None
    with pytest.raises(Http404):
        section_of(begun, "privacyDesign")


@pytest.mark.parametrize(
    ("language", "title", "question", "answer"),
    [
        ("en", "Risk Profile", "Is the project within an area of intense public scrutiny", "Yes"),
        ("fr", "Profil de risque", "Le projet", "Oui"),
    ],
)
def test_answers_are_told_in_the_language_asked_for(initiative, language, title, question, answer):
    told = {part.title: part for part in answers_in(make_impact(initiative), language)}

    first = told[title].questions[0]
    assert first.text.startswith(question)
    assert (first.answers, first.points) == ([answer], 3)


def test_what_was_not_answered_is_told_as_such(initiative):
    told = {part.title: part for part in answers_in(make_impact(initiative), "en")}

    second = told["Risk Profile"].questions[1]
    assert (second.answers, second.points) == ([], None)


def test_several_choices_are_told_each_and_their_points_together(initiative):
    told = [one for part in answers_in(make_impact(initiative), "en") for one in part.questions]

    shared = next(one for one in told if len(one.answers) > 1)
    assert shared.answers == ["Within your department", "With a third party (private sector/NGO)"]
    assert shared.points == 4


def test_a_form_shows_what_is_kept_and_asks_what_is_asked(initiative):
    form = form_of(make_impact(initiative, is_finished=False), "riskProfile", language="fr")

    assert form["riskProfile1"].value() == "item1-3"
    assert "riskProfile10" in form.fields
    assert "riskProfile9" not in form.fields
    assert "riskProfile4B" not in form.fields
    assert ("item2-0", "Non") in form.fields["riskProfile1"].choices


@pytest.mark.parametrize(
    ("typed", "answers"),
    [
        ("shown=riskProfile1&riskProfile1=item2-0", {"riskProfile1": "item2-0"}),
        ("shown=riskProfile1", {"riskProfile1": ""}),
        ("shown=riskProfile2&riskProfile1=item2-0", {"riskProfile2": ""}),
        ("shown=nothing,impact6&impact6=item1-1", {}),
        ("riskProfile1=item2-0", {}),
        ("shown=riskProfile4B&riskProfile4B=+Words+", {"riskProfile4B": "Words"}),
    ],
)
def test_a_form_takes_what_its_page_had_shown_and_nothing_else(initiative, typed, answers):
    form = form_of(make_impact(initiative, is_finished=False), "riskProfile", QueryDict(typed))

    assert form.is_valid(), form.errors
    assert form.answers() == answers


@pytest.mark.parametrize(
    ("section", "typed", "wrong"),
    [
        ("riskProfile", "shown=riskProfile1&riskProfile1=item9-9", "riskProfile1"),
        ("aboutSystem", "shown=aboutSystem1&aboutSystem1=item1&aboutSystem1=x", "aboutSystem1"),
        ("impact", "shown=impact6&impact6=item1-4", "impact6"),
        ("riskProfile", f"shown=riskProfile4B&riskProfile4B={'x' * 10_001}", "riskProfile4B"),
    ],
)
def test_a_form_refuses_what_is_no_choice_or_too_long(initiative, section, typed, wrong):
    form = form_of(make_impact(initiative, is_finished=False), section, QueryDict(typed))

    assert not form.is_valid()
    assert list(form.errors) == [wrong]


def test_only_texts_are_called_optional(initiative):
    form = form_of(make_impact(initiative, is_finished=False), "businessDrivers")

    assert form.fields["businessDrivers1"].required
    assert form.fields["businessDrivers5"].required
    assert not form.fields["businessDrivers3"].required
