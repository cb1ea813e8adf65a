from django.urls import path

from . import views

app_name = "fieldwork"
urlpatterns = [
    path("needs/", views.needs, name="needs"),
    path("needs/<int:pk>/withdraw/", views.need_withdraw, name="withdraw"),
]
