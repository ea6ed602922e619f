"""Records that may be about one, for programs of those who merge: found, and set apart once."""

import pytest

from buyin.stakeholders.actions import look_for_doubles
from buyin.stakeholders.models import NotDouble
from tests.factories.merging import make_twins
from tests.factories.stakeholders import OrganisationFactory, StakeholderFactory

API = "/api/v1/doubles/"
JSON = "application/json"


@pytest.fixture
def twins(cast):
    made = make_twins(cast.roads)
    look_for_doubles()
    return made


def apart(client, first, second):
    sent = {"first": getattr(first, "pk", first), "second": getattr(second, "pk", second)}
    return client.post(API, sent, JSON)


def test_programs_read_who_may_be_one_and_why(sign_in, cast, twins):
    one, other = twins
    StakeholderFactory(name="Percy Parks", department=cast.parks)

    assert sign_in("lead").get(API).json()["results"] == [
        {
            "first": one.pk, "second": other.pk, "names": ["Ruth Roads", "Ruth Raods"],
            "is_sure": True, "reasons": ["near-name", "mail", "place"],
        }
    ]  # fmt: skip


def test_what_speaks_against_it_is_told_and_makes_it_unsure(sign_in, cast):
    for mail in ("ruth@example.org", "somebody.else@agency.example"):
        made = StakeholderFactory(name="Ruth Roads", department=cast.roads)
        made.person.email = mail
        made.person.save()
    look_for_doubles()

    (found,) = sign_in("administrator").get(API).json()["results"]

    assert found["is_sure"] is False
    assert "other-mail" in found["reasons"]


def test_two_who_are_set_apart_are_not_proposed_again(sign_in, cast, twins):
    one, other = twins
    lead = sign_in("lead")

    answers = [apart(lead, *pair) for pair in ((other, one), (one, other))]

    assert [(one.status_code, one.json()) for one in answers] == [
        (200, {"first": one.pk, "second": other.pk})
    ] * 2
    assert lead.get(API).json()["results"] == []
    assert NotDouble.objects.get().said_by == cast.lead


@pytest.mark.parametrize(
    ("second", "field"),
    [(10**9, "second"), ("oneself", "second"), (None, "second"), (-1, "second")],
)
def test_a_pair_that_is_none_is_refused_by_field(sign_in, twins, second, field):
    first = twins[0]

    answer = apart(sign_in("lead"), first, first if second == "oneself" else second)

    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert not NotDouble.objects.exists()


def test_a_slip_in_a_name_is_refused(sign_in, twins):
    sent = {"first": twins[0].pk, "other": twins[1].pk}

    assert sign_in("lead").post(API, sent, JSON).json() == {"other": ["There is no such field."]}


@pytest.mark.parametrize("who", ["coordinator", "executive", "staff", "neighbour"])
def test_those_who_do_not_merge_neither_read_pairs_nor_set_them_apart(sign_in, twins, who):
    client = sign_in(who)

    assert client.get(API).status_code == 403
    assert apart(client, *twins).status_code == 403
    assert not NotDouble.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_pairs_need_as_many_queries_for_many_as_for_one(
    sign_in, cast, django_assert_num_queries, count
):
    for n in range(count):
        for name in (f"Organisation {n}{n}{n} of Roads", f"Organisation {n}{n}{n} of Roads"):
            union = OrganisationFactory(name=name)
            StakeholderFactory(person=None, organisation=union, name=name, department=cast.roads)
    look_for_doubles()
    lead = sign_in("lead")

    with django_assert_num_queries(4):
        assert lead.get(API).json()["count"] >= count


def test_pairs_come_a_part_at_a_time(sign_in, cast, twins):
    for _ in range(2):
        StakeholderFactory(name="Percy Parks", department=cast.parks)
    look_for_doubles()
    lead = sign_in("lead")

    first, then = (lead.get(API, {"limit": 1, "offset": n}).json() for n in range(2))

    assert first["count"] == then["count"] == 2
    assert first["results"] != then["results"]
    assert lead.get(API, {"sure": 1}).json() == {"sure": ["There is no such filter."]}
