"""Engagements: that people met or spoke, what was said, and what somebody has to do about it."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import User
from buyin.initiatives.models import Initiative, MadeOnce, has_been
from buyin.lines import NameField
from buyin.outbox.models import Message

from .stakeholders import Stakeholder


class EngagementQuerySet(models.QuerySet["Engagement"]):
    """Engagements, and who may read them."""

    def visible_to(self, user: User) -> Self:
        """Keep what this person noted or leads, and what those said with whom they work.

        What is confidential is for whoever noted it, who leads the initiative and the agency's leads.
        """
        if not user.is_active:
            return self.none()
        own = Q(entered_by=user) | user.leading("initiative__lead")
        if user.leads_agency:
            return self
        if user.sees_agency:
            return self.filter(own | Q(is_confidential=False))
        known = Stakeholder.objects.known_to(user).order_by().values("pk")
        met = Participation.objects.filter(stakeholder__in=known).values("engagement")
        return self.filter(own | Q(is_confidential=False, pk__in=met))


class Engagement(MadeOnce):
    """One meeting, call, workshop, demo, interview or mail with stakeholders, as somebody noted it."""

    class Kind(models.TextChoices):
        """How people spoke."""

        MEETING = "meeting", _("Meeting")
        CALL = "call", _("Call")
        WORKSHOP = "workshop", _("Workshop")
        DEMO = "demo", _("Demo")
        INTERVIEW = "interview", _("Interview")
        MAIL = "mail", _("Mail")

    class Sentiment(models.IntegerChoices):
        """How it went, as a person judged it."""

        AGAINST = -2, _("Clearly against it")
        DOUBTFUL = -1, _("Doubtful")
        MIXED = 0, _("Mixed")
        FRIENDLY = 1, _("Friendly")
        FOR = 2, _("Clearly for it")

    kind = models.CharField(_("what it was"), max_length=12, choices=Kind.choices)
    day = models.DateField(_("day"), validators=[has_been])
    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("initiative"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="engagements",
    )
    participants = models.ManyToManyField(
        Stakeholder,
        verbose_name=_("who took part"),
        through="Participation",
        related_name="engagements",
    )
    summary = models.TextField(_("what was said"), max_length=4000)
    sentiment = models.SmallIntegerField(
        _("how it went"), null=True, blank=True, choices=Sentiment.choices
    )
    is_confidential = models.BooleanField(
        _("confidential"),
        default=False,
        help_text=_("Read only by you, who leads the initiative and the agency’s leads."),
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    entered_at = models.DateTimeField(_("entered"), db_default=Now())

    objects: ClassVar[EngagementQuerySet] = EngagementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("engagement")
        verbose_name_plural = _("engagements")
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sentiment=None) | Q(sentiment__range=(-2, 2)),
                name="engagement_sentiment_is_on_the_scale",
                violation_error_message=_("How it went is said on a scale from -2 to 2."),
            )
        ]
        indexes = [models.Index(fields=["-day", "-id"], name="engagement_newest_first")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {date_format(self.day)}"

    def may_be_changed_by(self, user: User) -> bool:
        """Return whether the person may add to it: who noted it, and who leads."""
        leads = self.initiative is not None and self.initiative.may_be_changed_by(user)
        return user.is_active and (self.entered_by_id == user.pk or leads or user.leads_agency)


class Participation(models.Model):
    """That a stakeholder took part in an engagement."""

    engagement = models.ForeignKey(
        Engagement, on_delete=models.CASCADE, related_name="participations"
    )
    stakeholder = models.ForeignKey(
        Stakeholder, on_delete=models.CASCADE, related_name="participations"
    )

    class Meta:
        verbose_name = _("participation in an engagement")
        verbose_name_plural = _("participations in engagements")
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "stakeholder"], name="one_participation_per_engagement"
            )
        ]

    def __str__(self) -> str:
        return f"{self.stakeholder}: {self.engagement}"


class PointQuerySet(models.QuerySet["DiscussionPoint"]):
    """Discussion points, and those that are somebody's to do."""

    def to_do(self) -> Self:
        """Keep what somebody has taken on and not done."""
        return self.filter(owner__isnull=False, done_on=None)


class DiscussionPoint(models.Model):
    """One thing that came up: a note, or with an owner something to do until a day."""

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="points")
    text = NameField(_("what came up"), max_length=300)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who takes care of it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="discussion_points",
    )
    due_on = models.DateField(_("until"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True, editable=False)
    reminder = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects: ClassVar[PointQuerySet] = PointQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("discussion point")
        verbose_name_plural = _("discussion points")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(owner__isnull=False) | Q(done_on__isnull=False),
                name="discussion_point_with_a_day_has_an_owner",
                violation_error_message=_("Say who takes care of it until that day."),
            )
        ]
        indexes = [models.Index(fields=["owner", "done_on", "due_on"], name="point_by_owner")]

    def __str__(self) -> str:
        return self.text

    @property
    def is_late(self) -> bool:
        """Whether it should be done by now and is not."""
        today: date = timezone.localdate()
        return self.done_on is None and self.due_on is not None and self.due_on < today
