"""The same change to many households, in one entry a chain, with the way back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from heli import ledger
from heli.access.models import Person
from heli.blocks.models import Block
from heli.common import codes, wording
from heli.common.errors import Conflict, DomainError
from heli.ledger import digests
from heli.lists import Changed
from heli.papers import services as papers

from . import state
from .bulk import WITH_PARTS
from .models import Household

A_SLICE = 400  # SQLite's limit on variables


@dataclass(frozen=True, slots=True)
class Together:
    """What an entry about several households of one chain is about."""

    pk: str
    chain: str
    ledger_kind: str = "households"

    def ledger_chain(self) -> str:
        return self.chain


@ledger.written
def households_move_block(rows: Sequence[Household], *, block: Block, actor: Person, at: datetime) -> Changed:
    """They close in the chain they were in, and open in the block's."""
    moving = [row for row in rows if row.block_id != block.pk]
    left = {row.pk: row.ledger_chain() for row in moving}
    changed = _change(moving, {"block": block})
    for chain, pks in _by_chain(left).items():
        ledger.append("households.leave", subject=Together(block.code, chain), actor=actor, at=at, households=pks)
    draft = ledger.append("households.join", subject=Together(block.code, block.ledger_chain()), actor=actor, at=at)
    _name(draft, sorted(left))
    return changed


@ledger.written
def households_set_group(rows: Sequence[Household], *, group_name: str, actor: Person, at: datetime) -> Changed:
    changed = _change([row for row in rows if row.group_name != group_name], {"group_name": group_name})
    for chain, pks in _by_chain({row.pk: row.ledger_chain() for row in rows}).items():
        _name(ledger.append("households.group", subject=Together(group_name, chain), actor=actor, at=at), pks)
    return changed


@ledger.written
def households_restore(before: Mapping[str, Any], *, actor: Person, at: datetime) -> int:
    """Give each household back what it had, if nobody changed any of them since; else say which ones."""
    rows = _rows([int(pk) for pk in before])
    moved = [row.code for row in rows if row.version != before[str(row.pk)]["version"]]
    if moved or len(rows) < len(before):
        raise Conflict(
            "changed_since",
            _("有 %(n)s 户之后又改过：%(which)s。") % {"n": len(moved), "which": wording.listed(moved[:10])},
            kept=_("什么都没有撤回。"),
            todo=_("请一户一户看过再改。"),
        )
    for row in rows:
        old = {name: value for name, value in before[str(row.pk)].items() if name != "version"}
        Household.objects.filter(pk=row.pk).update(version=F("version") + 1, **old)
    fresh = _rows([row.pk for row in rows])
    for chain, pks in _by_chain({row.pk: row.ledger_chain() for row in fresh}).items():
        _name(ledger.append("households.restore", subject=Together(str(pks[0]), chain), actor=actor, at=at), pks)
    return len(rows)


def households_at(regions: list[str]) -> int:
    return Household.objects.filter(region_code__in=regions).count()


@ledger.written
def households_relocate(moved: Mapping[str, str], *, actor: Person, at: datetime) -> int:
    """Where a village became another (old code → new), its households lie in the new one. Their codes stay."""
    pks = list(Household.objects.filter(region_code__in=list(moved)).order_by("pk").values_list("pk", flat=True))
    for old, new in moved.items():
        there = Household.objects.filter(region_code=old)
        there.update(region_code=new, town_code=codes.town_of(new), version=F("version") + 1)
    rows = _rows(pks)
    papers.subject_moved("household", {row.pk: row.region_code for row in rows})
    for chain, part in _by_chain({row.pk: row.ledger_chain() for row in rows}).items():
        subject = Together(str(part[0]), chain)
        _name(ledger.append("households.relocate", subject=subject, actor=actor, at=at, moved=dict(moved)), part)
    return len(pks)


def _change(rows: Sequence[Household], facts: Mapping[str, Any]) -> Changed:
    """Claim each row by the version that was seen, and note what it had."""
    for row in rows:
        claimed = Household.objects.filter(pk=row.pk, version=row.version).update(version=F("version") + 1, **facts)
        if not claimed:
            raise Conflict("household_moved", _("%(code)s 刚刚有人改过。") % {"code": row.code},
                           kept=_("什么都没有变。"), todo=_("请再看一遍，再办。"))  # fmt: skip
    before = {str(row.pk): {"version": row.version + 1} | {name: _plain(row, name) for name in facts} for row in rows}
    if not rows:
        raise DomainError("nothing_changes", _("选中的都已经是这样了。"), kept=_("什么都没有变。"))
    return Changed(len(rows), before)


def _plain(row: Household, name: str) -> Any:
    value = getattr(row, name)
    return value.pk if isinstance(value, Block) else value


def _name(draft: Any, pks: Sequence[int]) -> None:
    """Give an entry a leaf for each of these households, as they stand now."""
    told = digests.digests("household", dict(state.states(_rows(pks))))
    ledger.leaves(draft, [("household", pk, digest) for pk, digest in told.items()])


def _by_chain(chains: Mapping[int, str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for pk in sorted(chains):
        found.setdefault(chains[pk], []).append(pk)
    return found


def _rows(pks: Iterable[int]) -> list[Household]:
    wanted = list(pks)
    found: list[Household] = []
    for start in range(0, len(wanted), A_SLICE):
        part = Household.objects.filter(pk__in=wanted[start : start + A_SLICE]).select_related("block")
        found += part.order_by("pk").prefetch_related(*WITH_PARTS)
    return found
