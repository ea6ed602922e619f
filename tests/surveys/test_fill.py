"""Filling in a survey over HTTP, without JavaScript: nothing that was typed is ever lost."""

import datetime as dt
import re
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from buyin.accounts.models import Session
from surveys.models import (
    AnonymousDraft,
    BufferedResponse,
    Draft,
    Participation,
    Response,
    SurveyVersion,
    Wave,
)
from tests.factories.accounts import PASSWORD, PersonFactory, RoleFactory
from tests.factories.surveys import DEFINITION, make_wave
from tests.surveys.public_pages import form_on

pytestmark = pytest.mark.django_db
PAGE_1 = {"q_useful": "4", "q_told": "dk"}


def url(wave, page=1):
    return f"/surveys/{wave.pk}/pages/{page}/"


def press(client, wave, page, button, form=None, **fields):
    form = form if form is not None else form_on(client.get(url(wave, page)))
    return client.post(url(wave, page), {**form, **fields, "go": button})


def fill_first_page(client, wave):
    return press(client, wave, 1, "next", **PAGE_1)


@pytest.fixture
def staff(sign_in):
    return sign_in("staff")


def test_required_answers_are_spoken_of_only_where_there_are_any(staff, wave, cast):
    question = {"code": "wish", "type": "short_text", "text": "A wish?", "max_length": 80}
    pages = [{"code": "p1", "title": "", "intro": "", "questions": [question]}]
    free = make_wave(cast.roads, definition={**DEFINITION, "pages": pages})

    assert "Only questions marked “required” need an answer." in staff.get(url(wave)).text
    page = staff.get(url(free)).text
    assert "marked “required”" not in page
    assert "Leave out what you do not want to answer." in page


def test_a_person_fills_in_two_pages_and_is_thanked(staff, wave, cast):
    first = fill_first_page(staff, wave)
    last = press(staff, wave, 2, "submit", q_more="Enough <b>time</b>")

    assert first.headers["Location"] == url(wave, 2)
    assert last.headers["Location"] == f"/surveys/{wave.pk}/thanks/"
    assert BufferedResponse.objects.get().answers == {
        "useful": 4, "reasons": None, "helped": None, "told": "dk", "heard": None, "hours": None,
        "wish": None, "more": "Enough <b>time</b>",
    }  # fmt: skip
    assert Participation.objects.get().department == cast.roads


def test_the_first_page_says_what_anonymous_means_and_what_it_cannot_do(staff, wave):
    page = staff.get(url(wave)).text

    assert "Anonymous: nobody can see who answered what" in page
    assert "What this cannot do" in page
    assert "in a group of at least 10 people of your department" in re.sub(r"\s+", " ", page)
    assert "fewer than 10 people answer the whole survey" in re.sub(r"\s+", " ", page)


@pytest.mark.parametrize(
    ("anonymity", "promises", "other"),
    [
        (
            "named",
            ["can see who answered what: whoever leads the initiative, and the leads and admin"],
            "No page, report or file of the portal shows them with your name to anybody else.",
        ),
        (
            "confidential",
            [
                "No page, report or file of the portal shows them with your name to anybody else.",
                "Results are shown for groups of 10 people and more.",
                "so that you can read them again and have them deleted at any time.",
                "A text can give you away.",
                "Administrators who can read the database could see who answered what.",
            ],
            "The people who run this survey can see",
        ),
    ],
    ids=["named", "confidential"],
)
def test_other_surveys_say_that_they_store_the_name_and_who_sees_it(
    staff, cast, anonymity, promises, other
):
    wave = make_wave(cast.roads, anonymity=anonymity)
    page = " ".join(staff.get(url(wave)).text.split())

    assert f'<h2 id="promise">{wave.version.get_anonymity_display()}</h2>' in page
    assert "stored together with your name" in page
    assert [promise for promise in promises if promise not in page] == []
    assert other not in page
    assert "nobody can see who answered what" not in page


