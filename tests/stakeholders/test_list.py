"""The list of stakeholders: who reads it, what its filters find, and what is done to several."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buyin.stakeholders.models import SavedSearch, Stakeholder, StakeholderTag
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import (
    ContactFactory,
    InterestFactory,
    OrganisationFactory,
    PostFactory,
    StakeholderFactory,
    make_assessed,
)

LIST = "/stakeholders/"


@pytest.fixture
def initiative(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads])


@pytest.fixture
def several(cast, initiative):
    """Ada of Roads supports, Ben of Roads resists, Cho of Clinic is not assessed, a vendor."""
    ada = StakeholderFactory(name="Ada Adams", department=cast.roads, owner=cast.lead)
    ben = StakeholderFactory(name="Ben Brown", department=cast.roads, category="union")
    make_assessed(stakeholder=ada, initiative=initiative, power=5, interest=5, current=3, desired=3)
    make_assessed(stakeholder=ben, initiative=initiative, power=5, interest=2, current=1, desired=3)
    cho = StakeholderFactory(name="Cho Chen", department=cast.clinic)
    InterestFactory(stakeholder=cho, initiative=initiative)
    vendor = OrganisationFactory(name="Vast Vision")
    StakeholderFactory(person=None, organisation=vendor, name="Vast Vision", category="vendor")
    gone = StakeholderFactory(name="Gil Gone", archived_at=timezone.now())
    tag = StakeholderTag.objects.create(name="Night shift")
    ben.tags.add(tag)
    return {"ada": ada, "ben": ben, "cho": cho, "gone": gone, "tag": tag}


def names(answer):
    return [stakeholder.name for stakeholder in answer.context["page"]]


def find(sign_in, persona="lead", **words):
    return names(sign_in(persona).get(LIST, words))


@pytest.mark.parametrize("persona", ["staff", "neighbour", "trainer", "moderator"])
def test_the_list_is_not_there_for_who_works_with_nobody(sign_in, several, persona):
    assert sign_in(persona).get(LIST).status_code == 404


def test_a_coordinator_lists_those_of_their_departments(sign_in, several):
    assert find(sign_in, "coordinator") == ["Ada Adams", "Ben Brown"]


def test_who_leads_an_initiative_lists_those_on_its_list(sign_in, cast, several, initiative):
    initiative.lead = cast.neighbour
    initiative.save()

    assert find(sign_in, "neighbour") == ["Ada Adams", "Ben Brown", "Cho Chen"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({}, ["Ada Adams", "Ben Brown", "Cho Chen", "Vast Vision"]),
        ({"q": "ben"}, ["Ben Brown"]),
        ({"q": "b n"}, ["Ben Brown"]),
        ({"department": "works"}, ["Ada Adams", "Ben Brown"]),
        ({"category": "vendor"}, ["Vast Vision"]),
        ({"owner": "me"}, ["Ada Adams"]),
        ({"owner": "nobody"}, ["Ben Brown", "Cho Chen", "Vast Vision"]),
        ({"quadrant": "manage-closely"}, ["Ada Adams"]),
        ({"quadrant": "keep-satisfied"}, ["Ben Brown"]),
        ({"quadrant": "monitor"}, []),
        ({"level": "1"}, ["Ben Brown"]),
        ({"gap": "behind"}, ["Ben Brown"]),
        ({"gap": "there"}, ["Ada Adams"]),
        ({"gap": "beyond"}, []),
        ({"gap": "not-assessed"}, ["Cho Chen"]),
        ({"state": "archived"}, ["Gil Gone"]),
        ({"state": "all", "q": "g"}, ["Gil Gone"]),
        ({"sort": "-name", "department": "roads"}, ["Ben Brown", "Ada Adams"]),
        ({"sort": "category", "q": "a"}, ["Ada Adams", "Vast Vision"]),
    ],
)
def test_filters_narrow_the_list(sign_in, several, words, expected):
    assert find(sign_in, **words) == expected


def test_an_initiative_narrows_the_list_and_what_its_rows_say(sign_in, several, initiative):
    elsewhere = InitiativeFactory(name="Letter reader")
    make_assessed(stakeholder=several["ada"], initiative=elsewhere, current=1)

    answer = sign_in("lead").get(LIST, {"initiative": elsewhere.pk})

    assert names(answer) == ["Ada Adams"]
    assert "Letter reader: Resistant" in answer.text
    assert "Pothole finder: Supportive" not in answer.text


def test_a_tag_narrows_the_list(sign_in, several):
    assert find(sign_in, tag=several["tag"].pk) == ["Ben Brown"]


@pytest.mark.parametrize(
    "words",
    [{"owner": "x"}, {"initiative": "1 or 1"}, {"tag": "999999"}, {"sort": "owner__password"}],
)
def test_a_filter_that_there_is_not_is_refused_beside_its_field(sign_in, several, words):
    answer = sign_in("lead").get(LIST, words)

    assert answer.status_code == 200
    assert "usa-error-message" in answer.text


def test_a_row_says_which_post_somebody_holds(sign_in, cast, several):
    PostFactory(person=several["ada"].person, department=cast.roads, title="Head of Roads")
    PostFactory(
        person=several["ada"].person, department=cast.parks, title="Gone", ends_on="2020-01-01"
    )

    text = sign_in("lead").get(LIST).text

    assert "Head of Roads, Roads" in text
    assert "Gone, Parks" not in text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_rows(sign_in, cast, initiative, rows):
    for _row in range(rows):
        one = StakeholderFactory(department=cast.roads, owner=cast.lead)
        PostFactory(person=one.person, department=cast.roads)
        InterestFactory(stakeholder=one, initiative=initiative)
        one.tags.add(StakeholderTag.objects.create(name=f"Tag {one.pk}"))
    client = sign_in("lead")
    client.get(LIST)

    with CaptureQueriesContext(connection) as captured:
        client.get(LIST)

    assert len(captured) == 11


# Searches that somebody keeps


def test_a_search_is_kept_found_again_and_forgotten(sign_in, several):
    client = sign_in("lead")

    client.post(f"{LIST}searches/keep/", {"name": "Unions", "words": "category=union&page=2"})
    kept = SavedSearch.objects.get()

    assert kept.words == {"category": "union"}
    assert f'href="{LIST}?category=union"' in client.get(LIST).text
    client.post(f"{LIST}searches/{kept.pk}/drop/")
    assert not SavedSearch.objects.exists()


def test_a_search_of_the_same_name_is_overwritten(sign_in, several):
    client = sign_in("lead")

    for category in ("union", "vendor"):
        client.post(f"{LIST}searches/keep/", {"name": "Mine", "words": f"category={category}"})

    assert SavedSearch.objects.get().words == {"category": "vendor"}


@pytest.mark.parametrize("sent", [{"name": "", "words": "q=a"}, {"name": "A", "words": ""}])
def test_a_search_needs_words_and_a_name(sign_in, several, sent):
    answer = sign_in("lead").post(f"{LIST}searches/keep/", sent, follow=True)

    assert not SavedSearch.objects.exists()
    assert "give the search a name" in answer.text


def test_nobody_reads_or_forgets_the_searches_of_others(sign_in, cast, several):
    kept = SavedSearch.objects.create(person=cast.lead, name="Theirs", words={"q": "a"})
    client = sign_in("administrator")

    assert "Theirs" not in client.get(LIST).text
    assert client.post(f"{LIST}searches/{kept.pk}/drop/").status_code == 404


# Several at once


def change(client, several, *who, **said):
    chosen = [several[name].pk for name in who]
    return client.post(f"{LIST}bulk/", {"chosen": chosen, **said}, follow=True)


def test_several_are_changed_only_after_somebody_looked_at_it(sign_in, cast, several):
    client = sign_in("lead")
    said = {"bulk-owner": cast.coordinator.email, "bulk-tag": "Pilot"}

    looked = change(client, several, "ada", "ben", **said)

    assert "Nothing has changed yet" in " ".join(looked.text.split())
    assert not Stakeholder.objects.filter(owner=cast.coordinator).exists()
    change(client, several, "ada", "ben", confirmed="yes", **said)
    found = Stakeholder.objects.filter(owner=cast.coordinator, tags__name="Pilot")
    assert {one.name for one in found} == {"Ada Adams", "Ben Brown"}


def test_several_are_archived(sign_in, several):
    change(sign_in("lead"), several, "ada", "cho", confirmed="yes", **{"bulk-archived": "on"})

    archived = Stakeholder.objects.exclude(archived_at=None).values_list("name", flat=True)
    assert set(archived) == {"Ada Adams", "Cho Chen", "Gil Gone"}


def test_several_are_brought_back_and_keep_what_they_have(sign_in, cast, several):
    gone = Stakeholder.objects.get(name="Gil Gone")
    chosen = [gone.pk, several["ada"].pk]
    said = {"chosen": chosen, "confirmed": "yes", "bulk-returned": "on", "bulk-tag": "Again"}
    sign_in("lead").post(f"{LIST}bulk/", said)

    assert not Stakeholder.objects.exclude(archived_at=None).exists()
    assert set(Stakeholder.objects.filter(tags__name="Again")) == {gone, several["ada"]}


def test_another_change_leaves_the_archive_as_it_is(sign_in, several):
    gone = Stakeholder.objects.get(name="Gil Gone")
    said = {"chosen": [gone.pk], "confirmed": "yes", "bulk-tag": "Once"}
    sign_in("lead").post(f"{LIST}bulk/", said)

    gone.refresh_from_db()
    assert gone.archived_at
    assert [tag.name for tag in gone.tags.all()] == ["Once"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "Say what is to change"),
        ({"bulk-archived": "on", "bulk-returned": "on"}, "Either archive them, or bring them back"),
        ({"bulk-owner": "nobody@example.org"}, "Nobody with an open account"),
    ],
)
def test_a_change_of_several_must_say_something_that_can_be_done(sign_in, several, said, words):
    answer = change(sign_in("lead"), several, "ada", confirmed="yes", **said)

    assert words in answer.text


def test_who_ticked_nobody_is_told_so(sign_in, several):
    answer = sign_in("lead").post(f"{LIST}bulk/", {"chosen": ["x", "9" * 30]}, follow=True)

    assert "Tick the stakeholders" in answer.text


def test_strangers_are_not_changed_with_the_others(sign_in, several):
    said = {"confirmed": "yes", "bulk-archived": "on"}

    change(sign_in("coordinator"), several, "ada", "cho", **said)
    change(sign_in("executive"), several, "ben", **said)

    several["cho"].refresh_from_db()
    several["ben"].refresh_from_db()
    assert (several["cho"].archived_at, several["ben"].archived_at) == (None, None)


def test_an_executive_looks_and_has_nothing_to_tick(sign_in, several):
    text = sign_in("executive").get(LIST).text

    assert "Ada Adams" in text
    assert 'name="chosen"' not in text
    assert "Add a stakeholder" not in text


def test_a_mail_address_finds_its_person(sign_in, cast):
    StakeholderFactory(name="Zed", person=ContactFactory(name="Zed", email="zed@vendor.example"))

    assert find(sign_in, q="zed@vendor") == ["Zed"]
