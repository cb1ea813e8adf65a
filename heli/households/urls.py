from django.urls import path

from heli import lists

from .register import HOUSEHOLDS
from .views import desk, edit, papers

app_name = "households"
urlpatterns = [
    path("households/", desk.households, name="list"),
    *lists.paths(HOUSEHOLDS, "households/"),
    path("households/map/", desk.households_map, name="map"),
    path("households/new/", edit.household_new, name="new"),
    path("households/<int:pk>/", desk.household, name="file"),
    path("households/<int:pk>/remark/", desk.remark_reveal, name="remark"),
    path("households/<int:pk>/edit/", edit.household_edit, name="edit"),
    path("households/<int:pk>/members/new/", edit.member_new, name="member_new"),
    path("households/<int:pk>/members/<int:member_pk>/edit/", edit.member_edit, name="member_edit"),
    path("households/<int:pk>/members/<int:member_pk>/reveal/", desk.member_reveal, name="reveal"),
    path("households/<int:pk>/houses/new/", edit.house_new, name="house_new"),
    path("households/<int:pk>/houses/<int:house_pk>/edit/", edit.house_edit, name="house_edit"),
    path("households/<int:pk>/shares/", edit.shares_edit, name="shares"),
    path("households/<int:pk>/link/", edit.link_edit, name="link"),
    path("households/<int:pk>/papers/", papers.papers, name="papers"),
    path("households/<int:pk>/papers/add/", papers.papers_add, name="papers_add"),
]
