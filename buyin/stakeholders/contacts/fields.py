"""What a list of stakeholders may have a column for, and how such columns are called elsewhere."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buyin.tables.folding import folded


class Kind(StrEnum):
    """What stands in the cells of a column."""

    LINE = "line"
    MAIL = "mail"
    PHONE = "phone"
    CHOICE = "choice"
    YES_NO = "yes-no"
    DAY = "day"
    DEPARTMENT = "department"
    OWNER = "owner"
    TAGS = "tags"


@dataclass(frozen=True)
class Field:
    """A column that we know: its name in files, on pages, and what others call it."""

    name: str
    label: str | Promise
    kind: Kind
    aliases: tuple[str, ...] = ()
    longest: int = 200


def _line(name: str, label: Promise, *aliases: str, longest: int = 200) -> Field:
    return Field(name, label, Kind.LINE, aliases, longest)


def _choice(name: str, label: Promise, *aliases: str) -> Field:
    return Field(name, label, Kind.CHOICE, aliases)


FIELDS = (
    _choice("kind", _("Person, organisation or group"), "type", "stakeholder type", "party"),
    _line(
        "name",
        _("Name"),
        *("full name", "person", "contact", "contact name", "contact person", "display name"),
        *("stakeholder", "stakeholder name", "nom complet", "nombre completo"),
    ),
    _line("given_name", _("Given name"), "first name", "forename", "vorname", "prénom", "nombre"),
    _line("family_name", _("Family name"), "last name", "surname", "nachname", "nom", "apellido"),
    Field(
        "email",
        _("Mail address"),
        Kind.MAIL,
        ("e-mail", "mail", "email address", "e-mail address", "work email", "courriel", "correo"),
    ),
    Field(
        "phone",
        _("Phone"),
        Kind.PHONE,
        ("telephone", "phone number", "tel", "mobile", "work phone", "telefon", "téléphone"),
        longest=40,
    ),
    _line("title", _("Title of their post"), "title", "job title", "position", "post", "function"),
    Field(
        "department",
        _("Department"),
        Kind.DEPARTMENT,
        (
            "department code",
            "department name",
            "dept",
            "unit",
            "unit code",
            "division",
            "abteilung",
        ),
    ),
    _line(
        "organisation",
        _("Organisation"),
        *("organization", "company", "employer", "agency", "institution", "organisation name"),
        *("organization name", "firma", "entreprise", "empresa"),
    ),
    Field(
        "since",
        _("In the post since"),
        Kind.DAY,
        ("since", "from", "start date", "starts on", "in post since"),
    ),
    _choice("category", _("Category"), "stakeholder category", "stakeholder group", "kategorie"),
    Field(
        "owner",
        _("Relationship owner"),
        Kind.OWNER,
        ("owner", "owner email", "relationship manager", "account manager", "looked after by"),
    ),
    _choice(
        "channel", _("Preferred channel"), "contact method", "preferred contact", "how to reach"
    ),
    _choice(
        "cadence", _("How often to be in touch"), "frequency", "contact frequency", "how often"
    ),
    Field("tags", _("Tags"), Kind.TAGS, ("tag", "labels", "keywords"), longest=1000),
    Field(
        "contact",
        _("May be contacted"),
        Kind.YES_NO,
        ("consent", "contact permitted", "opt in", "permission", "can contact", "may contact"),
    ),
    _line("basis", _("How we know that they agreed"), "consent source", "basis", longest=300),
    _choice("organisation_kind", _("Kind of organisation"), "organisation type", "sector"),
    _line("description", _("Who belongs to the group"), "description", "members", longest=1000),
)
BY_NAME = {field.name: field for field in FIELDS}


def _by_header() -> dict[str, str]:
    """Return the field of each folded header; the first that is declared has it."""
    found: dict[str, str] = {}
    for field in FIELDS:
        for header in (field.name, str(field.label), *field.aliases):
            found.setdefault(folded(header), field.name)
    return found


def fields_of(headers: list[str]) -> list[str]:
    """Return the field that each of these columns holds by its name; each field is held once."""
    known = _by_header()  # by what the labels are in the language of whoever reads
    taken: set[str] = set()
    found = []
    for header in headers:
        field = known.get(folded(header), "")
        found.append("" if field in taken else field)
        taken.add(field)
    return found
