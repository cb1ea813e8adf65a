from django.urls import path

from .views import block, lots

app_name = "parcels"
urlpatterns = [
    path("blocks/<slug:code>/", block.block, name="block"),
    path("blocks/<slug:code>/print/", block.block_print, name="print"),
    path("blocks/<slug:code>/boundary/", block.boundary, name="boundary"),
    path("blocks/<slug:code>/lot/", lots.lot_find, name="find"),
    path("blocks/<slug:code>/versions/<int:number>/undo/", lots.survey_undo, name="undo"),
    path("lots/<int:pk>/split/", lots.split, name="split"),
    path("lots/<int:pk>/split/parts/", lots.split_parts, name="parts"),
    path("lots/<int:pk>/merge/", lots.merge, name="merge"),
]
