"""Why a need stays open: the first step at which nobody is left."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .arcs import Arcs
from .choice import Choice
from .company import Company
from .frame import Bools, Frame, Ints
from .plan import Unassigned

NOBODY: Mapping[str, tuple[str, str]] = {
    "nobody_skilled": ("没有人有这项专长", "nobody has this skill"),
    "third_party": (
        "有专长的都是公职人员，这件事要请别人",
        "all who have the skill are on duty; somebody else is wanted",
    ),
    "nobody_near": ("有专长的人都不到这里服务", "nobody with this skill serves this place"),
    "all_refused": ("合适的人住户都想换一位", "the household asked for somebody other than all who fit"),
    "all_barred": ("合适的人都不能派来（原因类别已封存）", "all who fit are barred; the details are sealed"),
    "nobody_free": ("合适的人这次名额都满了", "all who fit are fully taken this time"),
    "official_missing": ("没有可以陪同的干部", "there is no official who could go along"),
    "official_busy": ("能陪同的干部这次都排满了", "all officials who could go along are fully taken"),
    "pair_conflict": ("剩下的人和能陪同的干部不便同去", "those left may not go together with the officials left"),
}


def open_needs(arcs: Arcs, company: Company, final: Choice, *, lost: Choice) -> tuple[Unassigned, ...]:
    """Every need with a place left open. `lost`: the choice before repair, to tell what the repair gave up."""
    needs, helpers = arcs.frame.needs, arcs.frame.helpers
    served = np.bincount(final.need, minlength=len(needs)).tolist()
    room = np.array([helper.free for helper in helpers], dtype=np.int64)
    room -= np.bincount(final.helper, minlength=len(helpers))
    given_up = set(lost.need.tolist()) - set(final.need.tolist())
    found = []
    for at, need in enumerate(needs):
        if served[at] < need.slots:
            code = "pair_conflict" if at in given_up else why(arcs, company, at, room)
            found.append(Unassigned(need.id, code, *NOBODY[code], need.slots - served[at], need.fallback))
    return tuple(found)


def why(arcs: Arcs, company: Company, at: int, room: Ints) -> str:
    """`room`: places that the plan leaves free, per helper."""
    need = arcs.frame.needs[at]
    low, high = np.searchsorted(arcs.need, [at, at + 1])
    if low == high:
        return nobody(arcs.frame, at)
    if need.official != "required":
        return "nobody_free"
    if not (company.need == at).any():
        return official(arcs.frame, at)
    return "official_busy" if (room[arcs.helper[low:high]] > 0).any() else "nobody_free"


def nobody(frame: Frame, at: int) -> str:
    need = frame.needs[at]
    left = frame.skilled[frame.skill_of[at]]
    steps: tuple[tuple[str, Bools | None], ...] = (
        ("nobody_skilled", None),
        ("third_party", ~frame.staff if frame.third_party[at] else None),
        ("nobody_near", frame.reach[frame.region_of[at]]),
        ("all_refused", others(frame, need.refuse)),
        ("all_barred", others(frame, tuple(bar.helper for bar in need.exclude))),
    )
    for code, allowed in steps:
        left = left if allowed is None else left & allowed
        if not left.any():
            return code
    return "nobody_free"


def others(frame: Frame, ids: tuple[object, ...]) -> Bools:
    """Everybody but these."""
    return np.array([helper.id not in ids for helper in frame.helpers], dtype=np.bool_)


def official(frame: Frame, at: int) -> str:
    allowed = frame.needs[at].officials
    return "official_missing" if not (frame.officials if allowed is None else allowed) else "official_busy"
