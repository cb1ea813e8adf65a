from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from heli import ledger
from heli.common import navigation


class BlocksConfig(AppConfig):
    name = "heli.blocks"

    def ready(self) -> None:
        from heli import lists

        from .register import BLOCKS

        lists.add(BLOCKS)
        ledger.sentences({"programme.add": _("立了项目"), "block.add": _("划了区块")})
        navigation.door(navigation.Door("blocks:list", "map", _("区块"), 60, _may, "desk", ("blocks",)))


def _may(person: Any) -> bool:
    from heli.access import Action
    from heli.access.doors import may_ever

    return may_ever(person, Action.BLOCK_VIEW)
