import getpass
import os
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from heli.common import days
from heli.common.commands import DONE, HeliCommand
from heli.common.errors import DomainError
from heli.upkeep import keyring
from heli.upkeep.place import here


class Command(HeliCommand):
    help = "the keys under a passphrase: export FILE writes them into a new file, import FILE puts them back"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verb", choices=("export", "import"))
        parser.add_argument("file", type=Path, metavar="FILE")

    def work(self, **options: Any) -> tuple[int, dict[str, Any]]:
        return self._export(options["file"]) if options["verb"] == "export" else self._import(options["file"])

    def _export(self, file: Path) -> tuple[int, dict[str, Any]]:
        keys = keyring.export(here().ring, file, _passphrase(twice=True), at=days.true_now())
        self.say(f"钥匙写在 {file}，要用口令才打得开。请和备份分开放，口令记在别处；两样丢了一样，数据就打不开。")
        return DONE, {"file": str(file), "keys": [asdict(key) for key in keys]}

    def _import(self, file: Path) -> tuple[int, dict[str, Any]]:
        keys, new = keyring.bring_back(file, here().ring, _passphrase(twice=False))
        self.say(f"钥匙放回了 {here().ring}。" if new else f"{here().ring} 里就是这份钥匙，没有动。")
        return DONE, {"keys": [asdict(key) for key in keys], "changed": new}


def _passphrase(*, twice: bool) -> str:
    """From the environment, for scripts; else asked for, and never shown."""
    given = os.environ.get("HELI_PASSPHRASE")
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise DomainError(
            "passphrase_missing", "没有口令。", kept="什么都没有动。",
            todo="请在终端里运行，会问您；脚本里用环境变量 HELI_PASSPHRASE。",
        )  # fmt: skip
    first = getpass.getpass(f"口令（至少 {keyring.LEAST} 个字）: " if twice else "口令: ")
    if twice and getpass.getpass("再输一次: ") != first:
        raise DomainError("passphrase_differs", "两次输的口令不一样。", kept="什么都没有写。", todo="请再来一次。")
    return first
