"""What the reading says, in the reader's language."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from heli.common.errors import DomainError

from .reading.errors import Bad, Notice, Unreadable
from .reading.land_rows import Zone


def english() -> bool:
    return (get_language() or "").startswith("en")


def said(one: Bad | Notice) -> str:
    return one.message_en if english() else one.message


def unreadable(error: Unreadable) -> DomainError:
    return DomainError(error.code, error.message_en if english() else error.message)


def zone(one: Zone) -> str:
    return one.label_en if english() else one.label


def zone_needed(zones: tuple[Zone, ...]) -> DomainError:
    """Which zone a survey stands in must be told; those that would put it into the county come first."""
    listed = "；".join(f"{one.code} {zone(one)}{'（落在本县）' if one.fits else ''}" for one in zones)
    return DomainError(
        "zone_needed",
        f"文件没写坐标在哪个带，不能猜。可以选：{listed}。",
        kept="什么都没有写入。",
        todo='请用 --mapping 给一个 JSON，写明 {"crs": "EPSG:4549"} 这样的一行。',
    )


def piece_zone_needed() -> DomainError:
    return DomainError("zone_needed", _("文件没写坐标在哪个带，不能猜，请在下面选。"))


def piece_wrong(one: Bad) -> str:
    """A row of the file that keeps all of it out: a lot is split whole or not at all."""
    return str(_("文件第 %(row)s 行：%(why)s")) % {"row": one.row, "why": said(one)}


def together(row: int) -> str:
    """Beside a row that is right itself, whose household is not."""
    return f"Belongs to the household of row {row}" if english() else f"和第 {row} 行是一户，一起改好再传"


# What became of a file, as people say it.
STATES = {
    "ready": _("等着写入"), "writing": _("正在写"), "done": _("写好了"), "undone": _("撤回了"), "discarded": _("退掉了"),
}  # fmt: skip
