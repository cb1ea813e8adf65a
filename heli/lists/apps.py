from datetime import timedelta
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from heli import ledger


class ListsConfig(AppConfig):
    name = "heli.lists"

    def ready(self) -> None:
        from heli.ledger import jobs

        jobs.kind("lists.export")(_export)
        jobs.schedule(timedelta(minutes=10), _sweep)
        ledger.sentences({"list.export": _("导出了一份名单")})


def _export(progress: Any) -> dict[str, Any]:
    from django.http import QueryDict

    from heli.common import days
    from heli.messages.services import tell

    from . import services
    from .asked import of_query
    from .columns import named
    from .models import Export

    export = Export.objects.get(pk=progress.arguments["export"])
    register = named(export.register)
    asked = of_query(register, progress.person, QueryDict(export.query), register.form(progress.person))
    services.export_write(export, asked, progress.at)
    tell(progress.person, "export_done", about=export, at=days.now(), what=register.label, count=export.rows)
    return {"rows": export.rows}


def _sweep() -> int:
    from heli.common import days

    from .services import exports_sweep

    return exports_sweep(days.now())
