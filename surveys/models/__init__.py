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
from .collecting import CollectionBasis
from .importing import AnswerFile, ImportedRow, SurveyFile
from .panels import Panel
from .planning import DraftStep, WavePlan

__all__ = [
    "Anonymity",
    "AnonymousDraft",
    "AnswerFile",
    "BufferedResponse",
    "CollectionBasis",
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
]
