"""What a program may not put into a plan: refused by field, as on the page, and nothing is saved."""

import pytest

from buyin.accounts.models import Tag
from surveys.actions.authoring import edit_plan
from surveys.models import PlannedAddress, Survey, WavePlan
from tests.factories.surveys import make_draft_version, make_panel
from tests.surveys.test_api_plans import in_days, place, post, put, read


@pytest.fixture
def survey(cast):
    return make_draft_version().survey


def refused(client, survey, **changed):
    """Send a plan that is refused, and return why; nothing of it may be saved."""
    answer = put(client, survey, **changed)

    assert answer.status_code == 400
    assert Survey.objects.get(pk=survey.pk).revision == survey.revision
    assert WavePlan.objects.get().closes_on is None
    return answer.json()


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"asks": "some"}, {"departments": ["Choose at least one department."]}),
        (
            {"asks": "listed"},
            {"asks": ["Choose a panel or list addresses, or ask departments."]},
        ),
        (
            {"asks": "public", "anonymity": "named"},
            {"anonymity": ["Choose anonymous: in public nobody signs in, so nobody is known."]},
        ),
        (
            {"opens_on": in_days(10)},
            {"closes_on": ["The last day must not be before the first."]},
        ),
        ({"closes_on": "2100-01-01"}, {"closes_on": ["Choose a day before the year 2100."]}),
        (
            {"departments": ["roads", "raods"]},
            {"departments": ["There is no department with the code “raods”."]},
        ),
        ({"tags": ["Pilot"]}, {"tags": ["There is no tag “Pilot”."]}),
        ({"panels": [1]}, {"panels": ["There is no panel 1, or none for this account."]}),
        (
            {"addresses": [{"address": "ann@elsewhere.example", "department": "raods"}]},
            {"addresses": ["There is no department with the code “raods”."]},
        ),
        ({"adresses": []}, {"adresses": ["There is no such field."]}),
        (
            {"addresses": [{"address": "ann@elsewhere.example", "home": "roads"}]},
            {"addresses": {"0": {"home": ["There is no such field."]}}},
        ),
    ],
)
def test_a_plan_that_does_not_hold_is_refused_by_its_field(lead, survey, changed, reason):
    assert refused(lead, survey, **changed) == reason


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("asks", "nobody"),
        ("roles", ["staff"]),
        ("roles", "lead"),
        ("reminders", 4),
        ("remind_every", 1),
        ("target", 96),
        ("target", "many"),
        ("anonymity", ""),
        ("closes_on", None),
        ("closes_on", "2026-13-01"),
        ("sends_mail", "perhaps"),
        ("revision", -1),
        ("revision", None),
        ("panels", [2**70]),
        ("departments", [None]),
        ("addresses", "ann@elsewhere.example"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_its_name(lead, survey, field, value):
    assert list(refused(lead, survey, **{field: value})) == [field]


@pytest.mark.parametrize(
    "text",
    [
        "ann",
        "ann@",
        "ann@elsewhere.example; roads",
        "ann@elsewhere.example\nben@elsewhere.example",
        '"a;b"@elsewhere.example',
        "Ann <ann@elsewhere.example>",
        "a@b.example,c@d.example",
    ],
)
def test_what_is_no_single_address_is_named_with_its_place(lead, survey, text):
    listed = [{"address": "ben@elsewhere.example"}, {"address": text}]

    reason = refused(lead, survey, addresses=listed)

    assert reason == {"addresses": [f"Number 2 is no mail address: “{text}”."]}
    assert not PlannedAddress.objects.exists()


def test_of_many_wrong_addresses_the_first_are_named(lead, survey):
    listed = [{"address": f"number {n}"} for n in range(200)]

    reason = refused(lead, survey, addresses=listed)

    assert len(reason["addresses"]) == 5


def test_an_address_that_stands_twice_is_kept_once(lead, survey):
    listed = [{"address": "ann@elsewhere.example"}, {"address": "ANN@elsewhere.example"}]

    answer = put(lead, survey, addresses=listed)

    assert answer.json()["plan"]["addresses"] == [
        {"address": "ann@elsewhere.example", "department": None}
    ]


def test_what_does_not_go_with_whom_it_asks_is_left_out_and_shown(lead, survey):
    found = put(lead, survey, asks="everybody", departments=["roads"]).json()

    assert found["plan"]["departments"] == []


@pytest.mark.parametrize(("asks", "left"), [("public", ""), ("listed", "ann@elsewhere.example")])
def test_roles_and_tags_narrow_departments_only_and_in_public_nobody_is_named(
    lead, survey, asks, left
):
    Tag.objects.create(name="Pilot")
    named = {"panels": [make_panel(owner=survey.owner).pk] if left else []}
    narrowed = {"roles": ["coordinator"], "tags": ["Pilot"], "departments": ["roads"]}
    addresses = [{"address": "ann@elsewhere.example", "department": None}]

    answer = put(lead, survey, asks=asks, addresses=addresses, **narrowed, **named)

    plan = answer.json()["plan"]
    assert [plan[name] for name in narrowed] == [[], [], []]
    assert (plan["panels"], [one["address"] for one in plan["addresses"]]) == (
        named["panels"],
        [left] if left else [],
    )


def test_what_is_left_out_is_empty(lead, survey):
    put(lead, survey, addresses=[{"address": "ann@elsewhere.example"}], sends_mail=True, target=70)
    body = {"revision": 2, "asks": "everybody", "anonymity": "named", "closes_on": in_days(5)}

    answer = lead.put(place(survey), body, content_type="application/json")

    plan = answer.json()["plan"]
    assert (plan["addresses"], plan["sends_mail"], plan["target"]) == ([], False, 50)
    assert (plan["reminders"], plan["remind_every"], plan["opens_on"]) == (0, 5, None)


def test_of_two_who_change_a_plan_the_second_is_told_and_nothing_is_lost(lead, sign_in, survey):
    stale = read(sign_in("administrator"), survey)["plan"] | {"closes_on": in_days(20)}
    assert put(lead, survey, target=70).status_code == 200

    answer = sign_in("administrator").put(place(survey), stale, content_type="application/json")

    assert answer.status_code == 409
    assert "has been changed since you read it" in answer.json()["detail"]
    assert "typed" not in answer.json()["detail"]
    assert WavePlan.objects.get().target == 70


def test_the_page_is_told_of_a_program_that_was_first(lead, survey):
    put(lead, survey, target=70)
    typed = {
        "asks": "everybody",
        "closes_on": in_days(9),
        "anonymity": "named",
        "revision": "1",
    }

    page = lead.post(f"/surveys/author/{survey.pk}/plan/", typed)

    assert "You changed this yourself" in page.text
    assert WavePlan.objects.get().anonymity == "anonymous"


def test_a_wave_that_is_published_between_reading_and_writing_keeps_its_plan(
    lead, survey, monkeypatch
):
    def publish_first(**words):
        post(lead, survey, "publish/")
        return edit_plan(**words)

    put(lead, survey, asks="some", departments=["roads"])
    monkeypatch.setattr("surveys.api.planning.authoring.edit_plan", publish_first)

    answer = put(lead, survey, asks="everybody")

    assert answer.status_code == 409
    assert answer.json()["detail"].startswith("This wave has been published.")
    assert survey.waves.get().rules["everybody"] is False


@pytest.mark.parametrize("more", ["", "publish/"])
def test_a_body_where_none_is_meant_is_refused(lead, survey, more):
    answer = post(lead, survey, more, {"survey": 1})

    assert answer.status_code == 400
    assert answer.json() == {"survey": ["There is no such field."]}


def test_a_body_that_is_no_json_or_no_object_is_refused(lead, survey):
    address = place(survey)

    form = lead.put(address, "asks=everybody", content_type="application/x-www-form-urlencoded")
    listed = lead.put(address, [1], content_type="application/json")

    assert (form.status_code, listed.status_code) == (415, 400)


def test_other_methods_are_refused(lead, survey):
    assert lead.delete(place(survey)).status_code == 405
    assert lead.patch(place(survey), {}, content_type="application/json").status_code == 405
    assert lead.get(place(survey, "publish/")).status_code == 405
    assert WavePlan.objects.exists()
