from collections.abc import Iterable

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from heli import ledger


def _stored() -> Iterable[tuple[str, str | None]]:
    from heli.ledger import digests

    from . import state
    from .models import Parcel

    return digests.stored_digests("parcel", state.states(Parcel.objects.order_by("pk").iterator(chunk_size=500)))


def _said(n: int) -> str:
    return ngettext("%(n)s 块宗地", "%(n)s 块宗地", n) % {"n": n}


class ParcelsConfig(AppConfig):
    name = "heli.parcels"

    def ready(self) -> None:
        from heli.ledger.digests import reduce_digest
        from heli.regions import moving

        from . import services

        moving.add(moving.Mover(50, _said, services.parcels_at, services.parcels_relocate))
        ledger.replays("parcel", reduce_digest, _stored)
        ledger.sentences(
            {
                "parcel.split": _("分割了宗地"),
                "parcel.merge": _("合并了宗地"),
                "parcel.undo": _("撤回了分割或合并"),
                "block.boundary": _("定了区块范围"),
                "parcels.relocate": _("换到了并成的村"),
            }
        )
