"""The words in the cells of such lists: which stand for which choice, and for yes and no."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from buyin.tables.folding import folded

OTHER_WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "kind": {
        "person": ("people", "individual", "contact", "human"),
        "organisation": ("organization", "company", "firm", "body", "agency", "institution"),
        "group": ("groups", "community", "crowd"),
    },
    "category": {
        "decision-maker": ("decision makers", "executive", "leadership", "sponsor", "management"),
        "budget-holder": ("budget owner", "budget", "finance", "budget holders"),
        "it": ("information technology", "ict", "technology", "it staff"),
        "data-scientist": ("data science", "data scientists", "analytics", "data analyst"),
        "expert": ("sme", "subject matter expert", "subject matter experts", "experts"),
        "representative": ("department rep", "representatives", "dept representative"),
        "end-user": ("user", "users", "end users", "enduser", "frontline"),
        "union": ("unions", "trade union", "labour union", "labor union", "works council"),
        "vendor": ("vendors", "supplier", "suppliers", "contractor", "provider"),
        "citizens": ("citizen", "citizens", "citizen groups", "public", "residents", "ngo"),
    },
    "channel": {
        "meeting": ("in person", "face to face", "meetings", "personal"),
        "call": ("phone", "telephone", "phone call", "calls", "video call"),
        "mail": ("email", "e-mail", "mails", "electronic mail"),
        "workshop": ("workshops",),
        "letter": ("post", "letters", "postal mail", "postal"),
    },
    "cadence": {
        "7": ("weekly", "every week", "week", "7 days"),
        "14": ("fortnightly", "biweekly", "bi-weekly", "every two weeks", "every 2 weeks", "14"),
        "30": ("monthly", "every month", "month", "30 days"),
        "91": ("quarterly", "every quarter", "quarter", "every 3 months", "90", "90 days"),
        "182": ("half-yearly", "semiannually", "twice a year", "every 6 months", "180"),
        "365": ("yearly", "annually", "annual", "every year", "once a year"),
    },
    "organisation_kind": {
        "internal": ("internal", "own", "part of us"),
        "agency": ("government", "public body", "public sector", "ministry"),
        "vendor": ("supplier", "company", "private", "private sector", "contractor"),
        "union": ("trade union", "works council"),
        "civil-society": ("ngo", "non-profit", "nonprofit", "association", "charity"),
        "academia": ("university", "research", "academic", "school"),
        "media": ("press", "newspaper"),
        "oversight": ("oversight", "auditor", "regulator", "ombudsman"),
        "citizens": ("citizen group", "residents", "neighbourhood"),
    },
}
YES = frozenset(
    {"yes", "y", "true", "1", "x", "ok", "ja", "oui", "si", "sí", "granted", "given", "agreed"}
    | {"optedin", "optin", "✓", "✔"}
)
NO = frozenset(
    {"no", "n", "false", "0", "nein", "non", "refused", "withdrawn", "declined", "optedout"}
    | {"optout", "donotcontact", "✗", "✘"}
)
Codes = Mapping[str, str]


@dataclass(frozen=True)
class Vocabulary:
    """What words may stand for in this agency, each by its folded text.

    `departments` by code and by name, `owners` by mail address and by name: several ids where a name
    is not enough to tell which.
    """

    choices: Mapping[str, Codes] = field(default_factory=dict)
    departments: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    owners: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


def codes_of(name: str, choices: Iterable[tuple[object, object]]) -> dict[str, str]:
    """Return the code of each folded text that stands for a choice: code, label, and other words."""
    found: dict[str, str] = {}
    for code, label in choices:
        for text in (str(code), str(label), *OTHER_WORDS.get(name, {}).get(str(code), ())):
            found.setdefault(folded(text), str(code))
    return found


def yes_or_no(text: str) -> bool | None:
    """Return whether a text says yes or no, None where it says neither."""
    plain = folded(text) or text.strip()
    if plain in YES:
        return True
    return False if plain in NO else None
