"""The register says that no AI is used only where that was said and nothing speaks against it."""

import pytest

from buyin.initiatives.actions import take_back_record
from tests.factories.accounts import PersonFactory
from tests.factories.initiatives import InitiativeFactory
from tests.initiatives.test_register import published

pytestmark = pytest.mark.django_db
SAID = "We use no AI"
OPEN = "This does not mean that no AI is used"
CONTRADICTED = "USES_NO_AI"


@pytest.fixture
def said(settings):
    """Let the operator say that the agency uses no AI."""
    settings.USES_NO_AI, settings.AGENCY_NAME = True, "Town"


@pytest.mark.parametrize("stage", ["idea", "pre-deployment", "retired"])
def test_it_says_so_while_nothing_is_used(client, said, stage):
    InitiativeFactory(stage=stage)

    page = client.get("/ai/").text

    assert SAID in page
    assert OPEN not in page


@pytest.mark.parametrize("stage", ["pilot", "deployed"])
def test_it_does_not_say_so_while_something_is_used_that_is_not_published(client, said, stage):
    InitiativeFactory(name="Secret triage", stage=stage)

    page = client.get("/ai/").text

    assert SAID not in page
    assert OPEN in page
    assert "Secret triage" not in page


def test_it_does_not_say_so_again_once_the_only_record_is_taken_back(client, said):
    record = published()
    initiative = record.initiative
    take_back_record(actor=initiative.lead, initiative=initiative, reason="A mistake")

    assert SAID not in client.get("/ai/").text


def test_a_record_that_withholds_all_that_is_filtered_by_is_listed(client, said):
    record = published()
    blank = {"stage": "", "topic": "", "department": "", "impact": ""}
    record.publications.update(**blank)

    page = client.get("/ai/").text

    assert SAID not in page
    assert OPEN not in page
    assert "Form triage" in page


def test_the_files_say_the_same_as_the_page(client, said):
    none = client.get("/ai/register.json")
    assert none.json()["uses_no_ai"] is True
    catalog = client.get("/ai/data.json").json()
    sentence = "Town does not use artificial intelligence at present."
    assert catalog["dataset"][0]["description"] == sentence
    mark = {"if-none-match": none.headers["ETag"]}
    assert client.get("/ai/register.json", headers=mark).status_code == 304

    InitiativeFactory(stage="pilot")

    some = client.get("/ai/register.json", headers=mark)
    assert (some.status_code, some.json()["uses_no_ai"]) == (200, False)
    assert sentence not in client.get("/ai/data.json").text


def test_without_that_word_the_files_do_not_say_so(client):
    assert client.get("/ai/register.json").json()["uses_no_ai"] is False


@pytest.mark.parametrize(
    ("who", "told"), [("lead", True), ("administrator", True), ("staff", False)]
)
def test_leads_are_told_why_the_register_does_not_say_so(cast, sign_in, said, who, told):
    visitor = sign_in(who)
    assert CONTRADICTED not in visitor.get("/ai/").text

    InitiativeFactory(stage="deployed", lead=PersonFactory())

    assert (CONTRADICTED in visitor.get("/ai/").text) is told


def test_visitors_are_not_told_of_the_setting(client, said):
    published()

    assert CONTRADICTED not in client.get("/ai/").text
