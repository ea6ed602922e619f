"""What a need rests on. A source is never copied: where it goes, its words go with it."""

from typing import Self

from auditlog.registry import auditlog
from django.db import models
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import Department

from .needs import Need
from .results import WaveResult, WrittenAnswer
from .sessions import Note, Theme, UsabilityTask


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Evidence, and what of it still stands."""

    def standing(self) -> Self:
        """Keep what was written by hand, and what has its source still."""
        has_source = models.Q()
        for kind, source in Evidence.SOURCES.items():
            has_source |= models.Q(kind=kind, **{f"{source}__isnull": False})
        return self.filter(models.Q(kind=Evidence.Kind.SAID) | has_source)


class Evidence(models.Model):
    """Why a need is believed: a source in the portal, or something seen, counted or said elsewhere.

    `people` is what was typed, or how many gave the answer of a result, which is frozen. How many
    sessions stand behind a theme, a note or a task is counted when it is read: it can change.
    """

    class Kind(models.TextChoices):
        """What kind of source it is."""

        SAID = "said", _("Heard or seen elsewhere")
        RESULT = "result", _("Result of a survey")
        WRITTEN = "written", _("Written in a survey")
        THEME = "theme", _("Theme of interviews")
        NOTE = "note", _("Note of an interview")
        TASK = "task", _("Task of a usability test")

    # Each kind with the field that leads to its source.
    SOURCES = {
        Kind.RESULT: "result",
        Kind.WRITTEN: "written",
        Kind.THEME: "theme",
        Kind.NOTE: "note",
        Kind.TASK: "task",
    }

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.SAID)
    result = models.ForeignKey(
        WaveResult, null=True, blank=True, on_delete=models.SET_NULL, related_name="evidence"
    )
    item = models.CharField(_("question"), max_length=80, blank=True)
    part = models.CharField(_("choice"), max_length=80, blank=True)
    answer = models.CharField(
        _("answer"),
        max_length=80,
        blank=True,
        help_text=_("The code of the answer, or the first of those that are told together."),
    )
    written = models.ForeignKey(
        WrittenAnswer, null=True, blank=True, on_delete=models.SET_NULL, related_name="evidence"
    )
    theme = models.ForeignKey(
        Theme, null=True, blank=True, on_delete=models.SET_NULL, related_name="evidence"
    )
    note = models.ForeignKey(
        Note, null=True, blank=True, on_delete=models.SET_NULL, related_name="evidence"
    )
    task = models.ForeignKey(
        UsabilityTask, null=True, blank=True, on_delete=models.SET_NULL, related_name="evidence"
    )
    text = models.CharField(_("what it rests on"), max_length=300, blank=True)
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    people = models.PositiveIntegerField(_("how many people stand behind it"), default=0)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(kind="result") | models.Q(result__isnull=True))
                & (models.Q(kind="written") | models.Q(written__isnull=True))
                & (models.Q(kind="theme") | models.Q(theme__isnull=True))
                & (models.Q(kind="note") | models.Q(note__isnull=True))
                & (models.Q(kind="task") | models.Q(task__isnull=True)),
                name="evidence_has_the_source_of_its_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="said") ^ models.Q(text=""),
                name="evidence_copies_no_source",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["said", "result"])
                | models.Q(department__isnull=True, people=0),
                name="no_place_beside_words",
            ),
            models.UniqueConstraint(
                fields=["need", "result", "item", "part", "answer"],
                condition=models.Q(department__isnull=True),
                name="one_result_per_need",
            ),
            models.UniqueConstraint(
                fields=["need", "result", "item", "part", "answer", "department"],
                name="one_result_per_need_and_department",
            ),
            models.UniqueConstraint(fields=["need", "written"], name="one_text_per_need"),
            models.UniqueConstraint(fields=["need", "theme"], name="one_theme_per_need"),
            models.UniqueConstraint(fields=["need", "note"], name="one_note_per_need"),
            models.UniqueConstraint(fields=["need", "task"], name="one_task_per_need"),
        ]

    def __str__(self) -> str:
        return self.text or str(self.get_kind_display())

    @property
    def identity(self) -> dict[str, object]:
        """Return what makes it the same as another piece: where it leads to, or what it says."""
        leads = ("result_id", "written_id", "theme_id", "note_id", "task_id", "department_id")
        says = ("kind", "item", "part", "answer", "text")
        return {name: getattr(self, name) for name in (*leads, *says)}

    @property
    def is_gone(self) -> bool:
        """Whether its source was withdrawn or deleted."""
        name = self.SOURCES.get(self.Kind(self.kind))
        return name is not None and getattr(self, f"{name}_id") is None


# Whose words were taken is never in the history: it would outlive a consent that is withdrawn.
auditlog.register(Evidence, exclude_fields=["note", "written"])
