"""What the City of Fairhaven is made of. Every name here is invented."""

from dataclasses import dataclass

PASSWORD = "fairhaven-demo-only"  # noqa: S105 - printed on the first page of every trial copy
DOMAIN = "demo.example"


@dataclass(frozen=True)
class Unit:
    """A department of the city: its place in the tree, its size and how ready its people are.

    `readiness` holds the average answer from 0 to 100 for commitment, confidence, skills,
    resources and openness; `rate` is the share of people who answer a survey.
    """

    code: str
    name: str
    parent: str | None
    people: int
    readiness: tuple[int, int, int, int, int]
    rate: float


UNITS = (
    Unit("fairhaven", "City of Fairhaven", None, 14, (74, 66, 58, 60, 64), 0.86),
    Unit("permits", "Permits and licences", "fairhaven", 64, (58, 47, 33, 44, 52), 0.55),
    Unit("building-permits", "Building permits", "permits", 120, (57, 45, 29, 42, 51), 0.56),
    Unit("business-licences", "Business licences", "permits", 58, (61, 50, 36, 48, 55), 0.52),
    Unit("appeals", "Appeals desk", "permits", 6, (44, 40, 30, 38, 41), 0.67),
    Unit("benefits", "Benefits casework", "fairhaven", 400, (61, 50, 43, 46, 54), 0.74),
    Unit("transport", "Transport", "fairhaven", 92, (62, 60, 52, 62, 59), 0.46),
    Unit("signals", "Traffic signals", "transport", 9, (66, 62, 64, 60, 55), 0.56),
    Unit("health", "Public health", "fairhaven", 60, (64, 60, 55, 57, 58), 0.68),
    Unit("clinics", "Clinics", "health", 130, (62, 58, 53, 55, 57), 0.66),
    Unit("libraries", "Libraries", "fairhaven", 88, (70, 63, 58, 57, 61), 0.70),
    Unit("finance", "Finance", "fairhaven", 62, (72, 68, 62, 69, 58), 0.76),
    Unit("digital", "Data and digital", "fairhaven", 46, (81, 80, 83, 76, 72), 0.87),
    Unit("hr", "Human resources", "fairhaven", 51, (66, 59, 52, 61, 63), 0.72),
)

# Who signs in during a tour: address, name, department, roles as (role, department or None).
CAST = (
    ("staff", "Sam Okafor", "building-permits", ()),
    ("coordinator", "Carla Nunez", "permits", (("coordinator", "permits"),)),
    ("trainer", "Theo Lindqvist", "hr", (("trainer", None),)),
    ("moderator", "Mina Haddad", "libraries", (("moderator", None),)),
    ("lead", "Lena Brandt", "digital", (("lead", None),)),
    ("executive", "Evan Clarke", "fairhaven", (("executive", None),)),
    ("admin", "Ada Moreau", "digital", (("administrator", None),)),
)


@dataclass(frozen=True)
class Plan:
    """An AI initiative of the city."""

    name: str
    summary: str
    stage: str
    departments: tuple[str, ...]


PLANS = (
    Plan(
        "Permit triage assistant",
        "Sorts incoming permit applications by what is missing, so that complete ones are decided"
        " first. A case worker sees the reasons and decides.",
        "pilot",
        tuple(unit.code for unit in UNITS),
    ),
    Plan(
        "Benefits letter drafting",
        "Drafts letters to residents in plain language from the case file. The case worker checks"
        " and signs every letter.",
        "pre-deployment",
        ("benefits", "digital"),
    ),
    Plan(
        "Adaptive traffic signals",
        "Adjusts green phases at 40 crossings to the traffic that sensors count.",
        "deployed",
        ("transport", "signals"),
    ),
    Plan(
        "Reading suggestions",
        "Suggests books from what a reader has liked, only for readers who switch it on.",
        "idea",
        ("libraries",),
    ),
    Plan(
        "Meeting minutes",
        "Writes a first draft of minutes from a recording that everybody in the room agreed to.",
        "pilot",
        ("fairhaven", "hr", "finance", "digital"),
    ),
)

GIVEN_NAMES = tuple(
    word
    for line in (
        "Aisha Alan Amara Ana Anton Beatriz Ben Bilal Carmen Chen Chloe Dana Daniel Dara Elif",
        "Elena Emeka Erik Farah Felix Fiona Gabriel Grace Hana Hugo Ibrahim Ines Ivan Jana",
        "Jonas Jude Kaito Karin Kofi Lara Leo Lin Louis Maja Marco Maria Milan Nadia Nils",
        "Noor Oscar Paula Pavel Priya Quinn Rafael Rosa Ruth Sana Sofia Stefan Tara Tomas Uma",
        "Victor Wanda Yara Yusuf Zoe",
    )
    for word in line.split()
)
FAMILY_NAMES = tuple(
    word
    for line in (
        "Abbott Adeyemi Alvarez Andersen Bauer Becker Bell Bianchi Bose Carver Castro Cohen",
        "Dahl Diaz Dubois Ekwueme Evans Ferrari Fischer Fraser Garcia Gray Gupta Hansen",
        "Hassan Hill Ito Jansen Johnson Kaya Keller Khan Kim Kovacs Larsen Leclerc Lopez",
        "Mahmoud Martin Mensah Meyer Moore Murphy Nguyen Novak Olsen Ortiz Patel Petrov Quist",
        "Rahman Reyes Rossi Santos Schmidt Silva Singh Sousa Tanaka Taylor Torres Varga",
        "Walker Weber Wong Wright Yilmaz Young Zimmer",
    )
    for word in line.split()
)
