from django.urls import path

from heli import lists

from . import views
from .register import REGIONS

app_name = "regions"
urlpatterns = [
    path("regions/", views.regions, name="list"),
    *lists.paths(REGIONS, "regions/"),
    path("regions/<str:code>/", views.region, name="region"),
    path("regions/<str:code>/rename/", views.rename, name="rename"),
    path("regions/<str:code>/merge/", views.merge, name="merge"),
    path("regions/<str:code>/recode/", views.recode, name="recode"),
    path("regions/<str:code>/end/", views.end, name="end"),
    path("regions/<str:code>/revive/", views.revive, name="revive"),
    path("regions/<str:code>/teams/new/", views.team_new, name="team_new"),
]
