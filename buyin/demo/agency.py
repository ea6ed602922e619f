"""Fills an empty portal with the demo agency. Running it again changes nothing."""

import math
import random
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from buyin.accounts.models import Department, RoleAssignment, User
from buyin.features import DemoAgency
from buyin.initiatives.models import Initiative

from .city import CAST, DOMAIN, FAMILY_NAMES, GIVEN_NAMES, PASSWORD, PLANS, UNITS

SMALLEST = 6


@transaction.atomic
def build(*, people: int, seed: int, now: datetime) -> tuple[DemoAgency, bool]:
    """Make departments, people, roles and initiatives; return them and whether they are new."""
    is_new = not User.objects.filter(email=f"lead@{DOMAIN}").exists()
    if is_new:
        departments = _departments(people)
        _people(departments, random.Random(seed))  # noqa: S311 - names, not secrets
        _cast(departments)
        _initiatives(departments)
    return _agency(seed, now), is_new


def _agency(seed: int, now: datetime) -> DemoAgency:
    by_code = {d.code: d for d in Department.objects.filter(code__in=[u.code for u in UNITS])}
    by_name = {i.name: i for i in Initiative.objects.filter(name__in=[p.name for p in PLANS])}
    return DemoAgency(
        now=now,
        seed=seed,
        lead=User.objects.get(email=f"lead@{DOMAIN}"),
        staff=User.objects.get(email=f"staff@{DOMAIN}"),
        initiatives=[by_name[plan.name] for plan in PLANS],
        departments=by_code,
        moods={unit.code: unit.readiness for unit in UNITS},
        rates={unit.code: unit.rate for unit in UNITS},
    )


def _departments(people: int) -> dict[str, Department]:
    total = sum(unit.people for unit in UNITS)
    made: dict[str, Department] = {}
    for unit in UNITS:
        share = unit.people * people / total
        made[unit.code] = Department.objects.create(
            code=unit.code,
            name=unit.name,
            parent=made[unit.parent] if unit.parent else None,
            headcount=max(SMALLEST, math.floor(share + 0.5)),
        )
    return made


def _people(departments: dict[str, Department], rng: random.Random) -> None:
    """Make everybody but the cast, without a password: nobody signs in as them."""
    reserved: dict[str, int] = {}
    for _address, _name, code, _roles in CAST:
        reserved[code] = reserved.get(code, 0) + 1
    rows: list[User] = []
    for code, department in departments.items():
        for _ in range(department.headcount - reserved.get(code, 0)):
            given, family = rng.choice(GIVEN_NAMES), rng.choice(FAMILY_NAMES)
            address = f"{given}.{family}.{len(rows) + 1}@{DOMAIN}".lower()
            rows.append(
                User(
                    email=address,
                    name=f"{given} {family}",
                    department=department,
                    password=make_password(None),
                )
            )
    User.objects.bulk_create(rows, batch_size=500)
    heads = {}
    for person in User.objects.order_by("-pk"):
        heads[person.department_id] = person
    for department in departments.values():
        department.head = heads.get(department.pk)
    Department.objects.bulk_update(departments.values(), ["head"])


def _cast(departments: dict[str, Department]) -> None:
    known = make_password(PASSWORD)
    for address, name, code, roles in CAST:
        person = User.objects.create(
            email=f"{address}@{DOMAIN}",
            name=name,
            department=departments[code],
            password=known,
        )
        RoleAssignment.objects.bulk_create(
            RoleAssignment(person=person, role=role, department=departments.get(place or ""))
            for role, place in roles
        )


def _initiatives(departments: dict[str, Department]) -> None:
    lead = User.objects.get(email=f"lead@{DOMAIN}")
    for plan in PLANS:
        initiative = Initiative.objects.create(
            name=plan.name, summary=plan.summary, stage=plan.stage, lead=lead
        )
        initiative.departments.set([departments[code] for code in plan.departments])
