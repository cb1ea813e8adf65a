from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from heli import ledger
from heli.common import navigation


def _reduce(state: Any, verb: str, payload: Mapping[str, Any]) -> Any:
    """State, helper and official, as the entries tell them."""
    told = dict(state or {})
    told |= {name: payload[name] for name in ("state", "helper", "official") if name in payload}
    return told


def _stored() -> Iterable[tuple[str, dict[str, Any]]]:
    from .models import Dispatch

    for row in Dispatch.objects.order_by("pk").values("pk", "state", "helper_id", "official_id"):
        yield str(row["pk"]), {"state": row["state"], "helper": row["helper_id"], "official": row["official_id"]}


def _reduce_rules(state: Any, verb: str, payload: Mapping[str, Any]) -> Any:
    return {"version": payload["version"], "document": payload["document"]}


def _stored_rules() -> Iterable[tuple[str, dict[str, Any]]]:
    from .models import MatchingRules

    for row in MatchingRules.objects.order_by("pk"):
        yield str(row.pk), {"version": row.version, "document": row.document}


def _said(n: int) -> str:
    return ngettext("%(n)s 张调配单", "%(n)s 张调配单", n) % {"n": n}


class DispatchConfig(AppConfig):
    name = "heli.dispatch"

    def ready(self) -> None:
        from heli.helpers import merging
        from heli.regions import moving

        from . import services
        from .selectors import home_panel

        merging.also(services.helper_merged)
        moving.add(moving.Mover(35, _said, services.dispatches_at, services.dispatches_relocate))
        ledger.replays("dispatch", _reduce, _stored)
        ledger.replays("matching_rules", _reduce_rules, _stored_rules)
        navigation.panel(navigation.Panel("dispatch/_home.html", 20, home_panel))
        ledger.sentences(
            {
                "matching.publish": _("启用了新的匹配规则"),
                "dispatches.relocate": _("换到了并成的村"),
                "dispatch.propose": _("算了谁来帮合适"),
                "dispatch.approve": _("批准请人，发了邀请"),
                "dispatch.clear": _("答：没有关联"),
                "dispatch.accept": _("接受邀请"),
                "dispatch.decline": _("暂不方便"),
                "dispatch.bar": _("这次不派"),
                "dispatch.ask_parties": _("先问住户愿不愿意"),
                "dispatch.household_agrees": _("住户愿意请这位"),
                "dispatch.refuse": _("住户要换人"),
                "dispatch.recall": _("收回邀请"),
                "dispatch.begin": _("开始帮忙"),
                "dispatch.finish": _("办好了，住户说了话"),
            }
        )
        navigation.door(
            navigation.Door("dispatch:rules", "adjustments", _("匹配"), 70, _may_rule, "desk", ("dispatch:rules",))
        )
        navigation.door(navigation.Door("dispatch:field", "home", _("今天"), 10, _on_phone, "phone", ("dispatch",)))


def _may_rule(person: Any) -> bool:
    from heli.access import Action
    from heli.access.doors import may_ever

    return may_ever(person, Action.MATCHING_RULE)


def _on_phone(person: Any) -> bool:
    from heli.access.selectors import works_on_phone

    return works_on_phone(person)
