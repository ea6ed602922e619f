"""The looks at an initiative's people page by page and day by day, and who has which part."""

from datetime import timedelta

import pytest
from django.utils import timezone

from buyin.stakeholders.actions import assess
from buyin.stakeholders.models import Assessment, Interest, Raci, Relationship, Stakeholder
from buyin.stakeholders.queries import deliverables, first_day, moves, network_of, stances
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import InterestFactory, StakeholderFactory, make_assessed


def ago(days):
    return timezone.localdate() - timedelta(days=days)


@pytest.fixture
def initiative(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads])


@pytest.fixture
def ruth(cast, initiative):
    """Write Ruth, assessed 30, 20 and 10 days ago, each time a level higher."""
    about = InterestFactory(
        stakeholder=StakeholderFactory(name="Ruth Roads", department=cast.roads),
        initiative=initiative,
    )
    for days, level in ((30, 1), (20, 2), (10, 3)):
        assess(
            actor=cast.lead, about=about, on=ago(days), current=level, rationale=f"Level {level}"
        )
    return about


def words(answer):
    return " ".join(answer.text.split())


def people(initiative, look=""):
    return f"/initiatives/{initiative.pk}/people/{look}"


# As of a day


@pytest.mark.parametrize(
    ("days", "level"), [(31, None), (30, 1), (29, 1), (20, 2), (11, 2), (10, 3), (1, 3)]
)
def test_each_day_shows_the_newest_note_up_to_it(cast, initiative, ruth, days, level):
    found = stances(viewer=cast.lead, initiative=initiative, day=ago(days))

    assert [one.said.current for one in found] == ([] if level is None else [level])


@pytest.mark.parametrize(
    ("days", "reasons"), [(31, ["Level 1", "Level 2", "Level 3"]), (20, ["Level 3"])]
)
def test_what_moved_comes_with_the_reasons_noted_since_the_oldest_first(
    cast, initiative, ruth, days, reasons
):
    (move,) = moves(viewer=cast.lead, initiative=initiative, day=ago(days))

    assert [reason.rationale for reason in move.reasons] == reasons
    assert move.interest.current == 3


def test_who_stands_where_they_stood_has_not_moved_whatever_was_noted(
    sign_in, cast, initiative, ruth
):
    assess(actor=cast.lead, about=ruth, on=ago(5), current=3, urgency=5, rationale="Asked again")

    answer = sign_in("lead").get(people(initiative), {"day": ago(10)})

    assert moves(viewer=cast.lead, initiative=initiative, day=ago(10)) == []
    assert "0 moved since" in words(answer)
    assert "Everybody stands where they stood." in answer.text


def test_one_who_moved_is_told_as_one_with_each_score(sign_in, cast, initiative, ruth):
    assess(actor=cast.lead, about=ruth, on=ago(2), current=3, power=4)

    text = words(sign_in("lead").get(people(initiative), {"day": ago(10)}))

    assert "1 moved since" in text
    assert "from “Supportive” to “Supportive”; power – → 4, interest – → –" in text


def test_a_note_for_an_earlier_day_changes_what_that_day_shows(cast, initiative, ruth):
    assess(actor=cast.lead, about=ruth, on=ago(15), current=0)

    then = stances(viewer=cast.lead, initiative=initiative, day=ago(12))
    now = stances(viewer=cast.lead, initiative=initiative)

    assert ([one.said.current for one in then], [one.said.current for one in now]) == ([0], [3])


def test_the_slider_begins_on_the_first_day_of_what_its_reader_may_read(
    sign_in, cast, initiative, ruth
):
    theirs = StakeholderFactory(department=cast.clinic)
    make_assessed(stakeholder=theirs, initiative=initiative, on=ago(90), current=1)

    assert first_day(viewer=cast.lead, initiative=initiative) == ago(90)
    assert first_day(viewer=cast.coordinator, initiative=initiative) == ago(30)
    text = sign_in("coordinator").get(people(initiative)).text
    assert f'data-first="{ago(30)}"' in text
    assert f'data-last="{ago(0)}"' in text


def test_where_nothing_is_noted_there_is_no_slider(sign_in, cast, initiative):
    InterestFactory(initiative=initiative)

    text = sign_in("lead").get(people(initiative)).text

    assert first_day(viewer=cast.lead, initiative=initiative) is None
    assert "data-first" not in text
    assert "Nobody's power and interest are assessed yet" not in text


def test_nobody_is_assessed_from_the_page_of_an_earlier_day(sign_in, initiative, ruth):
    client = sign_in("lead")
    address = f"/stakeholders/{ruth.stakeholder_id}/initiatives/{ruth.pk}/"

    for look in ("", "matrix/"):
        assert address in client.get(people(initiative, look)).text
        assert address not in client.get(people(initiative, look), {"day": ago(9)}).text


def test_the_day_is_kept_from_page_to_page(sign_in, initiative):
    for number in range(51):
        make_assessed(
            stakeholder__name=f"N{number:02}", initiative=initiative, on=ago(20), current=1
        )
    client = sign_in("lead")

    for look in ("", "matrix/"):
        first = client.get(people(initiative, look), {"day": ago(9)})
        second = client.get(people(initiative, look), {"day": ago(9), "page": 2})
        assert f"?day={ago(9)}&amp;page=2" in first.text
        assert (len(first.context["page"]), len(second.context["page"])) == (50, 1)


@pytest.mark.parametrize("number", [50, 51])
def test_of_many_who_are_unaware_the_first_are_named_and_the_others_counted(
    sign_in, initiative, number
):
    for row in range(number):
        make_assessed(stakeholder__name=f"N{row:02}", initiative=initiative, current=0)

    text = words(sign_in("lead").get(people(initiative, "matrix/")))

    assert f"Unaware: they know nothing of it yet ({number})" in text
    assert "N49" in text
    assert "N50" not in text
    assert ("These are the first 50 by name." in text) == (number > 50)


