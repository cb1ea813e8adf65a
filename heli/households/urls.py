from django.urls import path

from . import views

app_name = "households"
urlpatterns = [
    path("households/", views.households, name="list"),
    path("households/<int:pk>/", views.household, name="file"),
    path("households/<int:pk>/members/<int:member_pk>/reveal/", views.member_reveal, name="reveal"),
]
