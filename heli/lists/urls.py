from django.urls import path

from . import views

app_name = "lists"
urlpatterns = [
    path("lists/", views.kept, name="kept"),
    path("lists/exports/<int:pk>/", views.export, name="export"),
    path("lists/exports/<int:pk>/file/", views.export_file, name="export_file"),
    path("lists/views/<int:pk>/forget/", views.view_forget, name="view_forget"),
    path("lists/acts/<int:pk>/undo/", views.undo, name="undo"),
]
