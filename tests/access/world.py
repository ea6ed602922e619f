"""The objects that the access table speaks of, by name. Each feature adds its own part."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from buyin.accounts.models import RoleAssignment, RosterFile
from buyin.digests.mail import token_for
from buyin.initiatives.actions import keep_inventory
from buyin.stakeholders.actions import Point, keep_list, note_engagement
from buyin.stakeholders.mail import token_for as reminder_token_for
from buyin.stakeholders.models import LegalHold, SavedSearch, Stakeholder
from surveys.actions.answer_files import keep_file
from surveys.mail import token_for as token_for_address
from surveys.models import AnswerFile, SurveyFile, ToldAddress, WavePlan
from tests.cast import Cast, make_cast
from tests.factories.benefits import evidence_of
from tests.factories.commitments import make_commitment, make_giver
from tests.factories.digests import make_kept_mail, make_report
from tests.factories.impact import make_impact
from tests.factories.initiatives import (
    InitiativeFactory,
    make_agreement,
    make_goal,
    make_milestone,
    make_update,
)
from tests.factories.merging import make_twins, merged
from tests.factories.needs import make_evidence, make_need, make_remedy
from tests.factories.plan import make_activity
from tests.factories.readiness import make_snapshot
from tests.factories.records import make_record, publish
from tests.factories.results import make_next, make_public_results, make_results, varied
from tests.factories.sessions import make_series, make_session, make_task, make_theme
from tests.factories.sharing import share
from tests.factories.stakeholders import StakeholderFactory, make_one_of_each
from tests.factories.surveys import (
    make_draft_version,
    make_guest,
    make_invitation,
    make_link,
    make_panel,
    make_participation,
    make_public_wave,
    make_signed,
    make_wave,
)


@contextmanager
def standing(blocker: DjangoDbBlocker) -> Iterator[tuple[Cast, dict[str, object]]]:
    """Hold the cast and the world while the tests of a module run, each in its own savepoint.

    To write them takes longer than most of these tests.
    """
    with blocker.unblock(), transaction.atomic():
        cast = make_cast()
        world = make_world(cast)
        with blocker.block():
            yield cast, world
        transaction.set_rollback(True)


def make_world(cast: Cast) -> dict[str, object]:
    """Write one object of each kind and return what stands in addresses for it."""
    parts = (
        people,
        initiatives,
        records,
        inventories,
        stakeholder_list,
        panels,
        waves,
        sessions,
        reports,
        readiness,
        results,
        sharings,
        stakeholders,
    )
    return {name: found for part in parts for name, found in part(cast).items()}


def people(cast: Cast) -> dict[str, object]:
    """Everybody of the cast by persona, every department by code, and the lead's role."""
    file = RosterFile.objects.create(
        kind="departments", text="code,name\nx,X\n", uploaded_by=cast.people["administrator"]
    )
    return {
        "roster_file": file.pk,
        "lead_role": RoleAssignment.objects.get(person=cast.people["lead"]).pk,
        **{persona: person.pk for persona, person in cast.people.items()},
        **{f"{code}_department": department.code for code, department in cast.departments.items()},
    }


def initiatives(cast: Cast) -> dict[str, object]:
    """One initiative of Roads with a plan, and Clinic's own."""
    ours = InitiativeFactory(name="Pothole finder", departments=[cast.roads])
    theirs = InitiativeFactory(name="Letter reader", departments=[cast.clinic])
    finished, begun = make_impact(ours), make_impact(ours, is_finished=False)
    found = {
        "roads_initiative": ours.pk,
        "clinic_initiative": theirs.pk,
        "milestone": make_milestone(ours, due=timezone.localdate()).pk,
        "goal": make_goal(ours, cast.roads, cast.clinic).pk,
        "agreement": make_agreement(ours, cast.roads, cast.clinic).pk,
        "told": make_update(ours).pk,
    }
    found |= {"finished_impact": finished.number, "begun_impact": begun.number}
    found["roads_impact"] = finished.pk
    giver = make_giver(cast.people["staff"], ours)
    found["commitment"] = make_commitment(initiative=ours, stakeholder=giver).pk
    found |= engagement_of(cast)
    return found | evidence_of(ours, owner=cast.people["staff"])


