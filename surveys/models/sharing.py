"""Results as they were shared: a document that never changes.

Those of a public wave are shared with everybody, who read them at its address.
"""

from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import Department, User

from .homes import home_in
from .results import WaveResult


class SharedResultQuerySet(models.QuerySet["SharedResult"]):
    """Shared results, and who may read them."""

    def newest(self) -> Self:
        """Keep the last version of each wave, also where it was taken back."""
        later = SharedResult.objects.filter(
            result=models.OuterRef("result"), number__gt=models.OuterRef("number")
        )
        return self.filter(~models.Exists(later))

    def standing(self) -> Self:
        """Keep what is shared now."""
        return self.filter(withdrawn_at__isnull=True)

    def with_home(self, user: User) -> Self:
        """Add `home`: the department in which the wave asked this person, None where it did not."""
        home = home_in("result__wave", person=user.pk, department=user.department_id)
        return self.annotate(home=home)

    def addressed_to(self, user: User) -> Self:
        """Keep what was shared with this person: they were asked, and in a department it is for."""
        chosen = SharedDepartment.objects.filter(
            share=models.OuterRef("pk"), department=models.OuterRef("home")
        )
        return self.with_home(user).filter(
            models.Q(is_for_all=True) | models.Exists(chosen), home__isnull=False
        )

    def published(self) -> Self:
        """Keep what everybody may read: the last version of each public wave."""
        return self.newest().filter(result__wave__address__isnull=False)

    def visible_to(self, user: User) -> Self:
        """Keep what was shared with this person, and what they may see as results anyway.

        Only the last version of each wave counts; it may have been taken back.
        """
        seen = WaveResult.objects.visible_to(user).order_by().values("pk")
        addressed = SharedResult.objects.addressed_to(user).order_by().values("pk")
        either = models.Q(pk__in=addressed) | models.Q(result__in=seen)
        return self.newest().with_home(user).filter(either)


class SharedResult(models.Model):
    """One version of the results of a wave as people read them.

    The document holds the released figures as they were when it was made; nothing is counted
    again and nothing in it changes. It is taken back as a whole, and then shared as a new version.
    """

    result = models.ForeignKey(WaveResult, on_delete=models.PROTECT, related_name="shared")
    number = models.PositiveSmallIntegerField(_("version"))
    document = models.JSONField(_("document"), editable=False)
    learned = models.TextField(_("what we learned"))
    next_steps = models.TextField(_("what happens next"))
    different = models.CharField(
        _("what is different from the version before"), max_length=300, blank=True
    )
    is_for_all = models.BooleanField(
        _("for everybody who was asked"),
        help_text=_("Else for those departments that are listed with it."),
    )
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("shared by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    shared_at = models.DateTimeField(_("shared"), db_default=Now())
    made_by_form = models.UUIDField(_("made by form"), unique=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken back by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(_("taken back"), null=True)
    withdrawn_because = models.CharField(_("why it was taken back"), max_length=300, blank=True)

    objects = SharedResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("shared results")
        verbose_name_plural = _("shared results")
        ordering = ["result", "number"]
        constraints = [
            models.UniqueConstraint(fields=["result", "number"], name="one_sharing_per_number"),
            models.UniqueConstraint(
                fields=["result"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_standing_version_of_shared_results",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | ~models.Q(withdrawn_because=""),
                name="taking_back_needs_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return _("%(wave)s, shared version %(number)d") % {
            "wave": self.result.wave,
            "number": self.number,
        }


class SharedDepartment(models.Model):
    """A department whose people read one version, where it is not for everybody who was asked."""

    share = models.ForeignKey(SharedResult, on_delete=models.CASCADE, related_name="departments")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("department that results are shared with")
        verbose_name_plural = _("departments that results are shared with")
        constraints = [
            models.UniqueConstraint(
                fields=["share", "department"], name="shared_once_with_each_department"
            )
        ]

    def __str__(self) -> str:
        return f"{self.share} · {self.department}"


auditlog.register(SharedResult, exclude_fields=["document", "made_by_form"])
auditlog.register(SharedDepartment)
