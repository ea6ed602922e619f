"""The pages about what an initiative brings, for all tests that look at every page."""

from datetime import date

from tests.cast import Cast
from tests.factories.benefits import DAYS, evidence_of, make_benefit, make_measurement
from tests.factories.initiatives import InitiativeFactory
from tests.shown import Shown

WROTE = (str(DAYS["title"]), str(DAYS["indicator"]), str(DAYS["unit"]), "Checking takes longer")
TOLD = (
    "Reasons stand beside each suggestion",
    "Steering group",
    "Nobody trusts what they cannot explain.",
    "To see why",
    "Old scans are sorted last",
    "Permits decided in a month",
    "Sooner for all",
    "Half of them waited too long.",
    "Complete ones came first.",
    "Half of them wait less.",
)


def brought(cast: Cast) -> dict[str, object]:
    """Write an initiative of Roads with one of everything, and a dis-benefit beyond its limit."""
    initiative = InitiativeFactory(name="Permit triage", departments=[cast.roads])
    found = evidence_of(initiative, owner=cast.people["staff"])
    worse = make_benefit(
        initiative,
        title="Checking takes longer",
        is_disbenefit=True,
        target_value=45,
        state="not-realised",
    )
    make_measurement(worse, 48, date(2026, 9, 30))
    return {"initiative": initiative.pk, **found}


BENEFIT_PAGES = [
    Shown("staff", "/initiatives/benefits/", brought, WROTE),
    Shown("lead", "/initiatives/{initiative}/benefits/", brought, WROTE + TOLD),
    Shown("lead", "/initiatives/{initiative}/benefits/{benefit}/", brought, WROTE),
    Shown("lead", "/initiatives/{initiative}/benefits/{benefit}/edit/", brought, WROTE),
    Shown("staff", "/initiatives/{initiative}/benefits/{benefit}/measure/", brought, WROTE),
    Shown("lead", "/initiatives/{initiative}/stories/{draft}/", brought, WROTE + TOLD),
    Shown("staff", "/initiatives/{initiative}/stories/{story}/", brought, WROTE + TOLD),
    Shown("lead", "/initiatives/{initiative}/decisions/", brought, TOLD),
    Shown("lead", "/initiatives/{initiative}/decisions/{decision}/", brought, TOLD),
    Shown("lead", "/initiatives/{initiative}/decisions/add/", brought, TOLD),
    Shown("lead", "/initiatives/{initiative}/risks/", brought, TOLD),
    Shown("lead", "/initiatives/{initiative}/risks/{risk}/edit/", brought, TOLD),
]