def records(cast: Cast) -> dict[str, object]:
    """A public record of an initiative of Roads, and one of Clinic that is not public."""
    lead = cast.people["lead"]
    ours = InitiativeFactory(name="Crossing counter", stage="pilot", departments=[cast.roads])
    theirs = InitiativeFactory(name="X-ray order", stage="pilot", departments=[cast.clinic])
    record = make_record(ours, by=lead)
    publish(record, by=lead)
    return {
        "recorded_initiative": ours.pk,
        "record_group": "identity",
        "record_field": "benefits",
        "public_record": record.pk,
        "kept_record": make_record(theirs, by=lead).pk,
    }


def inventories(cast: Cast) -> dict[str, object]:
    """An inventory that waits for a yes, with a word that nobody knows."""
    content = b"Use Case Name,Stage of Development,Cost\nSorter,Sandbox,5\n"
    run = keep_inventory(owner=cast.people["lead"], name="a.csv", content=content)
    return {"inventory": run.pk, "inventory_form": "omb"}


def stakeholder_list(cast: Cast) -> dict[str, object]:
    """A list of stakeholders that waits for a yes, with somebody who may be known."""
    StakeholderFactory(name="John Smith")
    content = b"Name,Category\nJ. Smith,IT\nAnn Lee,Pigeon\n"
    return {
        "stakeholder_list": keep_list(owner=cast.people["lead"], name="a.csv", content=content).pk
    }


def engagement_of(cast: Cast) -> dict[str, object]:
    """A call that the coordinator noted, what the neighbour has taken on in it, and a plan to meet."""
    made = note_engagement(
        actor=cast.people["coordinator"],
        participants=[StakeholderFactory(department=cast.departments["roads"])],
        points=[Point("Send the plan", cast.people["neighbour"])],
        kind="call",
        day=date(2026, 9, 30),
        summary="They want a trial first.",
    )
    who, owner = made.participants.get(), cast.people["neighbour"]
    found = {"engagement": made.pk, "point": made.points.get().pk}
    found["activity"] = make_activity(who, owner=owner).pk
    return {**found, "reminder_token": reminder_token_for(cast.people["staff"].pk)}


def panels(cast: Cast) -> dict[str, object]:
    """The coordinator's panel with staff in it, and the lead's with a neighbour in it."""
    return {
        "works_panel": make_panel(cast.people["staff"], owner=cast.people["coordinator"]).pk,
        "lead_panel": make_panel(cast.people["neighbour"], owner=cast.people["lead"]).pk,
    }


def reports(cast: Cast) -> dict[str, object]:
    """A report that staff got, the token in it, and the mail behind it."""
    delivery = make_report(cast.people["staff"])
    return {
        "staff_report": delivery.pk,
        "dead_mail": delivery.message_id,
        "kept_mail": make_kept_mail(cast.people["staff"]).pk,
        "staff_token": token_for(delivery.person_id),
        "no_token": "cut-off",
    }


def waves(cast: Cast) -> dict[str, object]:
    """Waves that ask Roads, one that staff has answered, and one for everybody."""
    answered = make_wave(cast.roads)
    make_participation(answered, cast.staff)
    asking = make_wave(cast.roads)
    survey = {"roads_survey": asking.survey_id, "first_wave": asking.number}
    upload = keep_file(
        owner=cast.people["lead"],
        name="a.csv",
        content=b"Unit,Why\nroads,x",
        mapping={"choices": []},
    )
    AnswerFile.objects.update(left_out="Row,Why")
    files = {"codebook": "codebook.csv", "codes": "codes.csv", "french": "fr"}
    survey["answer_file"] = upload.pk
    survey["survey_file"] = SurveyFile.objects.create(
        owner=cast.people["lead"],
        name="a.xlsx",
        content=b"",
        left_out="Row,Why",
        texts={
            "title": "A",
            "purpose": "Why",
            "kind": "needs",
            "initiative": str(asking.survey.initiative_id),
        },
    ).pk
    everybody = make_public_wave()
    public = {"public_address": everybody.address, "public_survey": everybody.survey_id}
    told = ToldAddress.objects.create(wave=everybody, address="ann@example.org")
    public["told_token"] = token_for_address(told.pk)
    survey["asked_clinic"] = make_wave(cast.clinic).pk
    survey["confidential_wave"] = make_wave(cast.roads, anonymity="confidential").pk
    signed = make_wave(cast.roads, anonymity="named")
    survey["signed_wave"] = make_signed(signed, cast.staff, useful=4).response.wave_id
    planned = make_draft_version().survey
    WavePlan.objects.update(closes_on=timezone.localdate() + timedelta(days=9))
    survey["planned_survey"] = planned.pk
    public["link"] = make_link(make_invitation(asking, cast.staff))
    guest = {"guest": make_guest(asking).pk}
    return {
        "roads_wave": asking.pk,
        **guest,
        "answered_wave": answered.pk,
        **survey,
        **files,
        **public,
    }


