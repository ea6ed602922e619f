"""The words for what lies between two levels, and for what is proposed about it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from buyin.stakeholders.models import Level, Stakeholder


def gap_words(current: int | None, desired: int | None) -> str:
    """Return what lies between two levels as people read it."""
    if current is None or desired is None:
        return "–"
    if current == Level.UNAWARE:
        return _("not told yet")
    steps = desired - current
    if steps == 0:
        return _("there")
    if steps < 0:
        return _("further than needed")
    return ngettext("%(steps)d step to go", "%(steps)d steps to go", steps) % {"steps": steps}


def named(stakeholder: Stakeholder) -> str:
    """Return the name, marked where somebody does not want to be contacted."""
    if stakeholder.may_be_contacted:
        return stakeholder.name
    return _("%(name)s (does not want to be contacted)") % {"name": stakeholder.name}


# What each rule of `proposing` says: what the activity is for, and why it is proposed.
PROPOSALS = {
    "tell-in-person": (
        _lazy("Tell them in person what is planned and what it means for them"),
        _lazy("They can move or stop it and do not know of it yet: they should not read it first."),
    ),
    "show-first": (
        _lazy("Show them what it does, before others tell them"),
        _lazy("They know nothing of it yet. What people have seen, they judge more fairly."),
    ),
    "hear-who-pays": (
        _lazy("Hear one to one what stands in the way, before anybody speaks of money"),
        _lazy("Who decides or pays is against it and has the power to stop it."),
    ),
    "answer-now": (
        _lazy("Ask what cannot wait, and say by when they get an answer"),
        _lazy("They are against it, and their case presses."),
    ),
    "work-through-worries": (
        _lazy(
            "Work through the worries of those they speak for, with somebody who can change things"
        ),
        _lazy("They speak for many. What is settled with them is settled for those, too."),
    ),
    "let-them-test": (
        _lazy("Let them test it with cases of their own choice"),
        _lazy("They know the matter. They believe what they have checked themselves."),
    ),
    "try-own-work": (
        _lazy("Try it together on their own work, and write down what gets in the way"),
        _lazy("They will work with it each day and are not won yet."),
    ),
    "agree-in-writing": (
        _lazy("Agree in writing on what is expected, and by when"),
        _lazy("A vendor does what the contract says; interest alone will not do."),
    ),
    "hear-out": (
        _lazy("Hear them out: what would have to change?"),
        _lazy("They are against it, with much power and much at stake."),
    ),
    "give-a-part": (
        _lazy("Ask them to speak for it, and agree on a part with their name on it"),
        _lazy("They are for it already. Leading takes something to lead."),
    ),
    "win-over": (
        _lazy("Ask what would win them, and settle what you can on the spot"),
        _lazy("Much power and much interest: worth an hour of whoever leads the initiative."),
    ),
    "what-would-matter": (
        _lazy("A short call: what would have to come of it to matter to them?"),
        _lazy("Much power, little interest: keep it short and about their own aims."),
    ),
    "keep-informed": (
        _lazy("Tell them what is new, and ask what they hear"),
        _lazy("Much interest, little power: regular news keeps them on board."),
    ),
    "short-note": (
        _lazy("Send a short note on what has changed"),
        _lazy("Little power and little interest: seldom and short is enough."),
    ),
    "ask-how-they-see-it": (
        _lazy("Ask how they see it, and what they need"),
        _lazy("Their power or interest is not assessed. Asking comes before planning more."),
    ),
}
