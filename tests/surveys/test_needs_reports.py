"""Needs in the weekly report and on the page "For you"."""

import datetime as dt

import pytest
from django.utils import timezone

from surveys.actions.needs import finish_remedy
from surveys.feature import Surveys
from surveys.models import Need
from surveys.queries.needs_waiting import waits_for_all
from tests.factories.initiatives import InitiativeFactory
from tests.factories.needs import STATEMENT, make_need, make_remedy, make_source
from tests.factories.sessions import make_series, make_theme

KEPT = "/surveys/needs/kept/"


@pytest.fixture
def need(cast):
    initiative = InitiativeFactory(name="Permit assistant", departments=[cast.roads])
    return make_need(initiative, cast.roads)


def news_of(person):
    now = timezone.now()
    day = dt.timedelta(days=1)
    items = Surveys().digest_items(person, since=now - day, until=now + day)
    return [item.title for item in items]


def tasks_of(person):
    return list(Surveys().tasks_for(person))


def owned(need, person):
    need.owner = person
    need.save()
    return need


def days_ago(n):
    return timezone.localdate() - dt.timedelta(days=n)


# For you


def test_who_takes_care_of_a_need_is_asked_to_decide_and_led_to_its_page(sign_in, need, cast):
    owned(need, cast.trainer)

    (task,) = tasks_of(cast.trainer)

    assert (task.title, task.action) == (STATEMENT, "Decide what is done")
    assert task.url == f"/surveys/needs/{need.pk}/#done"
    assert sign_in("trainer").get(task.url).status_code == 200
    assert STATEMENT in sign_in("trainer").get("/").text
    assert tasks_of(cast.staff) == []


@pytest.mark.parametrize(("days", "waits"), [(1, True), (0, True), (-14, True), (-15, False)])
def test_what_is_due_soon_or_was_due_waits_until_it_is_done(need, cast, days, waits):
    remedy = make_remedy(owned(need, cast.trainer), due=days_ago(days))

    found = [(task.title, timezone.localdate(task.due)) for task in tasks_of(cast.trainer)]

    assert found == ([("A session each month.", days_ago(days))] if waits else [])
    finish_remedy(remedy=remedy)
    assert tasks_of(cast.trainer) == []


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "Pacific/Honolulu"])
def test_a_promise_is_due_on_its_day_wherever_it_is_read(need, cast, zone):
    promised = make_remedy(owned(need, cast.trainer), due=days_ago(-5))

    with timezone.override(zone):
        (task,) = tasks_of(cast.trainer)

        assert timezone.localdate(task.due) == promised.due


def test_a_promise_without_a_day_and_a_need_that_is_declined_wait_for_nobody(need, cast):
    make_remedy(owned(need, cast.trainer))
    assert tasks_of(cast.trainer) == []

    declined = owned(make_need(need.initiative, statement="No"), cast.trainer)
    make_remedy(declined, kind="nothing", text="Too dear.", due=days_ago(3))
    assert tasks_of(cast.trainer) == []


def test_many_needs_of_one_person_are_five_and_how_many_more(sign_in, need, cast):
    for number in range(7):
        owned(make_need(need.initiative, statement=f"Need {number}"), cast.trainer)

    *five, more = tasks_of(cast.trainer)

    assert len(five) == 5
    assert (more.title, more.url) == ("2 more things to do about needs", f"{KEPT}?show=mine")
    assert sign_in("trainer").get(more.url).text.count("Need 6") > 0


def test_leads_read_what_nobody_takes_care_of_and_choose_with_one_click(sign_in, need, cast):
    (one,) = tasks_of(cast.lead)
    assert one.title == f"Nobody takes care of: {STATEMENT}"
    assert one.url == f"/surveys/needs/{need.pk}/edit/#id_owner"
    assert 'id="id_owner"' in sign_in("lead").get(one.url).text

    make_need(need.initiative, statement="Noise")
    (both,) = tasks_of(cast.lead)
    assert both.title == "Nobody takes care of 2 needs"
    page = sign_in("lead").get(both.url).text
    assert f"{STATEMENT}</a>" in page
    assert "Noise</a>" in page


def test_a_closed_account_takes_care_of_nothing(need, cast):
    owned(need, cast.trainer)
    assert tasks_of(cast.lead) == []

    cast.trainer.is_active = False
    cast.trainer.save()

    assert [task.title for task in tasks_of(cast.lead)] == [f"Nobody takes care of: {STATEMENT}"]


def test_leads_read_what_others_have_not_done_in_time(sign_in, need, cast):
    make_remedy(owned(need, cast.trainer), due=days_ago(1))
    (one,) = tasks_of(cast.lead)
    assert one.title == "Overdue: A session each month."
    assert one.detail == "Trainer Persona takes care of it."

    make_remedy(need, text="A new screen", due=days_ago(9))
    (both,) = tasks_of(cast.lead)
    assert (both.title, both.url) == (
        "2 things promised about needs are overdue",
        f"{KEPT}?show=overdue",
    )
    assert f"{STATEMENT}</a>" in sign_in("lead").get(both.url).text
    assert "Was due on" in sign_in("lead").get(f"/surveys/needs/{need.pk}/").text


