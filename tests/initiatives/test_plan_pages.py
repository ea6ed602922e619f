"""The page with the plan in every case: what it says of nothing, one and many, and of what is typed."""

from datetime import date
from typing import Any

import pytest

from buyin.initiatives.models import Milestone, SharedGoal
from tests.factories.initiatives import (
    InitiativeFactory,
    make_agreement,
    make_goal,
    make_milestone,
)

TODAY = date(2026, 11, 20)
PAST, AHEAD = date(2026, 11, 1), date(2026, 12, 1)


@pytest.fixture
def _today(time_machine):
    time_machine.move_to("2026-11-20 10:00Z", tick=False)


@pytest.fixture
def ours(cast, _today):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads], stage="pilot")


def at(initiative, path="plan/"):
    return f"/initiatives/{initiative.pk}/{path}"


def words(answer):
    return " ".join(answer.text.split())


def milestone(**changed):
    return {"title": "Two desks", "due": "2026-12-01", "percent": "30"} | changed


def goal(*departments, **changed):
    return {
        "goal": "Decide within two weeks",
        "departments": [one.pk for one in departments],
        "measure": "Median days",
        "target": "14 days",
        "due": "2026-12-18",
        "state": "on-track",
    } | changed


def agreement(cast, **changed):
    return {
        "giver": cast.roads.pk,
        "taker": cast.clinic.pk,
        "shared": "Applications",
        "purpose": "To test it",
        "state": "asked",
    } | changed


# Nothing, one and many


def test_a_plan_without_anything_says_so_and_offers_each_part_to_who_may_add(sign_in, ours):
    read, led = words(sign_in("staff").get(at(ours))), words(sign_in("lead").get(at(ours)))

    for said in (
        "Nothing is planned yet.",
        "Departments share no goal yet.",
        "No department gives data to another one for this initiative.",
    ):
        assert said in read
    assert "are reached." not in read
    for part in ("milestones", "goals", "agreements"):
        assert at(ours, f"{part}/add/") in led
        assert at(ours, f"{part}/add/") not in read


def test_where_all_was_given_up_nothing_is_counted(sign_in, ours):
    make_milestone(ours, due=PAST, is_given_up=True)

    page = words(sign_in("staff").get(at(ours)))

    assert "given up" in page
    assert "0 of" not in page


@pytest.mark.parametrize(("late", "said"), [(0, None), (1, "1 is overdue."), (2, "2 are overdue.")])
def test_what_is_late_is_counted_in_words(sign_in, ours, late, said):
    make_milestone(ours, due=TODAY)
    for _ in range(late):
        make_milestone(ours, due=PAST)

    page = words(sign_in("staff").get(at(ours)))

    assert f"0 of {late + 1} are reached." in page
    assert (said in page) if said else ("overdue" not in page)


@pytest.mark.parametrize(
    ("fields", "said", "unsaid"),
    [
        ({"due": PAST}, "was due 1 November 2026", "promised first"),
        ({"due": AHEAD}, "due 1 December 2026", "promised first"),
        ({"due": AHEAD, "planned": PAST}, "promised first for 1 November 2026", "overdue"),
        ({"due": AHEAD, "done_on": date(2026, 11, 9)}, "9 November 2026", "promised first"),
        (
            {"due": AHEAD, "planned": PAST, "done_on": date(2026, 11, 9)},
            "9 November 2026, promised first for 1 November 2026",
            "due 1 December",
        ),
        ({"due": PAST, "is_given_up": True}, "given up", "was due"),
        ({"due": AHEAD, "steps": 5, "steps_done": 2}, "2 of 5 steps", "% </span>"),
        ({"due": AHEAD, "percent": 35}, "35 %", "steps"),
    ],
)
def test_a_milestone_says_how_it_stands(sign_in, ours, fields, said, unsaid):
    make_milestone(ours, **fields)

    page = words(sign_in("staff").get(at(ours)))
    [row] = page.split("milestones__one")[1:]
    row = row.partition("</ul>")[0].replace(" ,", ",")

    assert said in row
    assert unsaid not in row


