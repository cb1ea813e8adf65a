from django.urls import path

from . import views

app_name = "demo"
urlpatterns = [
    path("demo/", views.demo, name="doors"),
    path("demo/<slug:username>/enter/", views.enter, name="enter"),
    path("demo/invitations/<int:pk>/", views.as_helper, name="as_helper"),
    path("demo/files/<str:name>", views.sample, name="sample"),
]
