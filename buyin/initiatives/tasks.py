"""What runs by the clock. Each task looks up what is due, so a missed or doubled tick is harmless."""

from celery import shared_task
from celery.utils.log import get_task_logger
from django.db import DatabaseError

from .actions.inventories import bring_on
from .models import InventoryImport

logger = get_task_logger(__name__)


@shared_task
def bring_inventories_on() -> None:
    """Read or write the inventories that wait, each in its own transaction."""
    for run in list(InventoryImport.objects.waiting().values_list("pk", flat=True)):
        try:
            bring_on(run=run)
        except DatabaseError:
            logger.exception("Inventory %s waits for the next try", run)