def test_whoever_is_not_asked_finds_nothing(sign_in, wave):
    neighbour = sign_in("neighbour")

    assert neighbour.get(url(wave)).status_code == 404
    assert neighbour.post(url(wave), {**PAGE_1, "go": "next"}).status_code == 404
    assert sign_in("staff").get(url(wave, 3)).status_code == 404
    assert not AnonymousDraft.objects.exists()


def test_a_wave_that_has_not_opened_is_not_found(staff, wave):
    Wave.objects.update(opens_at=timezone.now() + dt.timedelta(hours=1))

    assert staff.get(url(wave)).status_code == 404


def test_what_is_missing_is_named_with_a_link_and_the_rest_is_kept(staff, wave):
    answer = press(staff, wave, 1, "next", q_useful="2")

    assert answer.status_code == 422
    assert 'href="#q-told-1"' in answer.text
    assert 'id="q-told-error"' in answer.text
    assert re.search(r'id="q-useful-2"\s+value="2"\s+checked', staff.get(url(wave)).text)


def test_handing_in_too_early_leads_to_the_page_that_lacks_an_answer(staff, wave):
    answer = press(staff, wave, 2, "submit", q_wish="Bread")

    assert answer.headers["Location"] == f"{url(wave)}?check=1"
    assert "2 answers need another look" in re.sub(r"\s+", " ", staff.get(answer.url).text)
    assert 'value="Bread"' in staff.get(url(wave, 2)).text


def test_a_wrong_number_stays_as_it_was_typed_until_it_is_mended(staff, wave):
    fill_first_page(staff, wave)
    back = press(staff, wave, 2, "back", q_hours="many")
    again = press(staff, wave, 2, "submit", q_hours="many")

    assert back.headers["Location"] == url(wave)
    assert again.status_code == 422
    assert 'value="many"' in again.text
    assert "“many” is not a number" in again.text


def test_text_that_cannot_be_stored_comes_back_with_a_message(staff, wave):
    answer = press(staff, wave, 2, "save", q_more="before\0after")

    assert answer.status_code == 422
    assert "cannot be stored" in answer.text
    assert "before" in answer.text
    assert not AnonymousDraft.objects.exists()


def test_a_text_of_a_person_is_text_and_never_markup(staff, wave):
    press(staff, wave, 2, "save", q_wish='"><script>x</script>', q_more="</textarea><script>")

    page = staff.get(url(wave, 2)).text

    assert "<script>x" not in page
    assert "</textarea><script>" not in page
    assert "&lt;/textarea&gt;&lt;script&gt;" in page


def test_line_breaks_at_the_start_of_a_text_survive(staff, wave):
    press(staff, wave, 2, "save", q_more="\r\n\r\nlate")

    assert re.search(r"<textarea[^>]*>\n\n\nlate</textarea>", staff.get(url(wave, 2)).text)


def test_saving_leads_home_and_resumes_where_it_stopped(staff, wave):
    fill_first_page(staff, wave)
    saved = press(staff, wave, 2, "save", q_hours="3")

    assert saved.headers["Location"] == "/surveys/"
    assert staff.get(f"/surveys/{wave.pk}/").headers["Location"] == url(wave, 1)
    press(staff, wave, 1, "next", q_reasons="speed", q_helped="no", q_heard="1", **PAGE_1)
    assert staff.get(f"/surveys/{wave.pk}/").headers["Location"] == url(wave, 2)


