"""Who wants no reminders by mail of what they have taken on."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class ReminderStop(models.Model):
    """That a person is not reminded by mail; what waits for them stands in the portal all the same."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminder_stop"
    )
    since = models.DateTimeField(_("since"), db_default=Now())

    class Meta:
        verbose_name = _("stop of reminders")
        verbose_name_plural = _("stops of reminders")

    def __str__(self) -> str:
        return str(self.person)
