"""Addresses on which surveys are filled in, behind each of the doors."""

from django.urls import URLPattern, path

from surveys import views
from surveys.views import answered, links, own, published, telling
from surveys.views.doors import Door, SignedIn
from surveys.views.links import Invited
from surveys.views.public import Public, public_anew, public_list


def pages_of(door: type[Door], prefix: str) -> list[URLPattern]:
    """Return the addresses of the pages of filling in behind a door; all names begin with its."""
    by = {"door": door}
    return [
        path(prefix, views.start, by, name=f"{door.name}start"),
        path(f"{prefix}pages/<int:page>/", views.fill, by, name=f"{door.name}fill"),
        path(f"{prefix}check/", views.check, by, name=f"{door.name}check"),
        path(f"{prefix}thanks/", views.thanks, by, name=f"{door.name}thanks"),
    ]


urlpatterns = [
    *pages_of(SignedIn, "<int:wave>/"),
    path("<int:wave>/answers/", own.own_answers, name="own-answers"),
    path("<int:wave>/answers/delete/", own.own_answers_delete, name="own-answers-delete"),
    path("", views.mine, name="mine"),
    path("answered/", answered.answered_list, name="answered-list"),
    path("answered/<int:wave>/", answered.answered, name="answered"),
    path("public/", public_list, name="public-list"),
    path("public/<slug:address>/anew/", public_anew, name="public-anew"),
    path("public/<slug:address>/tell-me/", telling.public_tell, name="public-tell"),
    path("public/<slug:address>/tell-me/left/", telling.public_told, name="public-told"),
    path("public/<slug:address>/results/", published.public_results, name="public-results"),
    path("told/<str:token>/", telling.told, name="told"),
    *pages_of(Public, "public/<slug:address>/"),
    path("link/<slug:token>/", links.link_open, name="link-open"),
    path("link/<slug:token>/stop/", links.link_stop, name="link-stop"),
    path("invited/left/", links.link_left, name="link-left"),
    path("invited/<int:wave>/leave/", links.link_leave, name="link-leave"),
    *pages_of(Invited, "invited/<int:wave>/"),
]
