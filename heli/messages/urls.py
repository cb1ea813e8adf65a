from django.urls import path

from . import views

app_name = "messages"
urlpatterns = [
    path("messages/", views.inbox, name="inbox"),
    path("messages/<int:pk>/open/", views.message_open, name="open"),
]
