"""The pages of lists of stakeholders that come in, for the tests that look at every page."""

from buyin.stakeholders.actions import keep_list
from buyin.stakeholders.actions.imports import import_list
from buyin.stakeholders.models import ImportRun
from buyin.stakeholders.queries.import_plan import ImportWishes
from tests.cast import Cast
from tests.factories.stakeholders import StakeholderFactory
from tests.shown import Shown

# What the file says, and what was said of it in the language of whoever brought it in.
WRITTEN = (
    "contacts.csv", "J. Smith", "Ann Lee", "John Smith", "Pigeon", "Tom Ott", "tom@", "Whatever",
    "Clinic office", "Known Person", "Name", "Phone", "Mail", "Category", "utf-8",
    "No category is given. Choose one for all rows without.",
    "Decision-maker", "IT", "This is not a mail address.", "This word is none of the choices.",
)  # fmt: skip
FILE = (
    b"Name,Mail,Category,Whatever,Phone\nJ. Smith,,IT,,\nAnn Lee,,Pigeon,,\nTom Ott,tom@,IT,1,\n"
    b"Known Person,,IT,,2\n"
)


def registry() -> None:
    """Write whom the file may be about."""
    StakeholderFactory(name="John Smith")
    StakeholderFactory(name="Known Person")


def waiting(cast: Cast) -> dict[str, object]:
    """Write a list that was read, with everything in it that there can be."""
    registry()
    run = keep_list(
        owner=cast.people["lead"], name="contacts.csv", content=FILE, source="Clinic office"
    )
    return {"run": run.pk}


def imported(cast: Cast) -> dict[str, object]:
    """Write a list that came in."""
    registry()
    wishes = ImportWishes("Clinic office")
    run, _plan = import_list(
        owner=cast.people["lead"], name="contacts.csv", content=FILE, wishes=wishes
    )
    return {"run": run.pk}


def under_way(cast: Cast) -> dict[str, object]:
    """Write a list that is being written."""
    found = waiting(cast)
    ImportRun.objects.update(state="importing", percent=40)
    return found


IMPORT_PAGES = [
    Shown("lead", "/stakeholders/import/", imported, written=WRITTEN),
    Shown("lead", "/stakeholders/import/{run}/", waiting, written=WRITTEN),
    Shown("lead", "/stakeholders/import/{run}/", under_way, written=WRITTEN),
    Shown("administrator", "/stakeholders/import/{run}/", imported, written=WRITTEN),
    Shown("lead", "/stakeholders/import/{run}/columns/", waiting, written=WRITTEN),
    Shown("lead", "/stakeholders/import/{run}/doubts/", waiting, written=WRITTEN),
]
