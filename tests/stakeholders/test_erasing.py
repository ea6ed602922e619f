"""A person who is removed: the facts stay, and the name is in no table and no line of history."""

import json

import pytest
from django.apps import apps
from django.db.models import JSONField
from django.db.models.fields import CharField, TextField

from buyin.accounts.models import SecurityEvent
from buyin.stakeholders.actions import assess, note_engagement
from buyin.stakeholders.actions.erasing import place_hold
from buyin.stakeholders.models import (
    Assessment,
    Commitment,
    Engagement,
    ImportChange,
    ImportedRow,
    ImportRun,
    Interest,
    MergeRecord,
    Participation,
    Person,
    Removal,
    Stakeholder,
)
from tests.factories.initiatives import InitiativeFactory
from tests.factories.merging import DAY, FACTS, make_twins, merged, note
from tests.factories.stakeholders import ContactFactory, StakeholderFactory

NAMES = ("Zoé Quuxwort", "Quuxwort", "zoe.q@example.org", "0815 4711 99", "Zoé Quuxworth")


@pytest.fixture
def zoe(cast):
    person = ContactFactory(name=NAMES[0], email=NAMES[2], phone=NAMES[3])
    return StakeholderFactory(name=NAMES[0], person=person, department=cast.roads)


def erase(client, one):
    return client.post(f"/stakeholders/{one.pk}/erase/", {"is_asked_for": "on"}, follow=True)


