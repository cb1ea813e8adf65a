import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from heli.access import services as access
from heli.access.roles import Role
from heli.blocks import selectors as blocks
from heli.blocks.models import Block
from heli.common import days
from heli.common.commands import DONE, FOUND, REFUSED, HeliCommand
from heli.common.errors import DomainError
from heli.intake import planning, services, wording
from heli.intake.reading import Plan, Unreadable
from heli.intake.tables import TABLES
from heli.ledger.acting import acting


class Command(HeliCommand):
    help = "read an office's file; --dry-run only looks, --accept-good writes the good rows"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--kind", choices=("households", "helpers", "parcels", *TABLES), default="")
        parser.add_argument("--block", default="", metavar="CODE")
        parser.add_argument("--mapping", type=Path, help="JSON: column letter or header → field")
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--accept-good", action="store_true")
        parser.add_argument("--update", action="store_true", help="also put right what the file says otherwise")

    def work(self, **options: Any) -> tuple[int, dict[str, Any]]:
        block, mapping = self._block(options["block"]), self._mapping(options["mapping"])
        if not options["file"].is_file():
            raise DomainError("file_missing", f"找不到文件：{options['file']}。", kept="什么都没有写入。")
        at = days.now()
        try:
            plan, found = planning.read(
                options["file"], today=days.today(), kind=options["kind"], mapping=mapping, block=block
            )
        except Unreadable as error:
            raise wording.unreadable(error) from error
        ready = planning.against_registers(plan, found, "", _region(plan, found))
        if "zone" in ready.asks:
            raise wording.zone_needed(ready.plan.zones)
        document = self._document(ready)
        self._tell(ready)
        if options["dry_run"]:
            return (FOUND if ready.plan.bad else DONE), document
        return self._write(ready, options, mapping, document, at)

    def _block(self, code: str) -> Block | None:
        if not code:
            return None
        block = blocks.by_code(code)
        if block is None:
            raise DomainError("block_unknown", f"没有这个区块：{code}。", kept="什么都没有写入。")
        return block

    def _mapping(self, path: Path | None) -> dict[str, str]:
        if path is None:
            return {}
        try:
            mapping = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise DomainError("mapping_unreadable", f"列的对照表读不了：{path}。", kept="什么都没有写入。") from error
        if not isinstance(mapping, dict) or not all(isinstance(value, str) for value in mapping.values()):
            raise DomainError("mapping_unreadable", '列的对照表要写成 {"列": "含义"}。', kept="什么都没有写入。")
        return mapping

    def _document(self, ready: planning.Ready) -> dict[str, Any]:
        plan = ready.plan
        notices = [
            {"code": n.code, "count": n.count, "first": n.first, "message": wording.said(n)} for n in plan.notices
        ]
        if plan.kind == "households" and ready.block is None:
            notices.append({"code": "block_unknown", "count": 1, "first": "", "message": "没有区块，住户先落在镇里"})
        return {
            "kind": plan.kind,
            "batch": None,
            "rows": plan.rows,
            "accepted": plan.accepted,
            "bad": [
                {
                    "sheet": b.sheet,
                    "row": b.row,
                    "cell": b.cell,
                    "column": b.column,
                    "code": b.code,
                    "message": wording.said(b),
                }
                for b in plan.bad
            ],
            "notices": notices,
            "merged": plan.merged,
            "mapping": plan.mapping,
            "new": ready.new,
            "known": ready.known,
            "changed": len(ready.differences),
            "unchanged": ready.unchanged,
            "updated": 0,
            "committed": False,
        }

    def _tell(self, ready: planning.Ready) -> None:
        plan = ready.plan
        self.say(f"读到 {plan.rows} 行，可以写入 {ready.new}，已经有的 {ready.known}，要改的 {len(plan.bad_rows)} 行。")
        if ready.differences:
            self.say(f"已经有的里面有 {len(ready.differences)} 条和登记的不一样；加 --update 一并改过来。")
        for one in ready.table.otherwise:
            changes = "；".join(f"{line.label} {line.old or '–'} → {line.new or '–'}" for line in one.lines)
            self.say(f"  {one.row.sheet}!{one.row.row} {one.row.label}：{changes}")
        for bad in plan.bad:
            self.say(f"  {bad.sheet}!{bad.cell} {wording.said(bad)}")
        for notice in plan.notices:
            self.say(f"  · {wording.said(notice)}（{notice.count} 处）")

    def _write(
        self, ready: planning.Ready, options: dict[str, Any], mapping: dict[str, str], document: dict[str, Any], at: Any
    ) -> tuple[int, dict[str, Any]]:
        if ready.plan.bad and not options["accept_good"]:
            self.say("有要改的行，什么都没有写入。改好再来，或加 --accept-good 先写好的。")
            return REFUSED, document
        if "block" in ready.asks:
            raise DomainError(
                "block_needed", "还不知道这些宗地在哪个区块。", kept="什么都没有写入。", todo="请加 --block。"
            )
        if not ready.plan.good:
            self.say("没有一行可以写入。")
            return REFUSED, document
        if not ready.new and not (options["update"] and ready.differences):
            self.say("都已经在册，没有新的，什么都没有变。")
            return DONE, document | {"committed": True}
        operator = access.operator()
        with acting(operator, Role.OPERATOR):
            batch = self._hand_over(ready, options, mapping, operator, at)
            batch.changes_seen = ready.seen if options["update"] else ""
            services.batch_write(batch, actor=operator, at=at)
        self.say(f"写好了：{batch.code}，{batch.written} 条，改了 {batch.updated} 条。")
        return DONE, document | {"batch": batch.code, "updated": batch.updated, "committed": True}

    def _hand_over(
        self, ready: planning.Ready, options: dict[str, Any], mapping: dict[str, str], operator: Any, at: Any
    ) -> Any:
        content = options["file"].read_bytes()
        place, digest = services.file_keep(options["file"].name, iter([content]))
        return services.batch_hand_over(
            file_name=options["file"].name, place=place, digest=digest, town_code=ready.town_code, actor=operator,
            at=at, kind=ready.plan.kind, block=ready.block, mapping=mapping,
        )  # fmt: skip


def _region(plan: Plan, block: Block | None) -> str:
    """Where the file was filled in: what is said otherwise elsewhere is not this office's to change."""
    return (block.town_code if block else "") or plan.town_code
