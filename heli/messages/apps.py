from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "heli.messages"
    label = "heli_messages"
