from django.urls import path

from heli import lists

from . import views
from .register import BLOCKS

app_name = "blocks"
urlpatterns = [
    path("blocks/", views.blocks, name="list"),
    *lists.paths(BLOCKS, "blocks/"),
    path("blocks/new/", views.block_new, name="new"),
]
