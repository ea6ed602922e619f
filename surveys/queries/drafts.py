"""What a person has begun in several waves at once."""

from collections.abc import Iterable

from buyin.accounts.models import User
from surveys.answers import Typed
from surveys.definitions import Definition
from surveys.logic import plan_of, state_of
from surveys.models import AnonymousDraft, Draft
from surveys.sealing import seal_for

from .filling import Asked


def drafts_of(person: User, asked: Iterable[Asked], *, secret: str) -> dict[int, Typed]:
    """Return what this person has typed in each wave, as far as this browser can open it."""
    waves = {a.wave.pk: a for a in asked}
    named = Draft.objects.filter(person=person, wave__in=waves)
    found: dict[int, Typed] = dict(named.values_list("wave", "typed"))
    anonymous = [pk for pk, one in waves.items() if one.is_anonymous]
    return found | sealed_drafts(person, anonymous, secret=secret)


def sealed_drafts(person: User, waves: Iterable[int], *, secret: str) -> dict[int, Typed]:
    """Return what was typed in anonymous waves, as far as this browser's secret opens it."""
    seals = {
        seal.token_hash: (pk, seal) for pk in waves if (seal := seal_for(secret, pk, person.pk))
    }
    found: dict[int, Typed] = {}
    for row in AnonymousDraft.objects.filter(pk__in=seals):
        wave, seal = seals[row.token_hash]
        if opened := seal.open(bytes(row.ciphertext)):
            found[wave] = opened["typed"]
    return found


def stopped_at(definition: Definition, typed: Typed) -> int:
    """Return the number of the first question without an answer, 0 where nothing is typed.

    Questions are counted as they stand in the survey; those that this person is not asked are passed
    over. Where every question has an answer it is the last, so that nobody is led behind the end.
    """
    if not typed:
        return 0
    plan = plan_of(definition)
    asked = plan.steps if plan.is_plain else state_of(plan, typed).asked
    items = [item for item in definition.items() if item.is_typed and not item.is_other]
    numbers = [n for n, item in enumerate(items, 1) if item.code in asked]
    left = (n for n in numbers if items[n - 1].code not in typed)
    return next(left, numbers[-1] if numbers else 1)
