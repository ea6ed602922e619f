"""Shared results as the people read them who were asked: who, what, for how long, and what never."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from buyin.accounts.models import Department
from surveys.models import (
    DepartmentResult,
    Invitation,
    Response,
    SharedResult,
    Survey,
    WaveDepartment,
    WaveResult,
)
from tests.factories.needs import STATEMENT, make_need, make_remedy
from tests.factories.questions import EVERY_TYPE
from tests.factories.results import every_sheet, make_results, spread, varied
from tests.factories.sharing import LEARNED, NEXT, share
from tests.factories.surveys import make_participation
from tests.surveys.test_results import rows, words

ASKED = ["staff", "neighbour"]
ELSEWHERE = ["coordinator", "trainer", "moderator"]
FOLLOW = ["lead", "executive", "administrator"]
PARTS = ["", "pages/1/", "print/"]


@pytest.fixture
def result(cast):
    parks = spread(30, useful=[4, 5], helped=["no", "no", "yes"])
    return make_results({cast.roads: varied(60), cast.clinic: parks})


@pytest.fixture
def everybody(cast, result):
    return share(result, by=cast.lead)


def address(result, part=""):
    return f"/surveys/{result.wave_id}/shared/{part}"


def words_of(page):
    """Return the text of the main part of a page."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def take_back(row, because="A date was wrong."):
    SharedResult.objects.filter(pk=row.pk).update(
        withdrawn_at=timezone.now(), withdrawn_because=because
    )


# Who


@pytest.mark.parametrize("who", [*ASKED, *FOLLOW])
def test_who_was_asked_reads_it_and_so_does_who_follows_the_survey(sign_in, result, everybody, who):
    client = sign_in(who)

    for part in PARTS:
        assert client.get(address(result, part)).status_code == 200


@pytest.mark.parametrize("who", ELSEWHERE)
def test_who_was_not_asked_does_not(sign_in, result, everybody, who):
    client = sign_in(who)

    for part in PARTS:
        assert client.get(address(result, part)).status_code == 404
    assert address(result) not in client.get("/surveys/").text


def test_nobody_reads_what_is_not_shared(sign_in, result):
    for who in (*ASKED, *FOLLOW):
        assert sign_in(who).get(address(result)).status_code == 404


def test_people_of_a_department_that_was_not_chosen_find_nothing(sign_in, cast, result):
    share(result, cast.clinic, by=cast.lead)

    for part in PARTS:
        assert sign_in("neighbour").get(address(result, part)).status_code == 200
        assert sign_in("staff").get(address(result, part)).status_code == 404
    for page in ("/", "/surveys/"):
        assert address(result) in sign_in("neighbour").get(page).text
        assert address(result) not in sign_in("staff").get(page).text


def test_who_was_invited_belongs_where_they_were_asked_wherever_they_are_now(sign_in, cast, result):
    Invitation.objects.create(wave=result.wave, person=cast.staff, department=cast.clinic)
    share(result, cast.clinic, by=cast.lead)

    page = words(sign_in("staff").get(address(result)))

    assert "Your department Clinic" in page


def test_who_was_not_invited_where_only_some_were_reads_nothing(sign_in, cast, result):
    WaveDepartment.objects.update(is_whole=False)
    Invitation.objects.create(wave=result.wave, person=cast.neighbour, department=cast.clinic)
    share(result, by=cast.lead)

    assert sign_in("staff").get(address(result)).status_code == 404
    assert sign_in("neighbour").get(address(result)).status_code == 200


# What


def test_the_first_page_tells_what_was_learned_what_comes_and_a_finding_for_each_question(
    sign_in, cast, result
):
    need = make_need(result.wave.survey.initiative)
    make_remedy(need, text="A session each month.")
    share(result, by=cast.lead, needs=[need])

    text = words(sign_in("staff").get(address(result)))

    assert text.index("finds most agreement") < text.index(LEARNED) < text.index(NEXT)
    assert text.index(NEXT) < text.index(STATEMENT) < text.index("A session each month.")
    assert "90 of 120 people asked have answered (75 %)." in text
    assert "Your department Roads" in text
    assert "What would you use it for? Most chosen:" in text


def test_a_page_of_questions_has_charts_tables_and_ones_own_department(sign_in, result, everybody):
    answer = sign_in("staff").get(address(result, "pages/1/"))

    assert answer.text.count('class="chart"') == 4
    assert answer.text.count("Show as table") == 4
    whole, own = rows(answer, "Your department beside all together")
    assert whole.startswith("All together")
    assert own.startswith("Roads")
    assert own.endswith("60")


