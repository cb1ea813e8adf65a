from django.urls import path

from heli import lists

from .register import HELPERS
from .views import desk, keep, own, teams

app_name = "helpers"
urlpatterns = [
    path("helpers/", desk.helpers, name="list"),
    *lists.paths(HELPERS, "helpers/"),
    path("helpers/admit/", desk.helpers_admit, name="admit"),
    path("helpers/new/", keep.helper_new, name="new"),
    path("helpers/alike/", keep.helpers_alike, name="alike"),
    path("helpers/merge/", keep.helpers_merge, name="merge"),
    path("helpers/mine/", own.own_record, name="own"),
    path("helpers/<int:pk>/", desk.helper, name="file"),
    path("helpers/<int:pk>/edit/", keep.helper_edit, name="edit"),
    path("helpers/<int:pk>/state/", keep.helper_state, name="state"),
    path("helpers/<int:pk>/line/", keep.line_vet, name="line_vet"),
    path("helpers/<int:pk>/credentials/", keep.credential_add, name="credential_add"),
    path("helpers/<int:pk>/credentials/<int:credential_pk>/end/", keep.credential_end, name="credential_end"),
    path("helpers/<int:pk>/lend/", keep.loan_ask, name="lend"),
    path("helpers/<int:pk>/confirm/", own.own_confirm, name="own_confirm"),
    path("helpers/<int:pk>/reveal/", desk.helper_reveal, name="reveal"),
    path("loans/<int:pk>/home/", keep.loan_home, name="loan_home"),
    path("loans/<int:pk>/own/", own.loan_own, name="loan_own"),
    path("loans/<int:pk>/end/", keep.loan_end, name="loan_end"),
    path("teams/", teams.teams_list, name="teams"),
    path("teams/new/", teams.team_new, name="team_new"),
    path("teams/<int:pk>/", teams.team, name="team"),
    path("teams/<int:pk>/edit/", teams.team_edit, name="team_edit"),
    path("teams/<int:pk>/end/", teams.team_end, name="team_end"),
]
