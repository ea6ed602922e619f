"""Searches that people keep for themselves."""

from django.db import transaction

from buyin.accounts.actions import in_turn
from buyin.accounts.models import User
from buyin.stakeholders.models import SavedSearch


@transaction.atomic
def keep_search(*, actor: User, name: str, words: dict[str, str]) -> SavedSearch:
    """Keep a search of the list of stakeholders under a name; the same name is overwritten."""
    # Whoever keeps another at the same moment waits here, and then finds this one.
    in_turn(actor)
    kept = SavedSearch.objects.filter(person=actor, name=name).first()
    found = kept or SavedSearch(person=actor, name=name)
    found.words = words
    found.full_clean()
    found.save()
    return found


@transaction.atomic
def drop_search(*, actor: User, search: SavedSearch) -> None:
    """Forget a search that this person keeps."""
    SavedSearch.objects.filter(person=actor, pk=search.pk).delete()
