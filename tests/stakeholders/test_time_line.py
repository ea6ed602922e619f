"""The page of one stakeholder: the time line, who it is, and only what its reader may read."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buyin.stakeholders.models import Assessment, ConsentEvent, Relationship
from buyin.stakeholders.queries import relations_of, time_line
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import (
    GroupFactory,
    InterestFactory,
    OrganisationFactory,
    PostFactory,
    StakeholderFactory,
    make_assessed,
    make_one_of_each,
)


@pytest.fixture
def ruth(cast):
    return StakeholderFactory(name="Ruth Roads", department=cast.roads)


def page(stakeholder):
    return f"/stakeholders/{stakeholder.pk}/"


def words(answer):
    return " ".join(answer.text.split())


def told(viewer, stakeholder):
    return [(event.on, event.title) for event in time_line(viewer=viewer, stakeholder=stakeholder)]


def titles(viewer, stakeholder):
    return [title for _day, title in told(viewer, stakeholder)]


def ago(days):
    return timezone.localdate() - timedelta(days=days)


# What the time line tells


def test_of_whom_nothing_is_noted_the_page_says_so(sign_in, ruth):
    text = words(sign_in("lead").get(page(ruth)))

    assert "Nothing is noted yet." in text
    assert "On no initiative's list yet." in text
    assert "No post noted" in text
    assert "None noted." in text
    assert "nobody asked yet" in text


def test_each_step_of_a_level_is_told_with_where_it_came_from(cast, ruth):
    initiative = InitiativeFactory(name="Pothole finder")
    about = make_assessed(stakeholder=ruth, initiative=initiative, on=ago(30), current=1)
    for days, level in ((20, 1), (10, 3), (5, None)):
        Assessment.objects.create(about=about, assessed_on=ago(days), current=level)

    assert titles(cast.lead, ruth) == [
        "Pothole finder: from “Supportive” to “Not assessed”",
        "Pothole finder: from “Resistant” to “Supportive”",
        "Pothole finder: “Resistant”",
        "Pothole finder: “Resistant”",
    ]


def test_two_initiatives_are_told_apart(cast, ruth):
    for name, level in (("Pothole finder", 1), ("Letter reader", 4)):
        make_assessed(
            stakeholder=ruth, initiative=InitiativeFactory(name=name), on=ago(level), current=level
        )

    assert titles(cast.lead, ruth) == ["Pothole finder: “Resistant”", "Letter reader: “Leading”"]


def test_of_one_day_the_last_note_stands_on_top(cast, ruth):
    about = make_assessed(stakeholder=ruth, initiative__name="P", on=ago(1), current=1)
    Assessment.objects.create(about=about, assessed_on=ago(1), current=2)

    assert titles(cast.lead, ruth) == ["P: from “Resistant” to “Neutral”", "P: “Resistant”"]


def test_reasons_and_evidence_stand_together_with_who_noted_them(cast, ruth):
    about = make_assessed(stakeholder=ruth, why="Saw the demo", by=cast.coordinator)
    about.assessments.update(evidence="Minutes of 3 May")

    (event,) = time_line(viewer=cast.lead, stakeholder=ruth)

    assert (event.kind, event.detail, event.by) == (
        "Assessed",
        "Saw the demo · Minutes of 3 May",
        "Coordinator Persona",
    )


def test_who_noted_it_and_is_gone_is_no_name(cast, ruth):
    make_assessed(stakeholder=ruth, why="Saw the demo", by=cast.neighbour)

    cast.neighbour.delete()

    (event,) = time_line(viewer=cast.lead, stakeholder=ruth)
    assert (event.detail, event.by) == ("Saw the demo", "")


def test_posts_and_relations_are_told_when_they_begin_and_when_they_are_over(cast, ruth):
    other = StakeholderFactory(name="Olga Other")
    PostFactory(
        person=ruth.person, department=cast.roads, title="Clerk", starts_on=ago(9), ends_on=ago(5)
    )
    Relationship.objects.create(
        first=ruth, second=other, kind="advises", starts_on=ago(7), ends_on=ago(3)
    )

    assert told(cast.lead, ruth) == [
        (ago(3), "Ruth Roads advises Olga Other"),
        (ago(5), "Clerk, Roads"),
        (ago(7), "Ruth Roads advises Olga Other"),
        (ago(9), "Clerk, Roads"),
    ]


@pytest.mark.parametrize(("days", "is_told"), [(-1, False), (0, True), (1, True)])
def test_what_ends_on_a_day_to_come_has_not_ended(cast, ruth, days, is_told):
    PostFactory(person=ruth.person, department=cast.roads, title="Clerk", ends_on=ago(days))

    assert [title == "Clerk, Roads" for title in titles(cast.lead, ruth)] == [True] * is_told


def test_what_began_nobody_knows_when_is_on_the_page_and_not_on_the_line(sign_in, cast, ruth):
    PostFactory(person=ruth.person, department=cast.roads, title="Clerk")

    assert told(cast.lead, ruth) == []
    assert "Clerk, Roads" in sign_in("lead").get(page(ruth)).text


def test_consent_is_told_on_the_day_it_was_here(cast, ruth, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    evening = datetime(2026, 3, 2, 20, tzinfo=timezone.get_fixed_timezone(0))
    ConsentEvent.objects.create(person=ruth.person, kind="withdrawn", basis="By mail", at=evening)

    with timezone.override("Pacific/Auckland"):
        (event,) = time_line(viewer=cast.lead, stakeholder=ruth)

    assert (event.on, event.title) == (date(2026, 3, 3), "Does not want to be contacted")
    assert (event.kind, event.detail) == ("Consent", "By mail")


@pytest.mark.parametrize("kind", ["organisation", "group"])
def test_what_is_no_person_has_neither_posts_nor_consent_on_its_page(sign_in, cast, kind):
    make = {"organisation": OrganisationFactory, "group": GroupFactory}[kind]
    found = StakeholderFactory(person=None, **{kind: make()})

    text = sign_in("lead").get(page(found)).text

    assert "Note consent" not in text
    assert "Add a post" not in text
    assert told(cast.lead, found) == []


# Who reads what of it


def test_a_coordinator_reads_nothing_of_initiatives_that_they_may_not_open(cast, ruth):
    near = InitiativeFactory(name="Near", departments=[cast.roads])
    far = InitiativeFactory(name="Far", departments=[cast.clinic])
    for initiative in (near, far):
        make_assessed(stakeholder=ruth, initiative=initiative, current=1)

    assert titles(cast.coordinator, ruth) == ["Near: “Resistant”"]
    assert len(titles(cast.lead, ruth)) == 2


def test_who_leads_one_initiative_reads_what_is_noted_for_it_alone(sign_in, cast, ruth):
    own = InitiativeFactory(name="Own", lead=cast.neighbour)
    other = InitiativeFactory(name="Other")
    for initiative in (own, other):
        make_assessed(stakeholder=ruth, initiative=initiative, current=1, why=initiative.name)

    answer = sign_in("neighbour").get(page(ruth))

    assert titles(cast.neighbour, ruth) == ["Own: “Resistant”"]
    assert [one.initiative for one in answer.context["interests"]] == [own]
    assert "Other:" not in answer.text


def test_whoever_reads_their_own_record_reads_consent_and_posts_and_no_relation(
    sign_in, cast, ruth
):
    ruth.person.user = cast.staff
    ruth.person.save()
    other = StakeholderFactory(name="Olga Other", department=cast.roads)
    Relationship.objects.create(first=other, second=ruth, kind="influences", starts_on=ago(2))
    PostFactory(person=ruth.person, department=cast.roads, title="Clerk", starts_on=ago(3))
    ConsentEvent.objects.create(person=ruth.person, kind="given", basis="By mail")

    text = sign_in("staff").get(page(ruth)).text

    assert titles(cast.staff, ruth) == ["Agreed to be contacted", "Clerk, Roads"]
    assert "By mail" in text
    assert "Olga Other" not in text
    assert "/archive/" not in text
    assert 'href="/stakeholders/"' not in text


def test_relations_are_read_from_both_ends_ended_ones_as_well(cast, ruth):
    other = StakeholderFactory(name="Olga Other")
    there = Relationship.objects.create(first=ruth, second=other, kind="advises", ends_on=ago(3))
    back = Relationship.objects.create(first=other, second=ruth, kind="influences")

    for one in (ruth, other):
        found = relations_of(viewer=cast.lead, stakeholder=one)
        assert {relation.pk for relation in found} == {there.pk, back.pk}


def test_a_relation_is_ended_from_the_page_of_its_first_alone(sign_in, cast, ruth):
    other = StakeholderFactory(name="Olga Other", department=cast.roads)
    made = Relationship.objects.create(first=ruth, second=other, kind="advises")
    client = sign_in("coordinator")

    from_second = client.post(f"{page(other)}relations/{made.pk}/end/")

    made.refresh_from_db()
    assert (from_second.status_code, made.ends_on) == (404, None)
    assert f"relations/{made.pk}/end/" in client.get(page(ruth)).text
    assert f"relations/{made.pk}/end/" not in client.get(page(other)).text


def test_what_has_ended_is_not_ended_again(sign_in, cast, ruth):
    other = StakeholderFactory(department=cast.roads)
    post = PostFactory(person=ruth.person, department=cast.roads, ends_on=ago(5))
    relation = Relationship.objects.create(first=ruth, second=other, kind="advises", ends_on=ago(5))
    client = sign_in("lead")

    for rest in (f"posts/{post.pk}/end/", f"relations/{relation.pk}/end/"):
        assert client.post(f"{page(ruth)}{rest}").status_code == 404

    post.refresh_from_db()
    relation.refresh_from_db()
    assert post.ends_on == relation.ends_on == ago(5)


def test_what_ends_today_may_be_told_twice_and_ends_once(sign_in, cast, ruth):
    post = PostFactory(person=ruth.person, department=cast.roads, starts_on=ago(9))
    client = sign_in("lead")

    with time_machine.travel(timezone.now(), tick=False):
        for _sent in range(2):
            assert client.post(f"{page(ruth)}posts/{post.pk}/end/").status_code == 302

    assert titles(cast.lead, ruth) == [str(post), str(post)]


@pytest.mark.parametrize(
    ("permitted", "said"), [(None, "nobody asked yet"), (True, "yes"), (False, "no")]
)
def test_the_page_says_whether_somebody_may_be_contacted(sign_in, ruth, permitted, said):
    ruth.person.contact_permitted = permitted
    ruth.person.save()

    text = words(sign_in("lead").get(page(ruth)))

    assert f"<dt>May be contacted</dt> <dd> {said} </dd>" in text


def test_the_page_says_who_is_archived_and_offers_the_way_back(sign_in, ruth):
    client = sign_in("lead")

    before = words(client.get(page(ruth)))
    client.post(f"{page(ruth)}archive/", {"archived": "yes"})
    after = words(client.get(page(ruth)))

    assert 'name="archived" value="yes" > Archive' in before
    assert 'name="archived" value="no" > Bring back' in after
    assert '<span class="tag">archived</span>' in after


@pytest.mark.parametrize("persona", ["lead", "coordinator", "executive"])
def test_what_is_written_about_somebody_is_text_and_never_markup(sign_in, cast, ruth, persona):
    initiative = InitiativeFactory(name="<b>I</b>", departments=[cast.roads])
    make_assessed(stakeholder=ruth, initiative=initiative, current=1, why="<script>1</script>")
    PostFactory(person=ruth.person, department=cast.roads, title="<b>T</b>", starts_on=ago(2))
    ConsentEvent.objects.create(person=ruth.person, kind="given", basis="<b>B</b>")

    text = sign_in(persona).get(page(ruth)).text

    for letter in "ITB":
        assert f"&lt;b&gt;{letter}&lt;/b&gt;" in text
        assert f"<b>{letter}</b>" not in text
    assert "<script>1" not in text


def test_the_page_costs_the_same_for_much_as_for_little(sign_in, cast):
    ruth = make_one_of_each(cast.roads).stakeholder
    client = sign_in("lead")
    costs = []

    for _more in range(2):
        client.get(page(ruth))
        with CaptureQueriesContext(connection) as captured:
            client.get(page(ruth))
        costs.append(len(captured))
        for days in range(1, 4):
            made = make_assessed(stakeholder=ruth, on=ago(days), by=cast.lead, current=1)
            InterestFactory(initiative=made.initiative)
            PostFactory(person=ruth.person, department=cast.parks, starts_on=ago(days))
            ConsentEvent.objects.create(person=ruth.person, kind="given", noted_by=cast.lead)
            Relationship.objects.create(
                first=ruth, second=StakeholderFactory(), kind="advises", starts_on=ago(days)
            )

    assert costs[0] == costs[1]
