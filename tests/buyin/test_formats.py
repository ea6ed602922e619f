"""Dates are written one way on all pages and in all mails."""

from datetime import UTC, datetime

import pytest
from django.utils.formats import date_format

MOMENT = datetime(2026, 12, 4, 16, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("DATE_FORMAT", "4 December 2026"),
        ("DATETIME_FORMAT", "4 December 2026, 16:05"),
        ("MONTH_DAY_FORMAT", "4 December"),
        ("TIME_FORMAT", "16:05"),
    ],
)
def test_the_day_stands_before_the_name_of_its_month(form, written):
    assert date_format(MOMENT, form) == written
