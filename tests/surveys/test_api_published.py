"""Published results for everybody's programs: the documents of the pages, without an account."""

import re

import pytest
from django.test import Client

from buyin.accounts.models import Session
from buyin.programs import OftenVisits
from surveys.actions.sharing import withdraw_results
from surveys.models import SharedResult
from tests.factories.needs import STATEMENT, make_need, make_remedy
from tests.factories.results import make_public_results, make_results, varied
from tests.factories.sharing import LEARNED, NEXT, share
from tests.factories.surveys import POINTS, make_public_wave

RESULTS = "/api/v1/public/results/"
PLACE = f"{RESULTS}permits/"
PAGE = "/surveys/public/permits/results/"


@pytest.fixture
def visitor():
    return Client()


@pytest.fixture
def result(cast):
    return make_public_results(60)


@pytest.fixture
def published(result, cast):
    need = make_need(result.wave.survey.initiative)
    make_remedy(need, text="Longer hours on Thursdays.")
    return share(result, by=cast.lead, needs=[need])


def take_back(share, cast, because="A number was wrong."):
    withdraw_results(share=share, by=cast.lead, because=because)


def addresses(client):
    return [row["address"] for row in client.get(RESULTS).json()["results"]]


# What


def test_a_visitor_reads_what_was_heard_and_decided(visitor, published):
    found = visitor.get(PLACE).json()

    assert (found["learned"], found["next_steps"]) == (LEARNED, NEXT)
    assert (found["answers"], found["smallest_group"], found["version"]) == (60, 10, 1)
    (need,) = found["needs"]
    assert need["statement"] == STATEMENT
    assert [one["text"] for one in need["remedies"]] == ["Longer hours on Thursdays."]
    assert set(found) == {
        *("address", "title", "version", "different", "published_at", "page", "closed_on"),
        *("answers", "smallest_group", "learned", "next_steps", "needs", "questions"),
    }


def test_the_figures_are_those_that_the_page_shows(visitor, published):
    found, page = visitor.get(PLACE).json(), visitor.get(PAGE).text

    shown = re.findall(r'data-label="People">([^<]+)<', page)
    tables = [t for one in found["questions"] for i in one["items"] for t in i["tables"]]
    counts = [str(cell["count"]) for table in tables for cell in table["cells"]]
    assert len(counts) > 10
    assert set(counts) <= set(shown)
    assert found["title"] in page


def test_the_figures_are_those_of_the_document_and_nothing_that_people_wrote(visitor, published):
    answer = visitor.get(PLACE)

    items = {item["code"]: item for one in answer.json()["questions"] for item in one["items"]}
    frozen = published.document["questions"]
    assert {code: items[code]["n"] for code in frozen} == {c: q["n"] for c, q in frozen.items()}
    assert all(item["departments"] == [] for item in items.values())
    for words in ("A printer", "Thank you."):
        assert words not in answer.text


def test_codes_and_questions_are_told_in_the_words_of_the_page(visitor, published):
    found, page = visitor.get(PLACE).json(), visitor.get(PAGE).text
    questions = {one["code"]: one for one in found["questions"]}
    items = {item["code"]: item for one in questions.values() for item in one["items"]}

    assert questions["statements"]["text"] == "How far do you agree?"
    assert {one["page_title"] for one in questions.values()} == {"Your work", "What you need"}
    assert items["useful"]["labels"] == dict(zip("12345", POINTS, strict=True))
    assert items["reasons"]["labels"]["speed"] == "Answering faster, with fewer clicks"
    assert {"chosen", "left"} <= set(items["reasons"]["labels"])
    assert (items["hours"]["labels"], items["hours"]["unit"]) == ({}, "hours")
    assert items["helped"]["labels"] == {"yes": "Yes", "no": "No"}
    assert all(text in page for text in POINTS)


def test_every_code_has_its_words(visitor, published):
    found = visitor.get(PLACE).json()

    for item in (item for one in found["questions"] for item in one["items"]):
        cells = [cell for table in item["tables"] for cell in table["cells"]]
        codes = {code for cell in cells for code in cell["codes"]}
        parts = {table["part"] for table in item["tables"]} - {""}
        assert item["ranges"] or codes | parts <= set(item["labels"])


def test_what_is_counted_again_or_renamed_later_changes_nothing(visitor, result, published):
    before = visitor.get(PLACE).json()
    survey = result.wave.survey
    survey.title = "Another name"
    survey.save()
    type(result).objects.update(questions={}, answers=1)

    assert visitor.get(PLACE).json() == before