def found_anywhere():
    """Return each column of the database in which one of the names stands."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if not isinstance(field, CharField | TextField | JSONField):
                continue
            for said in model._base_manager.values_list(field.attname, flat=True):
                text = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
                if any(name.lower() in text.lower() for name in NAMES):
                    found.add(f"{model.__name__}.{field.name}")
    return found


def noted_everywhere(sign_in, cast, zoe):
    """Let the name be written wherever it can be."""
    initiative = InitiativeFactory(departments=[cast.roads])
    boss = StakeholderFactory(name="Bo Boss", department=cast.roads)
    for number, kind in enumerate(FACTS):
        note((kind, 2 * number), zoe, boss, boss, initiatives=[initiative], cast=cast)
    about = Interest.objects.get(stakeholder=zoe)
    assess(
        actor=cast.lead, about=about, current=2, rationale=f"{NAMES[0]} said so", evidence="Mail"
    )
    note_engagement(
        actor=cast.lead, participants=[zoe, boss], kind="call", day=DAY,
        summary=f"Quuxwort (call {NAMES[3]}) fears the night shift. Bo Boss listened.",
    )  # fmt: skip
    client = sign_in("lead")
    client.post(f"/stakeholders/{zoe.pk}/consent/", {"kind": "given", "basis": f"By {NAMES[2]}"})
    twin = StakeholderFactory(name=NAMES[4], department=cast.roads)
    client.post(f"/stakeholders/{twin.pk}/edit/", {"name": "Zoé Quuxworth", "category": "it"})
    merged(cast.lead, zoe, twin, name="absorbed")
    return boss


def test_the_name_is_nowhere_afterwards_and_the_facts_are(sign_in, cast, zoe):
    boss = noted_everywhere(sign_in, cast, zoe)
    met = Engagement.objects.get(summary__contains="night shift")
    before = {model: model.objects.count() for model in (Assessment, Engagement, Commitment)}
    taken = Participation.objects.filter(stakeholder=zoe).count()
    assert {"Person.name", "Assessment.rationale", "Engagement.summary", "LogEntry.changes",
            "MergeRecord.snapshot", "ConsentEvent.basis"} <= found_anywhere()  # fmt: skip

    answer = erase(sign_in("administrator"), zoe)

    assert "Removed. This is the certificate." in answer.text
    assert found_anywhere() == set()
    assert {model: model.objects.count() for model in before} == before
    assert Participation.objects.filter(stakeholder=zoe).count() == taken
    assert {one.name for one in Stakeholder.objects.exclude(pk=boss.pk)} == {"Removed person"}
    assert "fears the night shift. Bo Boss listened." in Engagement.objects.get(pk=met.pk).summary
    assert not zoe.relations_from.exists()
    assert not zoe.raci.exists()
    assert not zoe.person.posts.exists()


def test_what_is_told_of_an_import_is_without_the_name(sign_in, cast, zoe):
    run = ImportRun.objects.create(
        name="people.csv", state="done", left_out=f"Row,Why\n3,{NAMES[0]} twice",
        doubts=[{"name": NAMES[0], "mail": NAMES[2]}],
    )  # fmt: skip
    ImportedRow.objects.create(run=run, stakeholder=zoe, digest="x")
    ImportChange.objects.create(
        run=run, stakeholder=zoe, row=3, name=NAMES[0], after={"name": NAMES[0]}
    )
    assert {"ImportChange.after", "ImportRun.doubts", "ImportRun.left_out"} <= found_anywhere()

    erase(sign_in("administrator"), zoe)

    assert found_anywhere() == set()
    run.refresh_from_db()
    assert run.left_out == "Row,Why\n3,[…] twice"
    assert not ImportChange.objects.exists()


def test_a_certificate_says_how_much_and_not_who(sign_in, cast, zoe):
    noted_everywhere(sign_in, cast, zoe)

    text = erase(sign_in("administrator"), zoe).text

    removal = Removal.objects.get()
    assert (removal.basis, removal.keep_days, removal.approved_by) == (
        "wish",
        None,
        cast.administrator,
    )
    assert removal.counts["stakeholders.post"] == 1
    assert removal.counts["stakeholders.consentevent"] == 2
    assert removal.counts["auditlog.logentry"] > 0
    assert "At their own wish" in text
    event = SecurityEvent.objects.filter(kind="erased").get()
    assert (event.actor, event.detail) == (cast.administrator, f"Stakeholder {zoe.pk}")


def test_who_was_removed_is_in_no_list_and_has_no_page(sign_in, cast, zoe):
    client = sign_in("administrator")
    erase(client, zoe)

    assert client.get(f"/stakeholders/{zoe.pk}/").status_code == 404
    assert "Removed person" not in client.get("/stakeholders/?state=all").text
    assert client.get("/api/v1/stakeholders/").json()["count"] == 0
    assert erase(client, zoe).status_code == 404


def test_where_they_took_part_somebody_took_part(sign_in, cast, zoe):
    met = note_engagement(
        actor=cast.lead, participants=[zoe], kind="call", day=DAY, summary="Spoke"
    )
    erase(sign_in("administrator"), zoe)

    assert "Removed person" in sign_in("lead").get(f"/stakeholders/log/{met.pk}/").text


def test_a_merge_with_who_was_removed_cannot_be_undone(sign_in, cast):
    one, other = make_twins(cast.roads)
    record = merged(cast.lead, one, other)
    client = sign_in("administrator")
    erase(client, one)

    answer = client.post(f"/stakeholders/merges/{record.pk}/undo/", follow=True)

    assert "has been removed" in answer.text
    assert MergeRecord.objects.get().undone_at is None
    assert Stakeholder.objects.get(pk=other.pk).merged_into == one


def test_who_did_not_ask_or_has_an_open_account_is_not_removed(sign_in, cast, zoe):
    client = sign_in("administrator")

    silent = client.post(f"/stakeholders/{zoe.pk}/erase/", {"else": "x"})
    Person.objects.filter(pk=zoe.person_id).update(user=cast.staff)
    account = erase(client, zoe)

    assert set(silent.context["form"].errors) == {"is_asked_for"}
    assert "has an account that is open. Close it" in account.text
    assert not Removal.objects.exists()


def test_words_that_only_contain_a_part_of_the_name_stay(sign_in, cast):
    person = ContactFactory(name="Al Ann")
    ann = StakeholderFactory(name="Al Ann", person=person)
    note_engagement(
        actor=cast.lead, participants=[ann], kind="call", day=DAY,
        summary="Ann and Anna plan. Also Al Ann planned.",
    )  # fmt: skip

    erase(sign_in("administrator"), ann)

    assert Engagement.objects.get().summary == "[…] and Anna plan. Also […] planned."


def test_of_who_is_held_the_page_says_so_and_offers_no_removal(sign_in, cast, zoe):
    place_hold(actor=cast.administrator, stakeholder=zoe, reason="Lawsuit 7")

    page = sign_in("administrator").get(f"/stakeholders/{zoe.pk}/erase/").text

    assert "Lawsuit 7" in page
    assert f'href="/stakeholders/{zoe.pk}/hold/"' in page
    assert "is_asked_for" not in page
