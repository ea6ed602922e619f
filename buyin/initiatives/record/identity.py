"""Fields that say which system it is, who answers for it and how far it has come."""

from django.utils.translation import gettext_lazy as _

from .choices import STAGES, WITHHELD
from .parts import AFTER_IDEA, ALWAYS, IN_USE, WHEN_RETIRED, Field, Group, Kind, Needed, Tier

IDENTITY = Group(
    "identity",
    _("Which system, and who answers for it"),
    _("Enough for a reader to know what this is about and whom to ask."),
    (
        Field(
            "use_case_name",
            Kind.TEXT,
            _("Name"),
            _("The name people know it by. It is kept with the initiative and changed there."),
            example=_("Permit assistant"),
            needed=ALWAYS,
            tier=Tier.DRAFT,
            standard="OMB 2025",
            order="1.1",
            longest=300,
            kept_with_initiative=True,
        ),
        Field(
            "id",
            Kind.TEXT,
            _("Number in the inventory"),
            _(
                "A number that is given once and never used again, not even after the system is "
                "retired. Keep the number of earlier inventories."
            ),
            example="FH-014",
            needed=ALWAYS,
            standard="OMB 2025",
            longest=60,
        ),
        Field(
            "agency_bureau",
            Kind.TEXT,
            _("Department that uses it"),
            _("The part of the agency that answers for the system."),
            example=_("Housing Office"),
            needed=ALWAYS,
            tier=Tier.DRAFT,
            standard="OMB 2025",
            order="2.1.1",
            longest=300,
        ),
        Field(
            "description",
            Kind.LONG,
            _("In two or three sentences"),
            _(
                "What it is for, how it works in broad terms and why it is used. Write for a "
                "neighbour who has never heard of it."
            ),
            example=_(
                "Sorts the applications that arrive by mail so that urgent ones are read first. "
                "People read and decide every application themselves."
            ),
            needed=ALWAYS,
            tier=Tier.DRAFT,
            standard="ATRS 4",
            order="1.2",
            longest=1500,
        ),
        Field(
            "website_url",
            Kind.LINK,
            _("Page with more about it"),
            _("A public page on the system or on the service that it is part of."),
            example="https://www.fairhaven.example/permits",
            standard="ATRS 4",
            order="1.3",
            longest=500,
        ),
        Field(
            "contact_email",
            Kind.EMAIL,
            _("Whom to ask"),
            _(
                "The mailbox of a team. A person's own address is out of date as soon as the "
                "person moves on; readers of the register get the agency's public mailbox."
            ),
            example="ai@fairhaven.example",
            needed=ALWAYS,
            tier=Tier.DRAFT,
            standard="OMB 2025",
            order="1.4",
            longest=320,
        ),
        Field(
            "team",
            Kind.TEXT,
            _("Team"),
            _("The team that runs it from day to day."),
            example=_("Permit services"),
            tier=Tier.ATRS,
            standard="ATRS 4",
            order="2.1.2",
            longest=300,
        ),
        Field(
            "senior_responsible_owner",
            Kind.TEXT,
            _("Who is responsible, by role"),
            _("The role of the person who answers for it, such as a director. No name."),
            example=_("Director of Housing"),
            tier=Tier.ATRS,
            standard="ATRS 4",
            order="2.1.3",
            longest=300,
        ),
        Field(
            "development_stage",
            Kind.CHOICE,
            _("Stage"),
            _("How far it has come. It is kept with the initiative and changed there."),
            choices=STAGES,
            needed=AFTER_IDEA,
            tier=Tier.DRAFT,
            standard="OMB 2025",
            order="2.4.1.1",
            kept_with_initiative=True,
        ),
        Field(
            "operational_date",
            Kind.DATE,
            _("In use since"),
            _(
                "The day it went into daily work, or the day the trial began. A month or a year "
                "is enough if the day is not known."
            ),
            example="2026-03-02",
            needed=IN_USE,
            standard="OMB 2025",
        ),
        Field(
            "retired_date",
            Kind.DATE,
            _("Retired on"),
            _("When it was switched off, or when work on it ended."),
            example="2026-03",
            needed=WHEN_RETIRED,
        ),
        Field(
            "is_withheld",
            Kind.CHOICE,
            _("Is the whole record kept from the public?"),
            _(
                "Rarely true. Where only some details must not be public, publish the record and "
                "withhold those fields, each with its reason. That a system is used only inside "
                "the agency, or that the answer would embarrass, is no reason."
            ),
            choices=WITHHELD,
            needed=ALWAYS,
            tier=Tier.DRAFT,
            standard="OMB 2025",
            is_public=False,
        ),
        Field(
            "withheld_reason",
            Kind.LONG,
            _("Why it is kept from the public"),
            _("The harm, or the law with its section. Only the agency reads this."),
            example=_("Names the checks that a person who wants to cheat would have to pass."),
            needed=Needed(
                after="is_withheld",
                answers=frozenset({"Yes - Disclosure Risk", "Yes - Prohibited by Law", "Other"}),
            ),
            is_public=False,
            longest=1500,
        ),
    ),
)
