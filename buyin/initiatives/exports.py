"""Benefits and measurements as tables to take away."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from . import wording
from .models import Benefit, Measurement
from .queries import Standing


def benefit_columns() -> list[str]:
    """Return the names of the columns of the register."""
    return [
        _("id"), _("initiative"), _("title"), _("dis-benefit"), _("category"), _("class"),
        _("state"), _("owner"), _("who is affected"), _("what brings it about"), _("indicator"),
        _("unit"), _("direction"), _("baseline"), _("baseline taken on"), _("target"),
        _("target to be met by"), _("newest value"), _("measured on"), _("way made, in percent"),
        _("data source"),
    ]  # fmt: skip


def benefit_rows(found: Iterable[Standing]) -> Iterator[list[object]]:
    """Yield a row for each benefit."""
    for one in found:
        row = one.benefit
        yield [
            row.pk, row.initiative.name, row.title, _("yes") if row.is_disbenefit else _("no"),
            row.get_category_display(), row.kind, wording.state_words(row),
            row.owner.name if row.owner else "", row.affected, row.feature, row.indicator, row.unit,
            row.direction, _plain(row.baseline_value), row.baseline_on or "",
            _plain(row.target_value), row.target_on or "", _plain(one.value), one.day or "",
            "" if one.progress is None or one.progress.percent is None else one.progress.percent,
            row.source,
        ]  # fmt: skip


def measurement_columns() -> list[str]:
    """Return the names of the columns of one benefit's measurements."""
    return [
        _("id"), _("measured on"), _("period from"), _("value"), _("unit"), _("number of cases"),
        _("how it was measured"), _("page of the source"), _("what else may explain it"),
        _("entered by"), _("entered"), _("corrects"), _("corrected by"),
    ]  # fmt: skip


def measurement_rows(benefit: Benefit, found: Iterable[Measurement]) -> Iterator[list[object]]:
    """Yield a row for each measurement, also for those that were corrected."""
    for one in found:
        later = getattr(one, "corrected_by", None)
        yield [
            one.pk, one.day, one.begins_on or "", _plain(one.value), benefit.unit,
            "" if one.n is None else one.n,
            one.method, one.link, one.note, one.entered_by.name if one.entered_by else "",
            one.entered_at.isoformat(timespec="seconds"), one.corrects_id or "",
            later.pk if later else "",
        ]  # fmt: skip


def _plain(value: object) -> object:
    """Return a number that a spreadsheet can add up."""
    return "" if value is None else float(str(value))
