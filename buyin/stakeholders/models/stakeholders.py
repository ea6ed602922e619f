"""Stakeholders: people in posts, organisations and groups, and who may see them."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce, Lower, Now
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import LONGEST_TAG, LOOKING_ROLES, Department, Role, User
from buyin.initiatives.models import MadeOnce
from buyin.lines import NameField

from .organisations import Organisation
from .people import Person

# Who holds one of these for a department also changes what is kept of its stakeholders.
CHANGING_ROLES = (Role.COORDINATOR, Role.LEAD, Role.ADMINISTRATOR)


class Category(models.TextChoices):
    """What makes somebody a stakeholder."""

    DECISION_MAKER = "decision-maker", _("Decision-maker")
    BUDGET_HOLDER = "budget-holder", _("Budget holder")
    IT = "it", _("IT")
    DATA_SCIENTIST = "data-scientist", _("Data scientist")
    EXPERT = "expert", _("Subject-matter expert")
    REPRESENTATIVE = "representative", _("Department representative")
    END_USER = "end-user", _("End user")
    UNION = "union", _("Union")
    VENDOR = "vendor", _("Vendor")
    CITIZENS = "citizens", _("Citizen group")


class Channel(models.TextChoices):
    """How somebody likes to be reached."""

    MEETING = "meeting", _("Meeting")
    CALL = "call", _("Call")
    MAIL = "mail", _("Mail")
    WORKSHOP = "workshop", _("Workshop")
    LETTER = "letter", _("Letter")


class Cadence(models.IntegerChoices):
    """How often somebody is to be in touch; the number is of days."""

    WEEKLY = 7, _("Every week")
    FORTNIGHTLY = 14, _("Every two weeks")
    MONTHLY = 30, _("Every month")
    QUARTERLY = 91, _("Every quarter")
    HALF_YEARLY = 182, _("Twice a year")
    YEARLY = 365, _("Every year")


# By this whoever was never spoken with comes first, in both databases and from an index.
LONGEST_AGO = Coalesce("last_contact_on", models.Value(date.min, models.DateField()))


class Group(models.Model):
    """People who are spoken of as one, such as the night shift or the neighbours of a street."""

    name = NameField(_("name"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="stakeholder_groups",
    )
    members = models.ManyToManyField(
        Person, verbose_name=_("members"), blank=True, related_name="groups"
    )

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class StakeholderTag(models.Model):
    """A word by which stakeholders are found together; how it is capitalised makes no difference."""

    name = NameField(_("name"), max_length=LONGEST_TAG)

    class Meta:
        verbose_name = _("tag of stakeholders")
        verbose_name_plural = _("tags of stakeholders")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="one_stakeholder_tag_per_name",
                violation_error_message=_("There is a tag with this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class StakeholderQuerySet(models.QuerySet["Stakeholder"]):
    """Stakeholders, and who may see and change them. Who was merged or removed is not there."""

    def standing_alone(self) -> Self:
        """Keep those that were neither merged into another nor removed."""
        return self.filter(merged_into=None, erased_at=None)

    def current(self) -> Self:
        """Keep those that are not archived."""
        return self.filter(archived_at=None)

    def contactable(self) -> Self:
        """Keep all but the people who do not want to be contacted."""
        # By the few who do not, instead of looking each of them up.
        return self.exclude(person__in=Person.objects.filter(contact_permitted=False))

    def visible_to(self, user: User) -> Self:
        """Keep whom this person works with, and themselves."""
        found = self.standing_alone()
        if user.sees_agency:
            return found
        return found.filter(self._near(user, *LOOKING_ROLES) | models.Q(person__user=user))

    def known_to(self, user: User) -> Self:
        """Keep whom this person works with: of these they also read what others think of them."""
        found = self.standing_alone()
        return found if user.sees_agency else found.filter(self._near(user, *LOOKING_ROLES))

    def changeable_by(self, user: User) -> Self:
        """Keep whose records this person may change: all that they work with, but by no executive."""
        found = self.standing_alone()
        if user.leads_agency or user.holds(Role.COORDINATOR):
            return found
        return found.filter(self._near(user, *CHANGING_ROLES))

    @staticmethod
    def _near(user: User, *roles: Role) -> models.Q:
        """Those of the departments for which a role is held, and of the initiatives that one leads."""
        if not user.is_active:
            return models.Q(pk__in=[])
        # By ids in a subquery: a join would give a stakeholder once for each interest.
        own = Stakeholder.objects.filter(user.leading("interests__initiative__lead"))
        held = user.department_ids_held(*roles)
        return models.Q(department__in=held) | models.Q(pk__in=own.order_by().values("pk"))


class Stakeholder(MadeOnce):
    """Somebody who has a say or something at stake: exactly one person, organisation or group.

    `name` and `department` repeat what the person (by their newest post), organisation or group
    says, and `last_contact_on` the day of the newest engagement, so that long lists are sorted and
    searched without a join; the actions keep them so.
    """

    person = models.OneToOneField(
        Person,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="stakeholder",
    )
    organisation = models.OneToOneField(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="stakeholder",
    )
    group = models.OneToOneField(
        Group,
        verbose_name=_("group"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="stakeholder",
    )
    name = NameField(_("name"), max_length=200)
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="stakeholders",
    )
    category = models.CharField(_("category"), max_length=20, choices=Category.choices)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("relationship owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="owned_stakeholders",
    )
    tags = models.ManyToManyField(
        StakeholderTag, verbose_name=_("tags"), blank=True, related_name="stakeholders"
    )
    channel = models.CharField(
        _("preferred channel"), max_length=20, blank=True, choices=Channel.choices
    )
    cadence = models.PositiveSmallIntegerField(
        _("cadence"), null=True, blank=True, choices=Cadence.choices
    )
    last_contact_on = models.DateField(_("last contact"), null=True, editable=False)
    added_at = models.DateTimeField(_("added"), db_default=Now(), editable=False)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)
    erased_at = models.DateTimeField(_("removed"), null=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="absorbed",
    )

    objects: ClassVar[StakeholderQuerySet] = StakeholderQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("stakeholder")
        verbose_name_plural = _("stakeholders")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    models.Q(person__isnull=False, organisation=None, group=None)
                    | models.Q(person=None, organisation__isnull=False, group=None)
                    | models.Q(person=None, organisation=None, group__isnull=False)
                ),
                name="stakeholder_is_one_of_three",
                violation_error_message=_(
                    "A stakeholder is one person, one organisation or one group."
                ),
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")),
                name="stakeholder_is_not_merged_into_itself",
                violation_error_message=_("A stakeholder cannot be merged into itself."),
            ),
        ]
        indexes = [
            # Of those that lists show, so that a page of it needs no sorting of all.
            models.Index(
                fields=["name", "id"],
                condition=models.Q(archived_at=None, merged_into=None, erased_at=None),
                name="stakeholder_by_name",
            ),
            models.Index(
                LONGEST_AGO,
                "name",
                "id",
                condition=models.Q(archived_at=None, merged_into=None, erased_at=None),
                name="stakeholder_by_last_contact",
            ),
            models.Index(fields=["department", "name"], name="stakeholder_by_department"),
            models.Index(fields=["category", "name"], name="stakeholder_by_category"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def category_words(self) -> str:
        """The category as people read it.

        Lists ask for this: `get_category_display` translates all of them to find one.
        """
        return str(Category(self.category).label)

    @property
    def party(self) -> Person | Organisation | Group:
        """The person, organisation or group that this is."""
        found = self.person or self.organisation or self.group
        if found is None:
            raise ValueError("a stakeholder is always somebody")
        return found

    @property
    def may_be_contacted(self) -> bool:
        """Whether nobody has said that they do not want to be contacted."""
        return self.person is None or self.person.contact_permitted is not False
