"""Whoever holds a database dump must not be able to tie an anonymous answer to a person.

The attacker knows who has answered and in which order, has a real pg_dump and may query the live
database with its system columns. Answers carry a canary that names their author, so that every
right guess is counted.
"""

import os
import random
import subprocess
import uuid
from collections import Counter, defaultdict
from itertools import pairwise

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from buyin.accounts.models import User
from surveys import actions, tasks
from surveys.answers import Edit, Typed
from surveys.models import BufferedResponse, Participation, Response
from surveys.queries.invariants import broken_rules
from tests.factories.accounts import DepartmentFactory
from tests.factories.surveys import make_filling, make_wave
from tests.services import postgres_folder

from .test_fill import fill_first_page, press

on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="pg_dump and xmin need PostgreSQL"
)
SMALLEST = 10
SIZES = {"roads": 60, "parks": 45, "clinic": 33, "office": 27, "forest": 14, "harbour": 9}
SIZES |= {"archive": 6, "mayor": 4, "zoo": 2}


@pytest.fixture
def _unordered_rows_come_shuffled():
    """Leave rows in the order of the database: shuffling is what is tested here."""


@pytest.fixture
def wave(settings):
    settings.SMALLEST_GROUP = SMALLEST
    top = DepartmentFactory(code="city")
    branches = [DepartmentFactory(code=code, parent=top) for code in ("works", "people")]
    leaves = [
        DepartmentFactory(code=code, parent=branches[number % 2])
        for number, code in enumerate(SIZES)
    ]
    for department in leaves:
        User.objects.bulk_create(
            User(email=f"{department.code}{n}@fairhaven.example", department=department)
            for n in range(SIZES[department.code])
        )
    return make_wave(*leaves)


def answer(wave, person):
    typed: Typed = {"useful": "4", "told": "2", "more": f"canary-{person.pk}"}
    filling = make_filling(wave, person, secret=uuid.uuid4().hex)
    actions.save_page(filling=filling, edit=Edit(shown={}, typed=typed))
    actions.submit(filling=filling, edit=Edit(shown={}, typed={}), receipt=uuid.uuid4())


def everybody_answers(wave):
    """Let 200 people answer in random order, with several flushes in between."""
    people = list(User.objects.filter(department__in=wave.groups.values("department")))
    random.shuffle(people)
    for number, person in enumerate(people, 1):
        answer(wave, person)
        if number % 23 == 0:
            tasks.flush_anonymous()
    return people


def dump(table):
    """Return the rows of a table as pg_dump writes them, in its order."""
    database = connection.settings_dict
    folder = postgres_folder()
    assert folder
    result = subprocess.run(
        [folder / "pg_dump", "--data-only", "-t", table, "-d", database["NAME"]],
        env={
            **os.environ,
            "PGHOST": database["HOST"],
            "PGPORT": str(database["PORT"]),
            "PGUSER": database["USER"],
        },
        capture_output=True,
        text=True,
        check=True,
    )
    head, _, rest = result.stdout.partition(" FROM stdin;\n")
    columns = head[head.rindex("(") + 1 : head.rindex(")")].split(", ")
    lines = ("\n" + rest).partition("\n\\.\n")[0].split("\n")[1:]
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in lines]


def canary_of(answers):
    return int(answers.rpartition("canary-")[2].split('"')[0])


def guesses_by_order():
    """Pair the rows of both tables within each department, in the order of the dump."""
    people, answers = defaultdict(list), defaultdict(list)
    homes = {
        str(group): str(home or group)
        for group, home in connection_rows(
            "select department_id, merged_into_id from surveys_wavedepartment"
        )
    }
    for row in dump("surveys_participation"):
        if row["is_sealed"] == "t":
            people[homes[row["department_id"]]].append(int(row["person_id"]))
    for row in dump("surveys_response"):
        answers[row["department_id"]].append(canary_of(row["answers"]))
    homes_of_answers = set(answers)
    right = sum(
        person == author
        for home in homes_of_answers
        for person, author in zip(people[home], answers[home], strict=False)
    )
    return right, len(homes_of_answers)


