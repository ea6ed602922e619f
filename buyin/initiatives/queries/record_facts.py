"""What initiatives themselves know for their records: what they are for, their benefits and impact."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buyin.initiatives.models import Initiative

from .benefits import Standing, benefits_of
from .impact import latest_result
from .record import Fact, record_of


def known(initiative: Initiative) -> Iterable[Fact]:
    """Yield all that initiatives themselves know of one."""
    yield from described(initiative)
    yield from measured(initiative)
    yield from assessed(initiative)


def described(initiative: Initiative) -> Iterable[Fact]:
    """Yield the summary of the initiative, as long as its record describes it in no words."""
    if initiative.summary and not record_of(initiative).values.get("description"):
        url = reverse("initiatives:initiative", args=[initiative.pk])
        summary = initiative.summary.replace("\r\n", "\n")  # as a record keeps its lines
        yield Fact("description", summary, _("Summary of the initiative"), url)


def measured(initiative: Initiative) -> Iterable[Fact]:
    """Yield a sentence for each benefit that somebody has measured."""
    for standing in benefits_of(initiative):
        if standing.value is not None and standing.day is not None:
            benefit = standing.benefit
            url = reverse("initiatives:benefit", args=[initiative.pk, benefit.pk])
            yield Fact("benefits", _sentence(standing), _("Measured in the register"), url)


def assessed(initiative: Initiative) -> Iterable[Fact]:
    """Yield the result of the newest impact assessment that is finished."""
    found = latest_result(initiative)
    if found is None or found.finished_at is None:
        return
    said = {
        "day": date_format(timezone.localtime(found.finished_at)),
        "numeral": found.meaning.numeral,
        "name": found.meaning.name,
    }
    sentence = _("Impact assessment of %(day)s: level %(numeral)s of IV, %(name)s.") % said
    if found.left_open:
        sentence += " " + ngettext(
            "%(number)d question that counts was left open.",
            "%(number)d questions that count were left open.",
            found.left_open,
        ) % {"number": found.left_open}
    url = reverse("initiatives:impact-version", args=[initiative.pk, found.number])
    yield Fact("impact_assessment", sentence, _("Read the impact assessment"), url)


def _sentence(standing: Standing) -> str:
    benefit = standing.benefit
    said = {
        "title": benefit.title,
        "value": number_format(
            standing.value.normalize() if standing.value else 0, force_grouping=True
        ),
        "unit": benefit.unit,
        "day": date_format(standing.day) if standing.day else "",
    }
    return _("%(title)s: %(value)s %(unit)s (measured on %(day)s).") % said
