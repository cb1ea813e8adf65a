from datetime import timedelta
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from heli import ledger
from heli.common import navigation, setting_up


class RegionsConfig(AppConfig):
    name = "heli.regions"

    def ready(self) -> None:
        from heli import lists
        from heli.access import services as access
        from heli.ledger import jobs

        from . import following, moving, services
        from .register import REGIONS

        setting_up.step(services.regions_load)
        lists.add(REGIONS)
        jobs.schedule(timedelta(hours=1), following.catch_up)
        moving.add(moving.Mover(90, _said_grants, access.grants_at, access.grants_move))
        navigation.door(navigation.Door("regions:list", "map-pin", _("镇村"), 80, _may, "desk", ("regions",)))
        ledger.sentences(
            {
                "region.rename": _("改了名"),
                "region.merge": _("并进了别的村"),
                "region.recode": _("换了代码"),
                "region.add": _("新设了"),
                "region.end": _("撤销了"),
                "region.revive": _("恢复了"),
                "region.team_add": _("添了小组"),
            }
        )


def _said_grants(n: int) -> str:
    return ngettext("%(n)s 个人的岗位", "%(n)s 个人的岗位", n) % {"n": n}


def _may(person: Any) -> bool:
    from heli.access import Action
    from heli.access.doors import may_ever

    return may_ever(person, Action.REGION_VIEW)
