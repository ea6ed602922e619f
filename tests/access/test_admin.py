"""What record keeping at /admin/ never shows."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group

from buyin.accounts.models import User

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