def guesses_by_moment(people):
    """Count answers that still stand behind the one given before them, within each department.

    The attacker saw who answered when: where that order is kept, it tells whose each answer is.
    """
    answers = defaultdict(list)
    for row in dump("surveys_response"):
        answers[row["department_id"]].append(canary_of(row["answers"]))
    moments = {person.pk: number for number, person in enumerate(people)}
    right = 0
    for authors in answers.values():
        given = sorted(authors, key=moments.__getitem__)
        right += len({*pairwise(given)} & {*pairwise(authors)})
    return right, len(answers)


def assert_no_better_than_chance(right, groups):
    """Chance alone gives one right guess a group; twenty more are as good as impossible."""
    assert right <= groups + 20


def connection_rows(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def candidates_by_transaction():
    """Return for each person the answers that were written by the same transaction."""
    pairs = connection_rows(
        "select p.person_id, r.answers->>'more', r.department_id from surveys_participation p"
        " join surveys_response r on p.xmin::text = r.xmin::text and p.wave_id = r.wave_id"
    )
    candidates: dict[int, dict[int, set]] = defaultdict(lambda: defaultdict(set))
    for person, canary, department in pairs:
        candidates[person][department].add(canary)
    return candidates


@pytest.mark.services
@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_nobody_is_tied_to_an_answer_by_a_dump_or_the_live_database(wave):
    people = everybody_answers(wave)
    assert len(people) == 200
    assert Response.objects.count() > 100
    assert BufferedResponse.objects.count() > 0
    sealed = Participation.objects.filter(is_sealed=True).values_list("person_id", flat=True)
    candidates = candidates_by_transaction()
    assert set(candidates) == set(sealed)
    assert all(min(map(len, sets.values())) >= SMALLEST for sets in candidates.values())
    assert_no_better_than_chance(*guesses_by_order())
    assert_no_better_than_chance(*guesses_by_moment(people))

    actions.close_wave(wave=wave.pk, by=None)

    assert_no_better_than_chance(*guesses_by_order())
    assert_no_better_than_chance(*guesses_by_moment(people))
    candidates = candidates_by_transaction()
    assert len(candidates) == 200
    assert all(min(map(len, sets.values())) >= SMALLEST for sets in candidates.values())
    assert min(Counter(Response.objects.values_list("department", flat=True)).values()) >= SMALLEST
    assert {row["week"] for row in dump("surveys_response")} == {
        Response.objects.values_list("week", flat=True)[0]
    }
    assert dump("surveys_bufferedresponse") == []
    assert dump("surveys_anonymousdraft") == []
    assert broken_rules() == []


def test_no_column_of_an_answer_tells_a_person_an_address_or_a_time():
    telling = (
        models.DateField,
        models.TimeField,
        models.DurationField,
        models.GenericIPAddressField,
        models.AutoField,
        models.BigAutoField,
    )
    for model in (Participation, BufferedResponse, Response):
        kinds = [field.name for field in model._meta.local_fields if isinstance(field, telling)]
        assert kinds == [], model


def test_no_path_of_keys_leads_from_an_answer_to_a_person_but_to_those_who_ask():
    user = apps.get_model(django_settings.AUTH_USER_MODEL)
    allowed = {("accounts.department", "head"), ("initiatives.initiative", "lead")}
    allowed |= {("surveys.survey", name) for name in ("owner", "edited_by")}

    found, seen = set(), set()
    queue: list[type[models.Model]] = [Response, BufferedResponse]
    while queue:
        model = queue.pop()
        if model in seen:
            continue
        seen.add(model)
        for field in model._meta.local_fields:
            target = field.related_model
            if target is user:
                found.add((model._meta.label_lower, field.name))
            elif isinstance(target, type):
                queue.append(target)

    assert found <= allowed


@pytest.mark.parametrize("anonymity", ["anonymous", "confidential", "named"])
def test_what_fails_for_the_second_of_two_sends_holds_no_answers(sign_in, cast, anonymity):
    """PostgreSQL writes a statement that failed into its log, with all that stands in it."""
    wave = make_wave(cast.roads, anonymity=anonymity)
    staff = sign_in("staff")
    fill_first_page(staff, wave)

    with CaptureQueriesContext(connection) as captured:
        press(staff, wave, 2, "submit", q_more="canary")

    receipt = Participation.objects.get().receipt
    sent = [query["sql"] for query in captured.captured_queries]
    [noted] = [sql for sql in sent if str(receipt) in sql or receipt.hex in sql]
    assert any("canary" in sql for sql in sent)
    assert "canary" not in noted
