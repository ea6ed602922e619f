"""People outside and inside the agency who are stakeholders, and the posts that they hold."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import Department
from buyin.initiatives.models import MadeOnce
from buyin.lines import NameField

from .organisations import Organisation


class Person(models.Model):
    """Somebody whom the agency deals with; with an account or, mostly, without one.

    Whose record was merged into another's is kept, and points to the one that is used.
    """

    name = NameField(_("name"), max_length=200)
    email = models.EmailField(_("mail address"), blank=True)
    phone = NameField(_("phone"), max_length=40, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="stakeholder_person",
    )
    locale = models.CharField(_("language"), max_length=10, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, blank=True)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="absorbed",
    )
    contact_permitted = models.BooleanField(
        _("may be contacted"),
        null=True,
        blank=True,
        default=None,
        help_text=_("What the newest note on consent says; unknown as long as there is none."),
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")),
                name="person_is_not_merged_into_itself",
                violation_error_message=_("A person cannot be merged into themselves."),
            )
        ]
        indexes = [
            models.Index(fields=["name"], name="stakeholder_person_by_name"),
            # The few who do not want to be contacted, whom many lists leave out.
            models.Index(
                fields=["id"],
                condition=models.Q(contact_permitted=False),
                name="stakeholder_person_silent",
            ),
            models.Index(Lower("email"), name="stakeholder_person_by_email"),
        ]

    def __str__(self) -> str:
        return self.name


class PostQuerySet(models.QuerySet["Post"]):
    """Posts by when they are held."""

    def held(self) -> Self:
        """Keep the posts that are held today."""
        today = timezone.localdate()
        return self.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=today))


class Post(MadeOnce):
    """What a person is, where, and from when to when; a person may hold several."""

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="posts"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="posts",
    )
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="posts",
    )
    title = NameField(_("title"), max_length=200)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects: ClassVar[PostQuerySet] = PostQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = [models.F("starts_on").desc(nulls_last=True), "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False) | models.Q(department__isnull=False),
                name="post_is_somewhere",
                violation_error_message=_("Say in which organisation or department the post is."),
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="post_ends_after_it_starts",
                violation_error_message=_("A post cannot end before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.department or self.organisation}"
