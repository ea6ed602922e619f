"""The fixed cast: one small agency and one person for each way of coming to the portal.

    Fairhaven
    ├── Public works      coordinator (for it and what is under it)
    │   ├── Roads         staff
    │   └── Parks
    └── Public health     neighbour: staff of another department
        └── Clinic

Trainer, moderator, lead, executive and administrator hold their role for the whole agency.
`deactivated` was an administrator and is still signed in when the account is closed.
"""

from dataclasses import dataclass, field

from buyin.accounts.models import Department, Role, RoleAssignment, User

PERSONAS = [
    "anonymous",
    "staff",
    "neighbour",
    "coordinator",
    "trainer",
    "moderator",
    "lead",
    "executive",
    "administrator",
    "deactivated",
]
DOMAIN = "fairhaven.example"
_HOMES = {
    "staff": ("roads", None),
    "neighbour": ("clinic", None),
    "coordinator": ("works", Role.COORDINATOR),
    "trainer": ("parks", Role.TRAINER),
    "moderator": ("health", Role.MODERATOR),
    "lead": ("city", Role.LEAD),
    "executive": ("city", Role.EXECUTIVE),
    "administrator": ("city", Role.ADMINISTRATOR),
    "deactivated": ("city", Role.ADMINISTRATOR),
}


@dataclass(frozen=True)
class Cast:
    """The departments by code and the people by persona; `cast.roads`, `cast.staff`."""

    departments: dict[str, Department] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Department | User:
        for group in (self.departments, self.people):
            if name in group:
                return group[name]
        raise AttributeError(name)


def make_departments() -> dict[str, Department]:
    """Write the tree of three levels and return it by code."""
    tree = [
        ("city", "Fairhaven", None, 20),
        ("works", "Public works", "city", 15),
        ("health", "Public health", "city", 25),
        ("roads", "Roads", "works", 40),
        ("parks", "Parks", "works", 30),
        ("clinic", "Clinic", "health", 50),
    ]
    made: dict[str, Department] = {}
    for level in (tree[:1], tree[1:3], tree[3:]):  # so that parents have their keys
        made |= {
            code: Department(code=code, name=name, parent=made.get(parent or ""), headcount=people)
            for code, name, parent, people in level
        }
        Department.objects.bulk_create(made[code] for code, *_rest in level)
    return made


def make_cast() -> Cast:
    """Write the agency and its people."""
    departments = make_departments()
    people = {
        persona: User(
            email=f"{persona}@{DOMAIN}",
            name=f"{persona.capitalize()} Persona",
            department=departments[home],
            password="!",
        )
        for persona, (home, _role) in _HOMES.items()
    }
    User.objects.bulk_create(people.values())
    RoleAssignment.objects.bulk_create(
        RoleAssignment(
            person=people[persona],
            role=role,
            department=departments[home] if role == Role.COORDINATOR else None,
        )
        for persona, (home, role) in _HOMES.items()
        if role
    )
    return Cast(departments=departments, people=people)
