"""How much contact people and departments had in thirty days, and a warning before one more."""

import csv
from datetime import timedelta

import pytest
from django.utils import timezone

from buyin.fatigue import MUCH_MAILS, MUCH_MEETINGS, MUCH_SURVEYS, Asked, Contact
from buyin.stakeholders.queries.fatigue import contacts_of, places, tired
from surveys.models import Invitation
from tests.factories.accounts import PersonFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.people_on_board import make_met
from tests.factories.stakeholders import ContactFactory, InterestFactory, StakeholderFactory
from tests.factories.surveys import make_participation, make_wave

PAGE = "/stakeholders/contact/"
DEPARTMENTS = f"{PAGE}departments/"


def ago(days):
    return timezone.localdate() - timedelta(days=days)


def ask(*people, times=1):
    for _ in range(times):
        wave = make_wave()
        Invitation.objects.bulk_create(
            Invitation(wave=wave, person=one, department=one.department) for one in people
        )
    return wave


def meet(*stakeholders, times=1, kind="call", **said):
    for number in range(times):
        make_met(*stakeholders, kind=kind, day=ago(number + 1), **said)


@pytest.fixture
def ruth(cast):
    """The staff persona as a stakeholder of Roads."""
    person = ContactFactory(user=cast.staff, name="Ruth Roads")
    return StakeholderFactory(name="Ruth Roads", person=person, department=cast.roads)


@pytest.fixture
def rob(cast):
    """A stakeholder of Roads who has no account."""
    return StakeholderFactory(name="Rob Roads", department=cast.roads)


def one_line(answer):
    return " ".join(answer.text.split())


# Counting


def test_surveys_mails_and_meetings_over_all_initiatives_count(cast, ruth):
    ask(cast.staff)
    make_met(ruth, kind="mail", day=ago(29))
    for kind in ("meeting", "call", "workshop", "demo", "interview"):
        make_met(ruth, kind=kind, day=ago(3), initiative=InitiativeFactory())

    assert contacts_of([ruth])[ruth.pk] == Contact(surveys=1, mails=1, meetings=5)


def test_thirty_days_count_and_not_one_more(ruth):
    make_met(ruth, day=ago(29))
    make_met(ruth, day=ago(30))

    assert contacts_of([ruth])[ruth.pk] == Contact(meetings=1)


def test_who_has_no_account_is_met_and_asked_by_no_survey_under_their_name(cast, rob):
    ask(cast.staff)
    meet(rob)

    assert contacts_of([rob])[rob.pk] == Contact(meetings=1)


def test_organisations_and_those_nobody_met_have_a_number_too(cast, rob):
    group = StakeholderFactory(person=None, group=_group(cast), name="Night shift")

    assert contacts_of([rob, group]) == {rob.pk: Contact(), group.pk: Contact()}


def _group(cast):
    from buyin.stakeholders.models import Group  # noqa: PLC0415 - one use

    return Group.objects.create(name="Night shift", department=cast.roads)


def test_whether_somebody_answered_never_shows(cast, ruth):
    wave = ask(cast.staff)
    before = contacts_of([ruth])
    make_participation(wave, cast.staff)

    assert contacts_of([ruth]) == before


@pytest.mark.parametrize(
    ("contact", "is_much"),
    [
        (Contact(), False),
        (
            Contact(surveys=MUCH_SURVEYS - 1, mails=MUCH_MAILS - 1, meetings=MUCH_MEETINGS - 1),
            False,
        ),
        (Contact(surveys=MUCH_SURVEYS), True),
        (Contact(mails=MUCH_MAILS), True),
        (Contact(meetings=MUCH_MEETINGS), True),
    ],
)
def test_each_kind_alone_may_be_much(contact, is_much):
    assert contact.is_much is is_much


@pytest.mark.parametrize(
    ("asked", "is_much"),
    [
        (Asked(), False), (Asked(people=40, often=None), False), (Asked(people=40, often=19), False),
        (Asked(people=40, often=20), True), (Asked(people=0, often=0), False),
    ],
)  # fmt: skip
def test_a_department_is_asked_much_where_half_of_its_people_are(asked, is_much):
    assert asked.is_much is is_much