def test_of_two_due_on_one_day_the_first_written_stands_first(sign_in, ours):
    for title in ("First", "Second", "Third"):
        make_milestone(ours, title, due=AHEAD)

    plan = sign_in("staff").get(at(ours)).context["plan"]

    assert [one.title for one in plan.milestones] == ["First", "Second", "Third"]


def test_an_agreement_shows_its_days_and_a_dash_for_a_basis_that_is_missing(sign_in, ours, cast):
    make_agreement(ours, cast.roads, cast.clinic, legal_basis="")
    make_agreement(
        ours,
        cast.roads,
        cast.parks,
        state="signed",
        signed_on="2026-01-02",
        expires_on="2026-11-19",
    )

    page = words(sign_in("staff").get(at(ours)))

    assert 'data-label="Legal basis">–</td>' in page
    assert "signed 2 January 2026" in page
    assert "ends 19 November 2026" in page
    assert "has run out" in page


# What is typed


@pytest.mark.parametrize("part", ["milestone", "goal", "agreement"])
def test_a_form_that_is_opened_again_holds_what_was_saved(sign_in, ours, cast, part):
    made = {
        "milestone": lambda: make_milestone(ours, due=AHEAD, steps=4, steps_done=1, note="Late."),
        "goal": lambda: make_goal(ours, cast.roads, cast.parks, state="at-risk"),
        "agreement": lambda: make_agreement(
            ours, cast.roads, cast.clinic, state="signed", signed_on=PAST, review_on=AHEAD
        ),
    }[part]()
    client, address = sign_in("lead"), at(ours, f"{part}s/{made.pk}/")

    form = client.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    sent = {name: value for name, value in sent.items() if value is not False}
    before = type(made).objects.values().get()

    assert client.post(address, sent)["Location"] == at(ours)
    assert type(made).objects.values().get() == before


@pytest.mark.parametrize(
    ("path", "changed", "kept"),
    [
        ("milestones/add/", {"percent": "x", "note": "A long thought-out note."}, "note"),
        ("milestones/add/", {"due": "2026-02-30", "title": "All the desks"}, "title"),
        ("milestones/add/", {"title": "x" * 201, "note": "Why it is late"}, "note"),
        ("milestones/add/", {"steps": "0", "note": "Three desks"}, "note"),
        ("milestones/add/", {"steps": "1001", "note": "Three desks"}, "note"),
    ],
)
def test_a_milestone_that_cannot_be_read_loses_nothing(sign_in, ours, path, changed, kept):
    answer = sign_in("lead").post(at(ours, path), milestone(**changed))

    [wrong] = [name for name in answer.context["form"].errors if name in changed]
    assert wrong != kept
    assert changed[kept] in answer.text
    assert not Milestone.objects.exists()


def test_a_milestone_that_is_refused_when_changed_stays_as_it_was(sign_in, ours):
    made = make_milestone(ours, due=AHEAD, steps=3, steps_done=1)
    before = Milestone.objects.values().get()

    answer = sign_in("lead").post(
        at(ours, f"milestones/{made.pk}/"), milestone(title="Other", steps="3", steps_done="4")
    )

    assert "no more done than that" in answer.text
    assert 'value="Other"' in answer.text
    assert Milestone.objects.values().get() == before


def test_a_goal_that_is_refused_keeps_departments_and_words(sign_in, ours, cast):
    made = make_goal(ours, cast.roads, cast.parks)

    answer = sign_in("lead").post(
        at(ours, f"goals/{made.pk}/"), goal(cast.clinic, goal="Decide at once")
    )

    assert "at least two departments" in answer.text
    assert 'value="Decide at once"' in answer.text
    assert answer.context["form"]["departments"].value() == [str(cast.clinic.pk)]
    assert set(made.departments.all()) == {cast.roads, cast.parks}
    assert SharedGoal.objects.get().goal == made.goal


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"departments": []}, "Choose at least two departments."),
        ({"departments": ["999999"]}, "Departments that share it"),
        ({"state": "won"}, "How does it stand?"),
        ({"target": " "}, "Target"),
        ({"due": ""}, "By"),
    ],
)
def test_a_goal_that_does_not_hold_names_the_field(sign_in, ours, cast, changed, said):
    typed = goal(cast.roads, cast.parks) | changed

    answer = sign_in("lead").post(at(ours, "goals/add/"), typed)

    assert set(answer.context["form"].errors) == set(changed)
    assert said in answer.text
    assert not SharedGoal.objects.exists()


