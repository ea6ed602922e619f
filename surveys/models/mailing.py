"""What a plan says about mails and about its aim, and what its wave keeps of it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_REMINDERS = 3
FEWEST_DAYS, MOST_DAYS = 2, 30
TARGET = 50
LOWEST, HIGHEST = 5, 95  # rates of all and of nobody are never shown, so neither can be an aim


class Aiming(models.Model):
    """How many of those who are asked should answer."""

    target = models.PositiveSmallIntegerField(
        _("target response rate"),
        default=TARGET,
        validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)],
        help_text=_("In percent of the people asked."),
    )

    class Meta:
        abstract = True


class Mailing(models.Model):
    """Whether people are invited by mail, how often who has not answered is reminded, and when."""

    sends_mail = models.BooleanField(_("invite by mail"), default=False)
    reminders = models.PositiveSmallIntegerField(
        _("reminders"), default=0, validators=[MaxValueValidator(MOST_REMINDERS)]
    )
    remind_every = models.PositiveSmallIntegerField(
        _("days between mails"),
        default=5,
        validators=[MinValueValidator(FEWEST_DAYS), MaxValueValidator(MOST_DAYS)],
    )

    class Meta:
        abstract = True
