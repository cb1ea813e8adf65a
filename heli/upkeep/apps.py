from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "heli.upkeep"
    label = "heli_upkeep"
