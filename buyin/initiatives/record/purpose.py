"""Fields that say what the system is for and why it was chosen."""

from django.utils.translation import gettext_lazy as _

from .choices import CLASSIFICATIONS, TOPICS
from .parts import ALWAYS, WHILE_ACTIVE, Field, Group, Kind, Tier

PURPOSE = Group(
    "purpose",
    _("What it is for"),
    _("The problem it should solve, the good it should do, and what was there before."),
    (
        Field(
            "topic_area",
            Kind.CHOICE,
            _("Topic"),
            _("The field of work that fits best. Choose one, even where several fit."),
            choices=TOPICS,
            needed=WHILE_ACTIVE,
            tier=Tier.DRAFT,
            standard="OMB 2025",
        ),
        Field(
            "classification",
            Kind.CHOICE,
            _("Kind of AI"),
            _("The kind that matters most for what it does."),
            choices=CLASSIFICATIONS,
            needed=WHILE_ACTIVE,
            standard="OMB 2025",
        ),
        Field(
            "problem_solved",
            Kind.LONG,
            _("What problem should it solve?"),
            _("The trouble as it was before, for whom, and how much of it there was."),
            example=_(
                "Staff sort 400 applications a day by hand. This takes nine hours, and urgent "
                "ones wait two days."
            ),
            needed=ALWAYS,
            tier=Tier.DRAFT,
            standard="OMB 2025",
            order="2.2.2",
        ),
        Field(
            "benefits",
            Kind.LONG,
            _("What good should it do, and what can it not do?"),
            _(
                "Name a number, an amount or a time wherever you can, and how it was measured. "
                "Name what it does not improve, too."
            ),
            example=_(
                "Urgent applications are read within two hours, not two days. It does not make "
                "decisions faster."
            ),
            needed=WHILE_ACTIVE,
            standard="OMB 2025",
            order="2.2.3",
        ),
        Field(
            "previous_process",
            Kind.LONG,
            _("How was this done before?"),
            _("The way of working that it replaces or adds to."),
            example=_("Two clerks opened and sorted the mail each morning."),
            tier=Tier.ATRS,
            standard="ATRS 4",
            order="2.2.4",
        ),
        Field(
            "alternatives_considered",
            Kind.LONG,
            _("What else was considered?"),
            _("Other ways, with and without AI, and why this one was chosen."),
            example=_("A web form with fixed categories; most people choose “other” in it."),
            tier=Tier.ATRS,
            standard="ATRS 4",
            order="2.2.5",
        ),
    ),
)
