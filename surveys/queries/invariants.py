"""What must always be true of stored answers, asked of the database itself."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from surveys.definitions import fingerprint
from surveys.models import (
    Anonymity,
    BufferedResponse,
    Participation,
    Receipt,
    Response,
    Signature,
    SurveyVersion,
    Wave,
)

from .authoring import basis_of, last_moment_of


def broken_rules() -> list[str]:
    """Return a sentence for every rule that stored answers break; an empty list is good."""
    rules: list[Callable[[], Iterator[str]]] = [
        _published_versions_are_unchanged,
        _everybody_who_answered_has_one_answer,
        _buffers_match_those_who_wait,
        _closed_waves_are_shuffled,
        _anonymous_answers_carry_no_name,
        _public_answers_belong_to_nobody,
        _public_waves_end_with_their_basis,
    ]
    return [sentence for rule in rules for sentence in rule()]


def _published_versions_are_unchanged() -> Iterator[str]:
    for version in SurveyVersion.objects.filter(published_at__isnull=False).iterator():
        if fingerprint(version.definition, version.anonymity) != version.fingerprint:
            yield _("“%s” was changed after it was published.") % version


def _everybody_who_answered_has_one_answer() -> Iterator[str]:
    """Compare waves that people filled in here; imported and closed public waves know no people.

    Whoever has had their answers deleted is expected to have none.
    """
    answers = _by_wave(Response.objects.all()) + _by_wave(BufferedResponse.objects.all())
    people = _by_wave(Participation.objects.all()) + _by_wave(Receipt.objects.all())
    withdrawn = _by_wave(Participation.objects.filter(is_withdrawn=True))
    for wave in Wave.objects.filter(pk__in=people):
        expected = people[wave.pk] - withdrawn[wave.pk]
        if expected != answers[wave.pk]:
            yield _("“%(wave)s”: %(people)d answered, but answers stored are %(answers)d.") % {
                "wave": wave,
                "people": expected,
                "answers": answers[wave.pk],
            }


def _buffers_match_those_who_wait() -> Iterator[str]:
    waiting = _by_group(BufferedResponse.objects.filter(wave__address=None))
    people = _by_group(Participation.objects.filter(is_sealed=False))
    for wave, department in sorted(waiting.keys() | people.keys(), key=str):
        if waiting[wave, department] != people[wave, department]:
            yield _(
                "Wave %(wave)s, department %(department)s: %(answers)d answers wait, of %(people)d."
            ) % {
                "wave": wave,
                "department": department,
                "answers": waiting[wave, department],
                "people": people[wave, department],
            }


def _closed_waves_are_shuffled() -> Iterator[str]:
    closed = Wave.objects.filter(
        Q(participations__isnull=False) | Q(address__isnull=False),
        closed_at__isnull=False,
        version__anonymity=Anonymity.ANONYMOUS,
    ).distinct()
    for wave in closed:
        if Receipt.objects.filter(wave=wave).exists():
            yield _("“%s” is closed but receipts of its forms are still kept.") % wave
        if BufferedResponse.objects.filter(wave=wave).exists():
            yield _("“%s” is closed but answers still wait in the buffer.") % wave
        groups = Counter(Response.objects.filter(wave=wave).values_list("department_id", flat=True))
        if len(groups) > 1 and min(groups.values()) < settings.SMALLEST_GROUP:
            yield _("“%s” is closed but a department is too small to hide a person.") % wave


def _anonymous_answers_carry_no_name() -> Iterator[str]:
    signed = Signature.objects.filter(response__wave__version__anonymity=Anonymity.ANONYMOUS)
    if number := signed.count():
        yield _("Anonymous answers that carry a name: %d.") % number


def _public_answers_belong_to_nobody() -> Iterator[str]:
    for wave in Wave.objects.public():
        answers = [model.objects.filter(wave=wave) for model in (Response, BufferedResponse)]
        if any(rows.exclude(department=None).exists() for rows in answers):
            yield _("“%s” is public but an answer carries a department.") % wave
        if Participation.objects.filter(wave=wave).exists():
            yield _("“%s” is public but says who has answered.") % wave


def _public_waves_end_with_their_basis() -> Iterator[str]:
    for wave in Wave.objects.public().filter(closed_at=None).select_related("survey"):
        last = last_moment_of(wave.survey)
        if last is None or basis_of(wave.survey).missing:
            yield _("“%s” is public but does not say by what right it asks.") % wave
        elif wave.closes_at + wave.grace > last:
            yield _("“%s” is public and would go on after its approval ends.") % wave


def _by_wave(rows: QuerySet[Any]) -> Counter[int]:
    counted = rows.order_by().values("wave").annotate(n=Count("pk"))
    return Counter(dict(counted.values_list("wave", "n")))


def _by_group(rows: QuerySet[Any]) -> Counter[tuple[int, int | None]]:
    counted = rows.order_by().values("wave", "department").annotate(n=Count("pk"))
    return Counter({(wave, d): n for wave, d, n in counted.values_list("wave", "department", "n")})
