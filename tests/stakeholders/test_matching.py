"""Who may be the same: names with accents, in another order, with initials and slips, and what decides."""

import pytest

from buyin.stakeholders.matching import (
    Party,
    Reason,
    Sureness,
    compare,
    folded_name,
    likeness,
    words_of,
)

NO, PERHAPS, SURE = Sureness.NO, Sureness.PERHAPS, Sureness.SURE


def party(name, mail="", place="", *, key="s:1", kind="person"):
    return Party(key, kind, name, mail, frozenset({place} if place else ()))


def judged(one, other):
    return compare(party(*one), party(*other)).sureness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoë Müller", "Mueller, Zoe"),
        ("Zoe Muller", "Zoë Müller"),
        ("Dr. José García López", "jose garcia lopez"),
        ("O'Neil Pat", "Pat O’Neil"),
        ("Li Wei", "Wei Li"),
        ("Jan-Peter Ōno", "jan peter ono"),
        ("Søren Æbelø", "Soren Abelo"),
        ("Łukasz Żak", "Lukasz Zak"),
        ("Weiß, Anna", "Anna Weiss"),
    ],
)
def test_accents_order_titles_and_capitals_do_not_part_a_name(one, other):
    assert words_of(one) == words_of(other)
    assert judged((one,), (other,)) == SURE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("J. Smith", "John Smith"),
        ("John A. Smith", "John Smith"),
        ("John Smith", "Jonh Smith"),
        ("John Smith", "John Smit"),
        ("Katherine Jones", "Catherine Jones"),
        ("Maria da Silva", "Maria Silva"),
        ("Alexander Papadopoulos", "Aleksander Papadopoulos"),
    ],
)
def test_an_initial_a_middle_name_or_a_slip_is_a_question_and_never_sure(one, other):
    assert judged((one,), (other,)) == PERHAPS
    assert judged((other,), (one,)) == PERHAPS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mary Ann Smith", "Mary Jane Smith"),
        ("Smith", "John Smith"),
        ("John Smith", "John Miller"),
        ("Bob Smith", "Robert Smith"),
        ("Ann Lee", "Ian Lee"),
        ("A. Smith", "B. Smith"),
    ],
)
def test_a_word_without_a_counterpart_is_another_name(one, other):
    assert judged((one,), (other,)) == NO


def test_one_word_alone_is_no_whole_name_of_a_person():
    assert judged(("Maria",), ("Maria",)) == PERHAPS
    assert judged(("Maria", "m@x.example"), ("Maria", "m@x.example")) == SURE


def test_a_mail_address_decides_where_the_names_are_alike():
    found = compare(party("J. Smith", "j@x.example"), party("John Smith", "j@x.example"))

    assert found.sureness == SURE
    assert found.reasons == (Reason.NEAR_NAME, Reason.MAIL)


def test_one_address_with_two_names_is_a_question():
    found = compare(party("Ann Lee", "office@x.example"), party("Tom Ott", "office@x.example"))

    assert found.sureness == PERHAPS
    assert found.reasons == (Reason.OTHER_NAME, Reason.MAIL)


@pytest.mark.parametrize(
    ("mails", "places", "judgement"),
    [
        (("", ""), ("", ""), SURE),
        (("a@x.example", ""), ("roads", ""), SURE),
        (("", ""), ("roads", "roads"), SURE),
        (("a@x.example", "b@elsewhere.example"), ("", ""), PERHAPS),
        (("", ""), ("roads", "parks"), PERHAPS),
        (("a@x.example", "b@elsewhere.example"), ("roads", "roads"), PERHAPS),
        (("a@x.example", "b@elsewhere.example"), ("roads", "parks"), NO),
    ],
)
def test_the_same_name_is_as_sure_as_nothing_speaks_against_it(mails, places, judgement):
    one, other = (("Ann Lee", mail, place) for mail, place in zip(mails, places, strict=True))

    assert judged(one, other) == judgement


@pytest.mark.parametrize(
    ("mails", "places", "judgement"),
    [
        (("", ""), ("", ""), PERHAPS),
        (("", ""), ("roads", "roads"), PERHAPS),
        (("", ""), ("roads", "parks"), NO),
        (("jon.smith@x.example", "john.smith@x.example"), ("", ""), PERHAPS),
        (("jsmith@x.example", "ott@x.example"), ("roads", "roads"), NO),
    ],
)
def test_a_name_that_is_nearly_the_same_is_a_question_at_most(mails, places, judgement):
    names = ("Jon Smith", "John Smith")
    one, other = zip(names, mails, places, strict=True)

    assert judged(one, other) == judgement


def test_people_organisations_and_groups_are_never_each_other():
    kinds = ("person", "organisation", "group")

    found = [
        compare(party("Acme Works", kind=one), party("Acme Works", kind=other)).sureness
        for one in kinds
        for other in kinds
    ]

    assert found == [SURE, NO, NO, NO, SURE, NO, NO, NO, SURE]


def test_the_form_of_a_firm_tells_it_not_apart_but_its_name_does():
    def firm(name):
        return party(name, kind="organisation")

    assert compare(firm("Acme Ltd."), firm("The Acme Limited")).sureness == SURE
    assert compare(firm("Acme Roads Inc"), firm("Acme Rods Inc")).sureness == PERHAPS
    assert compare(firm("Acme Roads"), firm("Acme Water")).sureness == NO


def test_a_name_of_nothing_but_titles_is_kept_whole():
    assert words_of("Dr. Prof.") == ("dr", "prof")
    assert words_of("The Company", is_person=False) == ("company", "the")


def test_names_in_other_letters_stay_as_they_are():
    assert folded_name("Ива́н Петро́в") == "иван петров"
    assert judged(("田中 太郎",), ("太郎 田中",)) == SURE


def test_nothing_is_like_a_name_without_letters():
    assert words_of("–") == ()
    assert likeness((), ()) == 0
    assert judged(("–",), ("–",)) == NO
