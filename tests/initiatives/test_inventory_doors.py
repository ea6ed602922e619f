"""The pages of inventories at their edges: what is typed wrongly, sent twice, empty or too much."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from buyin.initiatives import tasks
from buyin.initiatives.actions import (
    bring_on,
    confirm_inventory,
    inventories,
    keep_inventory,
    map_inventory,
)
from buyin.initiatives.models import (
    Initiative,
    InventoryImport,
    InventorySource,
    SystemRecord,
)
from buyin.tables.columns import Learned
from buyin.uploads import KEPT, MOST_TRIES

pytestmark = pytest.mark.django_db
LIST = reverse("initiatives:imports")
PLAIN = "Use Case ID,Use Case Name,Benefits\nX-1,Sorter,Faster\n"
ODD = "Tool,Office of things,Use Case Name,Stage of Development\nx,y,Sorter,Sandbox\n"
State = InventoryImport.State


def upload(client, text=PLAIN, name="a.csv", **more) -> Any:
    file = SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())
    return client.post(LIST, {"file": file, **more})


def at(name, run):
    return reverse(f"initiatives:import-{name}", args=[run.pk])


def newest() -> Any:
    return InventoryImport.objects.latest("pk")


def words(answer):
    """Return the text of a page with one blank for each run of blanks."""
    return " ".join(answer.text.split())


@pytest.fixture
def lead(sign_in):
    return sign_in("lead")


def test_a_portal_without_imports_says_so(lead):
    assert "Nothing yet." in words(lead.get(LIST))


def test_without_a_file_it_is_asked_for_and_what_was_typed_stays(lead):
    page = lead.post(LIST, {"source": "State of Ohio"})

    assert "Choose a file." in words(page)
    assert 'value="State of Ohio"' in page.text
    assert not InventoryImport.objects.exists()


@pytest.mark.parametrize(("source", "said"), [("x" * 201, "200"), ("Ohio\u202e", "U+202E")])
def test_a_source_that_cannot_be_kept_is_named_and_nothing_is_read(lead, source, said):
    page = upload(lead, source=source)

    assert page.status_code == 200
    assert said in page.text
    assert not InventoryImport.objects.exists()


def test_who_may_not_bring_inventories_in_any_more_brings_none_in(cast, lead, monkeypatch):
    monkeypatch.setattr(inventories, "SMALL", 0)
    upload(lead)
    tasks.bring_inventories_on()
    confirm_inventory(run=newest())
    cast.people["lead"].role_assignments.all().delete()

    tasks.bring_inventories_on()

    assert newest().state == State.REFUSED
    assert not Initiative.objects.exists()


def test_a_file_with_only_blanks_is_called_empty(lead):
    assert "The file is empty." in words(upload(lead, " \n\n"))


def test_json_with_characters_that_no_database_stores_is_refused_on_the_page(lead):
    upload(lead, r'[{"use_case_name": "A", "benefits": "x\u0000"}]', name="a.json")

    page = lead.get(at("preview", newest()))

    assert "Nothing was imported" in words(page)
    assert "characters in this file that no database stores" in words(page)


def test_the_mailbox_is_offered_only_where_there_is_one(lead, settings):
    settings.AGENCY_CONTACT = ""
    assert "public mailbox" not in lead.get(LIST).text

    settings.AGENCY_CONTACT = "ai@fairhaven.example"
    assert "public mailbox" in lead.get(LIST).text


def test_the_mailbox_stands_for_persons_where_it_is_ticked(lead, settings):
    settings.AGENCY_CONTACT = "ai@fairhaven.example"
    upload(lead, "Use Case Name,Email Address\nA,jane@x.example\n", hides_addresses="on")

    lead.post(at("preview", newest()))

    assert SystemRecord.objects.get().values["contact_email"] == "ai@fairhaven.example"


def test_a_long_name_of_a_file_is_cut_and_a_hostile_one_is_text(lead):
    upload(lead, name=f"<b>{'x' * 230}.csv")

    page = lead.get(at("preview", newest())).text

    assert len(newest().name) == 200
    assert "<b>xxx" not in page
    assert "&lt;b&gt;xxx" in page


@pytest.mark.parametrize(
    ("extra", "said"),
    [("", ""), (",A", "1 column has no field here"), (",A,B", "2 columns have no field here")],
)
def test_columns_without_a_field_are_counted_in_words(lead, extra, said):
    upload(lead, f"Use Case Name,Benefits{extra}\nSorter,Faster\n")

    page = words(lead.get(at("preview", newest())))

    assert (said in page) if said else "no field here" not in page


def test_rows_that_share_a_number_and_rows_that_are_there_twice_are_shown(lead):
    upload(lead, f"{PLAIN}X-1,Other,Calm\n,Twice,a\n,Twice,a\n")

    page = words(lead.get(at("preview", newest())))

    assert "Rows that share a number" in page
    assert "X-1: Sorter (row 2)" in page
    assert newest().report["same"] == [{"row": 5, "name": "Twice", "first": 4}]
    assert "5,,The same as row 4.," in lead.get(at("left-out", newest())).text


def test_of_many_new_rows_the_first_hundred_are_shown_and_it_is_said(lead):
    rows = "".join(f"X-{n},Tool {n},\n" for n in range(101))
    upload(lead, f"Use Case ID,Use Case Name,Benefits\n{rows}")

    page = words(lead.get(at("preview", newest())))

    assert "Tool 99" in page
    assert "Tool 100" not in page
    assert "Only the first 100 are shown." in page


def test_of_a_hundred_new_rows_all_are_shown_and_nothing_is_said(lead):
    rows = "".join(f"X-{n},Tool {n},\n" for n in range(100))
    upload(lead, f"Use Case ID,Use Case Name,Benefits\n{rows}")

    assert "Only the first 100" not in words(lead.get(at("preview", newest())))


def test_words_of_other_registers_are_shown_with_what_they_were_taken_for(lead):
    upload(lead, "Use Case Name,Stage of Development\nA,Initiated\nB,Initiated\n")

    page = words(lead.get(at("preview", newest())))

    assert "“Initiated” → Pre-deployment (2)" in page


def test_two_columns_cannot_hold_one_field_and_what_was_chosen_stays(lead):
    upload(lead, ODD)
    run = newest()

    page = lead.post(
        at("columns", run), {"column-0": "team", "column-1": "team", "word-0": "Pilot"}
    )

    assert "Another column holds this already." in words(page)
    assert page.text.count('<option value="team" selected>') == 2
    assert '<option value="Pilot" selected>' in page.text
    assert not InventorySource.objects.exclude(learned={}).exists()


def test_a_field_that_a_column_has_already_is_not_offered_to_another(lead):
    upload(lead, ODD)
    run = newest()
    assert '<option value="use_case_name"' not in lead.get(at("columns", run)).text

    page = lead.post(at("columns", run), {"column-0": "use_case_name"})

    assert page.status_code == 200
    assert newest().mapping == {}


@pytest.mark.parametrize("sent", [{"column-0": "no_such_field"}, {"word-0": "No such stage"}])
def test_what_is_no_field_and_no_choice_is_refused(lead, sent):
    upload(lead, ODD)

    page = lead.post(at("columns", newest()), sent)

    assert "Select a valid choice" in page.text
    assert newest().mapping == {}


def test_a_column_that_is_to_stay_beside_the_record_is_not_asked_for_as_unknown_again(lead):
    upload(lead, ODD)
    lead.post(at("columns", newest()), {"column-0": "", "column-1": ""})

    upload(lead, ODD)

    assert newest().report["unmatched"] == 0
    assert [one["key"] for one in newest().report["columns"] if one["is_decided"]] == [
        "tool#1",
        "officeofthings#1",
    ]


def test_what_was_said_of_a_column_can_be_said_otherwise(lead):
    upload(lead, ODD)
    run = newest()
    for chosen in ("team", "vendor_name"):
        lead.post(at("columns", run), {"column-0": chosen, "word-0": "Pilot"})

    lead.post(at("preview", run))

    assert SystemRecord.objects.get().values == {"vendor_name": "x"}
    assert InventorySource.objects.get(name="").learned["columns"]["tool#1"] == "vendor_name"


def test_what_was_said_of_one_source_is_not_taken_for_another(lead):
    upload(lead, ODD, source="Ohio")
    lead.post(at("columns", newest()), {"column-0": "team", "word-0": "Pilot"})

    upload(lead, ODD, source="Utah")

    assert newest().mapping == {}
    assert newest().report["strange"][0]["text"] == "Sandbox"


def test_where_all_is_known_there_is_nothing_to_say(lead):
    upload(lead)

    assert "Every column and every word is known." in words(lead.get(at("columns", newest())))


def test_what_columns_mean_is_settled_once_the_file_is_written(lead):
    upload(lead, ODD)
    run = newest()
    lead.post(at("preview", run))

    answer = lead.post(at("columns", run), {"column-0": "team"})

    assert answer.headers["Location"] == at("preview", run)
    assert SystemRecord.objects.get().values == {"development_stage": "Sandbox"}


def test_a_meaning_that_comes_after_the_yes_changes_nothing(cast):
    run = keep_inventory(owner=cast.lead, name="a.csv", content=ODD.encode())
    confirm_inventory(run=run)

    map_inventory(run=run, learned=Learned(columns={"tool#1": "team"}))

    assert newest().state == State.DONE
    assert not InventorySource.objects.exclude(learned={}).exists()


def test_another_lead_may_go_on_with_a_file(lead, sign_in):
    upload(lead)

    sign_in("administrator").post(at("preview", newest()))

    assert Initiative.objects.get().name == "Sorter"
    assert newest().owner.email.startswith("lead@")


@pytest.mark.parametrize("name", ["discard", "undo"])
def test_looking_at_an_address_that_acts_does_nothing(lead, name):
    upload(lead)

    assert lead.get(at(name, newest())).status_code == 405
    assert newest().state == State.CHECKED


def test_a_file_is_discarded_once_and_a_second_time_it_is_nowhere(lead):
    upload(lead)
    address = at("discard", newest())

    first = lead.post(address, follow=True)

    assert "The file is deleted. Nothing was imported." in words(first)
    assert lead.post(address).status_code == 404


def test_a_refused_file_says_why_and_can_be_discarded(lead, monkeypatch):
    monkeypatch.setattr(inventories, "SMALL", 0)
    upload(lead)
    InventoryImport.objects.update(tries=MOST_TRIES)
    tasks.bring_inventories_on()

    page = words(lead.get(at("preview", newest())))
    assert "It failed again and again. Nothing was imported." in page
    lead.post(at("discard", newest()))

    assert not InventoryImport.objects.exists()


def test_while_a_file_is_read_there_is_nothing_to_say_yes_to(lead, monkeypatch):
    monkeypatch.setattr(inventories, "SMALL", 0)
    upload(lead)

    page = lead.get(at("preview", newest())).text
    assert ">Import<" not in " ".join(page.split()).replace("> ", ">").replace(" <", "<")
    lead.post(at("preview", newest()))

    assert newest().state == State.CHECKING


def test_a_yes_before_the_clock_is_kept_until_it_ticks(lead, monkeypatch):
    upload(lead)
    monkeypatch.setattr(inventories, "SMALL", 0)

    lead.post(at("preview", newest()))
    assert (newest().state, Initiative.objects.count()) == (State.IMPORTING, 0)
    tasks.bring_inventories_on()

    assert (newest().state, Initiative.objects.count()) == (State.DONE, 1)


def test_a_file_that_one_clock_has_in_hand_is_left_to_it(cast, monkeypatch):
    monkeypatch.setattr(inventories, "SMALL", 0)
    run = keep_inventory(owner=cast.lead, name="a.csv", content=PLAIN.encode())
    InventoryImport.objects.update(leased_until=timezone.now() + timedelta(seconds=30))

    bring_on(run=run.pk)

    assert (newest().state, newest().tries) == (State.CHECKING, 0)


def test_files_that_nobody_came_back_to_are_forgotten_and_what_was_written_is_not(cast):
    for _time in range(3):
        keep_inventory(owner=cast.lead, name="a.csv", content=PLAIN.encode())
    old, done, young = InventoryImport.objects.order_by("pk")
    confirm_inventory(run=done)
    InventoryImport.objects.exclude(pk=young.pk).update(
        uploaded_at=timezone.now() - KEPT - timedelta(seconds=1)
    )

    keep_inventory(owner=cast.lead, name="b.csv", content=PLAIN.encode())

    assert not InventoryImport.objects.filter(pk=old.pk).exists()
    assert InventoryImport.objects.filter(pk__in=[done.pk, young.pk]).count() == 2


def test_the_list_shows_the_newest_fifty_first(lead, cast):
    InventoryImport.objects.bulk_create(
        InventoryImport(
            name=f"file {n}.csv",
            content=b"",
            state=State.DONE,
            owner=cast.lead,
            uploaded_at=timezone.now() - timedelta(days=n),
        )
        for n in range(51)
    )

    page = lead.get(LIST).text

    assert page.index("file 0.csv") < page.index("file 49.csv")
    assert "file 50.csv" not in page


def test_a_page_of_an_import_has_as_many_queries_for_three_rows_as_for_one(
    lead, django_assert_max_num_queries
):
    def asked(rows):
        upload(lead, "Use Case ID,Use Case Name,Cost\n" + rows)
        lead.get(at("preview", newest()))
        with django_assert_max_num_queries(50) as queries:
            lead.get(at("preview", newest()))
        return len(queries)

    assert asked("X-1,A,1\n") == asked("X-1,A,1\nX-2,B,2\nX-3,C,3\n")
