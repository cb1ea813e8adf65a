from django.urls import path

from . import views

app_name = "home"
urlpatterns = [
    path("", views.front, name="front"),
    path("desk/", views.desk, name="desk"),
    path("help/", views.help_page, name="help"),
    path("parts/", views.parts, name="parts"),
    path("language/", views.language, name="language"),
    path("theme/", views.theme, name="theme"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
