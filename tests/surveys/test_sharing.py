"""Sharing results through the front door: written, looked at, shared, taken back, shared again."""

import re
from uuid import uuid4

import pytest
from auditlog.models import LogEntry
from django.utils import timezone

from buyin.initiatives.models import Initiative
from surveys.models import Need, SharedResult, Wave
from tests.factories.needs import STATEMENT, make_need, make_remedy
from tests.factories.results import make_results, varied
from tests.factories.sharing import LEARNED, NEXT, share
from tests.factories.surveys import make_wave
from tests.surveys.test_results import words


@pytest.fixture
def result(cast):
    return make_results({cast.roads: varied(30), cast.clinic: varied(30)})


def address(result, part=""):
    return f"/surveys/{result.wave_id}/results/share/{part}"


def typed(**changes):
    """Return what the form sends, these and otherwise usual words."""
    usual = {
        "made_by_form": str(uuid4()),
        "audience": "all",
        "learned": LEARNED,
        "next_steps": NEXT,
        "go": "look",
    }
    return {**usual, **changes}


def seen_in(page):
    """Return the fingerprint of the document that a page lets its reader look at."""
    found = re.search(r'name="seen" value="(\w{64})"', page.text)
    assert found
    return found[1]


def look_and_share(client, result, **changes):
    """Look at what would be shared, then share it; return the fields and the page after it."""
    fields = typed(**changes)
    fields |= {"seen": seen_in(client.post(address(result), fields)), "go": "share"}
    return fields, client.post(address(result), fields, follow=True)


# Who


@pytest.mark.parametrize("who", ["executive", "staff", "coordinator", "trainer", "moderator"])
def test_only_who_follows_the_survey_can_share(sign_in, result, who):
    client = sign_in(who)

    assert client.get(address(result)).status_code == 404
    assert client.post(address(result), typed()).status_code == 404
    assert not SharedResult.objects.exists()


def test_who_leads_the_initiative_shares_its_results_and_no_others(sign_in, cast, result):
    Initiative.objects.update(lead=cast.staff)
    other = make_results({cast.roads: varied(30)})
    other.wave.survey.initiative = Initiative.objects.create(name="Another")
    other.wave.survey.save()
    client = sign_in("staff")

    assert client.get(address(result)).status_code == 200
    assert client.get(address(other)).status_code == 404


def test_the_way_there_stands_on_the_results_for_those_who_may(sign_in, result):
    overview = f"/surveys/{result.wave_id}/results/"

    assert address(result) in sign_in("lead").get(overview).text
    assert address(result) not in sign_in("executive").get(overview).text


def test_the_way_there_says_whether_the_results_are_shared(lead, cast, result):
    overview = f"/surveys/{result.wave_id}/results/"
    assert "Share with those who were asked" in lead.get(overview).text
    share(result, by=cast.lead)

    page = lead.get(overview).text

    assert "What is shared, and taking it back" in page
    assert "Share with those who were asked" not in page


def test_what_came_in_from_a_file_cannot_be_shared(lead, cast):
    imported = make_results({cast.roads: varied(30)}, takes_imports=True)

    assert lead.get(address(imported)).status_code == 404


def test_results_that_are_not_counted_cannot_be_shared(lead, cast):
    assert lead.get(f"/surveys/{make_wave(cast.roads).pk}/results/share/").status_code == 404


# Writing


def test_the_form_offers_the_departments_that_were_asked_and_those_above_them(lead, result):
    page = lead.get(address(result)).text

    for name in ("Fairhaven", "Public works", "Roads", "Public health", "Clinic"):
        assert re.search(rf"{name}\s*</label>", page)
    assert not re.search(r"Parks\s*</label>", page)


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ({"audience": ""}, "Choose with whom you share them."),
        ({"audience": "some"}, "Choose at least one department."),
        ({"learned": " "}, "Write what you learned from the answers."),
        ({"next_steps": ""}, "Write what happens next, and when."),
        ({"learned": "x" * 2001}, "at most 2000 characters"),
        ({"audience": "some", "departments": ["999"]}, "999 is not one of the available choices"),
    ],
)
def test_what_is_missing_is_named_and_nothing_typed_is_lost(lead, result, missing, said):
    page = lead.post(address(result), typed(**{"next_steps": "Soon, <b>at last</b>", **missing}))

    assert said in page.text
    if "next_steps" not in missing:
        assert "Soon, &lt;b&gt;at last&lt;/b&gt;" in page.text
    assert not SharedResult.objects.exists()


def test_needs_of_the_initiative_are_offered_and_no_others(lead, result):
    initiative = result.wave.survey.initiative
    make_need(initiative)
    make_need(Initiative.objects.create(name="Another"), statement="A need of others.")

    page = lead.get(address(result)).text

    assert STATEMENT in page
    assert "A need of others." not in page


