"""What the demo agency's lead told people of the last wave: shared with everybody who was asked."""

from uuid import uuid4

from django.utils.translation import gettext as _

from buyin.features import DemoAgency
from surveys.actions.sharing import Message, share_results
from surveys.models import WaveResult
from surveys.queries.sharing import document_for, offered_needs
from surveys.results.sharing import fingerprint_of

MOST_NEEDS = 2


def tell(agency: DemoAgency) -> None:
    """Share the results of the newest closed wave about the first initiative."""
    permits = agency.initiatives[0]
    results = WaveResult.objects.filter(wave__survey__initiative=permits, wave__address=None)
    result = results.exclude(answers=None).order_by("wave__closed_at").last()
    if result is None:
        return
    needs = list(offered_needs(result, agency.lead)[:MOST_NEEDS])
    message = Message(
        learned=_(
            "Most of you expect help with routine cases, and more of you than in spring know why we "
            "do this. Too few have had time to learn it."
        ),
        next_steps=_(
            "Each office gets two hours of practice in the next six weeks, in working time. We do "
            "not widen the pilot before that, and we ask you again in spring."
        ),
        needs=needs,
    )
    document = document_for(result, departments=None, needs=needs)
    share_results(
        wave=result.wave_id,
        by=agency.lead,
        message=message,
        seen=fingerprint_of(document),
        made_by_form=uuid4(),
    )
