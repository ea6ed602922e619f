"""Tables: what is prepared (`planning`), asked (`asking`), answered (`answering`), imported."""

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
from .planning import WavePlan

__all__ = [
    "Anonymity",
    "AnonymousDraft",
    "AnswerFile",
    "BufferedResponse",
    "Draft",
    "ImportedRow",
    "Kind",
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
