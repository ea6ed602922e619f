"""Fields with which the agency answers what people worry about."""

from django.utils.translation import gettext_lazy as _

from .parts import Field, Group, Kind

ANSWERING = Group(
    "answers",
    _("What people ask about it"),
    _("Straight answers to the questions that come up everywhere."),
    (
        Field(
            "jobs_effect",
            Kind.LONG,
            _("What does it mean for jobs here?"),
            _("Which tasks go, which stay and which come, and what was promised to staff."),
            example=_("Nobody loses a job. Two people move from sorting to advising."),
            longest=2000,
        ),
        Field(
            "privacy_answer",
            Kind.LONG,
            _("What happens with my data?"),
            _("What it reads about a person, who sees it, and when it is deleted."),
            example=_("It reads your letter once, inside our own network, and keeps nothing."),
            longest=2000,
        ),
        Field(
            "bias_answer",
            Kind.LONG,
            _("Does it treat people fairly?"),
            _("For whom it was tested, what was found, and what was changed."),
            example=_("Tested in four languages; letters in Spanish were ranked too low at first."),
            longest=2000,
        ),
        Field(
            "myths",
            Kind.LONG,
            _("Myths and facts"),
            _(
                "A paragraph each: in its first line what people believe, below it what is true. "
                "Leave an empty line between two."
            ),
            example=_("It decides about permits.\nPeople decide. It only sorts the mail."),
            longest=4000,
        ),
    ),
)
