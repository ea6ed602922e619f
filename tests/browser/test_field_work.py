"""From an audience to its end: a lead asks, somebody answers by the link in a mail, the lead follows."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from buyin.accounts.models import Tag
from buyin.outbox.models import Message
from surveys.models import Panel, Participation, Wave
from surveys.tasks import write_mails
from tests.browser.conftest import scrolls_sideways
from tests.browser.keyboard import press, tab_to
from tests.factories.accounts import PersonFactory
from tests.factories.surveys import (
    make_draft_version,
    make_guest,
    make_link,
    make_panel,
    make_wave,
)

pytestmark = pytest.mark.e2e
LAST_DAY = timezone.localdate() + dt.timedelta(days=14)
LINK = re.compile(r"https?://[^/\s]+(/surveys/link/[\w-]+/)(?!stop)")


@pytest.fixture
def survey(cast):
    """A draft, twelve people with a tag in Roads and in Parks, and a panel of one."""
    tag = Tag.objects.create(name="Pilot group")
    for home in (cast.roads, cast.parks):
        tag.people.add(*(PersonFactory(department=home) for _ in range(12)))
    make_panel(cast.staff, owner=cast.lead)
    return make_draft_version().survey


def typed_with_the_keyboard(page: Page, label: str, text: str) -> None:
    tab_to(page, label)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def tick(page: Page, label: str) -> None:
    tab_to(page, label)
    page.keyboard.press("Space")


@pytest.fixture
def look(axe):
    """Return a function that looks at a page: nobody is kept out, nothing scrolls sideways."""

    def looked_at(page: Page) -> None:
        axe(page)
        assert not scrolls_sideways(page)

    return looked_at


@pytest.fixture
def stranger(new_context, guard):
    """Return a function that opens the browser of somebody who is not signed in."""

    def opened(width: int) -> Page:
        context = new_context(viewport={"width": width, "height": 900})
        context.set_default_timeout(20_000)
        page: Page = context.new_page()
        guard.watch(page)
        return page

    return opened


class Walk:
    """A lead and a guest at their browsers; every page they see is looked at."""

    def __init__(self, lead: Page, guest: Page, site: str, look) -> None:
        self.lead, self.guest, self.site, self.look = lead, guest, site, look

    def plan(self) -> None:
        """Choose people by a department, a tag, a panel and an address, with the keyboard."""
        page = self.lead
        page.get_by_text("Only some departments").click()
        for label in ("Public works (", "Pilot group", "Testers (1 person)"):
            tick(page, label)
        typed_with_the_keyboard(page, "Also ask these mail addresses", "crew@example.org; roads")
        tab_to(page, "Last day")
        page.keyboard.type(LAST_DAY.strftime("%m%d%Y"))
        tick(page, "Write a mail to everybody")
        typed_with_the_keyboard(page, "How many should answer", "60")
        self.look(page)
        press(page, "Save")

    def publish(self) -> None:
        """See how many that is and how much they were asked lately, and publish."""
        press(self.lead, "Check and publish")
        expect(self.lead.locator("h1")).to_have_text("Publish to 26 people?")
        expect(self.lead.get_by_text("1 listed address has no account.")).to_be_visible()
        expect(self.lead.get_by_text("How much these people were asked lately")).to_be_visible()
        self.look(self.lead)
        press(self.lead, "Publish")

    def open_link(self) -> None:
        """Open the link in the guest's mail."""
        message = Message.objects.get(address="crew@example.org")
        self.guest.goto(self.site + LINK.findall(message.text)[0])

    def begin(self) -> None:
        """Read what is promised and fill in the first page."""
        self.open_link()
        promise = self.guest.get_by_text("We note that your invitation has been answered")
        expect(promise).to_be_visible()
        self.look(self.guest)
        self.guest.locator("label[for=q-useful-4]").click()
        self.guest.locator("input[name=q_told][value=dk]").focus()
        self.guest.keyboard.press("Space")
        press(self.guest, "Next page")

    def follow(self) -> None:
        """Read the target, on the second day who needs a nudge, and what happened."""
        self.lead.reload()
        expect(self.lead.locator("h1")).to_have_text(
            "It opened today. Rates say little before tomorrow"
        )
        Wave.objects.update(opens_at=timezone.now() - dt.timedelta(days=1))
        self.lead.reload()
        expect(self.lead.get_by_text("The target is 60 %.")).to_be_visible()
        expect(self.lead.get_by_role("heading", name="Who needs a nudge")).to_be_visible()
        expect(self.lead.get_by_text("Invitations by mail")).to_be_visible()
        self.look(self.lead)

    def pause(self) -> None:
        """Pause while the guest is typing, who keeps everything."""
        press(self.lead, "Pause")
        self.look(self.lead)
        press(self.lead, "Pause it")
        expect(self.lead.get_by_role("heading", name="It is paused")).to_be_visible()
        self.look(self.lead)
        self.guest.get_by_label("One wish").fill("A dry van")
        self.guest.get_by_role("button", name="Hand in my answers").click()
        expect(self.guest.get_by_text("What you typed is kept.")).to_be_visible()
        self.open_link()
        expect(self.guest.locator("h1")).to_have_text("This survey is paused")
        self.look(self.guest)

    def resume(self) -> None:
        """Let it go on, and let the guest hand in what they had typed."""
        press(self.lead, "Let it go on")
        self.look(self.lead)
        press(self.lead, "Let it go on")
        expect(self.lead.get_by_text("The wave goes on.")).to_be_visible()
        self.open_link()
        if self.guest.get_by_role("button", name="Next page").count():
            press(self.guest, "Next page")
        expect(self.guest.get_by_label("One wish")).to_have_value("A dry van")
        press(self.guest, "Hand in my answers")
        expect(self.guest.locator("h1")).to_have_text("Thank you. We have your answers.")
        self.look(self.guest)

    def end(self) -> None:
        """End the wave, and read who did what."""
        press(self.lead, "End it now")
        press(self.lead, "End it now")
        expect(self.lead.get_by_text("The wave is closed.")).to_be_visible()
        for happened in ("Published", "Paused", "Resumed", "Ended"):
            line = self.lead.get_by_role("listitem").filter(has_text=happened)
            expect(line.first).to_be_visible()
        self.look(self.lead)
        self.open_link()
        expect(self.guest.locator("h1")).to_have_text("Thank you. We have your answers.")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_lead_asks_a_guest_answers_by_link_and_the_lead_pauses_resumes_and_ends(
    survey, open_page, stranger, live_server, look, width
):
    lead = open_page("lead", f"/surveys/author/{survey.pk}/plan/", width=width)
    walk = Walk(lead, stranger(width), live_server.url, look)

    walk.plan()
    walk.publish()
    write_mails()
    walk.begin()
    walk.follow()
    walk.pause()
    walk.resume()
    walk.end()

    wave = Wave.objects.get()
    assert (wave.target, wave.rules["panels"]) == (60, [Panel.objects.get().pk])
    assert Participation.objects.get().invitation == wave.invitations.get(person=None)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_around_a_link_can_be_read_by_everybody(
    survey, stranger, live_server, look, width
):
    page = stranger(width)

    for path, words in (
        ("/surveys/link/cut-off/", "This link does not work"),
        ("/surveys/invited/1/", "Please open the link from your mail again"),
    ):
        page.goto(live_server.url + path)
        expect(page.locator("h1")).to_have_text(words)
        look(page)


