"""LimeSurvey's .lss files, in both dialects: texts beside the questions, or inside them as of old."""

from .reading import read_limesurvey

__all__ = ["read_limesurvey"]