def test_without_needs_there_is_no_such_question(lead, result):
    assert "Needs that come from these answers" not in lead.get(address(result)).text


# Looking


def test_nothing_is_shared_by_looking_at_it(lead, result):
    page = lead.post(address(result), typed())

    text = words(page)
    assert "Nothing is shared yet. This is exactly what people will read." in text
    assert LEARNED in text
    assert NEXT in text
    assert "60 of 120 people asked have answered" in text
    assert not SharedResult.objects.exists()


def test_the_lead_looks_as_people_of_each_department_that_is_shown(lead, cast, result):
    as_nobody = words(lead.post(address(result), typed()))
    as_roads = words(lead.post(address(result), typed(reader=str(cast.roads.pk))))
    as_parks = words(lead.post(address(result), typed(reader=str(cast.parks.pk))))

    assert "Your department is not shown by itself" in as_nobody
    assert "Your department Roads" in as_roads
    assert "Your department beside all together" in as_roads
    assert "Your department is not shown by itself" in as_parks


def test_what_is_looked_at_is_what_people_read(lead, sign_in, cast, result):
    looked = words(lead.post(address(result), typed(reader=str(cast.roads.pk))))
    look_and_share(lead, result)

    read = words(sign_in("staff").get(f"/surveys/{result.wave_id}/shared/print/"))

    told = read[read.index("“The assistant is useful") :]
    assert told in looked


def test_words_can_be_changed_after_looking(lead, result):
    page = lead.post(address(result), typed(go="change"))

    assert LEARNED in page.text
    assert "Look at it first" in page.text
    assert "Nothing is shared yet" not in page.text


# Sharing


def test_what_was_looked_at_is_shared_with_everybody(lead, cast, result):
    fields, page = look_and_share(lead, result)

    row = SharedResult.objects.get()
    assert (row.number, row.is_for_all, row.shared_by) == (1, True, cast.lead)
    assert (row.learned, row.next_steps) == (LEARNED, NEXT)
    assert str(row.made_by_form) == fields["made_by_form"]
    assert row.document["questions"] == result.questions
    assert "Shared. People find it on their page “For you”." in page.text
    assert "with everybody who was asked." in words(page)


def test_a_chosen_department_stands_for_all_under_it_that_were_asked(lead, cast, result):
    _fields, page = look_and_share(lead, result, audience="some", departments=[str(cast.works.pk)])

    row = SharedResult.objects.get()
    assert not row.is_for_all
    assert [one.department for one in row.departments.all()] == [cast.roads]
    assert list(row.document["departments"]) == [str(cast.roads.pk)]
    assert "with people of: Roads" in words(page)


def test_ticked_departments_say_nothing_where_everybody_is_chosen(lead, cast, result):
    look_and_share(lead, result, departments=[str(cast.clinic.pk)])

    assert SharedResult.objects.get().is_for_all
    assert str(cast.roads.pk) in SharedResult.objects.get().document["departments"]


def test_sharing_unseen_shows_it_first(lead, result):
    page = lead.post(address(result), typed(go="share"))

    assert "What would be shared has changed since you looked at it." in page.text
    assert not SharedResult.objects.exists()


def test_what_has_changed_since_it_was_looked_at_is_looked_at_again(lead, result):
    need = make_need(result.wave.survey.initiative)
    fields = typed(needs=[str(need.pk)])
    fields |= {"seen": seen_in(lead.post(address(result), fields)), "go": "share"}
    make_remedy(need, text="A course in March.")

    page = lead.post(address(result), fields)

    assert "Look at it once more." in page.text
    assert "A course in March." in page.text
    assert not SharedResult.objects.exists()
    lead.post(address(result), {**fields, "seen": seen_in(page)})
    (told,) = SharedResult.objects.get().document["needs"]
    assert (told["statement"], told["remedies"][0]["text"]) == (STATEMENT, "A course in March.")


def test_the_same_form_sent_twice_shares_once(lead, result):
    fields, _page = look_and_share(lead, result)

    again = lead.post(address(result), fields, follow=True)

    assert "Shared. People find it" in again.text
    assert SharedResult.objects.count() == 1


def test_another_form_is_told_that_somebody_was_first(lead, sign_in, result):
    fields = typed()
    fields |= {"seen": seen_in(lead.post(address(result), fields)), "go": "share"}
    look_and_share(sign_in("administrator"), result)

    page = lead.post(address(result), {**fields, "different": "Other words."}, follow=True)

    assert "These results have been shared meanwhile." in page.text
    assert SharedResult.objects.count() == 1


def test_a_wave_that_takes_answers_again_is_not_shared(lead, result):
    fields = typed()
    fields |= {"seen": seen_in(lead.post(address(result), fields)), "go": "share"}
    Wave.objects.filter(pk=result.wave_id).update(closed_at=None)

    page = lead.post(address(result), fields, follow=True)

    assert "This wave takes answers." in page.text
    assert not SharedResult.objects.exists()


