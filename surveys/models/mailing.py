"""What a plan says about mails, and what its wave keeps of it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_REMINDERS = 3
FEWEST_DAYS, MOST_DAYS = 2, 30


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
