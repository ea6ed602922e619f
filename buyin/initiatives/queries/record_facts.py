"""What initiatives themselves know for the record of an AI system: benefits that were measured."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from buyin.initiatives.models import Initiative

from .benefits import Standing, benefits_of
from .record import Fact


def measured(initiative: Initiative) -> Iterable[Fact]:
    """Yield a sentence for each benefit that somebody has measured."""
    for standing in benefits_of(initiative):
        if standing.value is not None and standing.day is not None:
            benefit = standing.benefit
            url = reverse("initiatives:benefit", args=[initiative.pk, benefit.pk])
            yield Fact("benefits", _sentence(standing), _("Measured in the register"), url)


def _sentence(standing: Standing) -> str:
    benefit = standing.benefit
    said = {
        "title": benefit.title,
        "value": number_format(standing.value.normalize() if standing.value else 0),
        "unit": benefit.unit,
        "day": date_format(standing.day) if standing.day else "",
    }
    return _("%(title)s: %(value)s %(unit)s (measured on %(day)s).") % said
