"""Tables: what is prepared, asked, answered, imported, what came out, and panels."""

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
from .collecting import CollectionBasis
from .importing import AnswerFile, ImportedRow, SurveyFile
from .panels import Panel
from .planning import DraftStep, WavePlan
from .results import DepartmentResult, WaveResult, WrittenAnswer

__all__ = [
    "Anonymity",
    "AnonymousDraft",
    "AnswerFile",
    "BufferedResponse",
    "CollectionBasis",
    "DepartmentResult",
    "Draft",
    "DraftStep",
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
    "WaveResult",
    "WrittenAnswer",
]
