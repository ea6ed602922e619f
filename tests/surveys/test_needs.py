"""Needs: written from evidence, worked on and answered; read by all without showing who said it."""

from uuid import uuid4

import pytest

from surveys.models import Evidence, Need, Remedy
from tests.factories.initiatives import InitiativeFactory
from tests.factories.needs import STATEMENT, make_evidence, make_need, make_remedy
from tests.factories.sessions import (
    make_finished,
    make_note,
    make_result,
    make_series,
    make_task,
    make_theme,
)


@pytest.fixture
def initiative(cast):
    return InitiativeFactory(name="Permit assistant", departments=[cast.roads])


@pytest.fixture
def need(initiative, cast):
    return make_need(initiative, cast.roads)


def fields(about, **changes):
    form = {
        "made_by_form": str(uuid4()),
        "statement": STATEMENT,
        "initiative": about.pk,
        "frequency": "4",
        "severity": "3",
    }
    return {**form, **changes}


def remedy(**changes):
    given = {"kind": "course", "text": "A session each month.", **changes}
    return {f"remedy-{name}": text for name, text in given.items()}


def evidence(**changes):
    given = {"text": "Town hall", "people": "12", **changes}
    return {f"evidence-{name}": text for name, text in given.items()}


# Writing


def test_a_need_is_written_by_hand_and_rated_by_how_many_and_how_bad(lead, initiative, cast):
    form = fields(initiative, departments=[cast.roads.pk], owner="lead@fairhaven.example")

    answer = lead.post("/surveys/needs/new/", form, follow=True)

    made = Need.objects.get()
    assert answer.redirect_chain == [(f"/surveys/needs/{made.pk}/", 302)]
    assert "Written down." in answer.text
    assert (made.pressure, made.status, made.owner) == (12, "new", cast.lead)
    assert list(made.departments.all()) == [cast.roads]


def test_the_same_form_sent_twice_writes_one_need(lead, initiative):
    form = fields(initiative)

    first = lead.post("/surveys/needs/new/", form)
    second = lead.post("/surveys/needs/new/", form)

    assert first.url == second.url
    assert Need.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("statement", "Write what people need."),
        ("initiative", "Choose an initiative."),
        ("frequency", "Choose how many have this need."),
        ("severity", "Choose how bad it is."),
    ],
)
def test_what_is_missing_is_named_and_nothing_typed_is_lost(lead, initiative, field, message):
    form = fields(initiative, **{field: ""})

    answer = lead.post("/surveys/needs/new/", form)

    assert message in answer.text
    assert field == "statement" or STATEMENT in answer.text
    assert not Need.objects.exists()


def test_a_theme_becomes_a_need_that_knows_in_how_many_sessions_it_was_named(lead, cast):
    survey = make_series(cast.lead)
    theme = make_theme(survey)
    for _n in range(2):
        make_note(make_finished(survey), "Old forms", theme)
    address = f"/surveys/needs/new/?theme={theme.pk}"

    page = lead.get(address)
    lead.post(address, fields(survey.initiative))

    rests_on = Evidence.objects.get()
    assert 'value="Old forms"' in page.text
    assert "2 people" in page.text
    assert (rests_on.theme, rests_on.kind, rests_on.text) == (theme, "theme", "")
    assert "Make a need of this" in lead.get(f"/surveys/series/{survey.pk}/summary/").text


def test_a_task_becomes_a_need_that_knows_for_how_many_it_was_hard(lead, cast):
    test = make_series(cast.lead, kind="usability")
    task = make_task(test)
    for success in ("yes", "hard", "no"):
        make_result(make_finished(test), task, success)

    lead.post(f"/surveys/needs/new/?task={task.pk}", fields(test.initiative))

    need = Need.objects.get()
    assert need.evidence.get().task == task
    assert "2 people" in lead.get(f"/surveys/needs/{need.pk}/").text


@pytest.mark.parametrize("source", ["theme=x", "task=99999", "theme=-1", "theme=" + "9" * 30])
def test_a_source_that_is_not_there_is_not_found(lead, source):
    assert lead.get(f"/surveys/needs/new/?{source}").status_code == 404


def test_a_theme_of_somebody_elses_series_is_not_found(sign_in, cast):
    InitiativeFactory(lead=cast.staff)
    theirs = make_theme(make_series(cast.lead))

    answer = sign_in("staff").get(f"/surveys/needs/new/?theme={theirs.pk}")

    assert answer.status_code == 404


def test_a_need_can_be_put_in_other_words(lead, need, cast):
    form = fields(need.initiative, statement="I need reasons.", departments=[cast.parks.pk])
    form["revision"] = need.revision

    lead.post(f"/surveys/needs/{need.pk}/edit/", form)

    need.refresh_from_db()
    assert (need.statement, need.pressure) == ("I need reasons.", 12)
    assert list(need.departments.all()) == [cast.parks]


