from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from heli.common import days
from heli.common.commands import DONE, FOUND, HeliCommand
from heli.upkeep import restoring
from heli.upkeep.place import here
from heli.upkeep.restoring import Restored


class Command(HeliCommand):
    help = "put a backup back after checking all of it; a damaged, newer or unreadable one is refused"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="as heli backup wrote it")
        parser.add_argument("--replace", action="store_true", help="move the present data aside, into a dated folder")

    def work(self, **options: Any) -> tuple[int, dict[str, Any]]:
        done = restoring.restore(
            options["folder"].absolute(), here(), replace=options["replace"], at=days.true_now(), tell=self.say
        )
        self._tell(done)
        return (FOUND if done.brought.report.bad else DONE), self._document(done)

    def _tell(self, done: Restored) -> None:
        page, report = done.manifest, done.brought.report
        self.say(f"恢复好了：{done.folder}，做于 {page.created}。")
        self.say(f"  {len(page.files)} 个文件，{page.bytes} 字节，用了 {done.seconds} 秒")
        if done.brought.steps:
            self.say(f"  备份比这个版本旧，数据库往前走了 {done.brought.steps} 步。")
        for folder in done.aside:
            self.say(f"原来的数据在：{folder}")
        for bad in report.bad:
            self.say(f"{bad.chain}#{bad.seq} {bad.kind} {bad.subject}: {bad.why}")
        if not report.bad:
            self.say(f"账本一致：{report.chains} 条链，{report.entries} 条记录，{report.rows} 行对得上。")
        self.say("现在可以重新打开 heli serve。")

    def _document(self, done: Restored) -> dict[str, Any]:
        page, report = done.manifest, done.brought.report
        return {
            "restored": str(done.folder),
            "created": page.created,
            "app": page.app,
            "files": len(page.files),
            "bytes": page.bytes,
            "chains": report.chains,
            "entries": report.entries,
            "rows": report.rows,
            "migrated": done.brought.steps,
            "moved_aside": [str(folder) for folder in done.aside],
            "seconds": done.seconds,
            "ok": not report.bad,
            "bad": [
                {"chain": b.chain, "seq": b.seq, "subject": f"{b.kind}:{b.subject}", "why": b.why} for b in report.bad
            ],
        }
