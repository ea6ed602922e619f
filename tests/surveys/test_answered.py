"""Whoever looks after departments follows how many answered there: no more than authors read."""

import datetime as dt
import re
import uuid
from itertools import combinations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buyin.accounts.models import Role
from surveys.feature import Surveys
from surveys.models import Participation, Wave
from surveys.queries.field import field_of
from surveys.queries.running import field_near
from tests.factories.accounts import DepartmentFactory, PersonFactory, RoleFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.surveys import make_guest, make_public_wave, make_wave

SIZES = {"works": 15, "roads": 40, "parks": 30, "clinic": 50, "health": 4}
LIST = "/surveys/answered/"


def answered(wave, department, n):
    people = [PersonFactory(department=department) for _n in range(n)]
    Participation.objects.bulk_create(
        Participation(wave=wave, person=one, department=department, receipt=uuid.uuid4())
        for one in people
    )


def asking(cast, sizes, **fields):
    """Return a wave that asks so many people in these departments."""
    wave = make_wave(*[cast.departments[code] for code in sizes], **fields)
    for code, asked in sizes.items():
        wave.groups.filter(department__code=code).update(asked=asked)
    return wave


@pytest.fixture
def wave(cast):
    wave = asking(cast, SIZES)
    answered(wave, cast.roads, 22)
    answered(wave, cast.clinic, 10)
    return wave


def page_of(wave):
    return f"{LIST}{wave.pk}/"


