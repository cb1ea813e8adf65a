from django.apps import AppConfig

from heli.common import setting_up


class RegionsConfig(AppConfig):
    name = "heli.regions"

    def ready(self) -> None:
        from . import services

        setting_up.step(services.regions_load)
