from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from heli import ledger
from heli.common import navigation


def _stored() -> Iterable[tuple[str, str | None]]:
    from heli.ledger import digests

    from . import bulk, state
    from .models import Household

    rows = Household.objects.order_by("pk").prefetch_related(*bulk.WITH_PARTS).iterator(chunk_size=500)
    return digests.stored_digests("household", state.states(rows))


NAMESPACES = ("households", "kept", "papers")


class HouseholdsConfig(AppConfig):
    name = "heli.households"

    def ready(self) -> None:
        from heli import lists
        from heli.ledger.digests import reduce_digest
        from heli.papers import subjects
        from heli.parcels import pages
        from heli.regions import moving

        from . import filing, many, panels
        from .due import PAPERS
        from .register import HOUSEHOLDS, said

        lists.add(HOUSEHOLDS)
        lists.add(PAPERS)
        navigation.panel(navigation.Panel("households/_home_due.html", 40, filing.home_due))
        moving.add(moving.Mover(10, said, many.households_at, many.households_relocate))
        subjects.add(subjects.SubjectKind("household", filing.chain, filing.page, filing.called))
        panels.add(panels.FilePanel("households/_papers_panel.html", 5, filing.panel, wide=True), filing.history)
        ledger.sentences(
            {
                "household.add": _("建了这一户"),
                "household.edit": _("改了这一户"),
                "households.join": _("归到这个区块"),
                "households.leave": _("转到别的区块"),
                "households.group": _("改了小组"),
                "households.relocate": _("换到了并成的村"),
                "households.restore": _("撤回了一批改动"),
            }
        )
        ledger.replays("household", reduce_digest, _stored)
        panels.add(panels.FilePanel("households/_lots_panel.html", 5, _lots_panel))
        pages.add(pages.BlockPanel("households/_block_panel.html", 10, _block_panel))
        for place in ("desk", "phone"):
            navigation.door(navigation.Door("households:list", "home-2", _("住户"), 20, _may, place, NAMESPACES))


def _may(person: Any) -> bool:
    from heli.access import Action
    from heli.access.doors import may_ever

    return may_ever(person, Action.HOUSEHOLD_VIEW)


def _block_panel(block: Any, person: Any) -> Mapping[str, Any] | None:
    from .map import block_facts

    return block_facts(block, person)


def _lots_panel(household: Any, person: Any) -> Mapping[str, Any] | None:
    from .map import lots_of

    return lots_of(household, person)
