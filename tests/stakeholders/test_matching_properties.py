"""What holds for all names: whoever is asked first, and that nobody who is alike is passed over."""

import random
import time

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from buyin.stakeholders.matching import (
    Party,
    Sureness,
    compare,
    likeness,
    matches,
    words_of,
)
from buyin.stakeholders.matching.names import TITLES, word_likeness

letters = st.text("abcdeéöüßnrstz", min_size=1, max_size=9)
names = st.lists(letters, min_size=1, max_size=4).map(" ".join)
# No a, o or u: "ae" is read as one letter, and one slip between the two would be two. And no title,
# which counts for nothing in a name, so that one of two words would be left.
whole_words = st.text("bcdefgimnrsty", min_size=4, max_size=9).filter(lambda one: one not in TITLES)
whole_names = st.lists(whole_words, min_size=2, max_size=3, unique=True).map(" ".join)
mails = st.sampled_from(["", "a@x.example", "b@x.example", "ab@x.example", "zoe@far.example"])
places = st.sampled_from([frozenset(), frozenset({"roads"}), frozenset({"parks", "roads"})])
kinds = st.sampled_from(["person", "organisation"])
parties = st.builds(Party, st.just("s:1"), kinds, names, mails, places)


@given(parties, parties)
def test_it_makes_no_difference_who_is_asked_first(one, other):
    there, back = compare(one, other), compare(other, one)

    assert (there.sureness, there.reasons) == (back.sureness, back.reasons)
    assert abs(there.score - back.score) < 1e-9


@given(names, names)
@example("ab ab", "ab ba")
def test_likeness_is_a_share_and_whole_only_for_the_same_words(one, other):
    found = likeness(words_of(one), words_of(other))

    assert 0 <= found <= 1
    assert (found == 1) == (words_of(one) == words_of(other))


@given(parties)
def test_everybody_is_themselves(party):
    assert compare(party, party).sureness != Sureness.NO


@given(names, st.randoms(use_true_random=False))
def test_the_order_of_the_words_makes_no_difference(name, order):
    words = name.split()
    order.shuffle(words)

    assert words_of(" ".join(words)) == words_of(name)


@given(whole_names, st.data())
def test_a_name_with_one_slip_in_it_is_found(name, data):
    slipped = slip(name, data)
    assume(words_of(slipped) != words_of(name))
    assume(TITLES.isdisjoint(slipped.split()))
    assume(likeness(words_of(slipped), words_of(name)) > 0)

    (found,) = matches([Party("r:2", "person", slipped)], [Party("s:1", "person", name)])

    assert [one.party.key for one in found] == ["s:1"]


@given(whole_names, st.data())
def test_a_name_with_one_slip_is_like_itself(name, data):
    words = name.split()
    place = data.draw(st.integers(0, len(words) - 1))
    spare = data.draw(st.integers(0, len(words[place]) - 1))
    words[place] = words[place][:spare] + "x" + words[place][spare:]

    assert likeness(words_of(" ".join(words)), words_of(name)) > 0.6


@given(whole_names)
def test_a_name_with_its_first_word_as_an_initial_is_found(name):
    first, *rest = name.split()
    short = f"{first[0]}. {' '.join(rest)}"

    (found,) = matches([Party("r:2", "person", short)], [Party("s:1", "person", name)])

    assert [one.party.key for one in found] == ["s:1"]


@settings(max_examples=30)
@given(st.lists(parties, max_size=12), st.lists(parties, max_size=12))
def test_what_is_found_is_what_comparing_each_with_each_finds_among_those_that_are_sure(
    rows, known
):
    rows = [renamed(one, f"r:{place}") for place, one in enumerate(rows)]
    known = [renamed(one, f"s:{place}") for place, one in enumerate(known)]

    for place, found in enumerate(matches(rows, known)):
        beside = [*known, *rows[:place]]
        sure = [one for one in beside if compare(rows[place], one).sureness == Sureness.SURE]
        assert bool(sure) == any(one.likeness.sureness == Sureness.SURE for one in found)
        assert all(compare(rows[place], one.party) == one.likeness for one in found)


@given(letters, letters)
def test_words_are_as_like_as_the_other_way_round(one, other):
    assert word_likeness(one, other) == word_likeness(other, one)


def test_thousands_of_the_same_name_are_not_compared_with_each_other():
    rows = [Party(f"r:{n}", "person", "Ann Lee") for n in range(4_000)]

    start = time.perf_counter()
    found = list(matches(rows, []))

    assert time.perf_counter() - start < 20
    assert sum(map(bool, found)) == 3_999


def test_thousands_are_looked_through_without_comparing_each_with_each():
    chance = random.Random(4)
    known = [Party(f"s:{n}", "person", invented(chance), f"{n}@x.example") for n in range(3_000)]
    rows = [Party(f"r:{n}", "person", one.name, one.mail) for n, one in enumerate(known)]

    start = time.perf_counter()
    found = list(matches(rows, known))

    assert time.perf_counter() - start < 15
    assert all(some[0].party.key == f"s:{n}" for n, some in enumerate(found))


def renamed(party, key):
    return Party(key, party.kind, party.name, party.mail, party.places)


def invented(chance):
    return " ".join(
        "".join(chance.choice("bdfgklmnprst") + chance.choice("aeiou") for _ in range(3))
        for _ in range(2)
    )


def slip(name, data):
    """Return the name with a letter left out, changed, doubled or swapped with the next."""
    place = data.draw(st.integers(0, len(name) - 2).filter(lambda n: name[n] != " "))
    before, here, after = name[:place], name[place], name[place + 1 :]
    kind = data.draw(st.sampled_from(["left out", "changed", "doubled", "swapped"]))
    if kind == "swapped":
        return before + after[0] + here + after[1:] if after[0] != " " else name
    return before + {"left out": "", "changed": "x", "doubled": here * 2}[kind] + after
