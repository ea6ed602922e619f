"""What a report looks like as a mail."""

import re
from html.parser import HTMLParser

import pytest

from buyin.digests import actions
from buyin.digests.mail import person_in
from buyin.features import DigestItem, Task
from buyin.outbox.models import Message
from tests.factories.digests import ANSWERED, COURSE, SURVEY, snapshot_of
from tests.factories.initiatives import InitiativeFactory

pytestmark = pytest.mark.django_db

LAYOUT = {"html", "head", "meta", "title", "body", "div", "table", "caption", "tr", "td", "th"}
ALLOWED = LAYOUT | {"h1", "h2", "p", "a", "b", "span", "br"}
VOID = {"meta", "br"}
CANARY = '<script>alert("x")</script>'


class Outline(HTMLParser):
    """Reads HTML strictly: every tag allowed, closed, in order."""

    def __init__(self, html):
        super().__init__()
        self.open: list[str] = []
        self.tables: list[dict] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        assert tag in ALLOWED, tag
        assert not any(name.startswith("on") for name, _value in attrs)
        if tag not in VOID:
            self.open.append(tag)
        if tag == "table":
            self.tables.append(dict(attrs))
        if tag == "a":
            self.links.append(dict(attrs)["href"])

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if not {"title", "head"} & set(self.open):
            self.words.append(data)


@pytest.fixture
def mails(telling, cast, monday, settings):
    """Return the mails of an agency with figures, tasks and news, by persona."""
    settings.SITE_URL = "https://portal.fairhaven.example"
    initiative = InitiativeFactory(name="Permits", departments=list(cast.departments.values()))
    departments = {cast.city: 0, cast.works: 2, cast.roads: -3, cast.parks: None, cast.health: 20}
    snapshot_of(initiative, departments, period="2026-W46", shift=-4)
    snapshot_of(initiative, departments)
    telling.tasks, telling.items = [SURVEY, COURSE], [ANSWERED]
    actions.plan(now=monday)
    return {
        name: Message.objects.filter(person=person).first() for name, person in cast.people.items()
    }


KINDS = ["staff", "coordinator", "lead", "executive"]


@pytest.mark.parametrize("who", KINDS)
def test_the_html_is_whole_and_has_nothing_that_mail_programs_drop(mails, who):
    html = mails[who].html

    outline = Outline(re.sub(r"<!--\[if mso\]>.*?<!\[endif\]-->", "", html).split("\n", 1)[1])

    assert html.startswith("<!DOCTYPE html>\n<html lang=")
    assert len(html.encode()) < 100_000
    assert all(link.startswith("https://portal.fairhaven.example/") for link in outline.links)
    layout = [table for table in outline.tables if table.get("role") == "presentation"]
    assert len(outline.tables) - len(layout) == (0 if who == "staff" else 1)


@pytest.mark.parametrize("who", KINDS)
def test_text_and_html_tell_the_same_numbers(mails, who):
    outline = Outline(re.sub(r"<!--.*?-->", "", mails[who].html).split("\n", 1)[1])
    text = re.sub(r"https?://\S+", "", mails[who].text)

    def numbers(words):
        return set(re.findall(r"\d+", words))

    assert numbers(" ".join(outline.words)) == numbers(text)
    assert numbers(mails[who].subject) <= numbers(text)


@pytest.mark.parametrize("who", KINDS)
def test_the_text_stands_alone_in_short_lines_with_whole_links(mails, who):
    lines = mails[who].text.splitlines()

    assert all(len(line) <= 72 for line in lines if "https://" not in line)
    html_links = set(re.findall(r'href="([^"]+)"', mails[who].html))
    assert html_links == set(re.findall(r"https://\S+", mails[who].text))
    assert "<" not in mails[who].text


def test_subjects_begin_with_the_numbers(mails):
    assert mails["staff"].subject == "2 things for you, about 34 minutes"
    assert mails["coordinator"].subject == "Public works: readiness 43 (up 4), 2 things to do"
    assert mails["lead"].subject == "Fairhaven: readiness 41 (up 4), 2 things to do"
    assert mails["executive"].subject == (
        "AI programme: readiness 41 (up 4), 1 of 4 departments ready"
    )


def test_a_lead_reads_the_finding_its_certainty_and_the_barrier(mails):
    text = " ".join(mails["coordinator"].text.split())

    assert "Public works: readiness 43, up 4." in text
    assert "212 of 388 people answered (55 %). Very likely between 38 and 48." in text
    assert "Skills hold people back." in text
    assert "Skills 33 ▲ up 4, not ready, the lowest" in text


def test_a_report_never_tells_of_a_department_that_its_reader_may_not_see(mails):
    for who in ("staff", "coordinator", "neighbour"):
        assert "Public health" not in mails[who].text + mails[who].html
    assert "Parks" not in "".join(mail.text for mail in mails.values() if mail)


def test_each_person_has_their_own_link_to_unsubscribe(mails, cast):
    for who in KINDS:
        [token] = set(re.findall(r"/unsubscribe/([^/]+)/", mails[who].html))
        assert person_in(token) == cast.people[who].pk
        assert token in mails[who].headers["List-Unsubscribe"]


def test_what_people_typed_is_never_markup(telling, cast, monday):
    telling.tasks = [Task(kind="survey", title=CANARY, url="/x/", action="Go", detail=CANARY)]
    telling.items = [DigestItem(title=CANARY, url="/y/", detail=CANARY)]
    cast.works.name = CANARY
    cast.works.save()
    snapshot_of(InitiativeFactory(name=CANARY, departments=[cast.works]), {cast.works: 0})

    actions.plan(now=monday)

    for message in Message.objects.all():
        assert "<script" not in message.html
        assert CANARY in message.text


def test_without_figures_a_lead_is_told_when_they_appear(telling, cast, monday):
    telling.tasks = [SURVEY]

    actions.plan(now=monday)

    message = Message.objects.get(person=cast.lead)
    assert message.subject == "1 thing to do"
    assert "They appear when the first readiness survey has closed." in message.text


def test_with_too_few_answers_a_lead_is_told_why_there_is_no_score(telling, cast, monday):
    snapshot_of(InitiativeFactory(departments=[cast.works]), {cast.works: None})

    actions.plan(now=monday)

    message = Message.objects.get(person=cast.coordinator)
    assert message.subject == "Public works: too few answers to show"
    assert "A score is shown from 10 answers on" in message.text
