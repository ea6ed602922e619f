"""What came of a public questionnaire is published at its address, for everybody and for good."""

import re

import pytest
from django.test import Client

from buyin.accounts.models import Session
from buyin.outbox.models import Message
from surveys import tasks
from surveys.actions.freezing import freeze_results
from surveys.actions.sharing import withdraw_results
from surveys.models import SharedResult, ToldAddress, WaveResult
from tests.factories.results import answer, close, make_public_results, make_results, varied
from tests.factories.sharing import LEARNED, NEXT, share
from tests.factories.surveys import make_public_wave
from tests.surveys.public_pages import BASE
from tests.surveys.public_pages import answer as answer_as_visitor
from tests.surveys.test_sharing import address, look_and_share, typed

pytestmark = pytest.mark.django_db
RESULTS = f"{BASE}results/"
LIST = "/surveys/public/"


@pytest.fixture
def result(cast):
    return make_public_results()


@pytest.fixture
def visitor():
    return Client()


@pytest.fixture
def published(result, cast):
    return share(result, by=cast.people["lead"])


def take_back(share, cast, because="A number was wrong."):
    withdraw_results(share=share, by=cast.people["lead"], because=because)


def test_a_lead_looks_publishes_and_everybody_reads(lead, visitor, result):
    form = lead.get(address(result))
    before = visitor.get(RESULTS)
    looked = lead.post(address(result), typed())
    _fields, after = look_and_share(lead, result)
    page = visitor.get(BASE, follow=True)

    assert "Publish the results for everybody" in form.text
    assert "What we heard" in form.text
    assert "What we decided" in form.text
    assert "With whom do you share them?" not in form.text
    assert before.status_code == 404
    assert "This is exactly what people will read." in looked.text
    assert "As seen by people of" not in looked.text
    assert "Publish it now" in looked.text
    assert "Published. Everybody reads it at the address of the questionnaire." in after.text
    assert f'href="{RESULTS}"' in after.text
    assert page.redirect_chain == [(RESULTS, 302)]
    assert LEARNED in page.text
    assert NEXT in page.text
    assert SharedResult.objects.get().is_for_all


def test_what_is_looked_at_is_what_everybody_reads(lead, visitor, result):
    def figures(page):
        return re.findall(r'data-label="(?:People|Share)">([^<]+)<', page.text)

    looked = figures(lead.post(address(result), typed()))
    look_and_share(lead, result)

    assert len(looked) > 20
    assert figures(visitor.get(RESULTS)) == looked


def test_the_page_holds_figures_as_text_and_tables_and_nothing_that_people_wrote(
    visitor, published
):
    page = visitor.get(RESULTS).text

    assert page.count("<table") >= 4
    assert "Anybody could answer" in page
    assert "30" in page
    assert "A printer" not in page
    assert "Thank you." not in page
    assert "Your department" not in page
    assert "Sign in" in page


def test_the_page_needs_no_account_and_makes_no_session(visitor, published):
    page = visitor.get(RESULTS)

    assert page.status_code == 200
    assert not Session.objects.exists()
    assert not page.cookies


def test_who_has_signed_in_reads_the_same_and_no_cache_keeps_their_page(sign_in, published):
    page = sign_in("staff").get(RESULTS)

    assert LEARNED in page.text
    assert "public" not in page["Cache-Control"]
    assert not page.has_header("ETag")


