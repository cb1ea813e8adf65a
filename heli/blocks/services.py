from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from heli import ledger
from heli.access.models import Person
from heli.common.errors import Conflict

from .models import Block, BlockVillage, Programme

# Household numbers walk through 1000…9999 in steps that tell nothing of the order in which people were listed.
FIRST, MANY, STRIDE = 1000, 9000, 7919


@ledger.written
def programme_add(*, name: str, kind: str, year: int, region_code: str, actor: Person, at: datetime) -> Programme:
    if Programme.objects.filter(name=name, year=year).exists():
        raise Conflict("programme_exists", _("这个项目今年已经有了。"))
    programme = Programme.objects.create(name=name, kind=kind, year=year, region_code=region_code)
    ledger.append("programme.add", subject=programme, actor=actor, at=at, name=name, kind=kind, year=year)
    return programme


@ledger.written
def block_add(
    *, code: str, name: str, mark: str, programme: Programme, town_code: str, villages: Sequence[str],
    actor: Person, at: datetime, land: str = Block.Land.COLLECTIVE, started_on: date | None = None,
) -> Block:  # fmt: skip
    """A new block of a town over its villages."""
    if Block.objects.filter(code=code).exists() or Block.objects.filter(town_code=town_code, name=name).exists():
        raise Conflict("block_exists", _("这个镇已经有同名的区块。"), todo=_("请打开它，或换一个名字。"))
    block = Block.objects.create(
        code=code, name=name, mark=mark, programme=programme, town_code=town_code, land=land, started_on=started_on
    )
    BlockVillage.objects.bulk_create(BlockVillage(block=block, village_code=village) for village in villages)
    ledger.append("block.add", subject=block, actor=actor, at=at, name=name, town=town_code, villages=list(villages))
    return block


@ledger.written
def block_edit(block: Block, *, old: Mapping[str, Any], new: Mapping[str, Any], actor: Person, at: datetime) -> Block:
    """Put right a block's name, land or villages; claimed by what stood there."""
    held = {name: value for name, value in old.items() if name != "villages"}
    own = {name: value for name, value in new.items() if name != "villages"}
    if Block.objects.filter(town_code=block.town_code, name=own.get("name", "")).exclude(pk=block.pk).exists():
        raise Conflict("block_exists", _("这个镇已经有同名的区块。"), todo=_("请打开它，或换一个名字。"))
    lies = sorted(block.villages.values_list("village_code", flat=True))
    stands = Block.objects.filter(pk=block.pk, **held)
    moved = "villages" in old and sorted(old["villages"]) != lies
    if moved or (own and not stands.update(**own)):
        raise Conflict(
            "block_moved", _("这个区块刚刚有人改过。"), kept=_("什么都没有变。"), todo=_("请再看一遍，再办。")
        )
    if "villages" in new:
        block.villages.exclude(village_code__in=new["villages"]).delete()
        BlockVillage.objects.bulk_create(
            BlockVillage(block=block, village_code=code) for code in new["villages"] if code not in lies
        )
    ledger.append("block.edit", subject=block, actor=actor, at=at, old=dict(old), new=dict(new))
    block.refresh_from_db()
    return block


def household_codes(block: Block, how_many: int) -> list[str]:
    """The next household codes of a block, like 吉-0417. Call inside the service that writes them."""
    Block.objects.filter(pk=block.pk).update(numbers_given=F("numbers_given") + how_many)
    block.refresh_from_db(fields=["numbers_given"])
    first = block.numbers_given - how_many
    return [f"{block.mark}-{_number(n)}" for n in range(first, first + how_many)]


def _number(n: int) -> int:
    """The nth number: four digits for the first 9,000, then five."""
    if n < MANY:
        return (FIRST + n) * STRIDE % MANY + FIRST
    return (n - MANY) * STRIDE % (10 * MANY) + 10 * FIRST


def free_code(town_code: str) -> str:
    """The next short code of a town's blocks: the town's last three digits and a number."""
    number = Block.objects.filter(town_code=town_code).count() + 1
    while Block.objects.filter(code=f"{town_code[6:9]}-{number:02d}").exists():
        number += 1
    return f"{town_code[6:9]}-{number:02d}"


def blocks_at(regions: list[str]) -> int:
    """Blocks that lie in one of these villages."""
    return Block.objects.filter(villages__village_code__in=regions).distinct().count()


@ledger.written
def blocks_relocate(moved: Mapping[str, str], *, actor: Person, at: datetime) -> int:
    """Where a village or town became another (old code → new), blocks lie in the new one. Their codes stay."""
    found = list(Block.objects.filter(villages__village_code__in=list(moved)).distinct().order_by("pk"))
    for block in found:
        held = set(block.villages.values_list("village_code", flat=True))
        block.villages.filter(village_code__in=list(moved)).delete()
        fresh = sorted({moved[code] for code in held & set(moved)} - (held - set(moved)))
        BlockVillage.objects.bulk_create(BlockVillage(block=block, village_code=code) for code in fresh)
        ledger.append("block.villages", subject=block, actor=actor, at=at, moved=dict(moved))
    for old, new in moved.items():
        Block.objects.filter(town_code=old).update(town_code=new)
        Programme.objects.filter(region_code=old).update(region_code=new)
    return len(found)
