"""The pages about the record of an AI system, for all tests that look at every page."""

from tests.cast import Cast
from tests.factories.initiatives import InitiativeFactory
from tests.factories.records import COMPLETE, change, make_record, publish
from tests.shown import Shown

MYTH, FACT = "It decides about potholes.", "People decide. It only sorts them."
NOTES = ("Read with the union", "A new team", "The tender is still running.")
WROTE = (
    *(text for value in COMPLETE.values() for text in ([value] if isinstance(value, str) else [])),
    "2026-03",
    *NOTES,
    MYTH,
    FACT,
    "Sorting",
    "Advice",
    "Hidden Vendor Ltd",
    "Other – of our own",
    "Pothole sorter",
)


def recorded(cast: Cast) -> dict[str, object]:
    """Write a published record of an initiative of Roads, with a version that is not public."""
    initiative = InitiativeFactory(
        name="Pothole sorter", stage="pilot", departments=[cast.roads], lead=None
    )
    lead = cast.people["lead"]
    record = make_record(
        initiative,
        by=lead,
        why={"vendor_name": NOTES[2]},
        vendor_name="Hidden Vendor Ltd",
        team="Sorting",
        myths=f"{MYTH}\n{FACT}",
        classification="Other – of our own",
    )
    publish(record, by=lead, note=NOTES[0])
    change(record, by=lead, team="Advice")
    publish(record, by=lead, note=NOTES[1])
    change(record, by=lead, benefits="")
    return {"initiative": initiative.pk, "record": record.pk}


RECORD_PAGES = [
    Shown("lead", "/initiatives/{initiative}/record/", recorded, WROTE),
    Shown("staff", "/initiatives/{initiative}/record/", recorded, WROTE),
    Shown("lead", "/initiatives/{initiative}/record/identity/", recorded, WROTE),
    Shown("lead", "/initiatives/{initiative}/record/risk/", recorded, WROTE),
    Shown("lead", "/initiatives/{initiative}/record/versions/", recorded, WROTE),
    Shown("lead", "/initiatives/{initiative}/record/publish/", recorded, WROTE),
    Shown("anonymous", "/about/record-fields/"),
    Shown("anonymous", "/ai/"),
    Shown("anonymous", "/ai/", recorded, WROTE),
    Shown("anonymous", "/ai/{record}/", recorded, WROTE),
]
