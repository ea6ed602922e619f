"""Forms that leave: read again they are the same survey, whatever it says."""

from hypothesis import HealthCheck, given, settings

from surveys.definitions import check
from surveys.formats.xlsform import read_xlsform, write_xlsform

from .made_definitions import definitions


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(definitions())
def test_a_form_that_was_written_reads_as_the_same_survey(definition):
    assert check(definition) == []

    found = read_xlsform(write_xlsform(definition, title="A survey", name="a_survey"))

    assert found.definition == definition
    assert found.title == "A survey"
    assert list(found.remarks) == []
    assert found.taken == found.rows