def test_an_anonymous_draft_is_readable_in_this_browser_only(staff, wave, cast):
    press(staff, wave, 2, "save", q_wish="canary")
    other = Client()
    other.force_login(cast.staff)

    assert "canary" in staff.get(url(wave, 2)).text
    assert "canary" not in other.get(url(wave, 2)).text
    cookie = staff.cookies["drafts"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_autosave_answers_with_the_time_and_survives_any_order(staff, cast):
    wave = make_wave(cast.roads, anonymity="named")
    form = {**form_on(staff.get(url(wave, 2))), "client": "tab"}

    second = press(staff, wave, 2, "autosave", form={**form, "count": "2"}, q_wish="new")
    first = press(staff, wave, 2, "autosave", form={**form, "count": "1"}, q_wish="old")

    assert second.json()["shown"] == '{"wish": "new"}'
    assert re.match(r"\d", second.json()["saved"])
    assert first.status_code == 200
    assert Draft.objects.get().typed == {"wish": "new"}


def test_two_tabs_merge_and_an_old_tab_erases_nothing(staff, wave):
    fill_first_page(staff, wave)
    one, two = (form_on(staff.get(url(wave, 2))) for _tab in range(2))

    press(staff, wave, 2, "save", form=one, q_wish="from one", q_more="")
    press(staff, wave, 2, "save", form=two, q_wish="", q_more="from two")

    page = staff.get(url(wave, 2)).text
    assert 'value="from one"' in page
    assert "from two</textarea>" in page


def test_a_session_that_ran_out_costs_nothing(wave, cast):
    cast.staff.set_password(PASSWORD)
    cast.staff.save()
    client = Client()
    client.force_login(cast.staff)
    form = form_on(client.get(url(wave, 2)))
    Session.objects.all().delete()
    client.cookies.pop("session")

    bounced = press(client, wave, 2, "submit", form=form, q_more="typed for an hour")
    stored = client.session["rescued_page"]
    assert "What you typed is kept" in client.get(bounced.url).text
    client.post(bounced.url, {"login": cast.staff.email, "password": PASSWORD})
    page = client.get(url(wave, 2))

    assert bounced.url == f"/accounts/login/?next={url(wave, 2)}"
    assert "typed for an hour" in page.text
    assert "We kept what you typed" in page.text
    assert "typed for an hour" not in stored
    press(client, wave, 2, "save", form=form_on(page), q_more="typed for an hour")
    assert "typed for an hour" in client.get(url(wave, 2)).text
    assert "We kept what you typed" not in client.get(url(wave, 2)).text


def test_a_rescued_page_is_not_shown_to_the_next_person_at_the_same_browser(staff, wave, cast):
    colleague = PersonFactory(department=cast.roads)
    form = form_on(staff.get(url(wave, 2)))
    staff.logout()
    press(staff, wave, 2, "save", form=form, q_more="canary")
    staff.force_login(colleague)

    assert "canary" not in staff.get(url(wave, 2)).text


def test_autosave_without_a_session_says_so_and_keeps_nothing(client, wave):
    assert client.post(url(wave), {**PAGE_1, "go": "autosave"}).status_code == 401
    assert client.get(url(wave)).status_code == 302


def test_an_old_token_shows_everything_again_and_the_second_press_stores(sign_in, wave):
    client = sign_in("staff", enforce_csrf_checks=True)
    form = form_on(client.get(url(wave, 2)))
    client.cookies["csrf"] = "a" * 32

    refused = press(client, wave, 2, "save", form=form, q_more="kept in the form")
    again = press(client, wave, 2, "save", form=form_on(refused), q_more="kept in the form")

    assert refused.status_code == 403
    assert "kept in the form</textarea>" in refused.text
    assert "press the button once more" in refused.text
    assert again.headers["Location"] == "/surveys/"
    assert "kept in the form" in client.get(url(wave, 2)).text


def test_a_form_from_another_site_is_not_offered_again(sign_in, wave):
    client = sign_in("staff", enforce_csrf_checks=True)

    answer = client.post(url(wave), PAGE_1, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert "q_useful" not in answer.text


def test_a_page_opened_by_somebody_else_is_not_stored_under_the_new_name(staff, wave, cast):
    form = form_on(staff.get(url(wave, 2)))
    staff.force_login(PersonFactory(department=cast.roads))

    answer = press(staff, wave, 2, "save", form=form, q_more="mine")

    assert answer.status_code == 409
    assert "opened by another person" in answer.text
    assert "mine</textarea>" in answer.text
    assert not AnonymousDraft.objects.exists()


def test_a_double_click_stores_once_and_shows_the_same_thanks(staff, wave):
    fill_first_page(staff, wave)
    form = form_on(staff.get(url(wave, 2)))

    answers = [press(staff, wave, 2, "submit", form=form) for _click in range(2)]

    assert [a.headers["Location"] for a in answers] == [f"/surveys/{wave.pk}/thanks/"] * 2
    assert BufferedResponse.objects.count() == 1
    assert "second copy" not in staff.get(answers[1].url).text


def test_a_second_try_is_told_that_the_first_one_counts(staff, wave):
    fill_first_page(staff, wave)
    form = form_on(staff.get(url(wave, 2)))
    press(staff, wave, 2, "submit", form=form)

    answer = press(staff, wave, 2, "submit", form={**form, "receipt": str(uuid.uuid4())})

    assert "This second copy was not stored" in staff.get(answer.url).text
    assert BufferedResponse.objects.count() == 1
    assert staff.get(url(wave)).headers["Location"] == f"/surveys/{wave.pk}/thanks/"
    assert press(staff, wave, 2, "autosave", form=form).status_code == 409


def test_the_grace_takes_answers_and_says_until_when(staff, wave):
    Wave.objects.update(closes_at=timezone.now() - dt.timedelta(minutes=1))

    assert "We still take what you send until" in staff.get(url(wave)).text
    assert fill_first_page(staff, wave).status_code == 302


def test_a_late_answer_is_refused_with_the_text_still_there(staff, wave):
    form = form_on(staff.get(url(wave, 2)))
    Wave.objects.update(closes_at=timezone.now() - dt.timedelta(hours=1))

    answer = press(staff, wave, 2, "submit", form=form, q_more="too late")

    assert answer.status_code == 410
    assert "too late</textarea>" in answer.text
    assert "were not stored" in answer.text
    assert "Hand in" not in answer.text
    assert staff.get(url(wave)).status_code == 410


def test_the_version_that_was_shown_is_what_is_stored(staff, cast):
    wave = make_wave(cast.roads, anonymity="named")
    fill_first_page(staff, wave)
    form = form_on(staff.get(url(wave, 2)))
    newer = {**DEFINITION, "pages": DEFINITION["pages"][:1]}
    SurveyVersion.objects.create(survey=wave.survey, number=2, definition=newer)

    press(staff, wave, 2, "submit", form=form, q_more="about the first version")

    assert Response.objects.get().answers["more"] == "about the first version"


@pytest.mark.parametrize("anonymity", ["named", "anonymous"])
def test_a_page_and_a_submit_keep_to_few_queries(
    staff, cast, anonymity, django_assert_max_num_queries
):
    wave = make_wave(cast.roads, anonymity=anonymity)
    fill_first_page(staff, wave)
    form = form_on(staff.get(url(wave, 2)))

    with django_assert_max_num_queries(6):
        staff.get(url(wave, 2))
    with django_assert_max_num_queries(12):
        answer = press(staff, wave, 2, "submit", form=form)
    assert answer.headers["Location"].endswith("thanks/")


def test_the_frame_that_people_share_holds_nothing_of_the_first_of_them(wave, cast, sign_in):
    first = PersonFactory(department=cast.roads, name="Zora First", email="zora@one.example")
    second = PersonFactory(department=cast.roads, name="Yann <Second>", email="yann@two.example")
    sign_in(first).get(url(wave, 2))

    page = sign_in(second).get(url(wave, 2)).text

    assert "Zora" not in page
    assert "zora@one.example" not in page
    assert "Yann &lt;Second&gt;" in page
    assert page.count("yann@two.example") == 2
    assert form_on(sign_in(first).get(url(wave, 2)))["owner"] not in page


def test_a_changed_title_or_role_changes_the_frame(staff, wave, cast):
    staff.get(url(wave, 2))
    wave.survey.title = "A better title"
    wave.survey.save()
    RoleFactory(person=cast.staff, role="lead")

    page = staff.get(url(wave, 2)).text

    assert "<h1>A better title</h1>" in page
    assert "Write surveys" in page