# The network


def test_a_relation_holds_from_its_first_day_to_its_last(cast, initiative, ruth):
    def relate(start, end):
        Relationship.objects.create(
            first=ruth.stakeholder,
            second=StakeholderFactory(name=f"{start} {end}"),
            kind="advises",
            starts_on=None if start is None else ago(start),
            ends_on=None if end is None else ago(end),
        )

    for start, end in ((None, None), (0, 0), (5, -5), (-1, None), (9, 1), (None, 1)):
        relate(start, end)

    found = network_of(viewer=cast.lead, initiative=initiative)
    assert sorted(one.second.name for one in found) == ["0 0", "5 -5", "None None"]


def test_the_network_has_the_strongest_first_and_whoever_is_one_step_away(cast, initiative, ruth):
    near, far, farther = (StakeholderFactory(name=name) for name in ("Near", "Far", "Farther"))
    for first, second, strength in (
        (ruth.stakeholder, near, 1),
        (far, ruth.stakeholder, 3),
        (far, farther, 3),
    ):
        Relationship.objects.create(first=first, second=second, kind="advises", strength=strength)

    of_one = network_of(viewer=cast.lead, initiative=initiative)
    of_all = network_of(viewer=cast.lead, initiative=None)

    assert [str(one) for one in of_one] == ["Far advises Ruth Roads", "Ruth Roads advises Near"]
    assert len(of_all) == 3


def test_who_is_archived_is_at_no_end_of_a_relation(cast, initiative, ruth):
    gone = StakeholderFactory(archived_at=timezone.now())
    Relationship.objects.create(first=ruth.stakeholder, second=gone, kind="advises")

    assert network_of(viewer=cast.lead, initiative=initiative) == []


@pytest.mark.parametrize(
    ("number", "said"), [(41, "1 stakeholder with"), (42, "2 stakeholders with")]
)
def test_the_page_says_how_many_are_in_the_table_only(sign_in, initiative, ruth, number, said):
    for _row in range(number - 1):
        Relationship.objects.create(
            first=StakeholderFactory(), second=ruth.stakeholder, kind="influences"
        )

    answer = sign_in("lead").get(people(initiative, "network/"))

    assert f"{said} fewer relations" in words(answer)
    assert answer.text.count("<circle") == 40
    assert answer.context["page"].paginator.count == number - 1


def test_without_relations_there_is_no_drawing(sign_in, initiative, ruth):
    answer = sign_in("lead").get(people(initiative, "network/"))

    assert "No relation is noted yet." in answer.text
    assert '<svg class="network"' not in words(answer)


# Which initiative


@pytest.mark.parametrize("asked", ["x", "-1", "1 or 1", "9" * 25])
def test_what_names_no_initiative_shows_the_first_by_name(sign_in, cast, asked):
    for name in ("Zebra", "Alpha"):
        InterestFactory(initiative__name=name, stakeholder__department=cast.roads)

    answer = sign_in("lead").get("/stakeholders/matrix/", {"initiative": asked})

    assert answer.context["initiative"].name == "Alpha"


def test_an_initiative_that_there_is_not_is_not_found(sign_in, cast):
    answer = sign_in("lead").get("/stakeholders/matrix/", {"initiative": "999999"})

    assert answer.status_code == 404


def test_looks_link_each_other_and_keep_the_initiative(sign_in, initiative, ruth):
    client = sign_in("lead")

    below = client.get("/stakeholders/map/", {"initiative": initiative.pk}).context["looks"]
    tab = client.get(people(initiative)).context["looks"]

    assert [(str(label), here) for label, _address, here in below] == [
        ("Map", True),
        ("Matrix", False),
        ("Network", False),
    ]
    assert {address.split("?")[1] for _label, address, _here in below} == {
        f"initiative={initiative.pk}"
    }
    assert [address for _label, address, _here in tab] == [
        people(initiative, look)
        for look in ("", "matrix/", "network/", "parts/", "plan/", "missing/", "sponsors/")
    ]


# Parts


def test_deliverables_come_by_name_however_they_are_capitalised(cast, initiative, ruth):
    other = InterestFactory(initiative=initiative).stakeholder
    for name, who, part in (
        ("training", ruth.stakeholder, "A"),
        ("Go-live", ruth.stakeholder, "C"),
        ("GO-LIVE", other, "I"),
    ):
        Raci.objects.create(initiative=initiative, deliverable=name, stakeholder=who, part=part)

    first, second = deliverables(viewer=cast.lead, initiative=initiative)

    assert (first.name.lower(), second.name) == ("go-live", "training")
    assert [len(parts) for _label, parts in first.cells] == [0, 0, 1, 1]
    assert (first.has_accountable, second.has_accountable) == (False, True)


def test_a_part_in_another_initiative_is_no_part_here(cast, initiative, ruth):
    elsewhere = InterestFactory(stakeholder=ruth.stakeholder).initiative
    Raci.objects.create(
        initiative=elsewhere, deliverable="Go-live", stakeholder=ruth.stakeholder, part="A"
    )

    assert deliverables(viewer=cast.lead, initiative=initiative) == []


def test_what_goes_with_an_initiative_goes_and_the_stakeholder_stays(initiative, ruth):
    Raci.objects.create(
        initiative=initiative, deliverable="Go-live", stakeholder=ruth.stakeholder, part="A"
    )

    initiative.delete()

    for model in (Interest, Assessment, Raci):
        assert not model.objects.exists()
    assert Stakeholder.objects.get().name == "Ruth Roads"
