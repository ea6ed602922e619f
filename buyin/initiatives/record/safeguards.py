"""The values that may be chosen about safeguards; high-impact systems must say them."""

from django.utils.translation import gettext_lazy as _

from .parts import Choice

WAIVED_LONG = "Agency CAIO has waived this minimum practice and reported such waiver to OMB"


def _waived(letter: str) -> Choice:
    return Choice(
        "CAIO Waived",
        _("Waived by the chief AI officer, and the waiver was reported"),
        f"{letter}) {WAIVED_LONG}",
        ("waived", "wavied"),
    )


DONE = (
    Choice("Yes", _("Yes"), "a) Yes"),
    Choice("In-progress", _("Under way"), "b) In-progress"),
    _waived("c"),
)

INDEPENDENT_REVIEW = (
    Choice(
        "Internal Independent Review",
        _("Yes, by another office that did not build it"),
        "a) Yes – by another appropriate agency office or reviewer not directly involved in the "
        "AI’s development",
    ),
    Choice(
        "Oversight Board Review",
        _("Yes, by the agency's AI oversight board"),
        "b) Yes – by an agency AI oversight board not directly involved in the AI’s development",
    ),
    Choice("CAIO Review", _("Yes, by the chief AI officer"), "c) Yes – by the CAIO"),
    Choice("In-progress", _("Under way"), "d) In-progress"),
    _waived("e"),
)

MONITORING = (
    Choice(
        "Yes - Monitoring Established",
        _("Yes, it is watched for performance and harm"),
        "a) Yes, sufficient monitoring protocols have been established",
        ("yes",),
    ),
    Choice(
        "In-progress",
        _("Being prepared"),
        "b) Development of monitoring protocols is in-progress",
        ("b) Development of monitoring protocols is in-progess",),
    ),
    _waived("c"),
)

TRAINING = (
    Choice(
        "Training Established",
        _("Yes, and it is repeated"),
        "a) Yes, sufficient and periodic training has been established",
        ("yes",),
    ),
    Choice(
        "Training In-progress",
        _("Being prepared"),
        "b) Establishment of sufficient and periodic training is in-progress",
        ("in-progress",),
    ),
    _waived("c"),
)

FAILSAFE = (
    Choice("Yes", _("Yes"), "a) Yes"),
    Choice("Not Applicable", _("Does not apply"), "b) Not applicable", ("n/a", "NA")),
    Choice("In-progress", _("Being prepared"), "c) In-progress"),
    _waived("d"),
)

APPEAL = (
    Choice(
        "Appeal Process Established",
        _("Yes, people can object"),
        "a) Yes, an appropriate appeal process has been established",
        ("yes",),
    ),
    Choice("Not Applicable", _("Does not apply"), "b) Not applicable", ("n/a", "NA")),
    Choice(
        "Appeal Process In-progress",
        _("Being prepared"),
        "c) Establishment of an appropriate appeal process is in-progress",
        ("in-progress",),
    ),
    Choice(
        "Appeal Precluded by Law",
        _("No, the law or the way it is used rules it out"),
        "d) Law, operational limitations, or governmentwide guidance precludes an opportunity for "
        "an individual to appeal",
        ("precluded",),
    ),
    _waived("e"),
)

CONSULTATION = (
    Choice("Usability Testing", _("Tests with users"), "a) Direct usability testing"),
    Choice(
        "Public Feedback Solicitations",
        _("Questions to the public"),
        "b) General solicitations of feedback and comments from the public",
    ),
    Choice("Public Hearings", _("Public meetings"), "c) Public hearings or meetings"),
    Choice("Other", _("Other"), "d) Other"),
    Choice("In-progress", _("Under way"), "e) In-progress"),
    _waived("f"),
)
