"""Map, matrix, network and parts: what they say, as of which day, and to whom."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buyin.stakeholders.charts import (
    map_figure,
    map_title,
    matrix_of,
    matrix_title,
    network_drawing,
)
from buyin.stakeholders.models import Assessment, Interest, Raci, Relationship, Stakeholder
from buyin.stakeholders.queries import Stance
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import InterestFactory, StakeholderFactory, make_assessed

TODAY = timezone.localdate()


def ago(days):
    return TODAY - timedelta(days=days)


@pytest.fixture
def initiative(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads])


@pytest.fixture
def ruth(cast, initiative):
    """Ruth resisted 90 days ago; 10 days ago she saw the demo and stands neutral with more power."""
    found = make_assessed(
        stakeholder=StakeholderFactory(name="Ruth Roads", department=cast.roads),
        initiative=initiative,
        on=ago(90),
        power=2,
        interest=5,
        current=1,
        desired=3,
    )
    later = {"power": 5, "interest": 5, "current": 2, "desired": 3}
    Assessment.objects.create(about=found, assessed_on=ago(10), rationale="Saw the demo", **later)
    Interest.objects.filter(pk=found.pk).update(assessed_on=ago(10), **later)
    return found


@pytest.fixture
def carl(cast, initiative):
    """Carl of Clinic knows nothing of it."""
    return make_assessed(
        stakeholder=StakeholderFactory(name="Carl Clinic", department=cast.clinic),
        initiative=initiative,
        on=ago(5),
        power=1,
        interest=1,
        current=0,
        desired=3,
    )


def looks(initiative):
    own = f"/initiatives/{initiative.pk}/people/"
    return [own, f"{own}matrix/", f"{own}network/", f"{own}parts/"]


def words(answer):
    return " ".join(answer.text.split())


def test_the_map_names_everybody_with_the_quadrant_they_are_in(sign_in, initiative, ruth, carl):
    answer = sign_in("lead").get(looks(initiative)[0])

    assert answer.context["figure"].title == "1 is to be managed closely and does not resist"
    rows = {s.name: s.said.quadrant_words for s in answer.context["page"]}
    assert rows == {"Ruth Roads": "Manage closely", "Carl Clinic": "Monitor"}


def test_the_map_of_an_earlier_day_says_what_was_known_then_and_what_moved_since(
    sign_in, initiative, ruth, carl
):
    answer = sign_in("lead").get(looks(initiative)[0], {"day": ago(30)})

    rows = {s.name: (s.said.quadrant_words, s.said.current) for s in answer.context["page"]}
    assert rows == {"Ruth Roads": ("Keep informed", 1)}
    text = words(answer)
    assert "2 moved since" in text
    assert "from “Resistant” to “Neutral”" in text
    assert "Saw the demo" in text
    assert "from “Not assessed” to “Unaware”" in text


@pytest.mark.parametrize("day", ["2999-01-01", "not a day", ""])
def test_a_day_that_is_none_or_still_to_come_is_today(sign_in, initiative, ruth, day):
    answer = sign_in("lead").get(looks(initiative)[0], {"day": day})

    assert answer.context["day"] is None
    assert [s.said.current for s in answer.context["page"]] == [2]


def test_before_the_first_note_nobody_stood_anywhere(sign_in, initiative, ruth):
    answer = sign_in("lead").get(looks(initiative)[1], {"day": ago(900)})

    assert list(answer.context["page"]) == []
    assert "or was by that day" in answer.text


def test_the_matrix_marks_now_and_wanted_and_keeps_who_is_unaware_apart(
    sign_in, initiative, ruth, carl
):
    InterestFactory(stakeholder__name="Nia New", initiative=initiative)

    answer = sign_in("lead").get(looks(initiative)[1])

    assert answer.context["title"].startswith("1 of 1 is not yet where we want them: Ruth Roads")
    matrix = answer.context["matrix"]
    assert [mark for _level, mark, _words in matrix.lines[0].marks] == ["", "C", "D", ""]
    assert matrix.lines[0].gap == "1 step to go"
    assert [s.name for s in matrix.unaware] == ["Carl Clinic"]
    assert [s.name for s in matrix.not_assessed] == ["Nia New"]


def test_a_coordinator_sees_those_of_their_departments_on_every_look(
    sign_in, initiative, ruth, carl
):
    Relationship.objects.create(first=ruth.stakeholder, second=carl.stakeholder, kind="influences")
    Raci.objects.create(
        initiative=initiative, deliverable="Go-live", stakeholder=carl.stakeholder, part="A"
    )
    client = sign_in("coordinator")

    for address in looks(initiative):
        text = client.get(address).text
        assert "Carl Clinic" not in text
    assert "Ruth Roads" in client.get(looks(initiative)[0]).text


def test_who_leads_the_initiative_sees_and_assesses_all_on_its_list(
    sign_in, cast, initiative, ruth, carl
):
    initiative.lead = cast.neighbour
    initiative.save()

    answer = sign_in("neighbour").get(looks(initiative)[0])

    assert answer.context["assessable"] == {ruth.pk, carl.pk}
    assert "Carl Clinic" in answer.text


def test_staff_who_open_the_initiative_find_neither_the_tab_nor_its_pages(
    sign_in, initiative, ruth
):
    client = sign_in("staff")

    text = client.get(f"/initiatives/{initiative.pk}/").text

    assert f"/initiatives/{initiative.pk}/people/" not in text
    assert [client.get(address).status_code for address in looks(initiative)] == [404] * 4


def test_an_executive_looks_at_all_and_changes_nothing(sign_in, initiative, ruth):
    client = sign_in("executive")

    texts = [client.get(address).text for address in looks(initiative)]

    assert "Ruth Roads" in texts[0]
    assert not any(
        "Assess" in text.split("</nav>")[-1].replace("assessed", "") for text in texts[:1]
    )
    assert client.post(looks(initiative)[3]).status_code == 404


def test_archived_stakeholders_are_on_no_look(sign_in, initiative, ruth):
    Stakeholder.objects.update(archived_at=timezone.now())

    assert "Ruth Roads" not in sign_in("lead").get(looks(initiative)[0]).text


@pytest.mark.parametrize("kind", ["map", "matrix", "network"])
def test_the_same_looks_stand_below_the_stakeholders(sign_in, cast, initiative, ruth, kind):
    client = sign_in("lead")

    first = client.get(f"/stakeholders/{kind}/")
    chosen = client.get(f"/stakeholders/{kind}/", {"initiative": initiative.pk})

    assert first.context["initiative"] == chosen.context["initiative"] == initiative
    far = InitiativeFactory(departments=[cast.clinic])
    asked = {"initiative": far.pk}
    assert sign_in("coordinator").get(f"/stakeholders/{kind}/", asked).status_code == 404


def test_without_any_interest_there_is_nothing_to_look_at(sign_in, cast):
    assert "No initiative has stakeholders yet" in sign_in("lead").get("/stakeholders/map/").text


@pytest.mark.parametrize("address", [0, 1, 2, 3])
def test_a_look_costs_the_same_for_any_number_of_stakeholders(sign_in, cast, initiative, address):
    client = sign_in("lead")
    costs = []
    for _more in range(2):
        one = make_assessed(initiative=initiative, on=ago(40), power=1, interest=2, current=1)
        two = make_assessed(initiative=initiative, on=ago(3), power=5, interest=5, current=0)
        Relationship.objects.create(
            first=one.stakeholder, second=two.stakeholder, kind="influences"
        )
        Raci.objects.create(
            initiative=initiative, deliverable=f"D{one.pk}", stakeholder=one.stakeholder, part="A"
        )
        client.get(looks(initiative)[address], {"day": ago(9)})
        with CaptureQueriesContext(connection) as captured:
            client.get(looks(initiative)[address], {"day": ago(9)})
        costs.append(len(captured))

    assert costs[0] == costs[1]


# The network and the parts


def test_the_network_draws_who_has_to_do_with_whom_and_says_it_in_a_table(
    sign_in, initiative, ruth, carl
):
    other = StakeholderFactory(name="Olga Other")
    for second in (carl.stakeholder, other):
        Relationship.objects.create(first=ruth.stakeholder, second=second, kind="influences")
    Relationship.objects.create(
        first=ruth.stakeholder, second=other, kind="advises", ends_on=ago(3)
    )

    answer = sign_in("lead").get(looks(initiative)[2])

    assert len(answer.context["drawing"].dots) == 3
    assert len(answer.context["drawing"].arrows) == 2
    assert "<svg" in answer.text
    assert [str(r) for r in answer.context["page"]] == [
        "Ruth Roads influences Carl Clinic",
        "Ruth Roads influences Olga Other",
    ]


def give(client, initiative, stakeholder, deliverable="Go-live", part="A"):
    said = {"deliverable": deliverable, "stakeholder": stakeholder.pk, "part": part}
    return client.post(looks(initiative)[3], said, follow=True)


def test_one_is_accountable_and_a_second_is_refused_in_plain_words(sign_in, initiative, ruth, carl):
    client = sign_in("lead")

    give(client, initiative, ruth.stakeholder)
    refused = give(client, initiative, carl.stakeholder, "go-LIVE")
    give(client, initiative, carl.stakeholder, part="R")

    assert "Somebody is accountable for this deliverable already" in refused.text
    parts = Raci.objects.order_by("part").values_list("part", "stakeholder__name")
    assert list(parts) == [("A", "Ruth Roads"), ("R", "Carl Clinic")]


def test_a_deliverable_without_anybody_accountable_is_marked(sign_in, initiative, ruth):
    client = sign_in("lead")

    answer = give(client, initiative, ruth.stakeholder, part="C")

    assert "nobody accountable" in answer.text
    made = Raci.objects.get()
    client.post(f"{looks(initiative)[3]}{made.pk}/")
    assert not Raci.objects.exists()


def test_who_is_not_on_the_list_gets_no_part(sign_in, initiative, ruth):
    answer = give(sign_in("lead"), initiative, StakeholderFactory())

    assert "Select a valid choice" in answer.text
    assert not Raci.objects.exists()


# What charts say


def stance(name="A", **said):
    interest = Interest(stakeholder=Stakeholder(name=name), **said)
    return Stance(interest, interest)


@pytest.mark.parametrize(
    ("found", "title"),
    [
        ([], "Nobody's power and interest are assessed yet"),
        ([stance(power=1, interest=1)], "Nobody has both much power and much interest"),
        ([stance(power=5, interest=5, current=1)], "1 of 1 to manage closely resists"),
        (
            [stance(power=5, interest=5, current=3)] * 2,
            "2 are to be managed closely and none of them resists",
        ),
    ],
)
def test_the_map_says_its_message(found, title):
    assert map_title(found) == title


@pytest.mark.parametrize(
    ("found", "title"),
    [
        ([stance(current=0, desired=3)], "Nobody has both a level now and a level wanted yet"),
        ([stance(current=3, desired=3)], "All who are assessed are where we want them"),
    ],
)
def test_the_matrix_says_its_message(found, title):
    assert matrix_title(found) == title


def test_many_are_counted_and_few_are_drawn_one_by_one():
    few = map_figure([stance(power=2, interest=2, current=n % 5) for n in range(10)])
    many = map_figure([stance(power=1 + n % 5, interest=1) for n in range(300)])

    assert few is not None
    assert many is not None
    assert sum(len(trace["x"]) for trace in few.plot["data"]) == 10
    assert [trace["text"] for trace in many.plot["data"]] == [["60"] * 5]
    assert map_figure([stance(power=2)]) is None


def test_those_around_one_cross_stay_nearer_to_it_than_to_any_other():
    found = map_figure([stance(power=3, interest=3, current=2) for _n in range(100)])

    assert found is not None
    (trace,) = found.plot["data"]
    spots = set(zip(trace["x"], trace["y"], strict=True))
    assert len(spots) == 100
    assert all(abs(x - 3) < 0.5 and abs(y - 3) < 0.5 for x, y in spots)


def test_who_is_on_the_scale_comes_widest_gap_first():
    found = matrix_of(
        [
            stance("Near", current=3, desired=3),
            stance("Far", current=1, desired=4),
            stance("Beyond", current=4, desired=2),
        ]
    )

    assert [line.interest.stakeholder.name for line in found.lines] == ["Far", "Near", "Beyond"]
    assert [line.gap for line in found.lines] == ["3 steps to go", "there", "further than needed"]


def test_the_drawing_leaves_nobody_alone_and_says_how_many_it_leaves_out():
    hubs = [Stakeholder(pk=n, name=f"Hub {n}") for n in range(1, 6)]
    relations = [
        Relationship(first=Stakeholder(pk=100 * hub.pk + n, name="A"), second=hub, kind="advises")
        for hub in hubs
        for n in range(15)
    ]

    drawing = network_drawing(relations)

    ends = {dot.stakeholder.pk for arrow in drawing.arrows for dot in (arrow.start, arrow.end)}
    assert {dot.stakeholder.pk for dot in drawing.dots} == ends
    assert len(drawing.dots) == 40
    assert drawing.left_out == 40
