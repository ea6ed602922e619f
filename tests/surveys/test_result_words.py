"""What results say in words: right in every case, and never more than may be told."""

import pytest

from surveys import definitions, wording
from surveys.charts import bars_figure, scale_figure
from surveys.results.reading import Cell, Edge, Table, questions_in, tables_in, upper_half
from tests.factories.questions import EVERY_TYPE
from tests.factories.surveys import DEFINITION

READ, EVERY = definitions.read(DEFINITION), definitions.read(EVERY_TYPE)


def question(code, frozen=None, *, definition=READ):
    found = questions_in(definition, frozen or {})
    return next(one for one in found if one.question.code == code)


def cut(*blocks, **more):
    """Return a frozen table of these (codes, count)."""
    return {"blocks": [list(b) for b, _n in blocks], "counts": [n for _b, n in blocks], **more}


def frozen(n, table, **more):
    return {"n": n, "tables": {"": table}, **more}


# Answers in words


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (["1"], "Strongly disagree"),
        (["4", "5"], "Agree or Strongly agree"),
        (["1", "2", "3"], "Strongly disagree to Neither"),
    ],
)
def test_points_of_a_scale_are_told_as_one_as_two_or_as_a_stretch(codes, words):
    assert wording.codes_label(question("useful").main, codes) == words


def test_choices_that_are_told_together_are_all_named_in_their_order():
    main = question("main", definition=EVERY).main

    assert wording.codes_label(main, ["else", "search"]) == (
        "Other answers together: A better search; Something else"
    )
    assert wording.codes_label(main, ["draft"]) == "First drafts of letters"


@pytest.mark.parametrize(
    ("bins", "codes", "words"),
    [
        ([[1, 1], [2, 2]], ["1"], "2"),
        ([[0, 4], [5, 9], [10, 14]], ["0"], "up to 4"),
        ([[0, 4], [5, 9], [10, 14]], ["1"], "5 to 9"),
        ([[0, 4], [5, 9], [10, 14]], ["1", "2"], "5 or more"),
        ([[0, 4], [1000, 1999], [3000, 9999]], ["1"], "1,000 to 1,999"),
    ],
)
def test_ranges_have_no_ends_at_the_ends(bins, codes, words, settings):
    settings.USE_THOUSAND_SEPARATOR = True
    main = question("hours", {"hours": frozen(30, cut(), bins=bins)}).main

    assert wording.codes_label(main, codes) == words


@pytest.mark.parametrize(
    ("bins", "codes", "words"),
    [
        ([["2026-01", "2026-01"], ["2026-02", "2026-03"]], ["0"], "January 2026"),
        (
            [["2026-01", "2026-01"], ["2026-02", "2026-03"]],
            ["1"],
            "February 2026 to March 2026",
        ),
        ([["2020", "2020"], ["2021", "2025"]], ["1"], "2021 to 2025"),
    ],
)
def test_days_are_told_by_month_or_year(bins, codes, words):
    main = question("since", {"since": frozen(30, cut(), bins=bins)}, definition=EVERY).main

    assert wording.codes_label(main, codes) == words


@pytest.mark.parametrize(
    ("count", "n", "words"),
    [(0, 30, "under 10 %"), (2, 30, "under 10 %"), (3, 30, "10 %"), (29, 30, "over 90 %")],
)
def test_a_share_is_never_all_and_never_nobody(count, n, words):
    assert wording.share_words(count, n) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (3, "3"),
        (3.14159, "3.14"),
        (13.86, "13.9"),
        (1234.5, "1234"),
        (-0.5, "-0.5"),
        (100.0, "100"),
    ],
)
def test_numbers_have_no_more_digits_than_they_mean(value, words, settings):
    settings.USE_THOUSAND_SEPARATOR = False

    assert wording.number_words(value) == words


