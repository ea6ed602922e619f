"""The objects that the access table speaks of, by name. Each feature adds its own part."""

from buyin.accounts.models import RoleAssignment
from tests.cast import Cast
from tests.factories.initiatives import InitiativeFactory
from tests.factories.surveys import make_participation, make_wave


def make_world(cast: Cast) -> dict[str, object]:
    """Write one object of each kind and return what stands in addresses for it."""
    return {**people(cast), **initiatives(cast), **waves(cast)}


def people(cast: Cast) -> dict[str, object]:
    """Everybody of the cast by persona, every department by code, and the lead's role."""
    return {
        "lead_role": RoleAssignment.objects.get(person=cast.people["lead"]).pk,
        **{persona: person.pk for persona, person in cast.people.items()},
        **{f"{code}_department": department.code for code, department in cast.departments.items()},
    }


def initiatives(cast: Cast) -> dict[str, object]:
    """One initiative of Roads and Clinic's own."""
    ours = InitiativeFactory(name="Pothole finder", departments=[cast.roads])
    theirs = InitiativeFactory(name="Letter reader", departments=[cast.clinic])
    return {"roads_initiative": ours.pk, "clinic_initiative": theirs.pk}


def waves(cast: Cast) -> dict[str, object]:
    """A wave that asks Roads, and one that staff has answered."""
    answered = make_wave(cast.roads)
    make_participation(answered, cast.staff)
    return {"roads_wave": make_wave(cast.roads).pk, "answered_wave": answered.pk}
