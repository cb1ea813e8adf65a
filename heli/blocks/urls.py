from django.urls import path

from . import views

app_name = "blocks"
urlpatterns = [
    path("blocks/", views.blocks, name="list"),
    path("blocks/new/", views.block_new, name="new"),
]
