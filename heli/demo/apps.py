from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from heli import ledger


class DemoConfig(AppConfig):
    name = "heli.demo"

    def ready(self) -> None:
        ledger.sentences(
            {
                "demo.households": _("示范住户写入"),
                "demo.helpers": _("示范社会力量写入"),
                "demo.parcels": _("示范宗地写入"),
            }
        )
