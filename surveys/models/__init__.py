"""Tables: what is asked (`asking`) and what comes back (`answering`)."""

from .answering import (
    AnonymousDraft,
    BufferedResponse,
    Draft,
    Participation,
    Response,
    Signature,
)
from .asking import Anonymity, Kind, Survey, SurveyVersion, Wave, WaveDepartment

__all__ = [
    "Anonymity",
    "AnonymousDraft",
    "BufferedResponse",
    "Draft",
    "Kind",
    "Participation",
    "Response",
    "Signature",
    "Survey",
    "SurveyVersion",
    "Wave",
    "WaveDepartment",
]