def test_a_network_that_reads_without_end_is_slowed_down_and_others_are_not(
    visitor, published, settings
):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "public_read": "2/m/ip"}
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")

    answers = [visitor.get(RESULTS) for _n in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Too many attempts in a short time" in answers[-1].text
    assert "public" not in answers[-1].get("Cache-Control", "")
    assert elsewhere.get(RESULTS).status_code == 200


def test_a_page_that_did_not_change_is_not_sent_again(visitor, published, cast):
    first, second = visitor.get(RESULTS), Client().get(RESULTS)
    again = visitor.get(RESULTS, headers={"if-none-match": first["ETag"]})
    take_back(published, cast)
    gone = visitor.get(RESULTS, headers={"if-none-match": first["ETag"]})

    assert first["ETag"] == second["ETag"]
    assert first["Cache-Control"] == "public, max-age=60"
    assert {"Cookie", "Accept-Language"} <= set(re.split(r",\s*", first["Vary"]))
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert gone.status_code == 200


def test_what_is_taken_back_is_gone_and_says_why(visitor, published, cast):
    take_back(published, cast)

    page = visitor.get(RESULTS)

    assert "A number was wrong." in page.text
    assert LEARNED not in page.text
    assert "<table" not in page.text
    assert not page.has_header("ETag")
    assert visitor.get(BASE).status_code == 410


def test_a_new_version_says_what_is_different(visitor, lead, result, published, cast):
    take_back(published, cast)
    look_and_share(lead, result, different="The number of letters is right now.", learned="Anew.")

    page = visitor.get(RESULTS).text

    assert "New in version 2" in page
    assert "The number of letters is right now." in page
    assert "Anew." in page
    assert "A number was wrong." not in page


def test_closed_questionnaires_lead_to_what_came_of_them(visitor, published):
    make_public_results(address="other")

    page = visitor.get(LIST).text

    assert f'href="{RESULTS}"' in page
    assert page.count("You can read what we heard and what we decided.") == 1
    assert 'href="/surveys/public/other/"' in page


def test_the_list_costs_the_same_for_one_and_for_many(visitor, cast, django_assert_num_queries):
    for number in range(3):
        share(make_public_results(address=f"permits-{number}"), by=cast.people["lead"])
        with django_assert_num_queries(2):
            visitor.get(LIST)


def test_the_page_of_results_asks_for_them_once(visitor, published, django_assert_num_queries):
    with django_assert_num_queries(1) as asked:
        visitor.get(RESULTS)

    assert '"surveys_response"' not in asked[0]["sql"]


def test_who_answered_in_this_browser_is_led_to_the_results_too(visitor, cast):
    wave = make_public_wave()
    answer_as_visitor(visitor)
    assert visitor.get(BASE).status_code == 302
    answer(wave, None, varied(30))
    freeze_results(wave=close(wave).pk)
    share(WaveResult.objects.get(), by=cast.people["lead"])

    assert visitor.get(BASE).url == RESULTS
    assert f'href="{RESULTS}"' in visitor.get(f"{BASE}thanks/").text


def test_too_few_answers_are_not_published(lead, visitor, cast):
    few = make_public_results(9)

    assert "there is nothing to share" in lead.get(address(few)).text
    lead.post(address(few), typed(go="share"))
    assert not SharedResult.objects.exists()
    assert visitor.get(RESULTS).status_code == 404


def test_results_of_waves_inside_the_agency_are_not_published(visitor, cast):
    inside = make_results({cast.roads: varied(30)})
    share(inside, by=cast.people["lead"])

    assert visitor.get(f"/surveys/public/{inside.wave_id}/results/").status_code == 404
    assert visitor.get(f"/surveys/{inside.wave_id}/shared/").status_code == 302


@pytest.mark.parametrize("who", ["staff", "executive", "coordinator", "moderator"])
def test_nobody_but_who_runs_the_survey_publishes(sign_in, result, who):
    assert sign_in(who).get(address(result)).status_code == 404
    assert sign_in(who).post(address(result), typed(go="share")).status_code == 404
    assert not SharedResult.objects.exists()


def test_the_agency_s_page_of_what_is_shared_leads_to_the_public_one(lead, published):
    assert lead.get(f"/surveys/{published.result.wave_id}/shared/").url == RESULTS


# Who wanted to be told


def told(wave, *states):
    for number, state in enumerate(states):
        ToldAddress.objects.create(wave=wave, address=f"p{number}@example.org", state=state)


def test_who_said_yes_is_told_once_and_forgotten_and_nobody_else_is(result, cast):
    told(result.wave, "confirmed", "asked", "confirmed")
    tasks.write_mails()
    assert not Message.objects.exists()

    share(result, by=cast.people["lead"])
    tasks.write_mails()
    tasks.write_mails()

    mails = {mail.address: mail for mail in Message.objects.all()}
    assert set(mails) == {"p0@example.org", "p2@example.org"}
    mail = mails["p0@example.org"]
    assert mail.subject == "What came of it: Permit assistant"
    assert RESULTS in mail.text
    assert RESULTS in mail.html
    assert "Your address was deleted with it." in mail.text.replace("\n", " ")
    assert list(ToldAddress.objects.values_list("address", flat=True)) == ["p1@example.org"]


def test_many_are_told_in_steps_that_leave_nobody_out(result, cast, monkeypatch):
    monkeypatch.setattr("surveys.actions.telling.BATCH", 2)
    told(result.wave, *["confirmed"] * 5)
    share(result, by=cast.people["lead"])

    tasks.write_mails()

    assert Message.objects.count() == 5
    assert not ToldAddress.objects.exists()


def test_who_says_yes_only_after_the_publication_is_told_too(visitor, result, cast):
    told(result.wave, "asked")
    share(result, by=cast.people["lead"])
    ToldAddress.objects.update(state="confirmed")

    tasks.write_mails()

    assert Message.objects.get().address == "p0@example.org"


def test_nobody_can_ask_to_be_told_what_is_published_already(visitor, published):
    assert visitor.get(f"{BASE}tell-me/").status_code == 404
    assert visitor.post(f"{BASE}tell-me/", {"address": "a@example.org"}).status_code == 404
    assert not ToldAddress.objects.exists()


def test_what_was_taken_back_tells_nobody(result, cast):
    take_back(share(result, by=cast.people["lead"]), cast)
    told(result.wave, "confirmed")

    tasks.write_mails()

    assert not Message.objects.exists()
    assert ToldAddress.objects.exists()
    assert SharedResult.objects.get().withdrawn_at


def test_the_lead_reads_how_many_get_a_mail_and_no_address(lead, result):
    told(result.wave, "confirmed", "asked", "confirmed")

    page = lead.get(address(result)).text

    assert "2 people have asked to be told and get one mail each." in page
    assert "example.org" not in page


def test_many_who_are_told_cost_a_clock_no_more_than_one(result, cast, django_assert_num_queries):
    share(result, by=cast.people["lead"])
    for states in (["confirmed"], ["confirmed"] * 7):
        told(result.wave, *states)
        with django_assert_num_queries(17):
            tasks.write_mails()
        Message.objects.all().delete()
