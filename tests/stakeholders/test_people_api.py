"""The people of an initiative for programs: who is on its list, and who has which part in what."""

import pytest

from buyin.stakeholders.models import Interest, Raci
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import InterestFactory, StakeholderFactory, make_assessed

API = "/api/v1/"
JSON = "application/json"


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads], lead=cast.staff)


@pytest.fixture
def ruth(cast):
    return StakeholderFactory(name="Ruth Roads", department=cast.roads)


@pytest.fixture
def listed(ours, ruth):
    return InterestFactory(stakeholder=ruth, initiative=ours)


def take_up(client, stakeholder, initiative):
    address = f"{API}stakeholders/{stakeholder.pk}/interests/"
    return client.post(address, {"initiative": getattr(initiative, "pk", initiative)}, JSON)


def give(client, of, whom, **said):
    body = {"deliverable": "Go-live", "stakeholder": whom.pk, "part": "A"} | said
    return client.post(f"{API}initiatives/{of.pk}/parts/", body, JSON)


def taken(client, initiative, part):
    return client.post(f"{API}initiatives/{initiative.pk}/parts/{part}/taken/", None, JSON)


def rows(client, address):
    return client.get(f"{API}{address}/").json()["results"]


# Who is on the list


def test_somebody_is_put_on_a_list_once_without_an_assessment(sign_in, ours, ruth):
    coordinator = sign_in("coordinator")

    first, again = (take_up(coordinator, ruth, ours) for _sent in range(2))

    made = Interest.objects.get()
    assert (first.status_code, first.json()) == (201, again.json())
    nothing = {"power", "interest", "legitimacy", "urgency", "impact", "current", "desired",
               "desired_by", "assessed_on", "quadrant", "salience", "gap"}  # fmt: skip
    assert first.json() == dict.fromkeys(nothing) | {
        "id": made.pk, "stakeholder": ruth.pk, "name": "Ruth Roads", "initiative": ours.pk,
    }  # fmt: skip
    assert rows(coordinator, f"stakeholders/{ruth.pk}/interests") == [first.json()]
    assert rows(coordinator, f"initiatives/{ours.pk}/people") == [first.json()]


def test_who_is_assessed_already_stays_as_they_were(sign_in, ours, ruth):
    make_assessed(stakeholder=ruth, initiative=ours, power=5, interest=5, current=1, desired=3)

    found = take_up(sign_in("lead"), ruth, ours).json()

    assert (found["current"], found["desired"], found["gap"], found["quadrant"]) == (
        "resistant", "supportive", 2, "manage-closely",
    )  # fmt: skip


@pytest.mark.parametrize("whose", ["clinic", "nobody", "none", "text"])
def test_nobody_is_put_on_a_list_that_one_may_not_open(sign_in, cast, ruth, whose):
    theirs = InitiativeFactory(departments=[cast.clinic])
    asked = {"clinic": theirs, "nobody": 10**9, "none": None, "text": "x"}[whose]

    answer = take_up(sign_in("coordinator"), ruth, asked)

    assert (answer.status_code, list(answer.json())) == (400, ["initiative"])
    assert not Interest.objects.exists()


@pytest.mark.parametrize("who", ["executive", "neighbour", "trainer"])
def test_who_may_not_change_the_record_puts_nobody_on_a_list(sign_in, ours, ruth, who):
    assert take_up(sign_in(who), ruth, ours).status_code == 404
    assert not Interest.objects.exists()


def test_nobody_reads_on_which_lists_they_are_themselves(sign_in, cast, listed, ruth):
    ruth.person.user = cast.people["neighbour"]
    ruth.person.save()

    answer = sign_in("neighbour").get(f"{API}stakeholders/{ruth.pk}/interests/")

    assert (answer.status_code, answer.json()["results"]) == (200, [])


@pytest.mark.parametrize(
    ("who", "status", "names"),
    [
        ("coordinator", 200, ["Ruth Roads"]),
        ("executive", 200, ["Carl Clinic", "Ruth Roads"]),
        ("staff", 200, ["Carl Clinic", "Ruth Roads"]),  # who leads it
        ("neighbour", 404, []),
        ("trainer", 404, []),
    ],
)
def test_the_people_of_an_initiative_are_for_those_of_its_page(
    sign_in, cast, ours, listed, who, status, names
):
    carl = StakeholderFactory(name="Carl Clinic", department=cast.clinic)
    InterestFactory(stakeholder=carl, initiative=ours)

    answer = sign_in(who).get(f"{API}initiatives/{ours.pk}/people/")

    assert answer.status_code == status
    assert [one["name"] for one in answer.json().get("results", [])] == names


@pytest.mark.parametrize("what", ["people", "parts"])
def test_a_member_of_staff_who_only_opens_an_initiative_reads_nothing_of_its_people(
    sign_in, cast, what
):
    others = InitiativeFactory(departments=[cast.roads])

    assert sign_in("staff").get(f"{API}initiatives/{others.pk}/").status_code == 200
    assert sign_in("staff").get(f"{API}initiatives/{others.pk}/{what}/").status_code == 404


# Parts


