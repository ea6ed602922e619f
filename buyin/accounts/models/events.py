"""What happened at the doors and to people's rights; written once, never changed."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    """What happened."""

    SIGNED_IN = "signed-in", _("Signed in")
    REFUSED = "refused", _("Sign-in refused")
    SIGNED_OUT = "signed-out", _("Signed out")
    PASSWORD_CHANGED = "password-changed", _("Password changed")
    FACTOR_ADDED = "factor-added", _("Second factor added")
    FACTOR_REMOVED = "factor-removed", _("Second factor removed")
    ROLE_GRANTED = "role-granted", _("Role granted")
    ROLE_REVOKED = "role-revoked", _("Role revoked")
    DEACTIVATED = "deactivated", _("Account closed")
    REACTIVATED = "reactivated", _("Account opened again")
    IMPORTED = "imported", _("People or departments imported")
    EXPORTED = "exported", _("Exported")
    ERASED = "erased", _("Personal data erased")


class SecurityEvent(models.Model):
    """One event: to whom it happened, who did it and roughly from where. Holds no secrets."""

    kind = models.CharField(_("kind"), max_length=20, choices=EventKind.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="security_events",
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("done by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    network = models.CharField(
        _("network"), max_length=50, blank=True, help_text=_("The address without its last part.")
    )
    detail = models.CharField(_("detail"), max_length=200, blank=True)
    at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        verbose_name = _("security event")
        verbose_name_plural = _("security events")
        ordering = ["-id"]
        indexes = [models.Index(fields=["kind", "-id"], name="security_event_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.person or '–'}"