def sessions(cast: Cast) -> dict[str, object]:
    """A series of interviews of the lead's with one session and a theme, and a usability test."""
    talks = make_series(cast.people["lead"], initiative=InitiativeFactory(name="Talks"))
    test = make_series(
        cast.people["lead"], kind="usability", initiative=InitiativeFactory(name="Tries")
    )
    return {
        "talks": talks.pk,
        "talk": make_session(talks, cast.roads).number,
        "theme": make_theme(talks).pk,
        "tries": test.pk,
        "task": make_task(test).pk,
        "need": (need := make_need(talks.initiative)).pk,
        "remedy": make_remedy(need).pk,
        "piece": make_evidence(need).pk,
    }


def readiness(cast: Cast) -> dict[str, object]:
    """One measurement in which Roads may be shown and Clinic may not."""
    people = {"city": (20, (60,) * 5), "roads": (30, (50,) * 5), "clinic": (4, (60,) * 5)}
    asked = {"city": 20, "roads": 40, "parks": 30, "clinic": 50}
    make_snapshot(InitiativeFactory(name="Permit triage"), people, asked=asked)
    return {}


def results(cast: Cast) -> dict[str, object]:
    """Two counted waves of one survey; the second asked Roads."""
    first = make_results({cast.roads: varied(12)})
    second = make_next(first, {cast.roads: varied(20)})
    return {"counted_wave": second.wave_id, "question": "useful", "text_question": "wish"}


def sharings(cast: Cast) -> dict[str, object]:
    """A wave that asked Roads and Clinic, shared with both, and one shared with Clinic only."""
    both = {cast.roads: varied(30), cast.clinic: varied(30)}
    everybody, some = make_results(both), make_results(both)
    by = cast.people["lead"]
    first = share(everybody, by=by)
    share(some, cast.clinic, by=by)
    share(make_public_results(address="published"), by=by)
    found = {"published_address": "published", "version": first.number}
    return {**found, "shared_wave": everybody.wave_id, "clinic_wave": some.wave_id}


def stakeholders(cast: Cast) -> dict[str, object]:
    """One stakeholder of Roads with everything, one of Clinic, staff of no department, a search."""
    interest = make_one_of_each(cast.roads)
    interest.initiative.departments.set([cast.roads])
    theirs = StakeholderFactory(department=cast.clinic)
    own = Stakeholder.objects.get(person__user=cast.people["staff"])  # who gives, see above
    search = SavedSearch.objects.create(person=cast.people["lead"], name="A", words={"q": "a"})
    roads = interest.stakeholder
    twins = make_twins(cast.clinic)
    third = StakeholderFactory(department=cast.clinic)
    lifted = LegalHold.objects.create(
        person=roads.person, reason="A lawsuit", lifted_at=timezone.now()
    )
    return {
        "table_form": "csv",
        "merge_record": merged(cast.people["lead"], theirs, third).pk,
        "twin": twins[0].pk,
        "other_twin": twins[1].pk,
        "roads_stakeholder": roads.pk,
        "roads_hold": lifted.pk,
        "roads_interest": interest.pk,
        "roads_post": roads.person.posts.get().pk,
        "roads_relation": roads.relations_from.get().pk,
        "clinic_stakeholder": theirs.pk,
        "staff_stakeholder": own.pk,
        "stakeholder_search": search.pk,
        "kind": "person",
        "stakeholder_initiative": interest.initiative_id,
        "roads_part": interest.initiative.raci.get().pk,
    }
