"""Adding somebody: who is in the list already is found first, and the way leads back to the list."""

import pytest
from django.utils.html import escape

from buyin.stakeholders.models import Interest, Stakeholder
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import InterestFactory, StakeholderFactory


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Ours", lead=cast.lead)


@pytest.fixture
def ruth(cast):
    return StakeholderFactory(name="Ruth Roads", department=cast.roads)


def add(client, ours, **said):
    typed = {"name": "Ann Lee", "category": "end-user", **said}
    return client.post(f"/stakeholders/add/person/?initiative={ours.pk}", typed, follow=True)


def test_somebody_in_the_list_is_put_on_the_initiative_s_by_one_button(sign_in, ours, ruth):
    lead = sign_in("lead")
    page = lead.get(f"/stakeholders/add/?initiative={ours.pk}&q=ruth").text
    people = f"/initiatives/{ours.pk}/people/"
    taking = f"/stakeholders/{ruth.pk}/initiatives/add/?back="
    assert f"{taking}{people.replace('/', '%2F')}" in page

    answer = lead.post(f"{taking}{people}", {"initiative": ours.pk}, follow=True)

    assert Interest.objects.filter(stakeholder=ruth, initiative=ours).exists()
    assert answer.redirect_chain[-1][0] == people


def test_who_is_on_the_list_is_not_offered_again(sign_in, ours, ruth):
    InterestFactory(stakeholder=ruth, initiative=ours)

    page = sign_in("lead").get(f"/stakeholders/add/?initiative={ours.pk}&q=ruth").text

    assert "on the list" in page
    assert "Put on the list" not in page


def test_the_words_that_find_nobody_lead_to_somebody_new(sign_in, ours, ruth):
    page = sign_in("lead").get(f"/stakeholders/add/?initiative={ours.pk}&q=zoe").text

    assert "is found by “zoe”" in page
    assert ruth.name not in page
    assert "q=zoe" not in page


def test_nobody_is_found_with_whom_one_does_not_work(sign_in, cast):
    StakeholderFactory(name="Cleo Clinic", department=cast.clinic)

    assert "Cleo Clinic" not in sign_in("coordinator").get("/stakeholders/add/?q=cleo").text


def test_who_was_added_for_an_initiative_leads_back_to_its_list(sign_in, ours):
    answer = add(sign_in("lead"), ours)

    assert answer.redirect_chain[-1][0] == f"/initiatives/{ours.pk}/people/"
    assert "Ann Lee is on the list of “Ours” now." in answer.text


def test_who_was_added_as_one_who_is_missing_leads_back_to_who_else_is(sign_in, ours):
    asked = f"initiative={ours.pk}&category=union"
    typed = {"name": "Ann Lee", "category": "union"}
    answer = sign_in("lead").post(f"/stakeholders/add/person/?{asked}", typed, follow=True)

    assert answer.redirect_chain[-1][0] == f"/initiatives/{ours.pk}/people/missing/"
    assert "Talk with Ann Lee, and note it" in answer.text


def test_somebody_for_a_department_that_lacks_them_needs_a_post_from_the_start(sign_in, cast, ours):
    lead, path = sign_in("lead"), f"/stakeholders/add/person/?initiative={ours.pk}"

    assert not lead.get(path).context["form"].fields["title"].required
    asked = lead.get(f"{path}&category=representative&department={cast.roads.pk}")
    assert asked.context["form"].fields["title"].required


def test_a_namesake_is_added_with_a_word_of_warning(sign_in, ours):
    StakeholderFactory(name="ann lee")

    answer = add(sign_in("lead"), ours)

    new = Stakeholder.objects.get(name="Ann Lee")
    assert answer.redirect_chain[-1][0] == f"/stakeholders/{new.pk}/"
    assert escape("the list has another “Ann Lee”") in answer.text


def test_a_list_on_which_nobody_is_says_with_whom_to_begin(sign_in, ours):
    page = sign_in("lead").get(f"/initiatives/{ours.pk}/people/").text

    assert "Nobody is on this list yet" in page
    assert f'href="/stakeholders/add/?initiative={ours.pk}"' in page
    assert "As of" not in page


def test_a_list_of_people_not_assessed_says_how_they_come_on_the_map(sign_in, ours, ruth):
    InterestFactory(stakeholder=ruth, initiative=ours)

    page = sign_in("lead").get(f"/initiatives/{ours.pk}/people/").text

    assert "then they stand on the map" in page
    assert "The same as a table" not in page
