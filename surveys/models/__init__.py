"""Tables: what is prepared (`planning`), asked (`asking`), answered (`answering`), imported, and panels."""

from .answering import (
    AnonymousDraft,
    BufferedResponse,
    Draft,
    Participation,
    Receipt,
    Response,
    Signature,
)
from .asking import Anonymity, Kind, Survey, SurveyVersion, Wave, WaveDepartment
from .importing import AnswerFile, ImportedRow, SurveyFile
from .panels import Panel
from .planning import WavePlan

__all__ = [
    "Anonymity",
    "AnonymousDraft",
    "AnswerFile",
    "BufferedResponse",
    "Draft",
    "ImportedRow",
    "Kind",
    "Panel",
    "Participation",
    "Receipt",
    "Response",
    "Signature",
    "Survey",
    "SurveyFile",
    "SurveyVersion",
    "Wave",
    "WaveDepartment",
    "WavePlan",
]
