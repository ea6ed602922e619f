"""What an initiative tells everybody whom it concerns."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from buyin.lines import NameField

from .initiatives import Initiative


class Update(models.Model):
    """A dated text in plain words, for everybody who may open the initiative.

    Sending the same form twice writes it once.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="updates")
    title = NameField(_("title"), max_length=150)
    text = models.TextField(_("text"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_by_form = models.UUIDField(_("made by form"), unique=True, editable=False)
    made_at = models.DateTimeField(_("written"), db_default=Now())
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("update")
        verbose_name_plural = _("updates")
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["initiative", "-made_at", "-id"], name="update_newest_first"),
            models.Index(fields=["made_at"], name="update_by_day"),
        ]

    def __str__(self) -> str:
        return self.title
