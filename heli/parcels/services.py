"""The verbs of the land: a lot is split, lots are merged, that is undone, a block's boundary is set. Old versions stay."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from heli import ledger
from heli.access.models import Person
from heli.blocks.models import Block
from heli.common import codes
from heli.common.errors import Conflict, DomainError, Refusal
from heli.ledger import digests
from heli.ledger.canonical import sha256
from heli.regions import moving

from . import bulk, rules, state
from .bulk import NewParcel, Succession
from .geometry import Geometry, area_dm2, shape_of, text
from .models import Boundary, Parcel, Survey


@ledger.written
def parcel_split(
    parcel: Parcel, *, parts: Sequence[NewParcel], surveyed_on: date, actor: Person, at: datetime, reason: str = ""
) -> list[Parcel]:
    """One lot becomes several, under new numbers, from the next survey version on."""
    check_in_force([parcel])
    _refuse(rules.split_refusals(shape_of(parcel.shape), [shape_of(part.shape) for part in parts]))
    ends = Succession({parcel.pk: [part.number for part in parts]})
    return _follow("split", parcel.block, parts, ends, surveyed_on, reason, actor=actor, at=at)


@ledger.written
def parcels_merge(
    parcels: Sequence[Parcel], *, number: str, legal_dm2: int | None, surveyed_on: date, actor: Person, at: datetime,
    serial: str | None = None, land_use: str | None = None, reason: str = "",
) -> Parcel:  # fmt: skip
    """Neighbouring lots of one block become one. Its legal area is the new survey's, not the sum; what is not told
    of serial and use is the first lot's."""
    check_in_force(parcels)
    if len({parcel.block_id for parcel in parcels}) > 1:
        raise DomainError("merge_two_blocks", _("这几块不在同一个区块。"), kept=_("什么都没有变。"))
    shapes = [shape_of(parcel.shape) for parcel in parcels]
    _refuse(rules.merge_refusals(shapes))
    shape, first = rules.merged(shapes), parcels[0]
    new = NewParcel(
        first.region_code, number, text(shape), area_dm2(shape), legal_dm2,
        serial=first.serial if serial is None else serial, land_use=first.land_use if land_use is None else land_use,
    )  # fmt: skip
    ends = Succession({parcel.pk: [number] for parcel in parcels})
    return _follow("merge", first.block, [new], ends, surveyed_on, reason, actor=actor, at=at)[0]


@ledger.written
def survey_undo(survey: Survey, *, actor: Person, at: datetime) -> list[Parcel]:
    """A split or merge is undone: the lots that it ended begin again, as the block's next version."""
    block = survey.block
    bulk.block_hold(block)
    if not survey.may_go_back:
        raise DomainError("survey_not_undoable", _("只有分割和合并能撤回。"), kept=_("什么都没有变。"))
    if Survey.objects.filter(block=block, number__gt=survey.number).exists():
        raise Conflict("survey_followed", _("后面又有了新的一版，这一步不能再撤回。"), kept=_("什么都没有变。"),
                       todo=_("请从现在的宗地接着改。"))  # fmt: skip
    parted = list(Parcel.objects.filter(block=block, since=survey.number))
    old = list(Parcel.objects.filter(block=block, until=survey.number).order_by("pk"))
    ends = Succession({part.pk: [one.number for one in old] for part in parted})
    before = Survey.objects.filter(block=block, number__lt=survey.number).order_by("-number").first() or survey
    new = [_again(one) for one in old]
    return _follow("undo", block, new, ends, before.surveyed_on, actor=actor, at=at)


def _again(old: Parcel) -> NewParcel:
    return NewParcel(
        old.region_code,
        old.number,
        old.shape,
        old.computed_dm2,
        old.legal_dm2,
        serial=old.serial,
        land_use=old.land_use,
    )


@ledger.written
def boundary_set(block: Block, *, shape: Geometry, how: str, actor: Person, at: datetime) -> Boundary:
    """A new version of a block's outline; the one before stays."""
    _refuse(rules.boundary_refusals(shape))
    bulk.block_hold(block)
    last = Boundary.objects.filter(block=block).aggregate(last=Max("number"))["last"] or 0
    outline = text(shape)
    boundary = Boundary.objects.create(
        block=block, number=last + 1, shape=outline, area_dm2=area_dm2(shape), how=how, by=actor, at=at
    )
    ledger.append(
        "block.boundary", subject=block, actor=actor, at=at, number=boundary.number, how=how, shape=sha256(outline)
    )
    return boundary


def _follow(
    verb: str, block: Block, new: Sequence[NewParcel], ends: Succession, day: date, reason: str = "", *,
    actor: Person, at: datetime,
) -> list[Parcel]:  # fmt: skip
    """New lots take the place of others as the block's next version; the verb says why."""
    taken = Parcel.objects.filter(block=block, until__isnull=True, number__in=[item.number for item in new])
    if taken.exclude(pk__in=ends.ends).exists() or len({item.number for item in new}) < len(new):
        raise DomainError("number_taken", _("这个宗地号已经有了。"), kept=_("什么都没有变。"), todo=_("请换一个号。"))
    batch = f"{verb}/{secrets.token_hex(8)}"
    written = bulk.slice_write(new, block=block, batch=batch)
    told = bulk.batch_enter(batch, block=block, ends=ends, why=verb, surveyed_on=day, reason=reason)
    numbers = [item.number for item in new]
    draft = ledger.append(
        f"parcel.{verb}", subject=block, actor=actor, at=at, numbers=numbers, surveyed_on=day, reason=reason
    )
    ledger.leaves(draft, told)
    return list(Parcel.objects.filter(pk__in=written).order_by("pk"))


def check_in_force(parcels: Sequence[Parcel]) -> None:
    fresh = Parcel.objects.filter(pk__in=[parcel.pk for parcel in parcels], until__isnull=True)
    if fresh.count() < len(parcels):
        raise Conflict(
            "parcel_ended", _("这块宗地刚刚已经分割、合并或换了新的测绘。"), kept=_("您的这一步没有写进去。"), todo=_("请刷新再看。")
        )  # fmt: skip


def _refuse(reasons: Sequence[Refusal]) -> None:
    if reasons:
        raise DomainError(reasons[0].code, reasons[0].message, kept=_("什么都没有变。"), todo=_("请改好再存。"))


def parcels_at(regions: list[str]) -> int:
    """Lots in force in these villages."""
    return Parcel.objects.filter(region_code__in=regions, until=None).count()


@ledger.written
def parcels_relocate(moved: Mapping[str, str], *, actor: Person, at: datetime) -> int:
    """Where a village became another (old code → new), its lots lie in the new one, those of old surveys too."""
    there = Parcel.objects.filter(region_code__in=list(moved)).order_by("pk")
    pks = list(there.values_list("pk", flat=True))
    for old, new in moved.items():
        Parcel.objects.filter(region_code=old).update(region_code=new)
    if pks:
        subject = moving.Moved(next(iter(moved)), "parcels", f"town/{codes.town_of(next(iter(moved.values())))}")
        draft = ledger.append("parcels.relocate", subject=subject, actor=actor, at=at, moved=dict(moved))
        ledger.leaves(draft, [("parcel", pk, digest) for pk, digest in _digests(pks).items()])
    return len(pks)


def _digests(pks: Sequence[int]) -> dict[str, str]:
    told: dict[str, str] = {}
    for start in range(0, len(pks), 400):  # SQLite's limit on variables
        rows = Parcel.objects.filter(pk__in=pks[start : start + 400]).order_by("pk")
        told |= digests.digests("parcel", dict(state.states(rows)))
    return told
