"""Tables: what is prepared (`planning`), asked (`asking`), answered (`answering`), imported, panels.

`results` holds what came out, `sessions` what was said and done in interviews and usability tests.
"""

from .answering import (
    AnonymousDraft,
    BufferedResponse,
    Draft,
    Participation,
    Receipt,
    Response,
    Signature,
)
from .asking import IN_SESSIONS, Anonymity, Kind, Survey, SurveyVersion, Wave, WaveDepartment
from .collecting import CollectionBasis
from .evidence import Evidence
from .importing import AnswerFile, ImportedRow, SurveyFile
from .inviting import Invitation, MailStop, PersonalLink
from .needs import Frequency, Need, Remedy, Severity
from .panels import Panel
from .planning import DraftStep, PlannedAddress, WavePlan
from .results import DepartmentResult, WaveResult, WrittenAnswer
from .sessions import Consent, Note, Session, TaskResult, Theme, UsabilityTask

__all__ = [
    "IN_SESSIONS",
    "Anonymity",
    "AnonymousDraft",
    "AnswerFile",
    "BufferedResponse",
    "CollectionBasis",
    "Consent",
    "DepartmentResult",
    "Draft",
    "DraftStep",
    "Evidence",
    "Frequency",
    "ImportedRow",
    "Invitation",
    "Kind",
    "MailStop",
    "Need",
    "Note",
    "Panel",
    "Participation",
    "PersonalLink",
    "PlannedAddress",
    "Receipt",
    "Remedy",
    "Response",
    "Session",
    "Severity",
    "Signature",
    "Survey",
    "SurveyFile",
    "SurveyVersion",
    "TaskResult",
    "Theme",
    "UsabilityTask",
    "Wave",
    "WaveDepartment",
    "WavePlan",
    "WaveResult",
    "WrittenAnswer",
]
