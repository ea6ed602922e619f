"""Updates: written by who leads, read by everybody whom the initiative concerns."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from buyin.initiatives.actions import change_update, publish_update
from buyin.initiatives.models import Update
from buyin.initiatives.queries.gates import checked
from tests.factories.initiatives import InitiativeFactory, make_update


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads], stage="pilot")


def at(initiative, path=""):
    return f"/initiatives/{initiative.pk}/updates/{path}"


def typed(**changed):
    words = {"title": "Reasons are shown", "text": "Each case says why.\nYou asked for it."}
    return {"made_by_form": str(uuid4()), **words} | changed


def test_a_lead_tells_and_everybody_near_reads_it(sign_in, ours, cast):
    answer = sign_in("lead").post(at(ours), typed(), follow=True)

    assert "Published." in answer.text
    page = sign_in("staff").get(at(ours))
    assert "Each case says why.<br>You asked for it." in page.text
    assert "form" not in page.context or page.context["form"] is None
    assert sign_in("neighbour").get(at(ours)).status_code == 404
    assert Update.objects.get().by == cast.lead


def test_the_same_form_sent_twice_tells_it_once(sign_in, ours):
    client, once = sign_in("lead"), typed()

    answers = [client.post(at(ours), once) for _sent in range(2)]
    other = client.post(at(InitiativeFactory()), once)

    assert Update.objects.count() == 1
    assert {answer.headers.get("Location") for answer in answers} == {at(ours)}
    assert other.status_code == 200  # a form of another initiative is none of this one


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": ""}, "Say in one line what is new."),
        ({"text": ""}, "Write what is new."),
        ({"text": "x" * 4001}, "What is new, in plain words:"),
        ({"made_by_form": "x"}, "made_by_form"),
    ],
)
def test_bad_input_is_named_and_nothing_typed_is_lost(sign_in, ours, changed, said):
    answer = sign_in("lead").post(at(ours), typed(**changed))

    assert answer.status_code == 200
    assert said in answer.text
    assert not Update.objects.exists()


def test_the_newest_stands_first_and_pages_hold_twenty(sign_in, ours):
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for day in range(21):
        make_update(ours, f"Day {day:02}", made_at=start + timedelta(days=day))
    client = sign_in("staff")

    first = [one.title for one in client.get(at(ours)).context["page"]]
    second = [one.title for one in client.get(at(ours), {"page": "2"}).context["page"]]

    assert (first[0], len(first), second) == ("Day 20", 20, ["Day 00"])


def test_an_update_that_is_put_right_says_so(sign_in, ours):
    made = make_update(ours)
    client = sign_in("lead")
    assert "changed" not in sign_in("staff").get(at(ours)).text

    client.post(at(ours, f"{made.pk}/"), typed(title="It begins"))

    made.refresh_from_db()
    assert made.title == "It begins"
    assert made.changed_at
    assert "changed" in sign_in("staff").get(at(ours)).text


def test_saving_the_same_words_changes_nothing(ours, cast):
    made = make_update(ours)

    change_update(actor=cast.lead, update=made, title=made.title, text=made.text)

    assert made.changed_at is None


def test_only_who_changes_the_initiative_tells(sign_in, ours, cast):
    made = make_update(ours)

    for persona in ("staff", "coordinator", "executive", "neighbour"):
        assert sign_in(persona).post(at(ours), typed()).status_code == 404
        assert sign_in(persona).get(at(ours, f"{made.pk}/")).status_code == 404
    with pytest.raises(PermissionDenied):
        publish_update(actor=cast.staff, initiative=ours, title="x", text="y", made_by_form=uuid4())
    with pytest.raises(PermissionDenied):
        change_update(actor=cast.staff, update=made, title="x", text="y")


def test_an_update_of_another_initiative_is_not_there(sign_in, ours):
    other = make_update(InitiativeFactory())

    assert sign_in("lead").get(at(ours, f"{other.pk}/")).status_code == 404


@pytest.mark.parametrize(("days", "missing"), [(20, False), (40, False), (100, True), (None, True)])
def test_people_have_to_be_told_lately_before_it_goes_live(ours, days, missing):
    if days:
        make_update(ours, made_at=timezone.now() - timedelta(days=days))

    unmet = {one.gate.code for one in checked(ours, "deployed") if not one.is_met}
    at_end = {one.gate.code for one in checked(ours, "retired") if not one.is_met}

    assert ("told-lately" in unmet) is missing
    assert ("end-told" in at_end) is (days != 20)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_needs_as_many_queries_for_many_as_for_one(
    sign_in, ours, cast, django_assert_num_queries, count
):
    client = sign_in("staff")
    for _ in range(count):
        make_update(ours, by=cast.lead)

    with django_assert_num_queries(5):
        client.get(at(ours))