def test_contacts_are_added_kind_by_kind():
    assert Contact(1, 2, 3) + Contact(10, 20, 30) == Contact(11, 22, 33)
    assert Contact(1, 2, 3).total == 6


# Who had much


def test_the_list_has_whom_one_more_may_be_too_much_the_most_first(cast, sign_in, ruth, rob):
    ask(cast.staff, times=MUCH_SURVEYS)
    meet(rob, times=MUCH_MEETINGS)
    meet(StakeholderFactory(name="Now and then"), times=MUCH_MEETINGS - 1)
    meet(StakeholderFactory(name="Gone", archived_at=timezone.now()), times=MUCH_MEETINGS)
    page = one_line(sign_in("lead").get(PAGE))

    assert [one.stakeholder.pk for one in tired(cast.lead)] == [rob.pk, ruth.pk]
    assert "2 stakeholders had much contact lately" in page
    assert "Much is 2 surveys, 6 mails, or 4 meetings and calls" in page
    assert f'href="/stakeholders/{rob.pk}/"' in page


@pytest.mark.parametrize("who", ["lead", "coordinator"])
def test_the_most_come_first_and_of_as_many_it_goes_by_name(cast, who):
    for name, times in (("Zoe", 0), ("Ada", 0), ("Yva", 2), ("Ben", 1)):
        meet(StakeholderFactory(name=name, department=cast.roads), times=MUCH_MEETINGS + times)
    found = tired(getattr(cast, who))

    assert [one.stakeholder.name for one in found] == ["Yva", "Ben", "Ada", "Zoe"]


@pytest.mark.parametrize("who", ["lead", "coordinator"])
def test_meetings_and_surveys_of_one_person_count_together(cast, ruth, who):
    meet(ruth, times=MUCH_MEETINGS)
    ask(cast.staff)
    (found,) = tired(getattr(cast, who))

    assert found.contact == contacts_of([ruth])[ruth.pk]
    assert (found.contact.surveys, found.contact.meetings) == (1, MUCH_MEETINGS)


@pytest.mark.parametrize("who", ["lead", "coordinator"])
def test_whoever_is_archived_merged_or_removed_is_on_no_list(cast, rob, who):
    for fate in ("archived_at", "erased_at"):
        gone = StakeholderFactory(department=cast.roads, **{fate: timezone.now()})
        meet(gone, times=MUCH_MEETINGS)
    meet(StakeholderFactory(department=cast.roads, merged_into=rob), times=MUCH_MEETINGS)

    assert tired(getattr(cast, who)) == []


def test_an_owner_without_a_name_is_called_by_their_address(cast, rob):
    rob.owner = PersonFactory(name="")
    rob.save()
    meet(rob, times=MUCH_MEETINGS)

    assert [one.stakeholder.owner for one in tired(cast.lead)] == [rob.owner.email]


def test_a_coordinator_reads_of_their_own_only(cast, sign_in, rob):
    theirs = StakeholderFactory(name="Clara Clinic", department=cast.clinic)
    for one in (rob, theirs):
        meet(one, times=MUCH_MEETINGS)
    page = sign_in("coordinator").get(PAGE).text

    assert [one.stakeholder.pk for one in tired(cast.coordinator)] == [rob.pk]
    assert "Clara" not in page
    assert "Clinic" not in page


def test_where_nobody_had_much_the_page_says_so(sign_in):
    assert "Nobody had much contact" in sign_in("lead").get(PAGE).text


@pytest.mark.parametrize("who", ["staff", "neighbour", "trainer"])
def test_the_pages_are_not_for_everybody(sign_in, who):
    for path in (PAGE, DEPARTMENTS, f"{PAGE}all.csv"):
        assert sign_in(who).get(path).status_code == 404


# Departments


def test_departments_count_each_meeting_once_and_small_groups_stay_hidden(cast, sign_in, ruth, rob):
    meet(ruth, rob)
    meet(ruth, kind="mail")
    ask(cast.staff, times=2)
    (found,) = places(cast.lead)
    page = one_line(sign_in("lead").get(DEPARTMENTS))

    assert found.department == cast.roads
    assert (found.asked.surveys, found.mails, found.met.meetings) == (2, 1, 1)
    assert "too few to say" in page
    assert "2 of" not in page


