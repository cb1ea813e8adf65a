from django.urls import path

from . import views

app_name = "parcels"
urlpatterns = [
    path("blocks/<slug:code>/", views.block, name="block"),
    path("blocks/<slug:code>/print/", views.block_print, name="print"),
    path("blocks/<slug:code>/boundary/", views.boundary, name="boundary"),
]
