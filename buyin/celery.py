"""The Celery application and the timetable of everything that runs by the clock.

Each entry is a tick without a payload: the task looks in the database for what is due, so a lost
broker costs one interval and two schedulers at once do no harm.
"""

import gc
import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_process_init
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "buyin.settings")

app = Celery("buyin")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    timezone="UTC",
    # Only JSON is read, and nothing is kept of a task: what it did stands in the database.
    task_serializer="json",
    accept_content=["json"],
    task_ignore_result=True,
    task_default_queue="default",
    # A worker holds no ticks back from the others, and a stop lets the one at work finish.
    worker_prefetch_multiplier=1,
    worker_soft_shutdown_timeout=3,
    broker_connection_retry_on_startup=True,
    broker_transport_options={"visibility_timeout": 600, "unacked_restore_interval": 10},
)
app.autodiscover_tasks()
app.conf.beat_schedule = {
    # One tick for each sender; a sender that finds enough others at work goes home.
    **{
        f"send-mail-{number}": {
            "task": "buyin.outbox.tasks.drain",
            "schedule": 15.0,
            "options": {"queue": "mail", "expires": 14},
        }
        for number in range(1, settings.MAIL_SENDERS + 1)
    },
    "forget-old-mail": {
        "task": "buyin.outbox.tasks.forget_old",
        "schedule": crontab(hour=3, minute=20),
        "options": {"expires": 3600},
    },
    "plan-weekly-reports": {
        "task": "buyin.digests.tasks.plan",
        "schedule": crontab(minute="*/15"),
        "options": {"expires": 800},
    },
    "flush-anonymous-answers": {
        "task": "surveys.tasks.flush_anonymous",
        "schedule": 120.0,
        "options": {"expires": 110},
    },
    "write-survey-mails": {
        "task": "surveys.tasks.write_mails",
        "schedule": 60.0,
        "options": {"queue": "bulk", "expires": 55},
    },
    "close-waves": {
        "task": "surveys.tasks.close_due_waves",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "freeze-results": {
        "task": "surveys.tasks.freeze_closed_waves",
        "schedule": 60.0,
        "options": {"queue": "bulk", "expires": 55},
    },
    "take-snapshots": {
        "task": "buyin.readiness.tasks.take_due_snapshots",
        "schedule": crontab(minute="*/10"),
        "options": {"queue": "bulk", "expires": 550},
    },
    "forget-expired-sessions": {
        "task": "buyin.accounts.tasks.forget_expired_sessions",
        "schedule": crontab(hour=3, minute=30),
        "options": {"expires": 3600},
    },
    "forget-old-records": {
        "task": "buyin.accounts.tasks.forget_old_records",
        "schedule": crontab(hour=3, minute=40),
        "options": {"queue": "bulk", "expires": 3600},
    },
    "read-survey-files": {
        "task": "surveys.tasks.read_survey_files",
        "schedule": 10.0,
        "options": {"queue": "bulk", "expires": 9},
    },
    "bring-answer-files-on": {
        "task": "surveys.tasks.bring_answer_files_on",
        "schedule": 10.0,
        "options": {"queue": "bulk", "expires": 9},
    },
    "bring-inventories-on": {
        "task": "buyin.initiatives.tasks.bring_inventories_on",
        "schedule": 10.0,
        "options": {"queue": "bulk", "expires": 9},
    },
    "remind-of-follow-ups": {
        "task": "buyin.stakeholders.tasks.remind",
        "schedule": crontab(minute=40),
        "options": {"expires": 3000},
    },
    "bring-stakeholders-on": {
        "task": "buyin.stakeholders.tasks.bring_imports_on",
        "schedule": 10.0,
        "options": {"queue": "bulk", "expires": 9},
    },
    "look-for-doubles": {
        "task": "buyin.stakeholders.tasks.look_for_doubles_anew",
        "schedule": 60.0,
        "options": {"queue": "bulk", "expires": 55},
    },
    "look-at-levels": {
        "task": "buyin.stakeholders.tasks.look_at_levels_anew",
        "schedule": 60.0,
        "options": {"queue": "bulk", "expires": 55},
    },
    "look-for-lacks": {
        "task": "buyin.stakeholders.tasks.look_for_lacks_anew",
        "schedule": 60.0,
        "options": {"queue": "bulk", "expires": 55},
    },
    "forget-old-drafts": {
        "task": "surveys.tasks.forget_old_drafts",
        "schedule": crontab(hour=3, minute=10),
        "options": {"expires": 3600},
    },
    "forget-guests": {
        "task": "surveys.tasks.forget_guests",
        "schedule": crontab(hour=3, minute=20),
        "options": {"expires": 3600},
    },
}


@worker_process_init.connect
def keep_what_stays(**_given: Any) -> None:
    """Leave code and settings out of every later look for garbage, as the web processes do."""
    gc.collect()
    gc.freeze()
