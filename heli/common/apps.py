from django.apps import AppConfig
from django.core.checks import register

from . import classes


class CommonConfig(AppConfig):
    name = "heli.common"

    def ready(self) -> None:
        register(classes.every_field_has_a_class)
