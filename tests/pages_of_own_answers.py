"""The pages on which people read and delete what they answered with their name."""

from django.utils import timezone

from surveys.actions.withdrawing import withdraw_answers
from surveys.models import Wave
from tests.cast import Cast
from tests.factories.questions import EVERY_TYPE
from tests.factories.results import every_sheet
from tests.factories.surveys import make_signed, make_wave
from tests.shown import WRITTEN, Shown

WISH = "Wish 0"


def answered(cast: Cast) -> dict[str, object]:
    """Write a named wave with a question of every type, answered by the staff persona."""
    asked = make_wave(cast.roads, definition=EVERY_TYPE, anonymity="named")
    make_signed(asked, cast.staff, **every_sheet(1)[0])
    return {"wave": asked.pk}


def counted(cast: Cast) -> dict[str, object]:
    """Write a confidential one that has closed."""
    asked = make_wave(cast.roads, anonymity="confidential")
    make_signed(asked, cast.staff, useful=4, wish=WISH)
    Wave.objects.filter(pk=asked.pk).update(closed_at=timezone.now())
    return {"wave": asked.pk}


def deleted(cast: Cast) -> dict[str, object]:
    """Write the named one without its answers."""
    found = answered(cast)
    withdraw_answers(wave=Wave.objects.get().pk, person=cast.people["staff"])
    return found


OWN_ANSWERS = [
    Shown("staff", "/surveys/{wave}/thanks/", answered, WRITTEN),
    Shown("staff", "/surveys/{wave}/answers/", answered, (*WRITTEN, WISH)),
    Shown("staff", "/surveys/{wave}/answers/", counted, (*WRITTEN, WISH)),
    Shown("staff", "/surveys/{wave}/answers/delete/", answered, WRITTEN),
    Shown("staff", "/surveys/{wave}/answers/delete/", counted, WRITTEN),
    Shown("staff", "/surveys/{wave}/thanks/", deleted, WRITTEN),
]
