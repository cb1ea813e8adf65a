from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from heli import ledger
from heli.common import navigation


class BlocksConfig(AppConfig):
    name = "heli.blocks"

    def ready(self) -> None:
        from heli import lists
        from heli.regions import moving

        from . import services
        from .register import BLOCKS

        lists.add(BLOCKS)
        ledger.sentences(
            {
                "programme.add": _("立了项目"),
                "block.add": _("划了区块"),
                "block.edit": _("改了区块"),
                "block.villages": _("换到了并成的村"),
            }
        )
        moving.add(moving.Mover(40, _said, services.blocks_at, services.blocks_relocate))
        navigation.door(navigation.Door("blocks:list", "map", _("区块"), 60, _may, "desk", ("blocks", "parcels")))


def _said(n: int) -> str:
    return ngettext("%(n)s 个区块", "%(n)s 个区块", n) % {"n": n}


def _may(person: Any) -> bool:
    from heli.access import Action
    from heli.access.doors import may_ever

    return may_ever(person, Action.BLOCK_VIEW)
