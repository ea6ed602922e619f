"""Tags of stakeholders: one word a tag, however it is typed, wherever it is typed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buyin.accounts.models import LONGEST_TAG, tag_names, tags_text
from buyin.stakeholders.actions import change_many, save_stakeholder, tags_called
from buyin.stakeholders.models import Stakeholder, StakeholderTag
from tests.factories.stakeholders import StakeholderFactory

LIST = "/stakeholders/"
WORD = st.text(st.characters(whitelist_categories=["L", "N"]), min_size=1, max_size=12)


@pytest.fixture
def ruth(cast):
    return StakeholderFactory(name="Ruth Roads", department=cast.roads)


def tags_of(stakeholder):
    return sorted(tag.name for tag in stakeholder.tags.all())


def tag(client, *stakeholders, name, **said):
    chosen = [one.pk for one in stakeholders]
    sent = {"chosen": chosen, "bulk-tag": name, "confirmed": "yes", **said}
    return client.post(f"{LIST}bulk/", sent, follow=True)


@given(st.lists(WORD, max_size=6))
def test_tags_written_as_one_text_are_read_back_as_the_same_tags(names):
    once = tag_names(", ".join(names))

    assert {name.lower() for name in tag_names(tags_text(once))} == {name.lower() for name in once}


@pytest.mark.parametrize("name", ["ÄPFEL", "Straße", "ΣΙΣΥΦΟΣ", "Ночь", "夜勤"])
def test_words_of_every_script_become_tags(ruth, cast, name):
    change_many(actor=cast.lead, stakeholders=[ruth], tag=name)
    change_many(actor=cast.lead, stakeholders=[ruth], tag=name)

    assert tags_of(ruth) == [name]
    assert StakeholderTag.objects.count() == 1


def test_a_tag_is_found_again_by_other_capitals_and_keeps_its_own(db):
    (first,) = tags_called(["Night Shift"])

    assert tags_called(["night shift"]) == tags_called(["NIGHT SHIFT"]) == [first]
    assert StakeholderTag.objects.get().name == "Night Shift"


def test_tags_come_in_the_order_in_which_they_were_asked_for(db):
    tags_called(["B"])

    assert [found.name for found in tags_called(["C", "b", "A"])] == ["C", "B", "A"]


def test_no_names_make_no_tags(db):
    assert tags_called([]) == []
    assert not StakeholderTag.objects.exists()


def test_commas_stand_between_tags_also_for_several_at_once(sign_in, ruth, cast):
    client = sign_in("lead")

    tag(client, ruth, name="Pilot, Night shift")
    shown = client.get(f"{LIST}{ruth.pk}/edit/").context["form"]["tags"].value()

    assert tags_of(ruth) == ["Night shift", "Pilot"]
    assert shown == "Night shift, Pilot"


def test_several_keep_the_tags_that_they_have(sign_in, ruth, cast):
    other = StakeholderFactory(department=cast.roads)
    ruth.tags.add(StakeholderTag.objects.create(name="Pilot"))
    other.tags.add(StakeholderTag.objects.create(name="Night shift"))

    tag(sign_in("coordinator"), ruth, other, name="PILOT")

    assert tags_of(ruth) == ["Pilot"]
    assert tags_of(other) == ["Night shift", "Pilot"]


def test_a_tag_that_is_too_long_for_several_is_refused_and_stays_typed(sign_in, ruth):
    long = "n" * (LONGEST_TAG + 1)

    answer = tag(sign_in("lead"), ruth, name=long)

    assert f"at most {LONGEST_TAG} characters" in answer.text
    assert answer.context["form"]["tag"].value() == long
    assert not StakeholderTag.objects.exists()


@pytest.mark.parametrize("length", [LONGEST_TAG, LONGEST_TAG + 1])
def test_a_tag_that_is_too_long_is_named_beside_its_field(sign_in, ruth, length):
    typed = f"Pilot, {'n' * length}"

    answer = sign_in("lead").post(
        f"{LIST}{ruth.pk}/edit/", {"name": "Rudy", "category": "it", "tags": typed}
    )

    is_kept = length == LONGEST_TAG
    assert answer.status_code == (302 if is_kept else 200)
    assert Stakeholder.objects.filter(name="Rudy").exists() == is_kept
    assert StakeholderTag.objects.count() == (2 if is_kept else 0)
    if not is_kept:
        form = answer.context["form"]
        assert form.errors["tags"] == [f"A tag has at most {LONGEST_TAG} characters."]
        assert form["tags"].value() == typed


def test_what_is_typed_replaces_the_tags_and_nothing_typed_takes_them_away(sign_in, ruth):
    client, said = sign_in("lead"), {"name": "Ruth Roads", "category": "it"}
    found = []

    for typed in ("Pilot; Night", "night,Steering", ""):
        client.post(f"{LIST}{ruth.pk}/edit/", {**said, "tags": typed})
        found.append(tags_of(ruth))

    assert found == [["Night", "Pilot"], ["Night", "Steering"], []]


def test_who_writes_without_a_word_of_tags_leaves_them_alone(ruth, cast):
    ruth.tags.add(StakeholderTag.objects.create(name="Pilot"))

    save_stakeholder(actor=cast.lead, stakeholder=ruth, said={"name": "Rudy"})

    assert tags_of(ruth) == ["Pilot"]


def test_a_tag_is_a_word_on_the_page_and_in_the_row_and_never_markup(sign_in, ruth):
    ruth.tags.add(StakeholderTag.objects.create(name="<i>Pilot</i>"))
    client = sign_in("lead")

    for address in (LIST, f"{LIST}{ruth.pk}/"):
        text = client.get(address).text
        assert "&lt;i&gt;Pilot&lt;/i&gt;" in text
        assert "<i>Pilot</i>" not in text


@pytest.mark.parametrize("name", ["Pi\u202elot", "Pi\x00lot"])
def test_a_tag_with_what_nobody_sees_is_refused(sign_in, ruth, name):
    answer: Any = tag(sign_in("lead"), ruth, name=name)

    assert "tag" in answer.context["form"].errors
    assert not StakeholderTag.objects.exists()
