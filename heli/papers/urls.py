from django.urls import path

from . import views

app_name = "papers"
urlpatterns = [
    path("papers/<int:pk>/", views.paper, name="paper"),
    path("papers/<int:pk>/picture/", views.picture, name="picture"),
    path("papers/<int:pk>/file/", views.file, name="file"),
    path("papers/<int:pk>/original/", views.original, name="original"),
    path("papers/<int:pk>/reveal/", views.reveal, name="reveal"),
    path("papers/<int:pk>/edit/", views.edit, name="edit"),
    path("papers/<int:pk>/remove/", views.remove, name="remove"),
    path("papers/<int:pk>/restore/", views.restore, name="restore"),
]
