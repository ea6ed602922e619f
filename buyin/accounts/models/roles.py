"""The roles, and who holds them for which part of the agency."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person may do, for a department and what is under it or for the whole agency."""

    STAFF = "staff", _("Staff")
    COORDINATOR = "coordinator", _("Coordinator")
    TRAINER = "trainer", _("Trainer")
    MODERATOR = "moderator", _("Moderator")
    LEAD = "lead", _("Lead")
    EXECUTIVE = "executive", _("Executive")
    ADMINISTRATOR = "administrator", _("Administrator")


class RoleAssignment(models.Model):
    """A role that a person holds, for a department and what is under it or for the agency."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="role_assignments",
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    department = models.ForeignKey(
        "accounts.Department",
        verbose_name=_("department"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="role_assignments",
        help_text=_("Leave empty for the whole agency."),
    )

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["role", "department__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "department"],
                condition=models.Q(department__isnull=False),
                name="one_role_per_person_and_department",
                violation_error_message=_("This person already holds this role there."),
            ),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=models.Q(department__isnull=True),
                name="one_agency_role_per_person",
                violation_error_message=_("This person already holds this role for the agency."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.department or _('whole agency')}"