# Findings


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (cut(("123", 30), ("45", 30)), "50 % say “Agree or Strongly agree”"),
        (cut(("12", 20), ("3", 10), ("4", 10), ("5", 20)), "50 % say “Agree or Strongly agree”"),
        (cut(edge=[["4", "5"], "over 90"]), "Over 90 % say “Agree or Strongly agree”"),
        (
            cut(edge=[["1", "2", "3"], "over 80"]),
            "Over 80 % say “Strongly disagree to Neither”",
        ),
        (cut(), "The answers are too scattered to show any of them"),
    ],
)
def test_the_finding_of_a_scale(table, words):
    assert wording.finding_of(question("useful", {"useful": frozen(60, table)})) == words


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (cut((["yes"], 40), (["no"], 20)), "Most often: “Yes” (67 %)"),
        (cut(edge=[["no"], "over 90"]), "Over 90 % say “No”"),
    ],
)
def test_the_finding_of_a_choice(table, words):
    assert wording.finding_of(question("helped", {"helped": frozen(60, table)})) == words


def test_the_finding_of_several_choices():
    chosen, left = ["chosen"], ["left"]
    tables = {
        "speed": cut((chosen, 30), (left, 30)),
        "check": cut((chosen, 10), (left, 50)),
        "other": cut(edge=[left, "over 90"]),
    }
    usual = {"n": 60, "tables": tables}
    nearly_all = {"n": 60, "tables": {**tables, "check": cut(edge=[chosen, "over 90"])}}
    hardly_any = {"n": 60, "tables": {code: cut(edge=[left, "over 90"]) for code in tables}}

    def said(found):
        return wording.finding_of(question("reasons", {"reasons": found}))

    assert said(usual) == "Most chosen: “Answering faster, with fewer clicks” (50 %)"
    assert said(nearly_all) == "Most chosen: “Checking my own decision” (over 90 %)"
    assert said(hardly_any) == "Only a few people chose any of the answers"


def test_the_finding_of_a_matrix_compares_its_statements():
    high, low = cut(("123", 10), ("45", 50)), cut(("123", 50), ("45", 10))
    both = {"told": frozen(60, high), "heard": frozen(60, low)}
    alike = {"told": frozen(60, cut(edge=[["4", "5"], "over 90"])), "heard": frozen(60, cut())}

    assert wording.finding_of(question("statements", both)) == (
        "Most agree that “I was told what will change” (83 %), fewest that “Nobody asked me” (17 %)"
    )
    assert wording.finding_of(question("statements", {"told": frozen(60, high)})) == (
        "83 % say “Agree or Strongly agree”"
    )
    assert wording.finding_of(question("statements", alike)) == "Nearly all answers are alike"


def test_the_finding_of_statements_that_read_as_equal_calls_none_the_least():
    one, other = cut(("123", 102), ("45", 98)), cut(("123", 103), ("45", 99))
    equal = {"told": frozen(200, one), "heard": frozen(202, other)}

    assert wording.finding_of(question("statements", equal)) == (
        "As many agree with each statement: 49 %"
    )


def test_the_finding_of_what_too_few_answered():
    told = "Nothing may be shown: too few people answered, or too few were not asked"
    assert wording.finding_of(question("useful")) == told
    assert wording.finding_of(question("more")) == "Too few people wrote something to show it"
    assert wording.finding_of(question("more", {"more": {"n": 9}})).startswith("Too few people")
    assert wording.finding_of(question("more", {"more": {"n": 10}})) == "10 people wrote something"


def test_who_did_not_answer_is_told_by_why_and_as_a_range():
    table = cut(("123", 30), ("45", 30))
    rows = {
        "told": frozen(60, table, missing={"dk": 4, "skipped": 12}),
        "heard": frozen(60, table, missing={"dk": 7}),
    }
    alone = {"useful": frozen(60, table, missing={"not-asked": 40})}

    assert wording.missing_notes(question("statements", rows)) == [
        "4 to 7 did not know.",
        "Up to 12 left it out.",
    ]
    assert wording.missing_notes(question("useful", alone)) == ["40 were not asked."]
    assert wording.missing_notes(question("useful")) == []


# Tables as objects


def test_a_table_tells_a_sum_only_where_the_cut_does_not_run_through_it():
    table = Table("", (Cell(("1", "2"), 10), Cell(("3",), 4), Cell(("4", "5"), 6)))

    assert table.n == 20
    assert table.among(["1", "2", "3"]) == 14
    assert table.among(["1"]) is None
    assert table.among(["9"]) is None


