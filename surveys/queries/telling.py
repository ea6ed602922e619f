"""Who is to be told what came of a public questionnaire, and until when one can ask for it."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import ngettext

from surveys.models import BufferedResponse, ToldAddress, Wave

from .public import standing_results

KEPT = timedelta(days=180)  # after the end of a wave, where no result is published
UNSHUFFLED = BufferedResponse.objects.filter(wave=OuterRef("pk"), department=None)


def taking_addresses() -> QuerySet[Wave]:
    """Return the public waves about whose result one can ask to be told: it is still to come."""
    lately = Q(closed_at=None) | Q(closed_at__gt=Now() - KEPT)
    waves = Wave.objects.public().filter(lately, opens_at__lte=Now())
    return waves.exclude(Exists(standing_results()))


def takes_addresses(wave: Wave) -> bool:
    """Return whether one can ask to be told about the result of this wave."""
    return taking_addresses().filter(pk=wave.pk).exists()


def people_to_tell(wave: Wave) -> str:
    """Return in words how many are written to when the result of a wave is published."""
    n = ToldAddress.objects.confirmed().filter(wave=wave).count()
    words = ngettext(
        "%(n)d person has asked to be told and gets one mail.",
        "%(n)d people have asked to be told and get one mail each.",
        n,
    )
    return words % {"n": n}


def waves_to_tell() -> list[int]:
    """Return the waves whose results are published and about which somebody is to be told."""
    confirmed = ToldAddress.objects.confirmed().filter(wave=OuterRef("pk"))
    found = Wave.objects.public().filter(Exists(confirmed), Exists(standing_results()))
    return list(found.order_by("pk").values_list("pk", flat=True))


def waves_to_pass_on() -> list[int]:
    """Return the waves where addresses wait although no answer waits to be shuffled."""
    waiting = ToldAddress.objects.waiting().filter(wave=OuterRef("pk"))
    found = Wave.objects.filter(Exists(waiting), ~Exists(UNSHUFFLED))
    return list(found.order_by("pk").values_list("pk", flat=True))