# What is done


def test_what_is_done_decides_how_far_a_need_is(lead, need):
    lead.post(f"/surveys/needs/{need.pk}/remedies/", remedy())
    need.refresh_from_db()
    assert (need.status, need.answered_at) == ("in-work", None)

    done = f"/surveys/needs/{need.pk}/remedies/{Remedy.objects.get().pk}/done/"
    lead.post(done)
    need.refresh_from_db()
    assert need.status == "answered"

    when = need.answered_at
    lead.post(done)
    need.refresh_from_db()
    assert need.answered_at == when


def test_that_nothing_is_done_for_now_is_an_answer_too(lead, need):
    lead.post(f"/surveys/needs/{need.pk}/remedies/", remedy(kind="nothing", text="Too dear."))

    need.refresh_from_db()
    assert need.status == "declined"
    assert need.answered_at


def test_the_same_remedy_sent_twice_is_one(lead, need):
    for _n in range(2):
        lead.post(f"/surveys/needs/{need.pk}/remedies/", remedy())

    assert Remedy.objects.count() == 1


@pytest.mark.parametrize("link", ["javascript:alert(1)", "//evil.example", "ftp://x.example", "no"])
def test_a_link_that_leads_astray_is_refused_with_everything_typed(lead, need, link):
    answer = lead.post(f"/surveys/needs/{need.pk}/remedies/", remedy(link=link))

    assert "Write an address that begins with https://." in answer.text
    assert "A session each month." in answer.text
    assert not Remedy.objects.exists()


@pytest.mark.parametrize("link", ["/training/", "https://agency.example/plan", ""])
def test_links_into_the_portal_and_to_other_pages_are_taken(lead, need, link):
    lead.post(f"/surveys/needs/{need.pk}/remedies/", remedy(link=link))

    assert Remedy.objects.get().link == link


def test_a_remedy_of_another_need_is_not_found(lead, need):
    other = make_remedy(make_need(need.initiative))

    answer = lead.post(f"/surveys/needs/{need.pk}/remedies/{other.pk}/done/")

    assert answer.status_code == 404
    other.refresh_from_db()
    assert other.done_on is None


def test_evidence_is_added_once_and_needs_a_number(lead, need):
    address = f"/surveys/needs/{need.pk}/evidence/"

    missing = lead.post(address, evidence(people=""))
    for _n in range(2):
        lead.post(address, evidence())

    assert "Write how many, 0 if you do not know." in missing.text
    assert [one.people for one in Evidence.objects.all()] == [12]


def test_two_needs_become_one_with_the_evidence_and_remedies_of_both(lead, need, cast):
    double = make_need(need.initiative, cast.parks, statement="Reasons!", severity=5)
    make_evidence(double)
    make_remedy(double)

    answer = lead.post(f"/surveys/needs/{double.pk}/merge/", {"into": need.pk})

    need.refresh_from_db()
    assert answer.url == f"/surveys/needs/{need.pk}/"
    assert (need.severity, need.status) == (5, "in-work")
    assert need.evidence.count() == need.remedies.count() == 1
    assert set(need.departments.all()) == {cast.roads, cast.parks}
    assert lead.get(f"/surveys/needs/{double.pk}/").status_code == 404


def test_needs_of_two_initiatives_are_never_put_together(lead, need):
    other = make_need(InitiativeFactory(name="Letters"))

    answer = lead.post(f"/surveys/needs/{need.pk}/merge/", {"into": other.pk})

    assert answer.status_code == 200
    assert Need.objects.standing().count() == 2


# Reading


def test_everybody_reads_what_is_needed_and_what_is_done(sign_in, need):
    make_remedy(need, link="/training/")

    page = sign_in("staff").get("/surveys/needs/").text

    assert STATEMENT in page
    assert "A session each month." in page
    assert "Town hall" not in page


def test_who_works_on_a_need_goes_from_what_everybody_reads_to_its_page(sign_in, need, cast):
    way = f'href="/surveys/needs/{need.pk}/"'

    assert way in sign_in("lead").get("/surveys/needs/").text
    assert way not in sign_in("staff").get("/surveys/needs/").text
    need.owner = cast.staff
    need.save()
    assert way in sign_in("staff").get("/surveys/needs/").text


def test_who_cannot_open_the_initiative_does_not_read_its_needs(sign_in, need):
    assert STATEMENT not in sign_in("neighbour").get("/surveys/needs/").text


@pytest.mark.parametrize(("people", "is_named"), [(9, False), (10, True)])
def test_a_department_is_named_only_where_enough_people_there_stand_behind_a_need(
    sign_in, need, cast, people, is_named
):
    make_evidence(need, cast.roads, people=people)

    page = sign_in("staff").get("/surveys/needs/").text

    assert ("heard from Roads" in page) is is_named


