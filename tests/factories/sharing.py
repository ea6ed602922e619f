"""Results that were shared, and the pages on which that is done and read."""

from typing import Any
from uuid import uuid4

from surveys.actions.sharing import Message, share_results, withdraw_results
from surveys.models import SharedResult, WaveResult
from surveys.queries.sharing import document_for, everybody_under
from surveys.results.sharing import fingerprint_of
from tests.cast import Cast
from tests.factories.needs import make_need, make_remedy
from tests.factories.results import make_public_results, make_results, varied

LEARNED = "Most of us expect help with routine cases."
NEXT = "Practice begins in March."


def seen_of(result: WaveResult, departments: Any = None, needs: Any = ()) -> str:
    """Return the fingerprint of what would be shared of these results now."""
    under = None if departments is None else everybody_under(result, departments)
    return fingerprint_of(document_for(result, departments=under, needs=needs))


def share(result: WaveResult, *departments: Any, by: Any, needs: Any = (), **words: Any) -> Any:
    """Return these results as shared with everybody who was asked, or with these departments."""
    chosen = [one.pk for one in departments] or None
    said = {"learned": LEARNED, "next_steps": NEXT, **words}
    return share_results(
        wave=result.wave_id,
        by=by,
        message=Message(**said, departments=chosen, needs=needs),
        seen=seen_of(result, chosen, needs),
        made_by_form=uuid4(),
    )


def counted(cast: Cast) -> dict[str, Any]:
    """Write a counted wave of two departments with a need, not shared yet."""
    result = make_results({cast.roads: varied(60), cast.clinic: varied(30)})
    make_remedy(make_need(result.wave.survey.initiative))
    return {"wave": result.wave_id}


def shared(cast: Cast) -> dict[str, Any]:
    """Write the same, shared with everybody who was asked."""
    found = counted(cast)
    result = WaveResult.objects.get(wave=found["wave"])
    needs = list(result.wave.survey.initiative.needs.all())
    share(result, by=cast.people["lead"], needs=needs)
    return found


def withdrawn(cast: Cast) -> dict[str, Any]:
    """Write the same, taken back."""
    found = shared(cast)
    row = SharedResult.objects.get()
    row.withdrawn_at, row.withdrawn_because = row.shared_at, LEARNED
    row.withdrawn_by = cast.people["lead"]
    row.save()
    return found


def public_counted(_cast: Cast) -> dict[str, Any]:
    """Write a counted wave that anybody could answer, with a need, not published yet."""
    result = make_public_results(60)
    make_remedy(make_need(result.wave.survey.initiative))
    return {"wave": result.wave_id, "address": result.wave.address}


def published(cast: Cast) -> dict[str, Any]:
    """Write the same, published."""
    found = public_counted(cast)
    result = WaveResult.objects.get()
    needs = list(result.wave.survey.initiative.needs.all())
    share(result, by=cast.people["lead"], needs=needs)
    return found


def unpublished(cast: Cast) -> dict[str, Any]:
    """Write the same, taken back."""
    found = published(cast)
    because = LEARNED
    withdraw_results(share=SharedResult.objects.get(), by=cast.people["lead"], because=because)
    return found


# Who, the address under /surveys/, and what stands there.
SHARING_PAGES = (
    ("lead", "{wave}/results/share/", counted),
    ("lead", "{wave}/results/share/", shared),
    ("lead", "{wave}/results/share/", withdrawn),
    ("staff", "", shared),
    ("staff", "{wave}/shared/", shared),
    ("staff", "{wave}/shared/", withdrawn),
    ("staff", "{wave}/shared/pages/1/", shared),
    ("neighbour", "{wave}/shared/pages/2/", shared),
    ("staff", "{wave}/shared/print/", shared),
    ("lead", "{wave}/results/", public_counted),
    ("lead", "{wave}/results/share/", public_counted),
    ("lead", "{wave}/results/share/", published),
    ("lead", "{wave}/results/share/", unpublished),
    ("anonymous", "public/{address}/results/", published),
    ("anonymous", "public/{address}/results/", unpublished),
    ("staff", "public/{address}/results/", published),
    ("anonymous", "public/", published),
)
