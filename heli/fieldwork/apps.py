from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from heli import ledger
from heli.common import navigation


def _reduce(state: Any, verb: str, payload: Mapping[str, Any]) -> Any:
    return payload.get("state", state)


def _stored() -> Iterable[tuple[str, str]]:
    from .models import Need

    for pk, state in Need.objects.order_by("pk").values_list("pk", "state"):
        yield str(pk), state


NAMESPACES = ("fieldwork", "dispatch")


def _may(person: Any) -> bool:
    from heli.access import Action
    from heli.access.doors import may_ever

    return may_ever(person, Action.NEED_VIEW)


def _said(n: int) -> str:
    return ngettext("%(n)s 件要帮的忙", "%(n)s 件要帮的忙", n) % {"n": n}


class FieldworkConfig(AppConfig):
    name = "heli.fieldwork"

    def ready(self) -> None:
        from heli.households import panels
        from heli.households import selectors as households

        from . import selectors

        panel = panels.FilePanel("fieldwork/_file_panel.html", 10, selectors.file_panel)
        panels.add(panel, selectors.file_subjects)
        households.list_note(selectors.notes)
        from heli import lists
        from heli.helpers import merging
        from heli.households.register import HOUSEHOLDS
        from heli.papers import holds
        from heli.regions import moving

        from . import services
        from .register import NEEDS

        merging.also(services.helper_merged)

        lists.add(NEEDS)
        holds.still_needed(selectors.papers_needed)
        moving.add(moving.Mover(30, _said, services.needs_at, services.needs_relocate))
        HOUSEHOLDS.filters.append(lists.Filter("need", _("要帮的忙"), selectors.need_choices, selectors.with_needs))
        HOUSEHOLDS.views.append(lists.View("need", _("有要帮的忙"), {"need": "open"}))
        for place, namespaces in (("desk", NAMESPACES), ("phone", ("fieldwork",))):
            label = _("要帮的忙")
            navigation.door(navigation.Door("fieldwork:needs", "heart-handshake", label, 30, _may, place, namespaces))
        navigation.panel(navigation.Panel("fieldwork/_home.html", 10, selectors.home_panel))
        ledger.replays("need", _reduce, _stored)
        ledger.sentences(
            {
                "needs.relocate": _("换到了并成的村"),
                "need.raise": _("提出要帮的忙"),
                "need.edit": _("改了要帮的忙"),
                "need.ask": _("找到了人，等答复"),
                "need.reopen": _("重新找人"),
                "need.begin": _("有人在帮了"),
                "need.finish": _("这件事办好了"),
                "need.withdraw": _("不用帮了"),
                "household.trust": _("说了信得过的人"),
                "household.refuse_helper": _("说了不要谁来"),
            }
        )
