"""Answers for SPSS: what pyreadstat reads of the file, where it is not offered, and lines of codes."""

import csv

import pyreadstat
import pytest

from surveys.definitions import read
from surveys.formats.answers_out import sav, variables_of
from surveys.formats.answers_out.variables import DONT_KNOW, NOT_ASKED
from tests.surveys.test_answers_out import FULL, SPARSE, address, fetched, named, quiet


@pytest.fixture
def opened(tmp_path):
    def open_it(content):
        path = tmp_path / "answers.sav"
        path.write_bytes(content)
        return pyreadstat.read_sav(path, user_missing=True, output_format="dict")

    return open_it


def test_a_file_holds_every_answer_under_its_name(lead, cast, opened):
    cells, _meaning = opened(fetched(lead, named(cast), "answers.sav"))

    first = {name: column[0] for name, column in cells.items()}
    assert first["person"] == cast.staff.email
    assert first["department"] == "roads"
    assert first["submitted"] == "2026-11-20 09:30:00+00:00"
    assert (first["fair"], first["to_"], first["rate"], first["years"]) == (2, "no", 10, 2.5)
    assert (first["uses.plan"], first["uses.other"]) == (1, 1)
    assert (first["order.yes"], first["order.no"]) == (2, 1)
    assert (first["since"], first["said"], first["row1"]) == (FULL["since"], FULL["said"], 1)
    assert first["uses__other"] == FULL["uses__other"]
    assert first["sum"] == "3.5"


def test_not_asked_skipped_and_dont_know_are_told_apart(lead, cast, opened):
    cells, meaning = opened(fetched(lead, named(cast), "answers.sav"))

    assert "rate" not in SPARSE
    assert cells["fair"][1] == DONT_KNOW
    assert cells["rate"][1] == NOT_ASKED
    assert cells["row1"][1] is None or cells["row1"][1] != cells["row1"][1]
    assert cells["to_"][1] == ""
    assert meaning.missing_ranges["fair"] == [
        {"lo": NOT_ASKED, "hi": NOT_ASKED},
        {"lo": DONT_KNOW, "hi": DONT_KNOW},
    ]
    assert meaning.missing_ranges["rate"] == [{"lo": NOT_ASKED, "hi": NOT_ASKED}]


def test_questions_and_codes_are_labelled(lead, cast, opened):
    wave = named(cast)

    _cells, meaning = opened(fetched(lead, wave, "answers.sav"))

    labels = meaning.column_names_to_labels
    assert labels["fair"] == "Is it fair, <all> in all & for “you”?"
    assert labels["uses.plan"] == "日本語 – =Plan"
    assert labels["person"] == "Who answered"
    assert meaning.variable_value_labels["fair"] == {
        1: "Stimme nicht zu",
        2: "Stimme zu, völlig",
        NOT_ASKED: "Not asked",
        DONT_KNOW: "Don’t know",
    }
    assert meaning.variable_value_labels["to_"]["yes"] == "Yes, “always”"
    assert meaning.original_variable_types["years"] == "F16.4"
    assert meaning.file_label == str(wave)


def test_where_nobody_is_named_nobody_and_no_written_word_is_in_the_file(lead, cast, opened):
    content = fetched(lead, quiet(cast), "answers.sav")

    cells, _meaning = opened(content)
    assert list(cells) == [
        *("fair", "to_", "uses.plan", "uses.other", "order.yes", "order.no", "rate", "row1")
    ]
    assert {len(column) for column in cells.values()} == {12}
    hidden = ("roads", cast.roads.name, cast.staff.email, "Äpfel", "HYPERLINK", "2024-02-29")
    assert [word for word in hidden if word.encode() in content] == []


def test_a_file_is_not_offered_where_the_packages_are_not_installed(lead, cast, monkeypatch):
    monkeypatch.setattr(sav, "is_installed", lambda: False)
    wave = named(cast)

    page = lead.get(address(wave, "").removesuffix("answers/")).content.decode()

    assert "answers.xlsx" in page
    assert ".sav" not in page
    assert lead.get(address(wave, "answers.sav")).status_code == 404


def test_of_too_many_answers_no_file_is_made_and_the_page_says_what_to_do(lead, cast, monkeypatch):
    monkeypatch.setattr(sav, "MOST_CELLS", 20)
    wave = named(cast)

    page = lead.get(address(wave, "").removesuffix("answers/")).content.decode()

    assert "too many answers for one SPSS file: read the codes with the syntax below" in page
    assert lead.get(address(wave, "answers.sav")).status_code == 404


def test_what_is_not_installed_is_noticed_without_loading_it(monkeypatch):
    assert sav.is_installed()
    sav.is_installed.cache_clear()
    monkeypatch.setattr(sav, "PACKAGES", ("pyreadstat", "no_such_package"))

    assert not sav.is_installed()
    sav.is_installed.cache_clear()


def test_long_texts_and_labels_are_cut_to_what_the_format_holds(opened):
    question = {"code": "q", "type": "long_text", "text": "ä" * 400}
    page = {"code": "p", "questions": [question]}
    variables = variables_of(read({"schema": 1, "language": "en", "pages": [page]}), written=True)
    rows: list[list[str | None]] = [["日" * 20_000], [None], ["short"]]

    content = b"".join(sav.sav_stream(variables, before=[], rows=rows, title="T" * 90))

    cells, meaning = opened(content)
    assert cells["q"] == ["日" * (32_767 // 3), "", "short"]
    assert meaning.column_labels == ["ä" * 125]
    assert meaning.file_label == "T" * 60


def test_a_survey_without_answers_is_a_file_without_rows(opened):
    page = {"code": "p", "questions": [{"code": "q", "type": "rating", "text": "Q"}]}
    variables = variables_of(read({"schema": 1, "language": "en", "pages": [page]}), written=True)

    cells, meaning = opened(b"".join(sav.sav_stream(variables, before=[], rows=[], title="")))

    assert meaning.column_names == ["q"]
    assert list(cells["q"]) == []


def test_of_the_codes_that_the_syntax_reads_each_person_is_one_line(lead, cast):
    wave = named(cast)
    wave.responses.update(answers=FULL | {"said": "One\r\ntwo\n\n“three”, four\n"})

    lines = fetched(lead, wave, "codes.csv").decode("utf-8-sig").split("\r\n")
    words = fetched(lead, wave, "labels.csv").decode("utf-8-sig")

    assert [len(row) for row in csv.reader(lines[:3])] == [16, 16, 16]
    assert "One two  “three”, four" in lines[1]
    assert not any("\n" in line or "\r" in line for line in lines)
    assert len(lines) == 4  # the header, two people, and the end
    assert "One\r\ntwo" in words
