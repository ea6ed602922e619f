"""Fields that say how the system works, and what people do."""

from django.utils.translation import gettext_lazy as _

from .parts import WHILE_ACTIVE, Field, Group, Kind, Tier

WORKING = Group(
    "working",
    _("How it works, and who decides"),
    _("What goes in, what comes out, what people do with it, and how to object."),
    (
        Field(
            "system_input",
            Kind.LONG,
            _("What goes in?"),
            _("What the system is given each time it is used."),
            example=_("The scanned letter and the number of the case."),
            tier=Tier.ATRS,
            standard="ATRS 4",
            order="2.4.1.2",
        ),
        Field(
            "system_outputs",
            Kind.LONG,
            _("What comes out?"),
            _("What people see: a draft, a score, a list. Say how to read it."),
            example=_("An order of letters from urgent to not urgent, with the reason for each."),
            needed=WHILE_ACTIVE,
            standard="OMB 2025",
            order="2.4.1.3",
        ),
        Field(
            "detailed_description",
            Kind.LONG,
            _("How does it work, and where are its limits?"),
            _(
                "How it comes to its result, what it gets wrong, and what it must not be used "
                "for. Use short sentences."
            ),
            example=_(
                "It compares the words of a letter with 20,000 sorted ones. It is weak at "
                "handwriting and is not used for appeals."
            ),
            tier=Tier.ATRS,
            standard="ATRS 4",
            order="2.2.1",
            longest=8000,
        ),
        Field(
            "process_integration",
            Kind.LONG,
            _("What part does it play in a decision?"),
            _("Where in the work it is used, and how much weight its result has."),
            example=_("It changes the order in which letters are read. It decides nothing."),
            tier=Tier.ATRS,
            standard="ATRS 4",
            order="2.3.1",
        ),
        Field(
            "human_review",
            Kind.LONG,
            _("Who decides, and who checks?"),
            _("What people decide themselves, and when and how they check the system."),
            example=_("A clerk reads each letter. Every month 50 are sorted again by hand."),
            tier=Tier.ATRS,
            standard="ATRS 4",
            order="2.3.3",
        ),
        Field(
            "frequency_and_scale_of_usage",
            Kind.LONG,
            _("How often is it used, and for how many people?"),
            _("Uses in a month, people it touches, cases in a year."),
            example=_("About 8,000 letters a month."),
            tier=Tier.ATRS,
            standard="ATRS 4",
            order="2.3.2",
            longest=1500,
        ),
        Field(
            "required_training",
            Kind.LONG,
            _("What must people learn before they use it?"),
            _("The courses for those who use it, look after it or supervise it."),
            example=_("A course of two hours, repeated each year."),
            tier=Tier.ATRS,
            standard="ATRS 4",
            order="2.3.4",
        ),
        Field(
            "appeals_and_review",
            Kind.LONG,
            _("How can people object?"),
            _("Where to write or call, by when, and who looks at it again."),
            example=_("Write to the office within 30 days; a person who was not involved decides."),
            tier=Tier.ATRS,
            standard="ATRS 4",
            order="2.3.5",
        ),
    ),
)
