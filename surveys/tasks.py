"""What runs by the clock. Each task looks up what is due, so a missed or doubled tick is harmless."""

from celery import shared_task
from celery.utils.log import get_task_logger
from django.conf import settings
from django.db import DatabaseError

from . import actions
from .actions import answer_files, bringing, inviting, telling
from .actions.forgetting import forget_uploads
from .actions.freezing import freeze_results
from .models import AnswerFile, SurveyFile, Wave
from .queries.buffer import ripe_groups

logger = get_task_logger(__name__)


@shared_task
def flush_anonymous() -> None:
    """Move anonymous answers out of the buffer where a department has enough of them."""
    for wave, department in ripe_groups():
        try:
            actions.flush_group(wave=wave, department=department)
        except DatabaseError:
            logger.exception("Answers of wave %s stay in the buffer until the next try", wave)


@shared_task
def write_mails() -> None:
    """Write the mails that are due into the outbox: to the invited, and to who left an address."""
    inviting.write_due_mails()
    telling.pass_on_addresses()
    telling.tell_results()


@shared_task
def close_due_waves() -> None:
    """Close the waves whose time and grace are over."""
    for wave in list(Wave.objects.due_to_close().values_list("pk", flat=True)):
        try:
            actions.close_wave(wave=wave, by=None, if_due=True)
        except DatabaseError:
            logger.exception("Wave %s stays open until the next try", wave)


@shared_task
def freeze_closed_waves() -> None:
    """Count the closed waves that have not been counted, each in its own transaction."""
    for wave in list(Wave.objects.uncounted().values_list("pk", flat=True)):
        try:
            freeze_results(wave=wave)
        except DatabaseError:
            logger.exception("Wave %s stays uncounted until the next try", wave)


@shared_task
def forget_old_drafts() -> None:
    """Delete drafts, uploaded files and addresses whose time is over."""
    actions.forget_old_drafts()
    forget_uploads()
    telling.forget_addresses()


@shared_task
def forget_guests() -> None:
    """Forget the links and the guests' addresses of waves that are long over."""
    inviting.forget_guests(days=settings.MAIL_KEEP_DAYS)


@shared_task
def read_survey_files() -> None:
    """Read the uploaded surveys that wait, each in its own transaction."""
    for file in list(SurveyFile.objects.waiting().values_list("pk", flat=True)):
        bringing.read_file(file=file)


@shared_task
def bring_answer_files_on() -> None:
    """Read or import the files of answers that wait, each in its own transaction."""
    for file in list(AnswerFile.objects.waiting().values_list("pk", flat=True)):
        try:
            answer_files.bring_on(file=file)
        except DatabaseError:
            logger.exception("File of answers %s waits for the next try", file)