def test_too_few_answers_cannot_be_shared(lead, cast, settings):
    few = make_results({cast.roads: varied(9)})
    assert "there is nothing to share" in lead.get(address(few)).text
    assert "Look at it first" not in lead.get(address(few)).text
    enough = make_results({cast.roads: varied(12)})
    fields = typed()
    fields |= {"seen": seen_in(lead.post(address(enough), fields)), "go": "share"}
    settings.SMALLEST_GROUP = 20

    page = lead.post(address(enough), fields, follow=True)

    assert "Too few people have answered: there is nothing to share." in page.text
    assert not SharedResult.objects.exists()


# Taking back, and sharing again


def test_what_is_taken_back_keeps_its_reason_and_its_words(lead, cast, result):
    share(result, by=cast.lead)

    page = lead.post(address(result, "1/withdraw/"), {"because": "A date was wrong."}, follow=True)

    row = SharedResult.objects.get()
    assert (row.withdrawn_by, row.withdrawn_because) == (cast.lead, "A date was wrong.")
    assert row.withdrawn_at
    assert row.withdrawn_at <= timezone.now()
    assert row.document["questions"] == result.questions
    assert "A date was wrong." in words(page)
    assert "Look at it first" in page.text


def test_taking_back_needs_a_reason(lead, cast, result):
    share(result, by=cast.lead)

    page = lead.post(address(result, "1/withdraw/"), {"because": " "})

    assert "Write why you take them back." in page.text
    assert SharedResult.objects.standing().exists()


def test_the_second_to_take_it_back_is_told(lead, cast, result):
    share(result, by=cast.lead)
    lead.post(address(result, "1/withdraw/"), {"because": "First."})

    page = lead.post(address(result, "1/withdraw/"), {"because": "Second."}, follow=True)

    assert "This version was taken back already." in page.text
    assert SharedResult.objects.get().withdrawn_because == "First."


def test_a_version_that_never_was_cannot_be_taken_back(lead, cast, result):
    share(result, by=cast.lead)

    assert lead.post(address(result, "2/withdraw/"), {"because": "x"}).status_code == 404


def test_sharing_again_says_what_is_different_and_both_stand_in_the_history(lead, cast, result):
    share(result, by=cast.lead)
    lead.post(address(result, "1/withdraw/"), {"because": "A date was wrong."})

    refused = lead.post(address(result), typed())
    _fields, page = look_and_share(lead, result, different="The date of the course.")

    assert "Say in a sentence what differs from the version before." in refused.text
    assert [row.number for row in SharedResult.objects.order_by("number")] == [1, 2]
    text = words(page)
    assert text.index("Version 2") < text.index("The date of the course.") < text.index("Version 1")
    assert "A date was wrong." in text


def test_sharing_again_begins_with_the_words_that_were_taken_back(lead, cast, result):
    need = make_need(result.wave.survey.initiative)
    share(result, cast.roads, by=cast.lead, needs=[need])
    lead.post(address(result, "1/withdraw/"), {"because": "A date was wrong."})

    form = lead.get(address(result)).context["form"]

    assert form["audience"].value() == "some"
    assert form["departments"].value() == [str(cast.roads.pk)]
    assert form["needs"].value() == [str(need.pk)]
    assert (form["learned"].value(), form["next_steps"].value()) == (LEARNED, NEXT)
    assert not form["different"].value()


def test_the_history_of_records_tells_who_shared_and_who_took_back(lead, cast, result):
    look_and_share(lead, result)
    lead.post(address(result, "1/withdraw/"), {"because": "A date was wrong."})

    entries = LogEntry.objects.filter(content_type__model="sharedresult").order_by("id")

    made, taken = entries
    assert (made.actor, taken.actor) == (cast.lead, cast.lead)
    assert "document" not in made.changes
    assert taken.changes["withdrawn_because"] == ["", "A date was wrong."]


def test_what_is_shared_keeps_its_results_from_being_deleted(cast, result):
    share(result, by=cast.lead)

    with pytest.raises(Exception, match="protected foreign keys"):
        result.delete()


# How much is asked of the database


def test_writing_and_looking_ask_the_same_however_much_there_is(
    lead, cast, result, django_assert_num_queries
):
    longer = make_results({one: varied(20) for one in (cast.roads, cast.parks, cast.clinic)})
    Need.objects.all().delete()
    for number in range(3):
        make_remedy(make_need(longer.wave.survey.initiative, statement=f"Need {number}"))
    lead.post(address(result), typed())

    for each in (result, longer):
        with django_assert_num_queries(8):
            lead.get(address(each))
        with django_assert_num_queries(9):
            lead.post(address(each), typed())
