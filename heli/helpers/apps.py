from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from heli import ledger
from heli.common import navigation


def _stored() -> Iterable[tuple[str, str | None]]:
    from heli.ledger import digests

    from . import bulk, state
    from .models import Helper

    rows = Helper.objects.order_by("pk").prefetch_related(*bulk.WITH_PARTS).iterator(chunk_size=500)
    return digests.stored_digests("helper", state.states(rows))


def _said(n: int) -> str:
    return ngettext("%(n)s 位社会力量", "%(n)s 位社会力量", n) % {"n": n}


class HelpersConfig(AppConfig):
    name = "heli.helpers"

    def ready(self) -> None:
        from heli.ledger import jobs

        jobs.schedule(timedelta(seconds=20), _deliver)
        from heli import lists
        from heli.ledger.digests import reduce_digest
        from heli.regions import moving

        from . import services
        from .register import HELPERS
        from .selectors import home_panel

        lists.add(HELPERS)
        moving.add(moving.Mover(20, _said, services.helpers_at, services.helpers_relocate))
        jobs.schedule(timedelta(hours=6), _loans_over)
        navigation.panel(navigation.Panel("helpers/_own_panel.html", 90, _own_panel))
        ledger.replays("helper", reduce_digest, _stored)
        navigation.panel(navigation.Panel("helpers/_home.html", 30, home_panel))
        ledger.sentences(
            {
                "helper.admit": _("审核、培训，可以请了"),
                "helper.account": _("开通账号"),
                "helper.propose": _("登记进资源库"),
                "helper.edit": _("改了资料"),
                "helper.confirm": _("本人说资料都对"),
                "helper.state": _("改了能不能请"),
                "helper.serves": _("改了服务的地方"),
                "helper.line_word": _("归口单位写了意见"),
                "helper.credential": _("记了一张证照"),
                "helper.credential_end": _("一张证照不算了"),
                "register.export": _("资源库导出给别的系统"),
                "helper.merge": _("两份合成一份"),
                "line.desk": _("坐到一条线上"),
                "loan.ask": _("问能不能借到别的镇"),
                "loan.home": _("所在镇答了借用"),
                "loan.own": _("本人答了借用"),
                "loan.end": _("借用结束"),
                "helpers.relocate": _("换到了并成的村"),
                "team.add": _("建了一支队伍"),
                "team.change": _("改了队员"),
                "team.end": _("队伍结束"),
            }
        )
        navigation.door(navigation.Door("helpers:list", "users-group", _("社会力量"), 40, _may, "desk", ("helpers",)))


def _deliver() -> int:
    """Send what waits for the end of the quiet hours, or for the next try."""
    from heli.common import days
    from heli.messages.services import deliver_due

    from .selectors import telephone_of

    return deliver_due(at=days.now(), address_of=telephone_of)


def _loans_over() -> int:
    """Joint use ends by itself on its day."""
    from heli.access.services import operator
    from heli.common import days

    from .lending import loans_over

    return loans_over(days.now(), operator())


def _own_panel(person: Any) -> Any:
    """On the helper's own first page: what the register says, and what waits for a word."""
    from heli.common import days

    from . import selectors

    helper = selectors.own_record(person)
    if helper is None or helper.relation != "social":
        return None
    return {"stale": selectors.is_stale(helper, days.today()), "loans": selectors.own_loans(person)}


def _may(person: Any) -> bool:
    from heli.access import Action
    from heli.access.doors import may_ever

    return may_ever(person, Action.HELPER_VIEW)