def test_another_department_stands_nowhere(sign_in, result, everybody):
    for part in (*PARTS, "pages/2/"):
        assert "Clinic" not in sign_in("staff").get(address(result, part)).text


def test_a_department_that_may_not_be_shown_has_no_figures(sign_in, cast):
    result = make_results({cast.roads: varied(60), cast.clinic: varied(4), cast.parks: varied(30)})
    share(result, by=cast.lead)
    client = sign_in("neighbour")

    assert "Your department is not shown by itself" in words(client.get(address(result)))
    for part in ("pages/1/", "pages/2/", "print/"):
        assert "Your department beside all together" not in client.get(address(result, part)).text


def test_where_one_question_of_a_department_is_hidden_the_page_says_so(sign_in, cast, result):
    row = DepartmentResult.objects.get(result=result, department=cast.roads)
    row.questions = {k: one for k, one in row.questions.items() if k != "useful"}
    row.save()
    share(result, by=cast.lead)

    text = words(sign_in("staff").get(address(result, "pages/1/")))

    shown = text.count("Your department beside all together")
    assert text.count("Roads is not shown here: too few answered this") == 4 - shown > 0


def test_what_people_wrote_is_in_no_document_and_on_no_page(sign_in, cast, result, everybody):
    assert result.texts.filter(text="A printer").exists()

    for part in ("", "pages/2/", "print/"):
        assert "A printer" not in sign_in("staff").get(address(result, part)).text
    assert "A printer" not in str(everybody.document)


def test_questions_of_every_type_are_there_with_a_table_for_each_chart(sign_in, cast):
    result = make_results({cast.roads: every_sheet(66)}, definition=EVERY_TYPE)
    share(result, by=cast.lead)

    for part in ("pages/1/", "pages/2/"):
        page = sign_in("staff").get(address(result, part)).text
        assert page.count('class="chart"') == page.count("Show as table") > 0


def test_pages_of_the_survey_follow_each_other(sign_in, result, everybody):
    client = sign_in("staff")

    first, second = (client.get(address(result, f"pages/{n}/")).text for n in (1, 2))

    assert f'href="{address(result, "pages/2/")}"' in first
    assert f'href="{address(result, "pages/1/")}"' in second
    assert client.get(address(result, "pages/3/")).status_code == 404


def test_the_page_for_paper_has_everything_with_its_tables_open(sign_in, result, everybody):
    page = sign_in("staff").get(address(result, "print/")).text

    assert page.count("<details open>") == page.count('class="chart"') > 4
    assert LEARNED in page


def test_what_the_lead_typed_is_never_markup(sign_in, cast, result):
    share(result, by=cast.lead, learned="<script>x</script>\n\nTwo <b>lines</b>")

    page = sign_in("staff").get(address(result)).text

    assert "<script>x" not in page
    assert "<p>Two &lt;b&gt;lines&lt;/b&gt;</p>" in page


# A document that never changes


def test_charts_are_drawn_once_for_each_department_and_never_for_another(
    sign_in, result, everybody, monkeypatch
):
    path = address(result, "pages/1/")
    first = {who: sign_in(who).get(path).text for who in ("staff", "neighbour", "executive")}

    def never(*_args, **_more):
        raise AssertionError("drawn again")

    monkeypatch.setattr("surveys.views.shared.figure_of", never)
    again = {who: sign_in(who).get(path).text for who in first}

    for who, own in (("staff", "Roads"), ("neighbour", "Clinic"), ("executive", "")):
        told = re.findall(r"(Roads|Clinic)", words_of(again[who]))
        assert set(told) == ({own} if own else set())
        assert words_of(again[who]) == words_of(first[who])


def test_later_corrections_change_nothing_that_was_shared(sign_in, cast, result, everybody):
    client = sign_in("staff")
    need = make_need(result.wave.survey.initiative)
    before = [words(client.get(address(result, part))) for part in (*PARTS, "pages/2/")]

    make_remedy(need, text="Too late for this version.")
    Response.objects.all().delete()
    WaveResult.objects.update(questions={}, asked=7, answers=7, smallest_group=5)
    DepartmentResult.objects.all().delete()
    Department.objects.filter(code="roads").update(name="Highways")
    Survey.objects.update(title="Another title")

    assert [words(client.get(address(result, part))) for part in (*PARTS, "pages/2/")] == before


