from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from heli import ledger


def _reduce(state: Any, verb: str, payload: Mapping[str, Any]) -> Any:
    """Whether it is there, and the digest of what is kept; nothing once it is gone for good."""
    if verb not in ("paper.add", "paper.remove", "paper.restore", "paper.destroy", "paper.expire"):
        return state
    return f"{payload['state']} {payload['sha256']}" if payload["state"] else None


def _stored() -> Iterable[tuple[str, str]]:
    from .models import Paper

    rows = Paper.objects.order_by("pk").values_list("pk", "removed_at", "destroyed_at", "sha256")
    for pk, removed_at, destroyed_at, digest in rows.iterator(chunk_size=1000):
        yield str(pk), f"{'destroyed' if destroyed_at else 'removed' if removed_at else 'kept'} {digest}"


def _sweep() -> int:
    from heli.common import days

    from .services import sweep

    return sweep(days.now())


class PapersConfig(AppConfig):
    name = "heli.papers"

    def ready(self) -> None:
        from heli.ledger import jobs

        jobs.schedule(timedelta(hours=1), _sweep)
        ledger.replays("paper", _reduce, _stored)
        ledger.sentences(
            {
                "paper.add": _("收了一份材料"),
                "paper.edit": _("改了材料的种类或名称"),
                "paper.remove": _("拿掉了一份材料"),
                "paper.restore": _("撤回了拿掉的材料"),
                "paper.destroy": _("回收站里的材料到期删除"),
                "paper.expire": _("材料过了保存期，销毁了"),
            }
        )