def test_the_list_leads_to_the_documents_and_the_pages(visitor, published):
    (row,) = visitor.get(RESULTS).json()["results"]
    found = visitor.get(f"{RESULTS}{row['address']}/").json()

    assert row == {name: found[name] for name in row}
    assert row["page"] == PAGE
    assert visitor.get(row["page"]).status_code == 200


# Who, and what not


def test_everybody_reads_the_same(sign_in, visitor, published):
    theirs = [sign_in(who).get(PLACE).json() for who in ("staff", "neighbour", "deactivated")]

    assert theirs == [visitor.get(PLACE).json()] * 3


def test_what_was_not_published_is_not_there(visitor, cast, result):
    internal = share(make_results({cast.roads: varied(60)}), by=cast.lead)
    make_public_wave(address="open")

    assert addresses(visitor) == []
    for address in ("permits", "open", str(internal.result.wave_id), "no-such-thing"):
        answer = visitor.get(f"{RESULTS}{address}/")
        assert (answer.status_code, list(answer.json())) == (404, ["detail"])


def test_what_is_taken_back_is_gone_and_says_why(visitor, published, result, cast):
    take_back(published, cast)

    gone = visitor.get(PLACE)

    assert gone.status_code == 410
    assert gone.json() == {
        "detail": "These results were taken back. The reason: A number was wrong."
    }
    assert not gone.has_header("ETag")
    assert "public" not in gone.get("Cache-Control", "")
    assert addresses(visitor) == []

    share(result, by=cast.lead, different="The number is right now.")
    again = visitor.get(PLACE).json()
    assert (again["version"], again["different"]) == (2, "The number is right now.")


def test_nothing_can_be_written(visitor, sign_in, published):
    for client in (visitor, sign_in("administrator")):
        for method in ("post", "put", "patch", "delete"):
            for address in (RESULTS, PLACE):
                assert getattr(client, method)(address).status_code == 403
    assert SharedResult.objects.standing().count() == 1


@pytest.mark.parametrize(("name", "text"), [("limit", "0"), ("limit", "x"), ("offset", "-1")])
def test_a_number_of_rows_that_cannot_be_is_refused_by_its_name(visitor, published, name, text):
    answer = visitor.get(RESULTS, {name: text})

    assert (answer.status_code, list(answer.json())) == (400, [name])


@pytest.mark.parametrize("address", ["a%00b", "ä", "x" * 500, "permits/extra"])
def test_an_address_that_cannot_be_is_not_found(visitor, published, address):
    assert visitor.get(f"{RESULTS}{address}/").status_code in {400, 404}


# Caches


@pytest.mark.parametrize(("address", "afterwards"), [(RESULTS, 200), (PLACE, 410)])
def test_what_did_not_change_is_not_sent_again(visitor, published, cast, address, afterwards):
    first, second = visitor.get(address), Client().get(address)
    again = visitor.get(address, headers={"if-none-match": first["ETag"]})
    take_back(published, cast)
    gone = visitor.get(address, headers={"if-none-match": first["ETag"]})

    assert first["ETag"] == second["ETag"]
    assert first["Cache-Control"] == "public, max-age=60"
    assert {"Cookie", "Accept-Language"} <= set(re.split(r",\s*", first["Vary"]))
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert gone.status_code == afterwards


def test_no_session_is_made_and_no_cookie_set(visitor, published):
    answer = visitor.get(PLACE)

    assert not answer.cookies
    assert not Session.objects.exists()


def test_no_cache_keeps_what_somebody_got_who_signed_in(sign_in, published):
    answer = sign_in("staff").get(PLACE)

    assert "public" not in answer["Cache-Control"]
    assert not answer.has_header("ETag")


def test_the_head_alone_can_be_asked_for(visitor, published):
    answer = visitor.head(PLACE)

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["ETag"] == visitor.get(PLACE)["ETag"]


@pytest.mark.parametrize("count", [1, 3])
def test_lists_need_as_many_queries_for_many_as_for_one(
    visitor, cast, django_assert_num_queries, count
):
    for n in range(count):
        share(make_public_results(address=f"permits-{n}"), by=cast.lead)

    with django_assert_num_queries(2):
        assert len(visitor.get(RESULTS).json()["results"]) == count
    with django_assert_num_queries(1):
        visitor.get(f"{RESULTS}permits-0/")


# How often


def test_programs_of_one_network_are_slowed_down_and_others_are_not(
    visitor, published, monkeypatch
):
    monkeypatch.setattr(OftenVisits, "rate", "2/min")
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")

    answers = [visitor.get(path) for path in (RESULTS, PLACE, PLACE)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1]["Retry-After"]) <= 60
    assert elsewhere.get(PLACE).status_code == 200
