"""Surveys and needs for programs: what authors read and do, what a person is asked and answers."""

from django.urls import path

from .authors import SurveyDetail, SurveyList, VersionDetail
from .mine import DefinitionSchema, MyWave, MyWaves
from .needs import NeedDetail, NeedEvidence, NeedList, NeedRemedies, RemedyDone
from .pausing import PauseWave, ResumeWave, WaveHistory
from .planning import NextPlan, PublishPlan, WavePlanDetail
from .published import PublishedDetail, PublishedList
from .results import ResultDetail, ResultList
from .sending import MyResponse
from .shared import SharedDetail, SharedList
from .waves import CloseWave, ExtendWave, ResponseRate, WaveDetail, WaveList

WAVE = "surveys/<int:survey>/waves/<int:number>/"

urlpatterns = [
    path("surveys/", SurveyList.as_view(), name="api-surveys"),
    path("surveys/definition.schema.json", DefinitionSchema.as_view(), name="api-definition"),
    path("surveys/<int:survey>/", SurveyDetail.as_view(), name="api-survey"),
    path(
        "surveys/<int:survey>/versions/<int:number>/",
        VersionDetail.as_view(),
        name="api-survey-version",
    ),
    path("surveys/<int:survey>/plan/", NextPlan.as_view(), name="api-plan"),
    path("surveys/<int:survey>/plan/publish/", PublishPlan.as_view(), name="api-plan-publish"),
    path("surveys/<int:survey>/waves/", WaveList.as_view(), name="api-waves"),
    path(WAVE, WaveDetail.as_view(), name="api-wave"),
    path(f"{WAVE}plan/", WavePlanDetail.as_view(), name="api-wave-plan"),
    path(f"{WAVE}response-rate/", ResponseRate.as_view(), name="api-response-rate"),
    path(f"{WAVE}extend/", ExtendWave.as_view(), name="api-wave-extend"),
    path(f"{WAVE}close/", CloseWave.as_view(), name="api-wave-close"),
    path(f"{WAVE}pause/", PauseWave.as_view(), name="api-wave-pause"),
    path(f"{WAVE}resume/", ResumeWave.as_view(), name="api-wave-resume"),
    path(f"{WAVE}history/", WaveHistory.as_view(), name="api-wave-history"),
    path("results/", ResultList.as_view(), name="api-results"),
    path("results/<int:wave>/", ResultDetail.as_view(), name="api-result"),
    path("my/results/", SharedList.as_view(), name="api-my-results"),
    path("my/results/<int:wave>/", SharedDetail.as_view(), name="api-my-result"),
    path("public/results/", PublishedList.as_view(), name="api-published-results"),
    path("public/results/<slug:address>/", PublishedDetail.as_view(), name="api-published-result"),
    path("needs/", NeedList.as_view(), name="api-needs"),
    path("needs/<int:need>/", NeedDetail.as_view(), name="api-need"),
    path("needs/<int:need>/evidence/", NeedEvidence.as_view(), name="api-need-evidence"),
    path("needs/<int:need>/remedies/", NeedRemedies.as_view(), name="api-need-remedies"),
    path(
        "needs/<int:need>/remedies/<int:remedy>/done/",
        RemedyDone.as_view(),
        name="api-remedy-done",
    ),
    path("my/waves/", MyWaves.as_view(), name="api-my-waves"),
    path("my/waves/<int:wave>/", MyWave.as_view(), name="api-my-wave"),
    path("my/waves/<int:wave>/response/", MyResponse.as_view(), name="api-send-response"),
]