def test_small_pieces_of_evidence_are_not_added_up(sign_in, need, cast):
    make_evidence(need, cast.roads, people=6, text="One")
    make_evidence(need, cast.roads, people=6, text="Two")

    assert "heard from" not in sign_in("staff").get("/surveys/needs/").text


def test_people_under_a_department_stand_behind_it_too(sign_in, initiative, cast):
    need = make_need(initiative, cast.works)
    make_evidence(need, cast.roads, people=20)

    assert "heard from Public works" in sign_in("staff").get("/surveys/needs/").text


def test_no_words_of_a_participant_are_on_the_page_for_everybody(sign_in, lead, cast, initiative):
    survey = make_series(cast.lead, initiative=initiative)
    theme = make_theme(survey)
    make_note(make_finished(survey), "I hate this", theme, is_quote=True)
    lead.post(f"/surveys/needs/new/?theme={theme.pk}", fields(initiative))

    page = sign_in("staff").get("/surveys/needs/").text

    assert Need.objects.get().statement in page
    assert "I hate this" not in page


@pytest.mark.parametrize("who", ["staff", "coordinator", "executive", "moderator"])
def test_only_the_survey_team_works_on_needs(sign_in, need, who):
    client = sign_in(who)

    for path in ("kept/", "new/", f"{need.pk}/", f"{need.pk}/edit/"):
        assert client.get(f"/surveys/needs/{path}").status_code == 404


def test_who_leads_an_initiative_keeps_its_needs_and_no_others(sign_in, need, cast):
    own = make_need(InitiativeFactory(name="Own", lead=cast.neighbour), statement="Mine")
    client = sign_in("neighbour")

    page = client.get("/surveys/needs/kept/").text

    assert "Mine" in page
    assert STATEMENT not in page
    assert client.get(f"/surveys/needs/{own.pk}/").status_code == 200
    assert client.get(f"/surveys/needs/{need.pk}/").status_code == 404


def test_the_list_comes_by_pressure_and_says_the_first_in_the_title_of_its_chart(lead, initiative):
    make_need(initiative, statement="Small", frequency=1, severity=2)
    make_need(initiative, statement="Large", frequency=5, severity=5)

    page = lead.get("/surveys/needs/kept/").text

    assert "Most pressing: Large" in page
    assert page.index("Large</a>") < page.index("Small</a>")


def test_the_list_is_cut_by_department_initiative_and_status(lead, need, cast):
    other = make_need(InitiativeFactory(name="Letters"), cast.clinic, statement="Other")
    make_remedy(other)

    def shown(**query):
        page = lead.get("/surveys/needs/kept/", query).text
        return {text for text in (STATEMENT, "Other") if f"{text}</a>" in page}

    assert shown(department=cast.roads.pk) == {STATEMENT}
    assert shown(initiative=other.initiative_id) == {"Other"}
    assert shown(status="in-work") == {"Other"}
    assert shown(status="x", department="y") == {STATEMENT, "Other"}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("who", "path", "queries"), [("staff", "needs/", 9), ("lead", "needs/kept/", 7)]
)
def test_lists_need_as_many_queries_for_many_needs_as_for_one(
    sign_in, initiative, cast, django_assert_num_queries, who, path, queries, count
):
    client = sign_in(who)
    for number in range(count):
        need = make_need(initiative, cast.roads, statement=f"Need {number}", owner=cast.lead)
        make_evidence(need, cast.roads, people=20)
        make_remedy(need)
    client.get(f"/surveys/{path}")

    with django_assert_num_queries(queries):
        client.get(f"/surveys/{path}")


def test_an_initiative_leads_to_its_needs_and_its_series(sign_in, need, cast):
    series = make_series(cast.lead, initiative=need.initiative)
    other = make_need(InitiativeFactory(name="Other", departments=[cast.roads]), statement="Noise")
    address = f"/initiatives/{need.initiative_id}/"
    lead, staff = sign_in("lead"), sign_in("staff")

    page = lead.get(address).text
    links = [f"{address}needs/", f"/surveys/series/?initiative={need.initiative_id}"]
    assert all(link in page for link in links)
    assert f"/surveys/series/{series.pk}/" in page
    assert links[0] in staff.get(address).text
    assert "/surveys/series/" not in staff.get(address).text

    needs, talks = (lead.get(link).text for link in links)
    assert STATEMENT in needs
    assert "Noise" not in needs
    assert series.title in talks
    for nobody in ("x", "999", "9" * 40):
        assert other.statement in staff.get(f"/surveys/needs/?initiative={nobody}").text
