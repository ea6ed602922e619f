"""Snapshots of readiness: what was measured, how sure it is, and whether it may be shown.

A page, a chart, a mail and the API read these rows and nothing else. What may not be shown has no
value in its row, so there is nothing to leak.
"""

from typing import Self

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import Department, User
from buyin.initiatives.models import Initiative


class Band(models.TextChoices):
    """What a score means, judged by probability and not by the score alone."""

    READY = "ready", _("ready")
    NOT_READY = "not-ready", _("not ready")
    TOO_CLOSE = "too-close", _("too close to call")
    NOT_ENOUGH = "not-enough", _("not enough data")


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """Snapshots, the newest first, and who may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep what covers this person's departments; all for the agency's roles."""
        if user.sees_agency:
            return self
        near = models.Q(cells__department__in=Department.objects.visible_to(user))
        own = models.Q(cells__department=user.department_id)
        covered = Snapshot.objects.filter(near | own | models.Q(initiative__lead=user))
        return self.filter(pk__in=covered.order_by().values("pk"))


class Snapshot(models.Model):
    """Readiness for one initiative in one week from one source of answers, frozen.

    A week has two when a wave closes after the week's snapshot was taken; the later one counts.
    """

    initiative = models.ForeignKey(
        Initiative, verbose_name=_("initiative"), on_delete=models.PROTECT, related_name="snapshots"
    )
    period = models.CharField(_("week"), max_length=8, help_text=_("As 2026-W47."))
    source = models.CharField(
        _("source"), max_length=120, help_text=_("Which answers it rests on, as 'wave 12'.")
    )
    closed_on = models.DateField(_("answers until"), null=True)
    taken_at = models.DateTimeField(_("taken"), db_default=Now())
    formula = models.PositiveSmallIntegerField(_("formula version"), default=1)
    ready_from = models.PositiveSmallIntegerField(_("ready from"))
    smallest_group = models.PositiveSmallIntegerField(_("smallest group shown"))
    summary = models.JSONField(
        _("summary"),
        default=dict,
        help_text=_("Agency-wide facts: do departments differ, reliability, sensitivity."),
    )

    tree = models.JSONField(
        _("department tree"),
        default=dict,
        help_text=_("The department above each one when these answers were first measured."),
    )

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("readiness snapshot")
        verbose_name_plural = _("readiness snapshots")
        ordering = ["-period", models.F("closed_on").desc(nulls_last=True), "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "period", "source"], name="one_snapshot_per_week_and_source"
            )
        ]

    def __str__(self) -> str:
        return f"{self.initiative} · {self.period}"

    @property
    def result(self) -> tuple[str, int, int, int]:
        """Return what is the same in all weeks that show the same figures."""
        return self.source, self.formula, self.ready_from, self.smallest_group

    @property
    def parents(self) -> dict[int, int | None]:
        """Return the department above each one as the tree was for these answers."""
        return {int(department): above for department, above in self.tree.items()}


class SnapshotCellQuerySet(models.QuerySet["SnapshotCell"]):
    """Cells, and who may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the agency's own row and those of departments whose figures this person may see.

        Everybody may see the figures of the department they work in. The agency's own row is that
        of the department at the top; where several are at the top, none of them is the agency.
        """
        departments = Department.objects.visible_to(user)
        mine = models.Q(department__in=departments) | models.Q(department=user.department_id)
        another_top = SnapshotCell.objects.filter(
            snapshot=models.OuterRef("snapshot"), department__parent__isnull=True
        ).exclude(department=models.OuterRef("department"))
        agency = models.Q(department__parent__isnull=True) & ~models.Exists(another_top)
        return self.filter(
            mine | agency,
            snapshot__in=Snapshot.objects.visible_to(user),
        )


class SnapshotCell(models.Model):
    """One department in one dimension (or overall, with the dimension left empty)."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="cells")
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="readiness_cells"
    )
    dimension = models.CharField(_("dimension"), max_length=20, blank=True)
    is_released = models.BooleanField(_("may be shown"))
    asked = models.PositiveIntegerField(_("people asked"))
    answered = models.PositiveIntegerField(_("people answered"), null=True)
    value = models.FloatField(_("estimate"), null=True)
    standard_error = models.FloatField(_("standard error"), null=True)
    low = models.FloatField(_("low end of the 95 % range"), null=True)
    high = models.FloatField(_("high end of the 95 % range"), null=True)
    band = models.CharField(_("band"), max_length=12, choices=Band.choices, default=Band.NOT_ENOUGH)
    is_barrier = models.BooleanField(_("lowest dimension"), default=False)
    detail = models.JSONField(
        _("detail"),
        default=dict,
        blank=True,
        help_text=_("Distribution, favourable share and its bounds."),
    )

    objects = SnapshotCellQuerySet.as_manager()

    class Meta:
        verbose_name = _("readiness cell")
        verbose_name_plural = _("readiness cells")
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "department", "dimension"],
                name="one_cell_per_department_and_dimension",
            ),
            models.CheckConstraint(
                condition=models.Q(is_released=True)
                | models.Q(
                    answered__isnull=True,
                    value__isnull=True,
                    standard_error__isnull=True,
                    low__isnull=True,
                    high__isnull=True,
                    band=Band.NOT_ENOUGH,
                    is_barrier=False,
                    detail={},
                ),
                name="hidden_cells_hold_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.snapshot} · {self.department} · {self.dimension or _('overall')}"
