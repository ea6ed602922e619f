"""Needs for programs: the same as on the pages, for the same people, by the same rules."""

from uuid import uuid4

import pytest

from surveys.actions.needs import merge_needs
from surveys.models import Evidence, Need
from tests.factories.accounts import PersonFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.needs import STATEMENT, make_evidence, make_need, make_remedy, make_source
from tests.factories.results import make_results, varied
from tests.factories.sessions import make_finished, make_note, make_series, make_theme

NEEDS = "/api/v1/needs/"


@pytest.fixture
def need(cast):
    initiative = InitiativeFactory(name="Letters", departments=[cast.roads])
    return make_need(initiative, cast.roads)


@pytest.fixture
def theme(cast, need):
    theme = make_theme(make_series(cast.lead, initiative=need.initiative))
    make_note(make_finished(theme.survey), "x", theme)
    return theme


def post(client, path, **body):
    return client.post(f"{NEEDS}{path}", body, content_type="application/json")


def body(about, **changes):
    sent = {"form": str(uuid4()), "statement": STATEMENT, "initiative": about.pk}
    return {**sent, "frequency": 4, "severity": 3, **changes}


# Reading


def test_everybody_reads_what_the_page_says(sign_in, need, cast):
    make_evidence(need, cast.roads, people=34)
    make_remedy(need, link="/training/")

    (row,) = sign_in("staff").get(NEEDS).json()["results"]

    (remedy,) = row.pop("remedies")
    assert (remedy["what"], remedy["link"], remedy["done_on"]) == ("course", "/training/", None)
    assert row == {
        "id": need.pk,
        "statement": STATEMENT,
        "initiative": need.initiative_id,
        "status": "in-work",
        "departments": ["roads"],
        "heard_in": ["meetings and other sources"],
        "at_least": 30,
    }


def test_few_people_name_no_department_and_no_number(sign_in, need, cast):
    make_evidence(need, cast.roads, people=9)

    (row,) = sign_in("staff").get(NEEDS).json()["results"]

    assert (row["departments"], row["at_least"]) == ([], 0)


def test_who_cannot_open_the_initiative_reads_none_of_its_needs(sign_in, need):
    assert sign_in("neighbour").get(NEEDS).json()["results"] == []


def test_who_keeps_a_need_reads_what_it_rests_on(lead, need, theme, cast):
    make_source(need, theme=theme)
    make_evidence(need, cast.roads, people=12)

    found = lead.get(f"{NEEDS}{need.pk}/").json()

    by_theme, by_hand = found["evidence"]
    assert (by_theme["source_kind"], by_theme["words"], by_theme["people"]) == (
        "theme", "Old forms", "1 person",
    )  # fmt: skip
    assert by_theme["page"] == f"/surveys/series/{theme.survey_id}/summary/"
    assert (by_hand["words"], by_hand["department"]) == ("Town hall", "roads")
    assert (found["frequency"], found["owner"], found["alike"]) == (3, None, [])


@pytest.mark.parametrize("who", ["staff", "coordinator", "executive", "moderator", "neighbour"])
def test_nobody_else_reads_it_or_writes_to_it(sign_in, need, who):
    client = sign_in(who)

    assert client.get(f"{NEEDS}{need.pk}/").status_code == 404
    assert post(client, f"{need.pk}/evidence/", text="x", people=1).status_code == 404
    assert post(client, f"{need.pk}/remedies/", what="course", text="x").status_code == 404
    assert post(client, "", **body(need.initiative)).status_code == 403


def test_what_people_said_or_wrote_themselves_is_never_in_it(lead, sign_in, need, theme, cast):
    result = make_results({cast.roads: varied(30)})
    text = result.texts.filter(code="wish")[0]
    make_source(need, written=text)
    make_source(need, note=theme.notes.get())

    for who in (lead, sign_in("administrator")):
        found = who.get(f"{NEEDS}{need.pk}/")
        assert [one["words"] for one in found.json()["evidence"]] == [None, None]
        assert text.text not in found.text


def test_who_takes_care_of_a_need_reads_a_closed_source_as_counted(sign_in, need, theme, cast):
    Need.objects.update(owner=cast.trainer)
    make_source(need, theme=theme)

    (piece,) = sign_in("trainer").get(f"{NEEDS}{need.pk}/").json()["evidence"]

    assert (piece["is_hidden"], piece["words"], piece["page"]) == (True, None, "")
    assert piece["people"] == "fewer than 10 people"


# Writing


def test_a_need_is_written_down_with_its_source_and_only_once(lead, need, theme, cast):
    sent = body(
        need.initiative, departments=["roads"], owner=cast.trainer.email,
        evidence={"theme": theme.pk},
    )  # fmt: skip

    first = post(lead, "", **sent)
    second = post(lead, "", **sent)

    assert (first.status_code, second.json()) == (201, first.json())
    made = Need.objects.get(pk=first.json()["id"])
    assert Need.objects.count() == 2
    assert (made.owner, made.evidence.get().theme) == (cast.trainer, theme)
    assert first.json()["departments"] == ["roads"]
    assert first.json()["alike"] == [need.pk]


