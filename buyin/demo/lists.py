"""A list of stakeholders that came into the demo agency from a file, and can be taken back."""

import csv
import io

from django.utils.translation import gettext as _

from buyin.features import DemoAgency
from buyin.stakeholders.actions import import_list
from buyin.stakeholders.models import Stakeholder
from buyin.stakeholders.queries.import_plan import ImportWishes

HEADER = ("Name", "Mail", "Phone", "Company", "Job title", "Dept", "Category", "Tags", "Consent")
PARTNERS = (
    ("Okafor, Ada", "ada@transit.example", "", "Example Transit", "Planner", "", "SME"),
    ("Bruno Keller", "bruno@transit.example", "", "Example Transit", "Driver", "", "Users"),
    (
        "Chloé Martin",
        "chloe@neighbours.example",
        "",
        "Riverside Neighbours",
        "Speaker",
        "",
        "Public",
    ),
    ("Dev Anand", "dev@systems.example", "", "Example Systems Ltd", "Architect", "", "Supplier"),
    ("Esra Aydin", "", "+1 555 0142", "", "Clerk", "transport", "Users"),
    ("Farid Haddad", "farid@union.example", "", "Local 12", "Steward", "", "Trade union"),
)
SOURCE = "Transport office"


def fill(agency: DemoAgency) -> None:
    """Bring in a list with partners, one who is known, one who may be, and one without a category."""
    people = Stakeholder.objects.exclude(person=None).order_by("pk").select_related("person")
    known, perhaps = people[0], people[1]
    given, *family = perhaps.name.split()
    rows = [
        *((*row, _("Partner"), "yes") for row in PARTNERS),
        (known.name, known.person and known.person.email, "+1 555 0143", "", "", "", "", "", ""),
        (f"{given[0]}. {' '.join(family)}", "", "", "", "", "", "IT", "", ""),
        ("Gil Novak", "gil@transit.example", "", "", "", "", "Committee", "", ""),
    ]
    out = io.StringIO()
    csv.writer(out).writerows([HEADER, *rows])
    import_list(
        owner=agency.lead,
        name="partners.csv",
        content=out.getvalue().encode(),
        wishes=ImportWishes(SOURCE),
    )
