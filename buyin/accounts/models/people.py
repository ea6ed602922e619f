"""People with an account; everybody who has one is staff."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from buyin.lines import NameField

from .departments import LOOKING_ROLES, Department, Tree, line_ids, subtree_ids, whole_tree
from .roles import Role, RoleAssignment
from .tags import Tag


class UserQuerySet(models.QuerySet["User"]):
    """People, and who may see them."""

    def active(self) -> Self:
        """Keep people who may sign in."""
        return self.filter(is_active=True)

    def visible_to(self, user: "User") -> Self:
        """Keep the people whom this person may look up by name."""
        lookers = (Role.COORDINATOR, Role.LEAD, Role.ADMINISTRATOR)
        if any(user.holds(role) for role in lookers):
            return self
        held = user.department_ids_held(*lookers)
        return self.filter(models.Q(pk=user.pk) | models.Q(department__in=held))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes people; the address is how they sign in."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create and return a person; without a password only other doors let them in."""
        user: User = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create and return an administrator of the whole agency."""
        user = self.create_user(email, password, **fields)
        RoleAssignment.objects.create(person=user, role=Role.ADMINISTRATOR)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        """Return the person with this address, however it is capitalised."""
        user: User = self.get(email=(email or "").strip().lower())
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. Everybody who has one is staff."""

    email = models.EmailField(_("mail address"), unique=True)
    name = NameField(_("name"), max_length=120)
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people",
    )
    tags = models.ManyToManyField(Tag, verbose_name=_("tags"), blank=True, related_name="people")
    time_zone = models.CharField(_("time zone"), max_length=40, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"), db_default=Now())

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    # Set for a request that changes nothing: all of it asks for the tree of departments once.
    only_reads = False

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "email"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="mail_address_is_lower_case"
            )
        ]
        indexes = [models.Index(fields=["name", "email"], name="person_by_name")]

    def __str__(self) -> str:
        return self.name or self.email

    def unique_error_message(
        self, model_class: type[models.Model], unique_check: Sequence[str]
    ) -> ValidationError:
        """Say plainly that an address is taken."""
        if tuple(unique_check) == ("email",):
            return ValidationError(_("There is already a person with this address."), "unique")
        return super().unique_error_message(model_class, unique_check)

    @cached_property
    def held_roles(self) -> list[tuple[str, int | None]]:
        """Return (role, department id or None for the agency) for each role held; one query."""
        roles = self.role_assignments.order_by()  # the order would cost a join
        return list(roles.values_list("role", "department_id"))

    @cached_property
    def leads_initiatives(self) -> bool:
        """Whether they lead some initiative with an open account; one query, unless their session knew."""
        return self.is_active and self.led_initiatives.exists()

    def leading(self, path: str = "lead") -> models.Q:
        """Return the condition that what is at this path of a record is this person.

        Of the lead of an initiative, that is. While a page is read, whoever leads none is not looked
        for in thousands of them: the session knew it.
        """
        if self.only_reads and not self.leads_initiatives:
            return models.Q(pk__in=[])
        return models.Q(**{path: self})

    @property
    def zone(self) -> ZoneInfo:
        """Return the person's time zone; the agency's where none that exists is set."""
        try:
            return ZoneInfo(self.time_zone or settings.TIME_ZONE)
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo(settings.TIME_ZONE)

    @property
    def is_staff(self) -> bool:
        """Whether this person may enter the record keeping at /admin/."""
        return self.holds(Role.ADMINISTRATOR)

    @property
    def sees_agency(self) -> bool:
        """Whether this person may look into every department."""
        return any(self.holds(role) for role in LOOKING_ROLES)

    def has_role(self, *roles: Role) -> bool:
        """Return whether one of these roles is held for any department or for the agency."""
        return self.is_active and any(role in roles for role, _department in self.held_roles)

    def holds(self, role: Role) -> bool:
        """Return whether this role is held for the whole agency."""
        return self.is_active and (role.value, None) in self.held_roles

    @property
    def leads_agency(self) -> bool:
        """Whether this person leads for the whole agency, or administers it."""
        return self.holds(Role.LEAD) or self.holds(Role.ADMINISTRATOR)

    @property
    def looks_into_departments(self) -> bool:
        """Whether this person looks into the whole agency or into some department."""
        return self.has_role(*LOOKING_ROLES)

    def tops_held(self, *roles: Role) -> list[int]:
        """Return ids of the departments for which one of the roles is held, without those under them."""
        tops = [d for role, d in self.held_roles if d is not None and role in roles]
        return tops if self.is_active else []

    def department_ids_held(self, *roles: Role) -> list[int]:
        """Return ids of the departments, and all under them, for which one of the roles is held."""
        return subtree_ids(self.tops_held(*roles), self._tree)

    @property
    def own_line(self) -> list[int]:
        """Return ids of the department they work in and of all that it is part of."""
        return line_ids(self.department_id, self._tree)

    def _tree(self) -> Tree:
        return self._kept_tree if self.only_reads else whole_tree()

    @cached_property
    def _kept_tree(self) -> Tree:
        return whole_tree()

    def governs(self, department: Department | int | None) -> bool:
        """Return whether this person is administrator of the department; None is the agency."""
        if self.holds(Role.ADMINISTRATOR):
            return True
        pk = department.pk if isinstance(department, Department) else department
        return pk is not None and pk in self.department_ids_held(Role.ADMINISTRATOR)

    def may_manage(self, person: "User") -> bool:
        """Return whether this person may change the other's account: home and all roles governed.

        Who leads an initiative can ask the whole agency, so that counts as a role for all of it.
        """
        homes = {person.department_id, *(department for _role, department in person.held_roles)}
        if person.led_initiatives.exists():
            homes.add(None)
        return all(self.governs(department) for department in homes)

    def get_short_name(self) -> str:
        """Return the first word of the name, for a greeting."""
        return self.name.split(" ")[0] if self.name else self.email
