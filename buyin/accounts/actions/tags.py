"""Tags come into being with the first person who gets them."""

from buyin.accounts.models import Tag


def tags_called(*names: str) -> list[Tag]:
    """Return the tags with these names, however they are capitalised; made where there are none."""
    wanted = {name.lower(): name for name in names}
    known = _known()
    fresh = [Tag(name=name) for lower, name in wanted.items() if lower not in known]
    if fresh:
        Tag.objects.bulk_create(fresh, ignore_conflicts=True)
        known = _known()
    return [known[lower] for lower in wanted]


def _known() -> dict[str, Tag]:
    return {tag.name.lower(): tag for tag in Tag.objects.all()}
