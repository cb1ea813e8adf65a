from django.urls import path

from . import views
from .tour import views as tour

app_name = "demo"
urlpatterns = [
    path("demo/", views.demo, name="doors"),
    path("demo/<slug:username>/enter/", views.enter, name="enter"),
    path("demo/invitations/<int:pk>/", views.as_helper, name="as_helper"),
    path("demo/files/<str:name>", views.sample, name="sample"),
    path("demo/next-day/", views.tomorrow, name="tomorrow"),
    path("demo/as-of/", views.past, name="past_any"),
    path("demo/as-of/<str:said>/", views.past, name="past"),
    path("tour/", tour.front, name="tour"),
    path("tour/end/", tour.end, name="tour_end"),
    path("tour/<slug:slug>/", tour.step, name="step"),
]