def test_a_guest_on_a_shared_computer_and_an_author_who_erases_them(
    cast, open_page, stranger, live_server, look, shot
):
    wave = make_wave(cast.roads, sends_mail=True)
    guest = make_guest(wave, "mira.stone@elsewhere.example")
    address = f"{live_server.url}/surveys/link/{make_link(guest)}/"

    for width in (1280, 390):
        page = stranger(width)
        page.goto(address)
        expect(page.get_by_text("This link was sent to m…@e….example.")).to_be_visible()
        look(page)
        shot(page, f"guest-fill-{width}")
        page.get_by_role("button", name="Save and close the survey on this computer").press("Enter")
        expect(page.get_by_role("heading", name="The survey is closed on this")).to_be_visible()
        look(page)
        shot(page, f"guest-left-{width}")

    for width, scripts in ((1280, True), (390, False)):
        lead = open_page(
            "lead",
            f"/surveys/author/{wave.survey_id}/waves/{wave.number}/",
            width=width,
            java_script_enabled=scripts,
        )
        lead.get_by_role("link", name="by mail address").click()
        shot(lead, f"guests-{width}")
        lead.get_by_role("link", name="Erase").click()
        expect(lead.get_by_role("heading", name="Erase this address?")).to_be_visible()
        shot(lead, f"guest-erase-{width}")
        if scripts:
            look(lead)
            lead.go_back()
            look(lead)
        else:
            lead.get_by_role("button", name="Erase the address").press("Enter")
            expect(lead.get_by_text("The address is erased from 1 survey.")).to_be_visible()
            shot(lead, "guests-erased-390")
    guest.refresh_from_db()
    assert guest.address == ""
