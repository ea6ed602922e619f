"""The posts of a person, and the department to which they belong by the newest of them."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.models import Department
from buyin.stakeholders.models import Organisation, Post, Stakeholder


def hold(stakeholder: Stakeholder, said: dict[str, Any], made_by_form: UUID | None = None) -> Post:
    """Write a post of a stakeholder's person; an organisation is named, and made if there is none.

    Who may do so, the action that calls this has made sure of.
    """
    if stakeholder.person is None:
        raise TypeError("only people hold posts")
    if (day := said.get("starts_on")) and day > timezone.localdate():
        raise ValidationError({"starts_on": _("Note a post on the day it starts, not before.")})
    name = said.get("organisation")
    place = {"organisation": organisation_called(name) if name else None}
    post = Post(person=stakeholder.person, **{**said, **place})
    if made_by_form:
        post.made_by_form = made_by_form
    post.full_clean()
    post.save()
    newest = stakeholder.person.posts.select_related("department", "organisation__department")
    stakeholder.department = place_of(newest.first() or post)
    stakeholder.save(update_fields=["department"])
    return post


def place_of(post: Post) -> Department | None:
    """Return the department to which who holds this post belongs, None outside the agency."""
    if post.department:
        return post.department
    return post.organisation.department if post.organisation else None


def organisation_called(name: str) -> Organisation:
    """Return the organisation with this name, made as another agency's where there is none.

    Of one that was merged into another, the other.
    """
    rows = Organisation.objects.select_related("stakeholder__merged_into__organisation")
    found = rows.filter(name__iexact=name).order_by("pk").first()
    if found is None:
        return Organisation.objects.create(name=name, kind="agency")
    stakeholder = getattr(found, "stakeholder", None)
    kept = stakeholder.merged_into if stakeholder else None
    return (kept.organisation if kept else None) or found
