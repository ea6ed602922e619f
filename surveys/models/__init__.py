"""Tables: what is written (`writing`), prepared (`planning`), asked (`asking`), answered.

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
from .asking import OUTSIDE, Wave, WaveDepartment
from .collecting import CollectionBasis
from .evidence import Evidence
from .happening import Happening, What
from .importing import AnswerFile, ImportedRow, SurveyFile
from .inviting import ForgottenStop, Invitation, MailStop, PersonalLink
from .needs import Frequency, Need, Remedy, Severity
from .panels import Panel
from .planning import DraftStep, OutdatedTexts, PlannedAddress, WavePlan
from .results import DepartmentResult, WaveResult, WrittenAnswer
from .sessions import Consent, Note, Session, TaskResult, Theme, UsabilityTask
from .sharing import SharedDepartment, SharedResult
from .telling import ToldAddress
from .writing import IN_SESSIONS, Anonymity, Kind, Survey, SurveyVersion

__all__ = [
    "IN_SESSIONS",
    "OUTSIDE",
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
    "ForgottenStop",
    "Frequency",
    "Happening",
    "ImportedRow",
    "Invitation",
    "Kind",
    "MailStop",
    "Need",
    "Note",
    "OutdatedTexts",
    "Panel",
    "Participation",
    "PersonalLink",
    "PlannedAddress",
    "Receipt",
    "Remedy",
    "Response",
    "Session",
    "Severity",
    "SharedDepartment",
    "SharedResult",
    "Signature",
    "Survey",
    "SurveyFile",
    "SurveyVersion",
    "TaskResult",
    "Theme",
    "ToldAddress",
    "UsabilityTask",
    "Wave",
    "WaveDepartment",
    "WavePlan",
    "WaveResult",
    "What",
    "WrittenAnswer",
]
