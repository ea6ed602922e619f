"""Forms that people really made, where they are at hand: how much of each comes in.

Set FORMS to a folder with `xlsform` and `lss` in it. Which files and shares are meant stands in
docs/survey-files.md.
"""

import os
from pathlib import Path

import pytest

from buyin.workbooks import RefusedFileError
from surveys.definitions import check, read
from surveys.formats.limesurvey import read_limesurvey
from surveys.formats.xlsform import read_xlsform

FOLDER = Path(os.environ.get("FORMS", "shared/data/surveys"))
pytestmark = pytest.mark.skipif(
    not (FOLDER / "xlsform").is_dir(),
    reason="The real forms are not here; FORMS names their folder.",
)
SHARES = {
    "xlsform/all-question-types-v2024091201-3.xlsx": 0.73,
    "xlsform/all_types_survey.xlsx": 0.86,
    "xlsform/choice_filter_test.xlsx": 1,
    "xlsform/field-list.xlsx": 1,
    "xlsform/or_other.xlsx": 1,
    "xlsform/service_rating.xlsx": 0.94,
    "xlsform/socio-economic-survey-v20240515.xlsx": 1,
    "xlsform/table-list.xls": 1,
    "xlsform/testA.xlsx": 1,
    "xlsform/widgets.xls": 0.85,
    "xlsform/xlsform_spec_test.xlsx": 0.8,
    "xlsform/yes_or_no_question.csv": 1,
    "lss/answers.lss": 1,
    "lss/survey.lss": 0.75,
    "lss/survey-one-question-two-languages.lss": 1,
}
REFUSED = {
    "duplicate_columns.xlsx": "Sheet “survey”, row 1, column E (label): The column “label” is there "
    "twice: this one and D (label).",
    "unknown_question_type.xls": "Sheet “survey”, row 52, column A (type): The type “unknown” is not "
    "known.",
}


@pytest.mark.parametrize(("name", "share"), SHARES.items())
def test_of_a_real_form_at_least_this_share_comes_in(name, share):
    read_file = read_limesurvey if name.endswith(".lss") else read_xlsform

    found = read_file((FOLDER / name).read_bytes())

    assert check(found.definition) == []
    assert read(found.definition).pages
    assert found.taken / found.rows >= share
    assert found.taken == found.rows or list(found.lost())
    assert all(remark.row or "no part of a form" in remark.why for remark in found.remarks)


@pytest.mark.parametrize(("name", "message"), REFUSED.items())
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(name, message):
    with pytest.raises(RefusedFileError) as refused:
        read_xlsform((FOLDER / "xlsform" / name).read_bytes())

    assert str(refused.value).startswith(message)
