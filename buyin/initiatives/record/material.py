"""Fields that say which data the system learned from and works with."""

from django.utils.translation import gettext_lazy as _

from .choices import DEMOGRAPHICS, YES_NO
from .parts import IN_USE, Field, Group, Kind, Tier

MATERIAL = Group(
    "data",
    _("Which data it uses"),
    _("What it learned from, what it reads at work, and what of it is about people."),
    (
        Field(
            "data_description",
            Kind.LONG,
            _("What did it learn from, and how was it tested?"),
            _("The data used to train, adjust or test it: what, from where, from when."),
            example=_("20,000 letters of 2022 to 2024, sorted by clerks; 2,000 kept for the test."),
            needed=IN_USE,
            standard="OMB 2025",
            order="2.4.3",
        ),
        Field(
            "operational_data_description",
            Kind.LONG,
            _("Which data does it read at work?"),
            _("Where they come from, who may see them, and how long they are kept."),
            example=_("The letters of the day. Nothing is kept after sorting."),
            tier=Tier.ATRS,
            standard="ATRS 4",
            order="2.4.4",
        ),
        Field(
            "link_to_data",
            Kind.LINK,
            _("Where are the data?"),
            _("The entry in the open data catalog, if the data are public."),
            example="https://data.fairhaven.example/letters",
            standard="OMB 2025",
            longest=500,
        ),
        Field(
            "has_pii",
            Kind.YES_NO,
            _("Does it use data about persons that the agency keeps?"),
            _("Names, addresses, numbers of cases: all that leads to one person."),
            choices=YES_NO,
            needed=IN_USE,
            standard="OMB 2025",
        ),
        Field(
            "pia_url",
            Kind.LINK,
            _("Where is the privacy assessment?"),
            _("The address of the assessment, if it is public."),
            example="https://www.fairhaven.example/privacy/permits",
            standard="OMB 2025",
            longest=500,
        ),
        Field(
            "demographic_features",
            Kind.MULTI,
            _("Which traits of people does it use?"),
            _("Only those that it is given on purpose to come to its result."),
            choices=DEMOGRAPHICS,
            needed=IN_USE,
            standard="OMB 2025",
            order="2.4.3.5",
        ),
    ),
)
