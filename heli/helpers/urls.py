from django.urls import path

from . import views

app_name = "helpers"
urlpatterns = [
    path("helpers/", views.helpers, name="list"),
    path("helpers/admit/", views.helpers_admit, name="admit"),
    path("helpers/<int:pk>/", views.helper, name="file"),
    path("helpers/<int:pk>/reveal/", views.helper_reveal, name="reveal"),
]
