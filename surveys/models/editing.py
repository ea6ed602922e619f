"""What two people may have open at once: which state it is in, who saved it last and when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Edited(models.Model):
    """A record that counts how often it was saved, so that the second of two editors is told."""

    revision = models.PositiveIntegerField(
        _("revision"), default=1, editable=False, help_text=_("Tells two editors of each other.")
    )
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    edited_at = models.DateTimeField(_("last saved"), null=True, editable=False)

    class Meta:
        abstract = True


# What the history of changes leaves out: it says itself who changed what and when.
EDITING = ["revision", "edited_by", "edited_at"]
