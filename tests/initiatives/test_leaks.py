"""Whatever is withheld, in whichever order: no door for everybody ever says it."""

import re

import pytest
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from buyin.initiatives.models import Publication
from buyin.initiatives.queries.public import everything, past_of
from buyin.initiatives.record import FIELDS
from tests.factories.accounts import PersonFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.records import change, make_record, publish

pytestmark = pytest.mark.django_db
FILLED = [
    field.name
    for field in FIELDS
    if field.kind in {"text", "long"} and field.is_public and not field.kept_with_initiative
]
STEPS = st.lists(
    st.tuples(st.sampled_from(["withhold", "open", "publish", "write"]), st.sampled_from(FILLED)),
    min_size=1,
    max_size=6,
)
FEW = settings(
    max_examples=25,
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def secret(initiative, name, turn):
    """Return a text of its own for each initiative, for examples share one database."""
    return f"canary-{initiative.pk}-{name}-{turn}"


def read_by_everybody(record):
    client = Client()
    paths = (f"/ai/{record.pk}/", "/ai/", "/ai/register.csv", "/ai/register.json", "/ai/data.json")
    return "\n".join(client.get(path).text for path in paths)


def kept_for_everybody(record):
    """Return all that the pages and files for everybody are made of."""
    found = Publication.objects.current().get(record=record)
    changed = [(one.before, one.after) for past in past_of(found) for one in past.changes]
    return f"{vars(found)} {list(everything([found]))} {changed}"


@FEW
@given(STEPS)
def test_nothing_withheld_is_ever_read_by_everybody(steps):
    initiative = InitiativeFactory(name="Form triage", stage="pilot", lead=PersonFactory())
    written = {name: {secret(initiative, name, "first")} for name in FILLED}
    record = make_record(initiative, **{name: secret(initiative, name, "first") for name in FILLED})
    publish(record)
    for turn, (what, name) in enumerate(steps):
        if what == "publish":
            publish(record)
        elif what == "write":
            written[name].add(secret(initiative, name, turn))
            change(record, **{name: secret(initiative, name, turn)})
        else:
            change(record, why={name: "Reason" if what == "withhold" else ""})

    record.refresh_from_db()
    text = kept_for_everybody(record)
    hidden = {canary for name in record.redactions for canary in written[name]}
    assert [canary for canary in hidden if canary in text] == []


def test_no_page_or_file_says_anything_of_what_is_withheld():
    initiative = InitiativeFactory(name="Form triage", stage="pilot", lead=PersonFactory())
    record = make_record(initiative, **{n: secret(initiative, n, "first") for n in FILLED})
    publish(record)
    change(record, **{name: secret(initiative, name, "second") for name in FILLED})
    publish(record)
    assert "canary-" in read_by_everybody(record)

    change(record, why=dict.fromkeys(FILLED, "Reason"))

    assert re.findall(r"canary-[\w-]+", read_by_everybody(record)) == []


def test_the_search_finds_nothing_that_is_withheld(client):
    initiative = InitiativeFactory(name="Form triage", stage="pilot", lead=PersonFactory())
    record = make_record(initiative, team="Canary", topic_area="IT")
    publish(record)
    assert "Form triage" in client.get("/ai/", {"search": "canary"}).text

    change(record, why={"team": "Secret", "topic_area": "Secret"})

    assert "Nothing found" in client.get("/ai/", {"search": "canary"}).text
    assert "Information technology" not in client.get("/ai/").text


def test_nothing_that_is_never_public_is_published(client):
    initiative = InitiativeFactory(name="Form triage", stage="pilot", lead=PersonFactory())
    record = make_record(initiative, withheld_reason="Canary of the agency")
    publish(record)

    assert "Canary of the agency" not in read_by_everybody(record)


def test_markup_and_formulas_of_an_agency_stay_text(client):
    initiative = InitiativeFactory(name="=HYPERLINK(1)", stage="pilot", lead=PersonFactory())
    record = make_record(
        initiative,
        team="<script>canary()</script>",
        benefits='=HYPERLINK("https://evil.example")',
        myths="<img src=x onerror=canary()>\n<b>fact</b>",
    )
    publish(record)

    page = client.get(f"/ai/{record.pk}/").text
    file = client.get("/ai/register.csv").text

    assert "<script>canary" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;canary" in page
    assert ",=HYPERLINK" not in file
    assert ',"=HYPERLINK' not in file


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "//evil.example"])
def test_an_address_that_is_none_never_becomes_a_link(client, link):
    initiative = InitiativeFactory(name="Form triage", stage="pilot", lead=PersonFactory())
    record = make_record(initiative, website_url=link)
    publish(record)

    page = client.get(f"/ai/{record.pk}/").text

    assert link in page
    assert f'href="{link}"' not in page