def test_where_groups_must_be_larger_now_departments_and_small_questions_are_left_out(
    sign_in, cast, settings
):
    sheets = [
        {**one, "helped": one["helped"] if n < 20 else None} for n, one in enumerate(varied(60))
    ]
    result = make_results(
        {cast.roads: sheets, cast.clinic: varied(30)[:0] + spread(30, helped=[None])}
    )
    settings.SMALLEST_GROUP = 25

    shared = share(result, by=cast.lead)

    assert result.departments.exists()
    assert "helped" in result.questions
    assert shared.document["departments"] == {}
    assert "helped" not in shared.document["questions"]
    assert shared.document["smallest_group"] == 25
    assert "Nothing of fewer than 25 answers" in words(sign_in("staff").get(address(result)))


# Taken back


def test_what_was_taken_back_says_why_and_shows_no_figure(sign_in, cast, result, everybody):
    take_back(everybody)
    client = sign_in("staff")

    text = words(client.get(address(result)))

    assert text.startswith("The results of “Permit assistant” were taken back")
    assert "A date was wrong." in text
    assert "%" not in text
    assert LEARNED not in text
    for part in ("pages/1/", "print/"):
        assert client.get(address(result, part)).headers["Location"] == address(result)
    for page in ("/", "/surveys/"):
        assert address(result) not in client.get(page).text


def test_the_last_version_counts_also_for_those_whom_it_is_not_for(
    sign_in, cast, result, everybody
):
    take_back(everybody)
    share(result, cast.clinic, by=cast.lead, different="Only for you.")

    assert sign_in("staff").get(address(result)).status_code == 404
    text = words(sign_in("neighbour").get(address(result)))
    assert "New in version 2 Only for you." in text


# Ways there


def test_everybody_who_was_asked_finds_it_among_their_surveys_and_on_the_start_page(
    sign_in, result, everybody
):
    for who in ASKED:
        client = sign_in(who)
        assert f'href="{address(result)}"' in client.get("/surveys/").text
        home = client.get("/").text
        assert f'href="{address(result)}"' in home
        assert "What “Permit assistant” found, and what happens next" in home


def test_after_two_weeks_the_start_page_tells_of_other_things(sign_in, result, everybody):
    SharedResult.objects.update(shared_at=timezone.now() - timedelta(days=15))

    assert address(result) not in sign_in("staff").get("/").text
    assert address(result) in sign_in("staff").get("/surveys/").text


def test_the_thanks_lead_to_the_results_once_they_are_shared(sign_in, cast, result):
    make_participation(result.wave, cast.staff)
    thanks = f"/surveys/{result.wave_id}/thanks/"

    before = sign_in("staff").get(thanks).text
    share(result, by=cast.lead)
    after = sign_in("staff").get(thanks).text

    assert address(result) not in before
    assert "They appear here and under" in before
    assert f'href="{address(result)}"' in after


def test_the_thanks_do_not_lead_to_results_for_others(sign_in, cast, result):
    make_participation(result.wave, cast.staff)
    share(result, cast.clinic, by=cast.lead)

    page = sign_in("staff").get(f"/surveys/{result.wave_id}/thanks/").text

    assert address(result) not in page


# How much is asked of the database


def test_pages_ask_the_same_however_much_there_is(
    sign_in, cast, result, everybody, django_assert_num_queries
):
    longer = make_results({one: varied(20) for one in (cast.roads, cast.parks, cast.clinic)})
    needs = [make_need(longer.wave.survey.initiative, statement=f"Need {n}") for n in range(3)]
    share(longer, cast.roads, cast.clinic, by=cast.lead, needs=needs)
    client = sign_in("staff")
    for each in (result, longer):
        client.get(address(each))

    for each in (result, longer):
        for part in PARTS:
            with django_assert_num_queries(2):
                client.get(address(each, part))


def test_lists_ask_the_same_for_one_and_for_three(
    sign_in, cast, result, everybody, django_assert_num_queries
):
    client = sign_in("staff")
    client.get("/surveys/")
    with django_assert_num_queries(4):
        client.get("/surveys/")

    for _one in range(2):
        share(make_results({cast.roads: varied(20)}), by=cast.lead)
    with django_assert_num_queries(4):
        page = client.get("/surveys/")
    assert len(re.findall(r"/surveys/\d+/shared/", page.text)) == 3