def test_an_answer_of_a_wave_and_a_text_are_sources_too(lead, need, cast):
    result = make_results({cast.roads: varied(30), cast.parks: varied(30)})
    answer = {"wave": result.wave_id, "item": "reasons", "part": "speed", "answer": "chosen"}
    text = result.texts.filter(code="wish")[0]

    for source in (answer, {**answer, "department": "roads"}, {"written": str(text.pk)}):
        assert post(lead, f"{need.pk}/evidence/", **source).status_code == 201

    kinds = [(one.kind, one.people) for one in need.evidence.all()]
    assert kinds == [("result", 40), ("result", 20), ("written", 0)]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"statement": ""}, "statement"),
        ({"statement": "a\u202eb"}, "statement"),
        ({"initiative": 999}, "initiative"),
        ({"frequency": 6}, "frequency"),
        ({"owner": "nobody@fairhaven.example"}, "owner"),
        ({"departments": ["nowhere"]}, "departments"),
        ({"evidence": {"theme": 999}}, "evidence"),
        ({"evidence": {}}, "evidence"),
        ({"evidence": {"text": "x"}}, "people"),
        ({"evidence": {"theme": 1, "task": 1}}, "evidence"),
        ({"priority": 1}, "priority"),
    ],
)
def test_what_does_not_hold_is_named_and_nothing_is_written(lead, need, wrong, field):
    answer = post(lead, "", **body(need.initiative, **wrong))

    assert answer.status_code == 400
    assert field in answer.json()
    assert Need.objects.count() == 1
    assert not Evidence.objects.exists()


def test_nobody_writes_a_need_for_an_initiative_of_others(sign_in, need, cast):
    InitiativeFactory(name="Own", lead=cast.neighbour)

    answer = post(sign_in("neighbour"), "", **body(need.initiative))

    assert answer.status_code == 400
    assert "initiative" in answer.json()


def test_the_same_evidence_twice_is_one(lead, need, theme):
    for _n in range(2):
        found = post(lead, f"{need.pk}/evidence/", theme=theme.pk)

    assert len(found.json()["evidence"]) == 1


def test_what_is_done_is_said_and_marked_by_who_takes_care_of_it(sign_in, need, cast):
    Need.objects.update(owner=cast.trainer)
    client = sign_in("trainer")

    said = post(client, f"{need.pk}/remedies/", what="course", text="Practice", due="2026-12-18")
    (remedy,) = said.json()["remedies"]
    done = post(client, f"{need.pk}/remedies/{remedy['id']}/done/")

    assert (said.status_code, said.json()["status"]) == (201, "in-work")
    assert (done.status_code, done.json()["status"]) == (200, "answered")
    assert post(client, f"{need.pk}/remedies/999/done/").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"link": "javascript:alert(1)"}, "link"), ({"what": "x"}, "what"), ({"due": "x"}, "due")],
)
def test_a_remedy_keeps_the_rules_of_the_page(lead, need, wrong, field):
    answer = post(lead, f"{need.pk}/remedies/", **{"what": "course", "text": "x", **wrong})

    assert answer.status_code == 400
    assert field in answer.json()
    assert not need.remedies.exists()


def test_a_need_that_was_put_together_takes_nothing_more(lead, need):
    other = make_need(need.initiative, statement="Noise")
    merge_needs(need=other, into=need, by=PersonFactory())

    answer = post(lead, f"{other.pk}/remedies/", what="course", text="x")

    assert answer.status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_needs_as_many_queries_for_many_as_for_one(
    lead, cast, count, django_assert_num_queries
):
    initiative = InitiativeFactory(name="Letters", departments=[cast.roads])
    for number in range(count):
        one = make_need(initiative, cast.roads, statement=f"Need {number}")
        make_evidence(one, cast.roads, people=20)
        make_remedy(one)

    with django_assert_num_queries(7):
        assert lead.get(NEEDS).json()["count"] == count


# Changing


def put(client, need, **body):
    return client.put(f"{NEEDS}{need.pk}/", body, content_type="application/json")


def words(need, **changes):
    sent = {"statement": "I need reasons.", "initiative": need.initiative_id, "frequency": 4}
    return {**sent, "severity": 3, "departments": ["parks"], "revision": need.revision, **changes}


def test_a_need_is_put_in_other_words_by_the_revision_that_was_read(lead, need, cast):
    read = lead.get(f"{NEEDS}{need.pk}/").json()["revision"]

    answer = put(lead, need, **words(need, revision=read, owner="trainer@fairhaven.example"))

    found = answer.json()
    assert answer.status_code == 200
    assert (found["statement"], found["departments"], found["revision"]) == (
        "I need reasons.", ["parks"], read + 1,
    )  # fmt: skip
    need.refresh_from_db()
    assert (need.owner, need.edited_by) == (cast.trainer, cast.lead)


def test_who_sends_an_old_revision_gets_409_and_changes_nothing(lead, sign_in, need):
    put(sign_in("administrator"), need, **words(need))

    late = put(lead, need, **words(need, statement="I need a hotline."))
    again = put(lead, need, **words(need, statement="I need a hotline.", revision=2))

    assert late.status_code == 409
    assert "This has been changed since you read it." in late.json()["detail"]
    assert (again.status_code, again.json()["statement"]) == (200, "I need a hotline.")


def test_the_same_change_sent_twice_is_made_once(lead, need):
    answers = [put(lead, need, **words(need)).json()["revision"] for _n in range(2)]

    assert answers == [2, 2]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"revision": None}, "revision"),
        ({"statement": ""}, "statement"),
        ({"departments": ["nowhere"]}, "departments"),
        ({"owner": "nobody@fairhaven.example"}, "owner"),
        ({"status": "answered"}, "status"),
    ],
)
def test_a_change_that_does_not_hold_is_refused_by_field(lead, need, change, field):
    answer = put(lead, need, **words(need, **change))

    assert answer.status_code == 400
    assert field in answer.json()


def test_nobody_changes_a_need_that_they_do_not_keep(sign_in, need, cast):
    need.owner = cast.staff
    need.save()

    assert put(sign_in("staff"), need, **words(need)).status_code == 404
    merge_needs(need=need, into=make_need(need.initiative), by=cast.lead)
    assert put(sign_in("lead"), need, **words(need)).status_code == 404