def test_who_leads_one_initiative_reads_of_its_needs_only(need, cast):
    other = InitiativeFactory(name="Own", lead=cast.neighbour)
    make_need(other, statement="Theirs")

    assert [task.title for task in tasks_of(cast.neighbour)] == ["Nobody takes care of: Theirs"]
    assert tasks_of(cast.people["administrator"]) == []


def test_what_waits_stands_in_the_report_of_a_lead(need, cast):
    owned(need, cast.lead)

    waiting = Surveys().tasks_for_all([cast.lead, cast.staff])

    assert [task.title for task in waiting[cast.lead.pk]] == [STATEMENT]
    assert waiting[cast.staff.pk] == []


@pytest.mark.parametrize("count", [1, 3])
def test_what_waits_needs_as_many_queries_for_many_needs_and_people_as_for_one(
    need, cast, django_assert_num_queries, count
):
    people = [cast.lead, cast.trainer, cast.staff][:count]
    assert all(person.held_roles is not None for person in people)
    for number in range(count):
        one = make_need(need.initiative, statement=f"Need {number}", owner=cast.trainer)
        make_remedy(one, due=days_ago(number))

    with django_assert_num_queries(2):
        waits_for_all(people, today=timezone.localdate())


# Who takes care of it works on it, and on nothing else


def test_who_takes_care_of_a_need_says_what_is_done_and_sees_sources_only_counted(
    sign_in, need, cast
):
    theme = make_theme(make_series(cast.lead, initiative=need.initiative))
    make_source(owned(need, cast.trainer), theme=theme)
    client, address = sign_in("trainer"), f"/surveys/needs/{need.pk}/"

    client.post(f"{address}remedies/", {"remedy-kind": "course", "remedy-text": "A session."})

    assert need.remedies.get().text == "A session."
    page = client.get(address).text
    assert "Old forms" not in page
    assert "You may not open this source." in page
    for closed in ("edit/", "merge/", "evidence/"):
        assert client.post(f"{address}{closed}").status_code == 404
        assert f"{address}{closed}" not in page
    assert client.get("/surveys/needs/new/").status_code == 404


def test_who_no_longer_takes_care_of_a_need_no_longer_opens_it(sign_in, need, cast):
    client = sign_in("trainer")
    owned(need, cast.trainer)
    assert client.get(KEPT).status_code == 200

    owned(need, cast.lead)

    assert client.get(f"/surveys/needs/{need.pk}/").status_code == 404
    assert client.get(KEPT).status_code == 404


def test_an_owner_who_is_not_there_is_refused_with_everything_typed(sign_in, need):
    form = {
        "made_by_form": str(need.made_by_form), "statement": "I need reasons.", "frequency": "3",
        "severity": "3", "initiative": need.initiative_id, "owner": "nobody@fairhaven.example",
        "revision": 1,
    }  # fmt: skip

    page = sign_in("lead").post(f"/surveys/needs/{need.pk}/edit/", form).text

    assert "Nobody with an open account has this mail address." in page
    assert "I need reasons." in page


def test_a_day_that_cannot_be_kept_is_changed_and_a_mistake_taken_away(sign_in, need, cast):
    remedy = make_remedy(need, due=days_ago(3))
    address = f"/surveys/needs/{need.pk}/remedies/{remedy.pk}/"
    client = sign_in("lead")
    later = timezone.localdate() + dt.timedelta(days=30)

    words = {"kind": "course", "text": "Two sessions.", "due": later.isoformat()}
    client.post(address, {**words, "revision": remedy.revision})
    remedy.refresh_from_db()
    assert (remedy.text, remedy.due) == ("Two sessions.", later)
    assert client.post(address, {"kind": "course", "text": ""}).status_code == 200

    for _n in range(2):
        client.post(f"{address}remove/")
    need.refresh_from_db()
    assert need.status == "new"
    assert not need.remedies.exists()


# The weekly report


def test_the_report_counts_new_and_answered_needs_for_who_keeps_them(need, cast):
    make_remedy(make_need(need.initiative, statement="No"), kind="nothing", text="Too dear.")

    assert news_of(cast.lead) == ["2 new needs, 1 answered"]
    assert news_of(cast.staff) == []


def test_who_leads_the_initiative_or_owns_the_need_reads_of_theirs_only(need, cast):
    make_need(InitiativeFactory(name="Own", lead=cast.neighbour), owner=cast.trainer)

    assert news_of(cast.neighbour) == news_of(cast.trainer) == ["1 new need, 0 answered"]


def test_a_quiet_week_has_no_line_about_needs(need, cast):
    Need.objects.update(created_at=timezone.now() - dt.timedelta(days=9))

    assert news_of(cast.lead) == []


def test_the_report_asks_the_database_as_often_for_many_people_as_for_one(
    need, cast, django_assert_num_queries
):
    now = timezone.now()
    people = [cast.lead, cast.staff, cast.neighbour]
    for some in (people[:1], people):
        with django_assert_num_queries(4):
            Surveys().digest_items_for_all(
                some, since=now - dt.timedelta(days=1), until=now + dt.timedelta(days=1)
            )
