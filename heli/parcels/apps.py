from collections.abc import Iterable

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from heli import ledger


def _stored() -> Iterable[tuple[str, str]]:
    from heli.ledger import digests

    from . import state
    from .models import Parcel

    return digests.stored_digests("parcel", state.states(Parcel.objects.order_by("pk").iterator(chunk_size=500)))


class ParcelsConfig(AppConfig):
    name = "heli.parcels"

    def ready(self) -> None:
        from heli.ledger.digests import reduce_digest

        ledger.replays("parcel", reduce_digest, _stored)
        ledger.sentences(
            {"parcel.split": _("分割了宗地"), "parcel.merge": _("合并了宗地"), "block.boundary": _("定了区块范围")}
        )
