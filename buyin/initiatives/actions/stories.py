"""Success stories written, cleared by somebody else, published and taken back."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.initiatives.models import Story

from .records import begun

WRITABLE = {
    "title", "challenge", "done", "result", "measurement", "quote", "quoted", "consent_on",
    "consent_how", "outlook",
}  # fmt: skip


@transaction.atomic
def save_story(
    *, actor: User, story: Story, made_by_form: UUID | None = None, **fields: Any
) -> Story:
    """Write a story, or change it; what was cleared or published is a draft again with that."""
    story, is_to_save = begun(
        story, fields, actor=actor, writable=WRITABLE, made_by_form=made_by_form
    )
    if not is_to_save:
        return story
    _to_draft(story)
    story.written_by = actor
    return _checked(story)


@transaction.atomic
def clear_story(*, actor: User, story: Story) -> Story:
    """Say that a story may go out; somebody else than who wrote it last has to."""
    locked = _locked(actor, story)
    if locked.state != Story.State.DRAFT:
        return locked
    if locked.written_by_id == actor.pk:
        raise ValidationError(_("Somebody else has to clear it: you wrote these words."))
    locked.state = Story.State.CLEARED
    locked.cleared_by, locked.cleared_on = actor, timezone.localdate()
    return _checked(locked)


@transaction.atomic
def publish_story(*, actor: User, story: Story) -> Story:
    """Publish what was cleared, with a measurement that still counts."""
    locked = _locked(actor, story)
    if locked.state == Story.State.PUBLISHED:
        return locked
    if locked.is_outdated:
        raise ValidationError(_("The measurement was corrected. Look at the result again."))
    locked.state, locked.published_on = Story.State.PUBLISHED, timezone.localdate()
    return _checked(locked)


@transaction.atomic
def take_back_story(*, actor: User, story: Story) -> Story:
    """Take a story back: it is a draft again, and has to be cleared anew."""
    locked = _locked(actor, story)
    _to_draft(locked)
    return _checked(locked)


def _locked(actor: User, story: Story) -> Story:
    if not story.initiative.may_be_changed_by(actor):
        raise PermissionDenied
    return Story.objects.select_for_update().get(pk=story.pk)


def _to_draft(story: Story) -> None:
    story.state = Story.State.DRAFT
    story.cleared_by = story.cleared_on = story.published_on = None


def _checked(story: Story) -> Story:
    own = (
        story.measurement is None or story.measurement.benefit.initiative_id == story.initiative_id
    )
    if not own:
        raise ValidationError({"measurement": _("Choose a measurement of this initiative.")})
    story.full_clean()
    story.save()
    return story
