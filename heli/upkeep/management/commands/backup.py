from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from heli.common import days
from heli.common.commands import DONE, FOUND, HeliCommand
from heli.upkeep import backing_up
from heli.upkeep.place import here


class Command(HeliCommand):
    help = "copy the whole system into a new folder and check it, while users go on working; keys are left out"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="new or empty")

    def work(self, **options: Any) -> tuple[int, dict[str, Any]]:
        made = backing_up.back_up(options["folder"], here(), at=days.true_now(), tell=self.say)
        backing_up.note(made, here())
        page = made.manifest
        self.say(f"备份好了，每个文件都重新读过：{made.folder}")
        self.say(
            f"  {len(page.files)} 个文件，{page.bytes} 字节，{len(page.facts.chains)} 条链，{page.facts.entries} 条记录"
        )
        self.say("钥匙不在里面。请用 heli keys export 另存一份，和备份分开放。")
        if not made.opens:
            self.say("注意：这里的钥匙打不开这些数据。请把原来的钥匙找回来，没有它，证件号和电话都读不出。")
        return (DONE if made.opens else FOUND), {
            "backup": str(made.folder),
            "files": len(page.files),
            "bytes": page.bytes,
            "chains": len(page.facts.chains),
            "entries": page.facts.entries,
            "seconds": made.seconds,
            "keys_left_out": True,
            "keys_open_it": made.opens,
        }