def test_an_agreement_that_is_refused_keeps_what_was_typed(sign_in, ours, cast):
    typed = agreement(cast, state="signed", signed_on="2026-11-02", review_on="2027-01-05")

    answer = sign_in("lead").post(at(ours, "agreements/add/"), typed)

    form = answer.context["form"]
    assert {name: form[name].value() for name in typed} == {
        name: str(value) for name, value in typed.items()
    }
    assert 'value="Applications"' in answer.text


def test_blanks_and_line_ends_in_a_title_become_one_blank(sign_in, ours):
    sign_in("lead").post(at(ours, "milestones/add/"), milestone(title="  Two \r\n\t desks "))

    assert Milestone.objects.get().title == "Two desks"


@pytest.mark.parametrize("title", ["Two\x07desks", "\u202eskeds owT"])
def test_what_nobody_can_see_is_refused_by_its_number(sign_in, ours, title):
    answer = sign_in("lead").post(at(ours, "milestones/add/"), milestone(title=title))

    assert "a character that cannot be seen (U+" in answer.text
    assert not Milestone.objects.exists()


def test_what_is_typed_is_shown_as_text(sign_in, ours, cast):
    script = "<script>alert(1)</script>"
    make_milestone(ours, script, due=AHEAD, note=script)
    make_goal(ours, cast.roads, cast.parks, goal=script, measure=script, target=script)
    make_agreement(ours, cast.roads, cast.clinic, shared=script, purpose=script, legal_basis=script)

    for persona in ("lead", "staff"):
        page = sign_in(persona).get(at(ours)).text
        assert script not in page
        assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 8


# Rows of others, and who reads


@pytest.mark.parametrize("part", ["goal", "agreement"])
def test_a_row_of_another_initiative_is_not_there_under_ours(sign_in, ours, cast, part):
    other: Any = InitiativeFactory()
    row = (make_goal if part == "goal" else make_agreement)(other, cast.roads, cast.parks)
    client = sign_in("lead")

    assert client.get(at(ours, f"{part}s/{row.pk}/")).status_code == 404
    assert client.get(at(other, f"{part}s/{row.pk}/")).status_code == 200
    assert client.post(at(ours, f"{part}s/{row.pk}/"), {}).status_code == 404


def test_the_own_lead_plans_and_loses_it_with_the_lead(sign_in, ours, cast):
    client, address = sign_in("staff"), at(ours, "milestones/add/")
    assert client.get(address).status_code == 404

    type(ours).objects.update(lead=cast.staff)
    assert client.post(address, milestone())["Location"] == at(ours)
    type(ours).objects.update(lead=cast.neighbour)

    assert client.post(address, milestone()).status_code == 404
    assert Milestone.objects.count() == 1


@pytest.mark.parametrize("persona", ["staff", "coordinator", "executive"])
def test_readers_cannot_press_what_they_do_not_see(sign_in, ours, persona):
    made = make_milestone(ours, due=PAST)
    client = sign_in(persona)

    assert "/done/" not in client.get(at(ours)).text
    assert client.post(at(ours, f"milestones/{made.pk}/done/")).status_code == 404
    assert Milestone.objects.get().done_on is None


def test_only_a_press_marks_it_as_reached(sign_in, ours):
    made = make_milestone(ours, due=PAST)

    assert sign_in("lead").get(at(ours, f"milestones/{made.pk}/done/")).status_code == 405
    assert Milestone.objects.get().done_on is None