def test_a_part_is_given_and_read_as_the_page_has_it(sign_in, ours, ruth, listed):
    client = sign_in("staff")

    answer = give(client, ours, ruth)

    made = Raci.objects.get()
    assert (answer.status_code, made.part, made.stakeholder) == (201, "A", ruth)
    assert rows(sign_in("coordinator"), f"initiatives/{ours.pk}/parts") == [answer.json()]
    assert answer.json() == {
        "id": made.pk, "deliverable": "Go-live", "stakeholder": ruth.pk, "name": "Ruth Roads",
        "part": "A",
    }  # fmt: skip
    assert "Ruth Roads" in client.get(f"/initiatives/{ours.pk}/people/parts/").text


def test_one_is_accountable_and_the_second_is_told(sign_in, cast, ours, ruth, listed):
    bo = StakeholderFactory(name="Bo Boss", department=cast.roads)
    InterestFactory(stakeholder=bo, initiative=ours)
    lead = sign_in("lead")
    first = give(lead, ours, ruth).json()

    refused = give(lead, ours, bo, deliverable="GO-LIVE")

    assert refused.status_code == 400
    assert "Somebody is accountable for this deliverable already." in refused.json()["detail"][0]
    assert give(lead, ours, bo, part="C").status_code == 201
    assert taken(lead, ours, first["id"]).json() == first
    assert give(lead, ours, bo).status_code == 201


def test_the_same_part_is_given_once(sign_in, ours, ruth, listed):
    lead = sign_in("lead")

    statuses = [give(lead, ours, ruth, part="C").status_code for _sent in range(2)]

    assert statuses == [201, 400]
    assert Raci.objects.count() == 1


def test_parts_come_deliverable_by_deliverable(sign_in, ours, ruth, listed):
    lead = sign_in("lead")
    for deliverable, part in (("Roll-out", "R"), ("go-live", "R"), ("Go-live", "A")):
        give(lead, ours, ruth, deliverable=deliverable, part=part)

    found = rows(lead, f"initiatives/{ours.pk}/parts")

    assert [(one["deliverable"], one["part"]) for one in found] == [
        ("Go-live", "A"), ("go-live", "R"), ("Roll-out", "R"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"deliverable": ""}, "deliverable"), ({"deliverable": "x" * 201}, "deliverable"),
        ({"deliverable": "a\u202eb"}, "deliverable"), ({"part": "X"}, "part"),
        ({"stakeholder": 10**9}, "stakeholder"), ({"stakeholder": "Ruth"}, "stakeholder"),
        ({"initiative": 3}, "initiative"),
    ],
)  # fmt: skip
def test_a_part_that_does_not_hold_is_refused_by_field(sign_in, ours, ruth, listed, said, field):
    answer = give(sign_in("lead"), ours, ruth, **said)

    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert not Raci.objects.exists()


def test_who_is_not_on_the_list_gets_no_part(sign_in, ours, ruth):
    assert list(give(sign_in("lead"), ours, ruth).json()) == ["stakeholder"]


@pytest.mark.parametrize("who", ["coordinator", "executive", "neighbour"])
def test_who_does_not_lead_gives_and_takes_no_part(sign_in, ours, ruth, listed, who):
    made = give(sign_in("lead"), ours, ruth).json()
    client = sign_in(who)

    assert give(client, ours, ruth, part="R").status_code == 404
    assert taken(client, ours, made["id"]).status_code == 404
    assert Raci.objects.count() == 1


def test_a_part_is_taken_once_and_only_from_its_own_initiative(sign_in, ours, ruth, listed):
    lead, other = sign_in("lead"), InitiativeFactory()
    made = give(lead, ours, ruth).json()

    assert taken(lead, other, made["id"]).status_code == 404
    assert [taken(lead, ours, made["id"]).status_code for _sent in range(2)] == [200, 404]
    assert not Raci.objects.exists()


def test_a_part_of_whom_one_does_not_know_is_not_told(sign_in, cast, ours, ruth, listed):
    carl = StakeholderFactory(name="Carl Clinic", department=cast.clinic)
    InterestFactory(stakeholder=carl, initiative=ours)
    give(sign_in("lead"), ours, carl)

    assert rows(sign_in("coordinator"), f"initiatives/{ours.pk}/parts") == []
    assert len(rows(sign_in("executive"), f"initiatives/{ours.pk}/parts")) == 1


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("what", "queries"), [("people", 4), ("parts", 4), ("interests", 4)]
)  # fmt: skip
def test_lists_need_as_many_queries_for_many_as_for_one(
    sign_in, cast, ours, ruth, listed, django_assert_num_queries, what, queries, count
):
    for n in range(count):
        one = InterestFactory(
            stakeholder=StakeholderFactory(department=cast.roads), initiative=ours
        )
        InterestFactory(stakeholder=ruth)
        Raci.objects.create(
            initiative=ours, stakeholder=one.stakeholder, deliverable=f"D{n}", part="R"
        )
    lead = sign_in("lead")
    of = f"stakeholders/{ruth.pk}" if what == "interests" else f"initiatives/{ours.pk}"

    with django_assert_num_queries(queries):
        assert lead.get(f"{API}{of}/{what}/").json()["count"] >= count


@pytest.mark.parametrize("what", ["people", "parts"])
def test_a_filter_that_there_is_not_is_refused_by_its_name(sign_in, ours, what):
    answer = sign_in("lead").get(f"{API}initiatives/{ours.pk}/{what}/?part=A")

    assert answer.json() == {"part": ["There is no such filter."]}
