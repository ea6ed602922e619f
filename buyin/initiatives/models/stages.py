"""How far initiatives have come: dated changes that are added and never overwritten."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from .initiatives import Initiative, Stage


class StageChange(models.Model):
    """One step of an initiative: from where to where, on which day, by whom and why.

    The first row of an initiative begins nowhere. Rows are only added: what was true on a day stays
    to be read. `unmet` keeps the codes of the checks that were not met on that day.
    """

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="stage_changes"
    )
    from_stage = models.CharField(_("from"), max_length=20, choices=Stage.choices, blank=True)
    to_stage = models.CharField(_("to"), max_length=20, choices=Stage.choices)
    day = models.DateField(_("on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    note = models.TextField(_("note"), blank=True)
    unmet = models.JSONField(_("checks not met"), default=list, blank=True)
    made_at = models.DateTimeField(_("written down"), db_default=Now())

    class Meta:
        verbose_name = _("change of stage")
        verbose_name_plural = _("changes of stage")
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["initiative", "-day", "-id"], name="stage_newest_first")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(from_stage=models.F("to_stage")),
                name="stage_changes_to_another",
                violation_error_message=_("It is in this stage already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.initiative}: {self.get_to_stage_display()}"
