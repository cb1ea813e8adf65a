from django.urls import path

from heli import lists

from . import views
from .register import IMPORTS

app_name = "intake"
urlpatterns = [
    path("imports/", views.batches, name="list"),
    *lists.paths(IMPORTS, "imports/"),
    path("imports/template/households/", views.template, {"kind": "households"}, name="template_households"),
    path("imports/template/helpers/", views.template, {"kind": "helpers"}, name="template_helpers"),
    path("imports/new/", views.hand_over, name="hand_over"),
    path("imports/<int:pk>/", views.batch, name="batch"),
    path("imports/<int:pk>/map/", views.batch_map, name="map"),
    path("imports/<int:pk>/forget/", views.batch_forget, name="forget"),
    path("imports/<int:pk>/write/", views.batch_write, name="write"),
    path("imports/<int:pk>/stop/", views.batch_stop, name="stop"),
    path("imports/<int:pk>/discard/", views.batch_discard, name="discard"),
    path("imports/<int:pk>/standing/", views.batch_standing, name="standing"),
    path("imports/<int:pk>/undo/", views.batch_undo, name="undo"),
    path("imports/<int:pk>/bad/", views.batch_bad, name="bad"),
]
