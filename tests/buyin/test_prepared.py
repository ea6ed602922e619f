"""Queries that are put into words once: the same rows, the same refusals, on both databases."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from django.db.utils import OperationalError
from django.test.utils import CaptureQueriesContext

from buyin.accounts.identity import PersonBackend
from buyin.accounts.models import Role, RoleAssignment, User
from buyin.prepared import (
    Prepared,
    PreparedDelete,
    PreparedInsert,
    PreparedUpdate,
    write_in_turn,
)
from surveys.models import Draft, Participation, Response, Signature
from tests.factories.accounts import DepartmentFactory, PersonFactory
from tests.factories.surveys import make_wave

on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="only PostgreSQL plans statements ahead"
)


def forget_statements() -> None:
    vars(connections["default"])["_named"].clear()


def _by_name(name: str, least: int) -> Any:
    people = User.objects.filter(name=name, pk__gte=least).order_by("pk")
    return people.values_list("pk", "name", "created_at", "is_active")


@pytest.mark.django_db
def test_a_prepared_query_gives_what_the_query_gives_for_each_value():
    ada, eve = PersonFactory(name="Ada"), PersonFactory(name="Eve")
    other_ada = PersonFactory(name="Ada")
    query = Prepared(_by_name, name=str, least=int)
    for name, least in [("Ada", 0), ("Eve", 0), ("Ada", other_ada.pk), ("100 % 'x", 0)]:
        expected = [list(row) for row in _by_name(name, least)]
        assert list(query.rows(name=name, least=least)) == expected
    assert next(query.rows(name="Eve", least=0))[0] == eve.pk
    assert next(query.rows(name="Ada", least=0))[0] == ada.pk
    assert query.first(name="Nobody", least=0) is None


@pytest.mark.django_db
def test_the_person_of_a_session_comes_with_their_roles_in_one_query(django_assert_num_queries):
    permits = DepartmentFactory()
    person = PersonFactory(department=permits)
    RoleAssignment.objects.create(person=person, role=Role.LEAD)
    RoleAssignment.objects.create(person=person, role=Role.TRAINER, department=permits)
    with django_assert_num_queries(1):
        found = PersonBackend().get_user(person.pk)
        assert found == person
        assert found.holds(Role.LEAD)
        assert not found.holds(Role.TRAINER)
        assert found.has_role(Role.TRAINER)
    assert found.department == permits


@pytest.mark.django_db
def test_nobody_is_found_for_a_closed_account_or_an_unknown_id():
    person = PersonFactory(is_active=False)
    assert PersonBackend().get_user(person.pk) is None
    assert PersonBackend().get_user(person.pk + 1) is None


def _participation(wave, person) -> Participation:
    return Participation(
        wave=wave, person=person, department=person.department, receipt=uuid.uuid4()
    )


@pytest.mark.django_db
def test_a_prepared_insert_writes_the_row_and_a_second_one_is_refused():
    person = PersonFactory(department=DepartmentFactory())
    wave = make_wave(person.department)
    insert = PreparedInsert(Participation)
    row = _participation(wave, person)
    insert.write(row)
    stored = Participation.objects.get()
    assert (stored.pk, stored.receipt, stored.is_sealed) == (row.pk, row.receipt, False)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert.write(_participation(wave, person))
    insert.write(_participation(wave, PersonFactory(department=person.department)))
    assert Participation.objects.count() == 2


def _draft(wave, text) -> Draft:
    person = PersonFactory(department=PersonFactory().department)
    return Draft.objects.create(wave=wave, person=person, typed={"wish": text}, saves={"1": 1})


@pytest.mark.django_db
def test_a_prepared_update_writes_these_fields_of_this_row_only():
    wave = make_wave(DepartmentFactory())
    first, second = _draft(wave, "Bread"), _draft(wave, "Soup")
    update = PreparedUpdate(Draft, "typed", "saves")
    for text in ("100 % 'x", "Tea"):
        first.typed, first.saves, first.touched_on = {"wish": text}, {"1": 2}, dt.date(2020, 1, 1)
        update.write(first)
        stored = Draft.objects.get(pk=first.pk)
        assert (stored.typed, stored.saves) == ({"wish": text}, {"1": 2})
        assert stored.touched_on != first.touched_on
    assert Draft.objects.get(pk=second.pk).typed == {"wish": "Soup"}


@pytest.mark.django_db
def test_a_prepared_update_of_a_row_that_is_gone_is_refused():
    draft = _draft(make_wave(DepartmentFactory()), "Bread")
    Draft.objects.all().delete()
    with pytest.raises(DatabaseError, match="not there"), transaction.atomic():
        PreparedUpdate(Draft, "typed").write(draft)


@pytest.mark.django_db
def test_a_prepared_deletion_takes_this_row_only_and_a_second_one_nothing():
    wave = make_wave(DepartmentFactory())
    first, second, third = (_draft(wave, text) for text in ("Bread", "Soup", "Tea"))
    end = PreparedDelete(Draft)
    for row in (first, second, first):
        end.write(row)
    assert list(Draft.objects.all()) == [third]


@on_postgresql
@pytest.mark.django_db
def test_a_statement_that_failed_at_first_is_planned_again():
    person = PersonFactory(department=DepartmentFactory())
    wave = make_wave(person.department)
    _participation(wave, person).save()
    insert = PreparedInsert(Participation)
    forget_statements()
    with pytest.raises(IntegrityError), transaction.atomic():
        insert.write(_participation(wave, person))
    insert.write(_participation(wave, PersonFactory(department=person.department)))
    assert Participation.objects.count() == 2


@on_postgresql
@pytest.mark.django_db
def test_a_row_that_is_refused_again_and_again_leaves_one_statement_on_the_server():
    person = PersonFactory(department=DepartmentFactory())
    wave = make_wave(person.department)
    _participation(wave, person).save()
    insert = PreparedInsert(Participation)
    forget_statements()

    def kept() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_prepared_statements")
            return int(cursor.fetchone()[0])

    before = kept()
    for _time in range(3):
        with pytest.raises(IntegrityError), transaction.atomic():
            insert.write(_participation(wave, person))
    assert kept() == before + 1


@on_postgresql
@pytest.mark.django_db
def test_the_server_plans_a_statement_once_unless_a_pooler_stands_between(monkeypatch):
    person = PersonFactory(name="Ada")
    query = Prepared(_by_name, name=str, least=int)

    def sent() -> str:
        with CaptureQueriesContext(connection) as captured:
            assert next(query.rows(name="Ada", least=0))[0] == person.pk
        return captured.captured_queries[-1]["sql"]

    forget_statements()
    first, second = sent(), sent()
    assert first.startswith("PREPARE")
    assert second.startswith("EXECUTE")
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    assert sent().startswith("SELECT")


@on_postgresql
@pytest.mark.django_db
def test_a_session_that_a_pooler_passes_on_never_answers_with_another_statement():
    mine: Any = connections.create_connection("default")
    other: Any = connections.create_connection("default")
    try:
        with mine.cursor() as cursor:
            mine.ask(cursor, ("SELECT %s::int + 1", [1]))
        with other.cursor() as cursor:
            other.ask(cursor, ("SELECT %s::int + 2", [1]))
        mine.connection, other.connection = other.connection, mine.connection
        with mine.cursor() as cursor, pytest.raises(DatabaseError):
            mine.ask(cursor, ("SELECT %s::int + 1", [1]))
    finally:
        mine.close()
        other.close()


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_lost_connection_is_seen_before_it_is_used_and_replaced():
    person = PersonFactory(name="Ada")
    query = Prepared(_by_name, name=str, least=int)
    assert next(query.rows(name="Ada", least=0))[0] == person.pk
    assert connection.is_usable()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    second = connections.create_connection("default")
    with second.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    second.close()
    assert not connection.is_usable()
    connection.errors_occurred = True  # as after a failed statement; else only a request looks
    connection.close_if_unusable_or_obsolete()
    assert next(query.rows(name="Ada", least=0))[0] == person.pk


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_locked_row_stays_locked_until_the_transaction_ends():
    person = PersonFactory(name="Ada")
    query = Prepared(_by_name, name=str, least=int, lock="FOR UPDATE NOWAIT")
    second = connections.create_connection("default")
    change = "UPDATE accounts_user SET name = 'Eve' WHERE id = %s"
    try:
        with transaction.atomic():
            assert query.first(name="Ada", least=0)
            with second.cursor() as cursor:
                cursor.execute("SET lock_timeout = '100ms'")
                with pytest.raises(OperationalError):
                    cursor.execute(change, [person.pk])
        with second.cursor() as cursor:
            cursor.execute(change, [person.pk])
    finally:
        second.close()
    person.refresh_from_db()
    assert person.name == "Eve"


def _rows(wave, person) -> list[Any]:
    return [
        PreparedInsert(Participation).statement(_participation(wave, person)),
        PreparedDelete(Draft).statement(Draft.objects.get(person=person)),
    ]


@pytest.mark.django_db
def test_rows_that_are_written_in_turn_are_all_written_the_second_time_as_well():
    wave = make_wave(DepartmentFactory())
    people = [_draft(wave, text).person for text in ("100 % 'x", "Soup")]
    for person in people:
        write_in_turn(*_rows(wave, person))
    assert not Draft.objects.exists()
    assert {row.person for row in Participation.objects.all()} == set(people)


@pytest.mark.django_db
def test_of_rows_that_are_written_in_turn_the_first_error_stops_all():
    wave = make_wave(DepartmentFactory())
    person = _draft(wave, "Bread").person
    _participation(wave, person).save()
    for _time in range(2):
        with pytest.raises(IntegrityError), transaction.atomic():
            write_in_turn(*_rows(wave, person))
    assert Draft.objects.count() == 1
    assert Participation.objects.count() == 1


@on_postgresql
@pytest.mark.django_db
@pytest.mark.parametrize("is_pooled", [False, True])
def test_rows_that_are_written_in_turn_go_to_the_server_by_one_trip(is_pooled, monkeypatch):
    wave = make_wave(DepartmentFactory())
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", is_pooled)
    for _time in range(2):
        rows = _rows(wave, _draft(wave, "Bread").person)
        with CaptureQueriesContext(connection) as captured:
            write_in_turn(*rows)
        [sent] = captured.captured_queries
    assert sent["sql"].count("EXECUTE") == (0 if is_pooled else 2)
    assert not Draft.objects.exists()


@pytest.mark.django_db
def test_what_the_database_fills_in_is_left_to_it():
    wave = make_wave(DepartmentFactory())
    response = Response.objects.create(wave=wave, answers={}, week="2026-W40")
    insert = PreparedInsert(Signature)
    write_in_turn(insert.statement(Signature(response=response, person=PersonFactory())))
    assert Signature.objects.get().submitted_at is not None
