"""Uploaded files that nobody came back to."""

from django.utils import timezone

from buyin.uploads import KEPT
from surveys.models import AnswerFile, SurveyFile


def forget_uploads() -> None:
    """Delete the files that nobody came back to."""
    for files in (SurveyFile.objects.all(), AnswerFile.objects.all()):
        files.filter(uploaded_at__lt=timezone.now() - KEPT).delete()
