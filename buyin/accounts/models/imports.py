"""An uploaded roster file between its preview and its confirmation."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class RosterKind(models.TextChoices):
    """What a roster file lists."""

    DEPARTMENTS = "departments", _("Departments")
    PEOPLE = "people", _("People")


class RosterFile(models.Model):
    """The text of one uploaded file, kept so that a confirmed preview needs no second upload."""

    kind = models.CharField(_("kind"), max_length=12, choices=RosterKind.choices)
    name = models.CharField(_("file"), max_length=200)
    text = models.TextField(_("text"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        on_delete=models.CASCADE,
        related_name="roster_files",
    )
    uploaded_at = models.DateTimeField(_("uploaded"), db_default=Now())

    class Meta:
        verbose_name = _("roster file")
        verbose_name_plural = _("roster files")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name