def test_a_department_of_which_half_were_asked_much_is_marked(cast, sign_in):
    people = [PersonFactory(department=cast.parks) for _ in range(39)]
    ask(*people[:25], times=2)
    page = one_line(sign_in("lead").get(DEPARTMENTS))

    assert [one.is_much for one in places(cast.lead)] == [True]
    assert '25 of 40 <span class="tag tag--due">much</span>' in page


def test_a_coordinator_reads_of_their_own_departments_only(cast, sign_in, rob):
    for one in (rob, StakeholderFactory(name="Clara", department=cast.clinic)):
        meet(one)
    page = sign_in("coordinator").get(DEPARTMENTS)

    assert [one.department for one in page.context["page"]] == [cast.roads]
    assert "Clinic" not in page.text


def test_where_no_department_had_contact_the_page_says_so_and_leads_back(sign_in):
    page = sign_in("lead").get(DEPARTMENTS).text

    assert "No department had contact" in page
    assert f'href="{PAGE}"' in page
    assert f'href="{DEPARTMENTS}" aria-current="page"' in page
    assert f'href="{PAGE}all.csv"' in page


# Before one more


@pytest.mark.parametrize("times", [MUCH_MEETINGS - 1, MUCH_MEETINGS])
def test_who_notes_a_contact_is_warned_of_those_who_had_much(cast, sign_in, rob, times):
    meet(rob, times=times)
    page = one_line(sign_in("coordinator").get(f"/stakeholders/log/new/?stakeholder={rob.pk}"))

    is_warned = times == MUCH_MEETINGS
    assert ("These have had much contact in the last 30 days" in page) is is_warned
    assert ("surveys 0, mails 0, meetings and calls 4" in page) is is_warned


def test_who_plans_a_contact_is_warned_as_well(cast, sign_in, rob):
    meet(rob, times=MUCH_MEETINGS)
    lead = sign_in("lead")

    page = one_line(lead.get(f"/stakeholders/plan/new/?stakeholder={rob.pk}"))

    assert "These have had much contact in the last 30 days" in page
    assert "Rob Roads</a >:" in page or "Rob Roads</a>:" in page


def test_all_whom_an_initiative_offers_are_looked_at(cast, sign_in, ruth, rob):
    ours = InitiativeFactory(departments=[cast.roads])
    for one in (ruth, rob):
        InterestFactory(stakeholder=one, initiative=ours)
    ask(cast.staff, times=2)
    found = sign_in("lead").get(f"/stakeholders/log/new/?initiative={ours.pk}").context["tired"]

    assert [one.stakeholder for one in found] == [ruth]


def test_their_page_says_how_much_they_had(cast, sign_in, ruth):
    lead = sign_in("lead")
    assert "That is much." not in lead.get(f"/stakeholders/{ruth.pk}/").text
    ask(cast.staff, times=2)

    page = one_line(lead.get(f"/stakeholders/{ruth.pk}/"))
    assert "<dt>Surveys</dt> <dd>2</dd>" in page
    assert "That is much. Before one more, see whether it can wait or join another." in page


def test_the_file_has_stakeholders_and_departments(cast, sign_in, rob):
    meet(rob, times=MUCH_MEETINGS)
    answer = sign_in("lead").get(f"{PAGE}all.csv")
    rows = list(csv.reader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()))

    assert rows == [
        ["Stakeholder", "Department", "Surveys", "Mails", "Meetings", "People", "Asked in much"],
        ["Rob Roads", "Roads", "0", "0", "4", "", ""],
        ["", "Roads", "0", "0", "4", "1", ""],
    ]


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_needs_as_many_queries_for_many_as_for_one(
    cast, sign_in, django_assert_num_queries, count
):
    for _ in range(count):
        person = PersonFactory(department=cast.roads)
        one = StakeholderFactory(person=ContactFactory(user=person), department=cast.roads)
        meet(one, times=MUCH_MEETINGS)
        ask(person)
    lead = sign_in("lead")

    with django_assert_num_queries(6):
        lead.get(PAGE)
    with django_assert_num_queries(6):
        lead.get(DEPARTMENTS)
