from django.urls import path

from heli import lists

from . import views
from .register import NEEDS

app_name = "fieldwork"
urlpatterns = [
    path("needs/", views.needs, name="needs"),
    *lists.paths(NEEDS, "needs/"),
    path("needs/<int:pk>/withdraw/", views.need_withdraw, name="withdraw"),
]
