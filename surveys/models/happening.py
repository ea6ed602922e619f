"""What happened to a wave in the field, and when: what its authors did and what the clock did."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from .asking import Wave


class What(models.TextChoices):
    """What can happen to a wave."""

    PUBLISHED = "published", _("Published")
    INVITED = "invited", _("Invitations by mail")
    REMINDED = "reminded", _("Reminder by mail")
    PAUSED = "paused", _("Paused")
    RESUMED = "resumed", _("Resumed")
    EXTENDED = "extended", _("More time given")
    SHORTENED = "shortened", _("Less time, as its approval ends earlier")
    CLOSED = "closed", _("Ended")


class Happening(models.Model):
    """One thing that happened to a wave; who did it, or nobody where it was the clock.

    How many mails went out is not noted: the number of reminders would tell exactly how many have
    not answered.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="happenings")
    what = models.CharField(_("what"), max_length=10, choices=What.choices)
    at = models.DateTimeField(_("when"), db_default=Now())
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    number = models.PositiveSmallIntegerField(_("which reminder"), default=0)
    until = models.DateTimeField(_("open until"), null=True)

    class Meta:
        verbose_name = _("happening")
        verbose_name_plural = _("happenings")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "what", "number"],
                condition=models.Q(what__in=["invited", "reminded"]),
                name="one_happening_per_round_of_mails",
            )
        ]

    def __str__(self) -> str:
        return f"{self.wave} · {self.get_what_display()}"