def words_in(answer):
    main = answer.text[answer.text.index("<main") : answer.text.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def lines(answer):
    body = re.search(r"<tbody>(.*?)</tbody>", answer.text, re.DOTALL)
    rows = re.findall(r"<tr>(.*?)</tr>", body.group(1), re.DOTALL) if body else []
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def coordinator_of(*departments, role=Role.COORDINATOR):
    person = PersonFactory()
    for department in departments:
        RoleFactory(person=person, role=role, department=department)
    return person


def test_a_coordinator_reads_how_many_answered_in_the_own_tree_and_nothing_of_others(sign_in, wave):
    answer = sign_in("coordinator").get(page_of(wave))

    assert "About 25 % have answered; Parks is lowest with under 10 %" in answer.text
    assert "85 people are asked in Public works. It is open until" in words_in(answer)
    assert lines(answer) == [
        "Public works 85 about 22 about 25 % under the target about 25 %",
        "Parks 30 under 3 under 10 % under the target under 10 %",
        "Roads 40 about 20 about 50 % about 50 %",
    ]
    assert "The target is 50 %" in words_in(answer)
    assert not [name for name in ("Clinic", "Public health", "143", "139") if name in answer.text]
    assert "rates.csv" not in answer.text


def test_who_needs_a_nudge_is_named_as_groups_of_the_own_tree(sign_in, wave):
    words = words_in(sign_in("coordinator").get(page_of(wave)))
    people = Participation.objects.values_list("person__name", flat=True)

    assert "Ask the head of Parks to remind everybody Under 10 % have answered there." in words
    assert words.count("Ask the head of") == 1
    assert not [name for name in people if name in words]


def test_the_way_leads_from_home_and_from_the_own_surveys(sign_in, wave, cast):
    coordinator = sign_in("coordinator")

    home, mine, found = (coordinator.get(path) for path in ("/", "/surveys/", LIST))

    assert "Only about 25 % have answered “Permit assistant” in Public works" in home.text
    assert f'href="{page_of(wave)}"' in home.text
    assert f'href="{LIST}"' in mine.text
    assert f'href="{page_of(wave)}"' in found.text
    assert "open" in lines(found)[0]
    assert lines(found)[0].endswith("about 25 % Public works under the target")


def test_the_report_of_the_week_names_the_same_and_only_to_whom_it_concerns(wave, cast):
    people = list(cast.people.values())

    told = Surveys().tasks_for_all(people)

    concerned = {pk for pk, tasks in told.items() if any(LIST in task.url for task in tasks)}
    assert concerned == {cast.people["coordinator"].pk}
    assert told[cast.people["coordinator"].pk] == list(Surveys().tasks_for(cast.coordinator))


@pytest.mark.parametrize(
    ("opened", "left", "is_told"), [(3, 20, False), (11, 10, True), (2, 6, True), (9, 10, False)]
)
def test_home_tells_of_it_when_half_the_time_is_over_or_a_week_is_left(
    sign_in, wave, opened, left, is_told
):
    now = timezone.now()
    times = {"opens_at": now - dt.timedelta(opened), "closes_at": now + dt.timedelta(left)}
    Wave.objects.update(**times)

    assert (page_of(wave) in sign_in("coordinator").get("/").text) is is_told


@pytest.mark.parametrize("persona", ["staff", "neighbour", "trainer", "moderator"])
def test_whoever_looks_after_nobody_finds_nothing_and_no_way(sign_in, wave, persona):
    browser = sign_in(persona)

    assert [browser.get(path).status_code for path in (LIST, page_of(wave))] == [404, 404]
    assert LIST not in browser.get("/surveys/").text
    assert LIST not in browser.get("/").text


def test_another_departments_coordinator_finds_no_wave_that_did_not_ask_there(sign_in, cast):
    wave = asking(cast, {"roads": 40})
    browser = sign_in(coordinator_of(cast.health))

    assert browser.get(page_of(wave)).status_code == 404
    assert "Nobody there is asked anything right now." in browser.get(LIST).text
    assert LIST not in browser.get("/").text


@pytest.mark.parametrize("persona", ["lead", "administrator"])
def test_who_follows_every_survey_as_an_author_gets_no_second_page(sign_in, wave, persona):
    browser = sign_in(persona)

    assert [browser.get(path).status_code for path in (LIST, page_of(wave))] == [404, 404]
    assert LIST not in browser.get("/surveys/").text


def test_a_coordinator_who_leads_the_initiative_follows_its_waves_as_an_author(sign_in, wave, cast):
    other = asking(cast, {"roads": 40})
    wave.survey.initiative = InitiativeFactory(name="Triage", lead=cast.coordinator)
    wave.survey.save()
    coordinator = sign_in("coordinator")

    assert coordinator.get(page_of(wave)).status_code == 404
    assert coordinator.get(f"/surveys/author/{wave.survey_id}/waves/1/").status_code == 200
    assert [page_of(one) in coordinator.get(LIST).text for one in (wave, other)] == [False, True]
    assert page_of(wave) not in coordinator.get("/").text


def test_a_small_department_is_hidden_and_none_can_be_worked_out(sign_in, cast):
    wave = asking(cast, {**SIZES, "works": 3, "parks": 12})
    answered(wave, cast.roads, 22)

    page = sign_in("coordinator").get(page_of(wave))

    # Works without its parts is three people: one of the parts is hidden with them.
    assert lines(page)[1:] == [
        "Parks – Not shown: a group this small could be recognised.",
        "Roads 40 about 20 about 50 % about 50 %",
    ]
    assert "1 department is not shown." in words_in(page)


def test_where_all_are_too_few_there_is_no_rate_and_no_number(sign_in, cast):
    wave = asking(cast, {"roads": 4, "clinic": 60})
    answered(wave, cast.roads, 4)
    coordinator = sign_in("coordinator")

    page = coordinator.get(page_of(wave))

    assert "Too few people are asked to show a response rate" in page.text
    assert lines(page) == ["Roads – Not shown: a group this small could be recognised."]
    assert "asked in" not in words_in(page)
    assert lines(coordinator.get(LIST))[0].endswith("too few people to show")


def test_everything_anybody_reads_is_on_the_page_of_the_author(wave, cast):
    make_guest(wave, home=cast.roads)
    author = {row.department.pk: row for row in field_of(wave).rows}
    places = list(cast.departments.values())
    several = [*combinations(places, 1), *combinations(places, 2)]

    for departments in several:
        person = coordinator_of(*departments)
        near = set(person.department_ids_held(Role.COORDINATOR))
        field = field_near(wave, person)

        assert {row.department.pk for row in field.rows} == near & set(author)
        for row in field.rows:
            known = author[row.department.pk]
            assert (row.rate, row.answered, row.asked) == (known.rate, known.answered, known.asked)
        shown = [(row.rate, row.answered, row.asked) for row in field.rows if row.rate]
        whole = (field.overall, field.answered, field.asked)
        assert field.overall is None or whole in shown


def test_of_two_trees_the_departments_under_the_target_are_counted(sign_in, wave, cast):
    low, mixed = (sign_in(coordinator_of(cast.health, one)) for one in (cast.parks, cast.roads))

    assert "2 departments are under the target" in words_in(low.get(page_of(wave)))
    assert "84 people are asked." in words_in(low.get(page_of(wave)))
    assert "1 department is under the target" in words_in(mixed.get(page_of(wave)))

    Wave.objects.update(target=20)

    assert "Every department shown is on target" in words_in(mixed.get(page_of(wave)))


def test_of_two_trees_each_is_told_of(sign_in, wave, cast):
    low = coordinator_of(cast.health, cast.parks)
    browser = sign_in(low)

    home, (line,) = browser.get("/").text, lines(browser.get(LIST))

    in_parks, in_health = (f"“Permit assistant” in {name}" for name in ("Parks", "Public health"))
    assert f"Only under 10 % have answered {in_parks}" in home
    assert f"Only about 20 % have answered {in_health}" in home
    assert home.count(page_of(wave)) == 2
    assert line.endswith(
        "under 10 % Parks under the target about 20 % Public health under the target"
    )
    assert Surveys().tasks_for_all([low])[low.pk] == list(Surveys().tasks_for(low))


def test_of_two_trees_only_the_one_under_the_target_is_a_task(sign_in, wave, cast):
    home = sign_in(coordinator_of(cast.health, cast.roads)).get("/").text

    assert "have answered “Permit assistant” in Public health" in home
    assert home.count(page_of(wave)) == 1


def test_an_executive_of_two_trees_reads_both_on_the_start_page(sign_in, wave, cast):
    both = coordinator_of(cast.health, cast.parks, role=Role.EXECUTIVE)

    words = words_in(sign_in(both).get("/"))

    assert "Under 10 % have answered in Parks." in words
    assert "About 20 % have answered in Public health." in words


def test_where_the_target_is_reached_nobody_is_to_be_reminded(sign_in, wave, cast):
    browser = sign_in(coordinator_of(cast.roads))

    assert "About 50 % have answered 40 people are asked" in words_in(browser.get(page_of(wave)))
    assert "Who needs a nudge" not in browser.get(page_of(wave)).text
    assert page_of(wave) not in browser.get("/").text


def test_for_the_whole_agency_everything_is_read(sign_in, wave, cast):
    everywhere = PersonFactory()
    RoleFactory(person=everywhere, role=Role.COORDINATOR)
    page, author = (
        sign_in(who).get(path)
        for who, path in (
            (everywhere, page_of(wave)),
            ("lead", f"/surveys/author/{wave.survey_id}/waves/1/"),
        )
    )

    assert lines(page) == lines(author)
    assert "139 people are asked." in words_in(page)
    assert "Only about 23 % have answered" in sign_in(everywhere).get("/").text
    assert page_of(wave) in sign_in("executive").get(LIST).text


def test_a_role_that_was_taken_away_closes_the_page_at_the_next_click(sign_in, wave, cast):
    coordinator = sign_in("coordinator")
    assert coordinator.get(page_of(wave)).status_code == 200

    cast.coordinator.role_assignments.all().delete()

    assert [coordinator.get(path).status_code for path in (LIST, page_of(wave))] == [404, 404]


@pytest.mark.parametrize(
    ("fields", "days", "words"),
    [
        ("paused_at", -0.1, "It is paused: nobody can hand in until it goes on."),
        ("closes_at", -0.01, "It has ended. Answers of those who had a page open"),
        ("closed_at", -29, "It was closed on"),
    ],
)
def test_one_that_is_paused_or_over_is_read_too_and_nobody_is_sent_to_nudge(
    sign_in, wave, fields, days, words
):
    Wave.objects.update(**{fields: timezone.now() + dt.timedelta(days=days)})
    coordinator = sign_in("coordinator")

    page = coordinator.get(page_of(wave))

    assert words in words_in(page)
    assert lines(page)[0].startswith("Public works 85 about 22 about 25 %")
    assert "Who needs a nudge" not in page.text
    assert page_of(wave) in coordinator.get(LIST).text
    assert page_of(wave) not in coordinator.get("/").text


@pytest.mark.parametrize(("name", "days"), [("closed_at", -31), ("opens_at", 1)])
def test_one_that_closed_long_ago_or_has_not_opened_is_not_there(sign_in, wave, name, days):
    Wave.objects.update(**{name: timezone.now() + dt.timedelta(days=days)})
    coordinator = sign_in("coordinator")

    assert coordinator.get(page_of(wave)).status_code == 404
    assert page_of(wave) not in coordinator.get(LIST).text


def test_waves_of_everybody_and_of_files_are_not_there(sign_in, cast):
    public, imported = make_public_wave(), asking(cast, {"roads": 40}, takes_imports=True)
    coordinator = sign_in("coordinator")

    assert [coordinator.get(page_of(one)).status_code for one in (public, imported)] == [404, 404]
    assert lines(coordinator.get(LIST)) == []


def test_on_its_first_day_nobody_is_called_late(sign_in, wave):
    Wave.objects.update(opens_at=timezone.now())
    coordinator = sign_in("coordinator")

    page = coordinator.get(page_of(wave))

    assert "It opened today. Rates say little before tomorrow" in page.text
    assert "under the target" not in page.text
    assert lines(coordinator.get(LIST))[0].endswith("opened today")
    assert page_of(wave) not in coordinator.get("/").text


def test_an_answer_of_today_does_not_show_before_tomorrow(sign_in, wave, cast):
    coordinator = sign_in("coordinator")
    before = [lines(coordinator.get(path)) for path in (LIST, page_of(wave))]
    answered(wave, cast.parks, 20)

    assert [lines(coordinator.get(path)) for path in (LIST, page_of(wave))] == before

    cache.clear()

    assert "Parks 30 about 20 about 65 % about 65 %" in lines(coordinator.get(page_of(wave)))


def queries_of(browser, *paths):
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        for path in paths:
            browser.get(path)
    return len(queries)


def test_more_waves_and_departments_need_no_more_queries(sign_in, cast):
    coordinator = sign_in("coordinator")
    wave = asking(cast, {"roads": 40})
    paths = (LIST, "/surveys/", "/", page_of(wave))
    one = queries_of(coordinator, *paths)

    more = [DepartmentFactory(parent=cast.works) for _n in range(4)]
    for _n in range(3):
        make_wave(cast.roads, cast.parks, *more).groups.update(asked=20)
    for department in more:
        wave.groups.create(department=department, asked=20)

    assert queries_of(coordinator, *paths) == one


def test_reports_for_many_coordinators_need_no_more_queries(wave, cast):
    def asked(people):
        cache.clear()
        people = [type(one).objects.get(pk=one.pk) for one in people]
        assert all(one.held_roles for one in people)
        with CaptureQueriesContext(connection) as queries:
            Surveys().tasks_for_all(people)
        return [one["sql"] for one in queries if "surveys_wavedepartment" in one["sql"]]

    few, many = [cast.coordinator], [coordinator_of(cast.parks) for _n in range(4)]

    assert len(asked([*few, *many])) == len(asked(few))
