"""Updates: what an initiative tells, and puts right."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from buyin.accounts.models import User
from buyin.initiatives.models import Initiative, Update


@transaction.atomic
def publish_update(
    *, actor: User, initiative: Initiative, title: str, text: str, made_by_form: UUID
) -> Update:
    """Tell everybody who may open the initiative; the same form sent again tells nothing twice."""
    if not initiative.may_be_changed_by(actor):
        raise PermissionDenied
    # Whoever sends the same form at the same moment waits here, and then finds what was told.
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    if told := initiative.updates.filter(made_by_form=made_by_form).first():
        return told
    update = Update(
        initiative=initiative, title=title, text=text, by=actor, made_by_form=made_by_form
    )
    update.full_clean()
    update.save()
    return update


@transaction.atomic
def change_update(*, actor: User, update: Update, title: str, text: str) -> Update:
    """Put an update right; readers see that it was changed."""
    if not update.initiative.may_be_changed_by(actor):
        raise PermissionDenied
    if (update.title, update.text) == (title, text):
        return update
    update.title, update.text = title, text
    update.changed_at = timezone.now()
    update.full_clean()
    update.save()
    return update
