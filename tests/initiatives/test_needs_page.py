"""The needs of one initiative on its own page: in which order, for whom, and what stays unsaid."""

import pytest

from surveys.models import Need
from tests.factories.initiatives import InitiativeFactory
from tests.factories.needs import make_evidence, make_need, make_remedy


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads, cast.parks])


def at(initiative):
    return f"/initiatives/{initiative.pk}/needs/"


def words(answer):
    return " ".join(answer.text.split())


def statements(answer):
    return [one.need.statement for one in answer.context["told"]]


def test_without_any_the_page_says_how_they_come(sign_in, ours):
    page = words(sign_in("staff").get(at(ours)))

    assert "No need is written down yet." in page
    assert "They appear here once somebody has asked and listened." in page


def test_the_most_pressing_stands_first(sign_in, ours):
    make_need(ours, statement="I need shade.", frequency=1, severity=2)
    make_need(ours, statement="I need reasons.", frequency=5, severity=5)
    make_need(ours, statement="I need time.", frequency=3, severity=3)

    assert statements(sign_in("staff").get(at(ours))) == [
        "I need reasons.", "I need time.", "I need shade.",
    ]  # fmt: skip


def test_a_need_that_was_put_into_another_stands_no_more(sign_in, ours):
    kept = make_need(ours, statement="I need reasons.")
    gone = make_need(ours, statement="I want to know why.")
    Need.objects.filter(pk=gone.pk).update(merged_into=kept)

    assert statements(sign_in("staff").get(at(ours))) == ["I need reasons."]


def test_pages_hold_twenty_five(sign_in, ours):
    for number in range(26):
        make_need(ours, statement=f"I need {number:02}.")
    client = sign_in("staff")

    first, second = client.get(at(ours)), client.get(at(ours), {"page": "2"})

    assert (len(statements(first)), len(statements(second))) == (25, 1)
    assert not {*statements(first)} & {*statements(second)}
    assert 'href="?page=2"' in first.text


def test_only_who_works_on_a_need_is_led_to_it(sign_in, ours, cast):
    need = make_need(ours, cast.roads)
    address = f'href="/surveys/needs/{need.pk}/"'

    assert address not in sign_in("staff").get(at(ours)).text
    assert "Needs we work on" not in sign_in("staff").get(at(ours)).text
    assert address in sign_in("lead").get(at(ours)).text

    Need.objects.update(owner=cast.staff)
    assert address in sign_in("staff").get(at(ours)).text
    assert f"/kept/?initiative={ours.pk}" in sign_in("staff").get(at(ours)).text


def test_the_lead_of_another_initiative_works_on_none_of_these(sign_in, ours, cast):
    need = make_need(ours, cast.roads)
    InitiativeFactory(lead=cast.staff)

    page = sign_in("staff").get(at(ours))

    assert page.context["works"]
    assert page.context["worked_on"] == set()
    assert f"/surveys/needs/{need.pk}/" not in page.text


def test_of_several_departments_only_those_with_enough_people_are_named(sign_in, ours, cast):
    need = make_need(ours, cast.roads, cast.parks)
    make_evidence(need, cast.roads, people=30)
    make_evidence(need, cast.parks, people=2, text="At the gate")

    page = words(sign_in("staff").get(at(ours)))

    assert "heard from Roads" in page
    assert "Parks" not in page
    assert "At the gate" not in page


@pytest.mark.parametrize(
    ("people", "said"), [(3, None), (19, "at least 10 people"), (20, "at least 20 people")]
)
def test_how_many_say_so_is_told_in_tens_where_they_are_enough(sign_in, ours, cast, people, said):
    make_evidence(make_need(ours, cast.roads), cast.roads, people=people)

    page = words(sign_in("staff").get(at(ours)))

    assert (said in page) if said else ("people say so" not in page)


def test_what_is_done_is_read_by_everybody_and_pressed_by_nobody_here(sign_in, ours):
    need = make_need(ours)
    assert "is not decided yet" in words(sign_in("staff").get(at(ours)))

    make_remedy(need)

    page = sign_in("lead").get(at(ours)).text
    assert "A session each month." in page
    assert "/remedies/" not in page


def test_what_somebody_wrote_is_shown_as_text(sign_in, ours):
    script = "<script>alert(1)</script>"
    make_remedy(make_need(ours, statement=script), text=script)

    page = sign_in("staff").get(at(ours)).text

    assert script not in page
    assert page.count("&lt;script&gt;alert(1)") >= 2