def test_a_frozen_table_is_read_as_it_was_written():
    item = next(item for item in EVERY.items() if item.type == "multiple")
    code = item.question.choices[0].code
    edge = cut(edge=[["chosen"], "over 90"])

    found = tables_in(item, {"": cut(("12", 3), ("3", 4)), code: edge})

    assert found[""].cells == (Cell(("1", "2"), 3), Cell(("3",), 4))
    assert found[""].edge is None
    assert found[code].edge == Edge(("chosen",), "over 90")


def test_choices_are_read_in_their_order_whatever_order_the_database_keeps():
    item = next(item for item in EVERY.items() if item.type == "multiple")
    codes = [choice.code for choice in item.question.choices]

    found = tables_in(item, {code: cut(("1", 3)) for code in reversed(codes)})

    assert list(found) == codes
    assert len(codes) > 1


@pytest.mark.parametrize(
    ("code", "upper"), [("pace", ("3",)), ("again", ("6", "7", "8", "9", "10")), ("main", ())]
)
def test_the_upper_half_leaves_out_the_middle(code, upper):
    item = next(item for item in EVERY.items() if item.code == code)

    assert upper_half(item) == upper


# Charts


def drawn(figure):
    """Return the pieces of a chart as (statement, begin, length)."""
    assert figure
    return sorted(
        (name, base, x)
        for trace in figure.plot["data"]
        for name, base, x in zip(trace["y"], trace["base"], trace["x"], strict=True)
    )


def test_a_scale_grows_from_the_middle_of_its_middle():
    table = cut(("1", 6), ("2", 12), ("3", 24), ("4", 12), ("5", 6))
    figure = scale_figure(question("useful", {"useful": frozen(60, table)}))

    name = "The assistant is useful for my work."
    assert drawn(figure) == [
        (name, -50, 10), (name, -40, 20), (name, -20, 40), (name, 20, 20), (name, 40, 10),
    ]  # fmt: skip
    assert figure
    assert [label for _css, label in figure.legend] == [
        "Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree",
    ]  # fmt: skip


def test_answers_told_together_are_one_piece_with_a_word_of_its_own():
    table = cut(("123", 45), ("45", 15))
    figure = scale_figure(question("useful", {"useful": frozen(60, table)}))

    assert len(drawn(figure)) == 2
    assert figure
    assert [label for _css, label in figure.legend] == [
        "Strongly disagree to Neither", "Agree or Strongly agree",
    ]  # fmt: skip


def test_no_two_answers_of_a_scale_look_alike():
    ten = cut(*(([str(n)], 6) for n in range(11)))
    together = cut(("12", 18), ("3", 24), ("45", 18))
    each = cut(*((str(n), 12) for n in range(1, 6)))
    many = scale_figure(question("again", {"again": frozen(66, ten)}, definition=EVERY))
    views = next(one for page in READ.pages for one in page.questions if one.type == "matrix")
    first, second, *_more = [row.code for row in views.rows]
    mixed = scale_figure(
        question(views.code, {first: frozen(60, together), second: frozen(60, each)})
    )

    for figure, labels in ((many, 11), (mixed, 7)):
        assert figure
        assert len(figure.legend) == labels
        assert len({css for css, _label in figure.legend}) == labels
    assert mixed
    lined = [trace for trace in mixed.plot["data"] if "pattern" in trace["marker"]]
    assert len(lined) == 2
    assert sum("shade-together" in css for css, _label in mixed.legend) == 2


def test_a_scale_of_which_nothing_may_be_drawn_has_no_chart():
    assert scale_figure(question("useful", {"useful": frozen(60, cut())})) is None


def test_bars_stand_from_the_longest_to_what_is_told_together():
    table = cut((["draft"], 20), (["search"], 30), (["else"], 10))
    joined = cut((["search"], 30), (["draft", "else"], 40))

    def labels(found):
        figure = bars_figure(question("main", {"main": frozen(60, found)}, definition=EVERY))
        return [row[0] for row in figure.rows] if figure else []

    assert labels(table) == ["A better search", "First drafts of letters", "Something else"]
    assert labels(joined)[0] == "A better search"
    assert labels(joined)[1].startswith("Other answers together")
    assert labels(cut()) == []
