from collections.abc import Iterable, Mapping
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from heli import ledger
from heli.common import navigation


def _reduce(state: Any, verb: str, payload: Mapping[str, Any]) -> Any:
    return payload.get("state", state)


def _stored() -> Iterable[tuple[str, str]]:
    """A batch that is being written is, to the ledger, still ready."""
    from .models import Batch

    for pk, state in Batch.objects.order_by("pk").values_list("pk", "state"):
        yield str(pk), "ready" if state == "writing" else state


class IntakeConfig(AppConfig):
    name = "heli.intake"

    def ready(self) -> None:
        from heli import lists
        from heli.parcels import pieces

        from .register import IMPORTS

        lists.add(IMPORTS)
        pieces.read_by(pieces.Reader(_piece_reader, _piece_zones))
        from heli.ledger import jobs

        services = import_module("heli.intake.services")  # registers the job
        jobs.schedule(timedelta(minutes=1), services.batches_tidy)

        ledger.replays("batch", _reduce, _stored)
        ledger.sentences(
            {
                "batch.hand_over": _("交来一份文件"),
                "batch.map": _("改了列的对照"),
                "batch.forget": _("不再按上次改的列名读"),
                "batch.write": _("导入写入"),
                "batch.undo": _("整批撤回"),
                "batch.discard": _("退掉不写"),
            }
        )
        navigation.door(navigation.Door("intake:list", "file-import", _("导入"), 50, _may, "desk", ("intake",)))


def _piece_reader(*asked: Any) -> Any:
    """Survey libraries are slow to start: asked for when somebody hands a file in."""
    from .land import pieces

    return pieces.read(*asked)


def _piece_zones() -> list[tuple[str, Any]]:
    from .land import pieces

    return pieces.zones()


def _may(person: Any) -> bool:
    from heli.access import Action
    from heli.access.doors import may_ever

    return may_ever(person, Action.IMPORT_VIEW)
