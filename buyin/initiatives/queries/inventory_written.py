"""The agency's records as inventories are written from them."""

from collections.abc import Callable, Sequence

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from buyin.initiatives.inventory.headers import AGENCY, AGENCY_NAME
from buyin.initiatives.inventory.transparency import attributes_csv, sections_of
from buyin.initiatives.inventory.writing import (
    Wishes,
    Written,
    consolidated_csv,
    document,
    form_csv,
)
from buyin.initiatives.models import SystemRecord

AT_ONCE = 500
Write = Callable[[Sequence[Written], Wishes], str]

# Each with what its file is called after the name of the inventory.
FORMATS: dict[str, tuple[Write, str]] = {
    "omb": (consolidated_csv, "csv"),
    "omb-agency": (form_csv, "csv"),
    "atrs": (attributes_csv, "csv"),
    "json": (document, "json"),
}


def records_written() -> list[Written]:
    """Return every record with what stands beside it, in the order in which they came."""
    records = SystemRecord.objects.select_related("initiative", "initiative__inventory_entry")
    return [
        Written(record.whole, _beside(record), record.redactions)
        for record in records.order_by("pk").iterator(chunk_size=AT_ONCE)
    ]


def _beside(record: SystemRecord) -> dict[str, str]:
    """Return what has no field, and whose record it is where it is not ours."""
    entry = getattr(record.initiative, "inventory_entry", None)
    if entry is None:
        return {}
    extra: dict[str, str] = entry.extra
    is_told = not entry.source or AGENCY in extra or AGENCY_NAME in extra
    return extra if is_told else {AGENCY: entry.source, **extra}


def wishes_of_agency(*, harmless: bool = False, with_numbers: bool = True) -> Wishes:
    """Return how this agency's inventory is written: its name, its mailbox, and these wishes."""
    return Wishes(
        agency_name=str(settings.AGENCY_NAME),
        mailbox=str(settings.AGENCY_CONTACT),
        with_numbers=with_numbers,
        harmless=harmless,
    )


def inventory_text(form: str, wishes: Wishes) -> str:
    """Return the inventory in one of the formats."""
    write, _ending = FORMATS[form]
    return write(records_written(), wishes)


def transparency_page(wishes: Wishes) -> str:
    """Return the public records as one page, in the order of the transparency standard."""
    public = [record for record in records_written() if not record.is_withheld]
    context = {
        "title": _("AI systems of %(agency)s") % {"agency": wishes.agency_name},
        "records": [
            {
                "name": record.values.get("use_case_name", ""),
                "sections": sections_of(record, wishes),
            }
            for record in public
        ],
    }
    return render_to_string("initiatives/inventory/atrs.html", context)
