"""What every uploaded file has between its upload and its use."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Upload(models.Model):
    """A file between its upload and its use.

    Whoever reads it takes it for a while (`leased_until`), counts the try and notes how far it is; a
    reader that is gone leaves it to the next.
    """

    name = models.CharField(_("file name"), max_length=200)
    content = models.BinaryField(_("content"))
    report = models.JSONField(_("report"), default=dict)
    left_out = models.TextField(_("what was left out"), blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    percent = models.PositiveSmallIntegerField(_("read so far, in percent"), default=0)
    leased_until = models.DateTimeField(_("taken until"), null=True, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded"), db_default=Now())

    class Meta:
        abstract = True
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.name
