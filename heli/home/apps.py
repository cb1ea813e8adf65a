from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from heli.common import navigation


class HomeConfig(AppConfig):
    name = "heli.home"

    def ready(self) -> None:
        navigation.door(navigation.Door("home:desk", "home", _("首页"), 10, _at_desk))


def _at_desk(person: Any) -> bool:
    from heli.access.selectors import works_on_phone

    return not works_on_phone(person)
