"""The schema for machines: valid, complete, and with examples that are what the portal answers."""

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client, RequestFactory
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.request import Request

from buyin.keys import LARGEST
from buyin.paging import Pages
from buyin.programs import JSONBody, OftenReads, OftenWrites
from buyin.schema import Schema, everything

SCHEMA = everything("en")
OPERATIONS = {
    f"{method.upper()} {path}": found
    for path, methods in SCHEMA["paths"].items()
    for method, found in methods.items()
}
WRITES = ("POST", "PUT", "PATCH")
PREPARES = "POST /api/v1/surveys/{survey}/plan/"
EMPTY = "204"  # there is nothing to say but that it is done
ANSWERED = [name for name, found in OPERATIONS.items() if EMPTY not in found["responses"]]
MINE = [name for name in OPERATIONS if "/surveys/" in name or "/my/" in name]


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """Return what a reference stands for, and of a list what its rows are."""
    while "$ref" in schema or "results" in schema.get("properties", {}):
        if "$ref" in schema:
            schema = SCHEMA["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        else:
            schema = schema["properties"]["results"]["items"]
    return schema


def examples(said: dict[str, Any]) -> list[Any]:
    found = said["content"]["application/json"].get("examples", {})
    return [one["value"] for one in found.values()]


def test_the_schema_is_valid_and_nothing_in_it_was_guessed(tmp_path):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "a.yml"))

    assert "/api/v1/my/waves/{wave}/response/" in (tmp_path / "a.yml").read_text()


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_says_in_one_line_what_it_does(name):
    found = OPERATIONS[name]

    assert found["summary"]
    assert "\n" not in found["summary"]
    assert found["description"].startswith(found["summary"].split()[0])


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_answer_has_a_schema_and_says_when_it_comes(name):
    answers = OPERATIONS[name]["responses"]

    assert "400" in answers
    assert ("403" in answers) == ("/public/" not in name)
    assert ("{" in name) == ("404" in answers)
    assert name.startswith(WRITES) == ({"413", "415"} <= answers.keys())
    for code, said in answers.items():
        assert code == EMPTY or said["content"]["application/json"]["schema"], code
        assert (code.startswith("2") and code != EMPTY) or said["description"], code


@pytest.mark.parametrize("name", MINE)
def test_whoever_may_ask_without_end_is_told_so(name):
    assert "Retry-After" in OPERATIONS[name]["responses"]["429"]["description"]


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_says_whether_one_has_to_sign_in(name):
    assert ({} in OPERATIONS[name]["security"]) == ("/public/" in name)


def test_an_answer_without_a_body_is_for_what_is_deleted():
    empty = [name for name, found in OPERATIONS.items() if EMPTY in found["responses"]]

    assert empty == [name for name in OPERATIONS if name.startswith("DELETE")]
    assert not any("content" in OPERATIONS[name]["responses"][EMPTY] for name in empty)


@pytest.mark.parametrize("name", ANSWERED)
def test_an_operation_shows_an_example_with_all_its_fields(name):
    found = OPERATIONS[name]
    (code,) = [code for code in found["responses"] if code in {"200", "201"}][-1:]
    said = found["responses"][code]
    (shown,) = examples(said)
    rows = shown.get("results", [shown])
    fields = resolved(said["content"]["application/json"]["schema"]).get("properties")

    assert rows
    for row in rows:
        assert fields is None or set(row) == set(fields)


@pytest.mark.parametrize("name", [name for name in OPERATIONS if name.startswith(WRITES)])
def test_what_is_sent_has_an_example_with_all_its_fields(name):
    body = OPERATIONS[name].get("requestBody")
    if body is None:
        assert (
            name.endswith(("/close/", "/done/", "/pause/", "/publish/", "/taken/", "/undone/"))
            or name == PREPARES
        )
        return
    fields = resolved(body["content"]["application/json"]["schema"])["properties"]

    assert list(body["content"]) == ["application/json"]
    assert set().union(*examples(body)) == set(fields)


# What all addresses share


def asked(**words: str) -> Request:
    return Request(RequestFactory().get("/api/v1/people/", words))


@pytest.mark.parametrize("text", ["", "-1", "0", "many", "1.5", "1e3", "٣", "9" * 19, " 1"])
def test_a_number_of_rows_that_cannot_be_read_is_refused_by_its_name(text):
    with pytest.raises(ValidationError) as refusal:
        Pages().get_limit(asked(limit=text))

    assert list(refusal.value.get_full_details()) == ["limit"]


def test_rows_are_left_out_from_none_on():
    assert [Pages().get_offset(asked(offset=n)) for n in ("0", "7")] == [0, 7]
    assert (Pages().get_offset(asked()), Pages().get_limit(asked())) == (0, 100)
    with pytest.raises(ValidationError):
        Pages().get_offset(asked(offset="-1"))


def test_more_rows_than_there_are_leave_nothing_out_of_the_count(sign_in):
    answer = sign_in("lead").get("/api/v1/departments/", {"offset": LARGEST})

    assert (answer.json()["count"], answer.json()["results"]) == (6, [])


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"nul", b"[1,]", b'"\\udfff"'])
def test_a_body_that_is_no_json_is_refused(rf, body):
    with pytest.raises(ParseError):
        JSONBody().parse(rf.post("/", body, content_type="application/json"))


def test_a_body_of_json_is_read_as_it_is(rf):
    body = '{"a": [1, 2.5, null, "\N{SNOWMAN}"]}'
    request = rf.post("/", body, content_type="application/json")

    assert JSONBody().parse(request) == {"a": [1, 2.5, None, "\N{SNOWMAN}"]}


def test_reading_and_writing_are_counted_apart():
    assert OftenReads.scope != OftenWrites.scope
    assert (OftenReads.rate, OftenWrites.rate) == ("600/min", "60/min")


def schema_as_read(client: Client, **more: str) -> dict[str, Any]:
    """Return the schema as a program reads it."""
    accepts = {"accept": "application/vnd.oai.openapi+json"}
    found: dict[str, Any] = json.loads(client.get("/api/schema/", more, headers=accepts).content)
    return found


def test_the_schema_is_worked_out_once_and_is_everybodys_own(sign_in, monkeypatch):
    client = sign_in("staff")
    first = schema_as_read(client)
    monkeypatch.setattr(Schema, "found", None)  # whoever worked it out anew would fail

    mine = Schema().get_schema(request=None, public=True)
    mine["paths"].clear()

    assert schema_as_read(client) == first
    assert client.get("/api/docs/").status_code == 200
    assert len(first["paths"]) == len(SCHEMA["paths"]) > 50


def test_the_schema_in_another_language_or_version_is_another_one(sign_in):
    client = sign_in("staff")

    usual, german, second = (
        schema_as_read(client, **more) for more in ({}, {"lang": "de"}, {"version": "2"})
    )

    assert german["paths"].keys() == usual["paths"].keys()
    assert usual["info"]["version"] == "1"
    assert second["info"]["version"] == "1 (2)"
