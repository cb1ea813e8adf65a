"""The life of a dispatch as a table, and what must hold before it becomes active. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from heli.common.errors import Refusal

STATES = [
    ("proposed", _("已建议")),
    ("invited", _("等答复")),
    ("accepted", _("已接受")),
    ("under_way", _("正在帮")),
    ("done", _("办好了")),
    ("not_now", _("暂不方便")),
    ("may_not", _("不派")),
    ("refused_by_household", _("住户要换人")),
    ("expired", _("已收回")),
]
# While in one of these the helper's place is taken and the need has somebody.
LIVE = ("invited", "accepted", "under_way")
# While in one of these the helper is at work for the household and may know who it is.
ACTIVE = ("accepted", "under_way")


@dataclass(frozen=True, slots=True)
class Move:
    """From which states to which, and what becomes of the need."""

    origins: tuple[str, ...]
    to: str
    need: str


TRANSITIONS: Mapping[str, Move] = {
    # verb           from                                    to                       the need is then
    "approve": Move(("proposed",), "invited", "asked"),
    "accept": Move(("invited",), "accepted", "asked"),
    "begin": Move(("accepted",), "under_way", "under_way"),
    "finish": Move(("under_way",), "done", "done"),
    "decline": Move(("invited",), "not_now", "open"),
    "bar": Move(("invited", "accepted"), "may_not", "open"),
    "refuse": Move(("invited", "accepted", "under_way"), "refused_by_household", "open"),
    "recall": Move(("invited",), "expired", "open"),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules may look at before somebody is asked, and again before they begin."""

    helper_state: str
    trained: bool
    free: int
    excluded: str = ""
    policy: bool = False
    has_official: bool = False
    official_free: int = 1
    waits_for_household: bool = False


def refusals(facts: Facts) -> list[Refusal]:
    """All reasons why this helper cannot be active for this need, with the official who comes along."""
    return [refusal for rule in RULES if (refusal := rule(facts)) is not None]


def is_active(facts: Facts) -> Refusal | None:
    if facts.helper_state != "active":
        return Refusal("helper_not_active", str(_("这位还没有审核通过，或已暂停、退出。")))
    return None


def is_trained(facts: Facts) -> Refusal | None:
    return None if facts.trained else Refusal("helper_not_trained", str(_("这位还没有培训过。")))


def has_a_place(facts: Facts) -> Refusal | None:
    return None if facts.free > 0 else Refusal("helper_full", str(_("这位约好的户数已经满了。")))


def is_not_barred(facts: Facts) -> Refusal | None:
    return Refusal("helper_barred", facts.excluded) if facts.excluded else None


def official_beside(facts: Facts) -> Refusal | None:
    """Helpers act beside an official who has authority, so that nobody promises rashly."""
    if facts.policy and not facts.has_official:
        return Refusal("official_missing", str(_("这类事要有能作主的干部陪同，请先选一位。")))
    if facts.has_official and facts.official_free <= 0:
        return Refusal("official_full", str(_("这位干部本周陪同已经排满，请换一位。")))
    return None


def household_heard(facts: Facts) -> Refusal | None:
    if facts.waits_for_household:
        return Refusal("household_decides", str(_("对方说和这户有些关联，要先问过住户。")))
    return None


RULES = (is_active, is_trained, is_not_barred, has_a_place, official_beside, household_heard)
