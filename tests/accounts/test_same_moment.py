"""What two people do at the same moment. SQLite lets one writer in at a time, so it is not asked."""

from concurrent.futures import ThreadPoolExecutor
from copy import copy
from functools import partial
from threading import Barrier

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import connection

from buyin.accounts.actions import close_account, revoke_role
from buyin.accounts.models import (
    Department,
    Role,
    RoleAssignment,
    RosterFile,
    User,
    line_ids,
)
from tests.factories.accounts import PersonFactory, RoleFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite writes one after the other"),
]


def at_once(*actions):
    """Run the actions in threads that start together and return what they raised or returned."""
    start = Barrier(len(actions))

    def run(action):
        start.wait()
        try:
            return action()
        except ValidationError as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as threads:
        return list(threads.map(run, actions))


@pytest.fixture
def administrators(transactional_db):
    people = [PersonFactory(), PersonFactory()]
    for person in people:
        RoleFactory(person=person, role=Role.ADMINISTRATOR)
    return people


@pytest.mark.parametrize("_try", range(5))
def test_two_administrators_cannot_remove_each_other(administrators, _try):
    one, two = administrators
    two_as_seen_by_one, one_as_seen_by_two = map(copy, (two, one))
    assert one.held_roles  # both have been let in before either acts
    assert two.held_roles

    answers = at_once(
        lambda: revoke_role(actor=one, assignment=two_as_seen_by_one.role_assignments.get()),
        lambda: close_account(actor=two, person=one_as_seen_by_two),
    )

    assert sum(isinstance(answer, ValidationError) for answer in answers) == 1
    assert RoleAssignment.objects.filter(person__is_active=True).count() == 1
    assert User.objects.count() == 2


@pytest.mark.parametrize("_try", range(5))
def test_two_moves_at_once_make_no_circle(sign_in, cast, _try):
    browsers = [sign_in("administrator"), sign_in("administrator")]
    moves = [(cast.works, cast.health), (cast.health, cast.works)]

    answers = at_once(
        *(
            partial(
                browser.post,
                f"/people/departments/{moved.code}/edit/",
                {"name": moved.name, "code": moved.code, "parent": to.pk, "headcount": 9},
            )
            for browser, (moved, to) in zip(browsers, moves, strict=True)
        )
    )

    assert sorted(answer.status_code for answer in answers) == [200, 302]
    assert all(line_ids(d.pk)[-1] == cast.city.pk for d in Department.objects.all())


@pytest.mark.parametrize("_try", range(3))
def test_a_move_and_an_import_at_once_make_no_circle(sign_in, cast, _try):
    text = "code,name,parent\nhealth,Public health,works\n"
    kept = RosterFile.objects.create(kind="departments", text=text, uploaded_by=cast.administrator)
    browsers = [sign_in("administrator"), sign_in("administrator")]
    move = {"name": "Public works", "code": "works", "parent": cast.health.pk, "headcount": 9}

    at_once(
        partial(browsers[0].post, f"/people/import/{kept.pk}/"),
        partial(browsers[1].post, "/people/departments/works/edit/", move),
    )

    assert all(line_ids(d.pk)[-1] == cast.city.pk for d in Department.objects.all())


@pytest.mark.parametrize("text", ["code,name\nx,X\n", "email,name\nx@city.example,X\n"])
@pytest.mark.parametrize("files", [1, 2])
def test_a_list_that_is_confirmed_twice_at_once_is_imported_once(sign_in, cast, text, files):
    kind = "departments" if text.startswith("code") else "people"
    kept = [
        RosterFile.objects.create(kind=kind, text=text, uploaded_by=cast.administrator)
        for _ in range(files)
    ]
    browsers = [sign_in("administrator"), sign_in("administrator")]

    answers = at_once(
        partial(browsers[0].post, f"/people/import/{kept[0].pk}/"),
        partial(browsers[1].post, f"/people/import/{kept[-1].pk}/"),
    )

    assert [answer.status_code for answer in answers] == [302, 302]
    assert LogEntry.objects.filter(object_repr="X").count() == 1
    found_gone = [answer.url for answer in answers].count("/people/import/")
    assert found_gone == (1 if files == 1 else 0)
