"""What record keeping at /admin/ never shows."""

from datetime import date

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.forms.models import model_to_dict

from buyin.accounts.actions import record_event
from buyin.accounts.models import EventKind, User
from tests.access.world import engagement_of
from tests.factories.benefits import evidence_of
from tests.factories.commitments import make_commitment
from tests.factories.impact import make_impact
from tests.factories.initiatives import (
    InitiativeFactory,
    make_agreement,
    make_change,
    make_goal,
    make_milestone,
    make_update,
)
from tests.factories.records import make_record, publish
from tests.factories.stakeholders import make_one_of_each

ADMINISTRATORS = {"administrator", "deactivated"}  # the latter until the account is closed

HIDDEN = {"response", "bufferedresponse", "draft", "anonymousdraft", "participation", "signature"}


def test_answers_and_keys_to_doors_are_not_in_the_record_keeping():
    registered = {model._meta.model_name for model in admin.site._registry}

    assert not registered & (HIDDEN | {"authenticator", "emailaddress", "message", "rosterfile"})
    assert Group not in admin.site._registry


def test_the_record_keeping_shows_people_without_passwords(sign_in, cast):
    answer = sign_in("administrator").get(f"/admin/accounts/user/{cast.staff.pk}/change/")

    assert answer.status_code == 200
    assert "password" not in answer.text.lower().replace("password_change", "").replace(
        "change password", ""
    )


@pytest.mark.parametrize(
    "filter_", ["password__startswith=argon2", "email__regex=.", f"pk__in={10**30}"]
)
def test_the_record_keeping_filters_people_by_nothing_that_is_not_beside_the_list(sign_in, filter_):
    answer = sign_in("administrator").get(f"/admin/accounts/user/?{filter_}")

    assert answer.status_code == 400


@pytest.mark.parametrize("filter_", ["is_active__exact=1", "role_assignments__role__exact=lead"])
def test_the_filters_beside_the_list_of_people_work(sign_in, filter_):
    answer = sign_in("administrator").get(f"/admin/accounts/user/?{filter_}")

    assert answer.status_code == 200
    assert "lead@" in answer.text


def test_a_password_alone_does_not_open_the_record_keeping(client, cast):
    cast.administrator.set_password("a long enough passphrase")
    User.objects.bulk_update([cast.administrator], ["password"])

    answer = client.post(
        "/admin/login/",
        {"username": cast.administrator.email, "password": "a long enough passphrase"},
    )

    assert answer.url.startswith("/accounts/login/")
    assert "_auth_user_id" not in client.session


def test_the_record_keeping_changes_no_password_past_the_page_that_notes_it(sign_in, cast):
    old = "a long enough passphrase"
    cast.administrator.set_password(old)
    cast.administrator.save()
    new = dict.fromkeys(["new_password1", "new_password2"], "another long passphrase")

    answer = sign_in("administrator").post("/admin/password_change/", {"old_password": old, **new})

    assert answer.url == "/accounts/password/change/"
    cast.administrator.refresh_from_db()
    assert cast.administrator.check_password(old)


def test_the_record_keeping_writes_nothing_past_the_actions(sign_in, cast):
    evidence_of(InitiativeFactory(name="Pothole finder", lead=cast.lead), owner=cast.lead)
    publish(make_record())
    make_impact(InitiativeFactory(name="Letter reader"))
    record_event(kind=EventKind.EXPORTED, actor=cast.lead)
    interest = make_one_of_each(cast.roads)
    make_commitment(initiative=interest.initiative, stakeholder=interest.stakeholder)
    engagement_of(cast)
    make_one_of_life(interest.initiative, cast)
    client = sign_in("administrator")

    for model in admin.site._registry:
        rows = model._base_manager.order_by("pk")
        before = list(rows.values())
        places = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        row = f"{places}{before[0]['id']}/"
        form = {"name": "Another", "post": "yes", **_typed(rows[0])}

        assert client.get(places).status_code == 200
        assert client.get(f"{row}change/").status_code == 200
        for address in (f"{places}add/", f"{row}delete/"):
            assert client.get(address).status_code == 403
        for address in (f"{places}add/", f"{row}change/", f"{row}delete/"):
            assert client.post(address, form).status_code == 403
        chosen = [row["id"] for row in before]
        client.post(places, {**form, "action": "delete_selected", "_selected_action": chosen})
        assert list(rows.values()) == before


def make_one_of_life(initiative, cast):
    """Write one of everything that is planned and told of an initiative."""
    make_change(initiative, "idea", "pilot", day=date(2026, 6, 1))
    make_milestone(initiative, due=date(2026, 12, 18))
    make_update(initiative)
    make_goal(initiative, cast.roads, cast.parks)
    make_agreement(initiative, cast.roads, cast.parks)


def _typed(row):
    return {name: text for name, text in model_to_dict(row).items() if isinstance(text, str | int)}


def test_the_record_keeping_looks_for_initiatives_and_shows_them(sign_in, cast):
    found = InitiativeFactory(name="Pothole finder", lead=cast.lead, departments=[cast.roads])
    InitiativeFactory(name="Letter reader")
    client = sign_in("administrator")

    listed = client.get("/admin/initiatives/initiative/?q=pothole")
    shown = client.get(f"/admin/initiatives/initiative/{found.pk}/change/")

    assert "Pothole finder" in listed.text
    assert "Letter reader" not in listed.text
    assert "Roads" in shown.text


def test_who_is_no_administrator_may_do_nothing_in_the_record_keeping(cast):
    closed = User.objects.get(pk=cast.administrator.pk)
    closed.is_active = False
    others = [cast.people[name] for name in cast.people if name not in ADMINISTRATORS]

    assert cast.administrator.has_perm("accounts.view_user")
    for person in (*others, closed):
        assert not person.has_perm("accounts.view_user"), person
        assert not person.has_module_perms("accounts"), person
