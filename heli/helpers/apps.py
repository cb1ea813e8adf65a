from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from heli import ledger
from heli.common import navigation


def _stored() -> Iterable[tuple[str, str]]:
    from heli.ledger import digests

    from . import bulk, state
    from .models import Helper

    rows = Helper.objects.order_by("pk").prefetch_related(*bulk.WITH_PARTS).iterator(chunk_size=500)
    return digests.stored_digests("helper", state.states(rows))


class HelpersConfig(AppConfig):
    name = "heli.helpers"

    def ready(self) -> None:
        from heli.ledger import jobs

        jobs.schedule(timedelta(seconds=20), _deliver)
        from heli.ledger.digests import reduce_digest

        from .selectors import home_panel

        ledger.replays("helper", reduce_digest, _stored)
        navigation.panel(navigation.Panel("helpers/_home.html", 30, home_panel))
        ledger.sentences(
            {"helper.admit": _("审核、培训，可以请了"), "helper.account": _("开通账号"), "team.add": _("建了一支队伍")}
        )
        navigation.door(navigation.Door("helpers:list", "users-group", _("社会力量"), 40, _may, "desk", ("helpers",)))


def _deliver() -> int:
    """Send what waits for the end of the quiet hours, or for the next try."""
    from heli.common import days
    from heli.messages.services import deliver_due

    from .selectors import telephone_of

    return deliver_due(at=days.now(), address_of=telephone_of)


def _may(person: Any) -> bool:
    from heli.access import Action
    from heli.access.doors import may_ever

    return may_ever(person, Action.HELPER_VIEW)
