import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from heli.access.services import operator
from heli.common import days
from heli.common.commands import DONE, REFUSED, HeliCommand
from heli.helpers import exchange, popolo
from heli.ledger.acting import acting


class Command(HeliCommand):
    help = "write the people who help in a region as Popolo JSON; `heli import FILE` reads such a file"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--region", default="", metavar="CODE", help="a county, town or village; all without it")
        parser.add_argument("--phones", action="store_true", help="with telephones")

    def work(self, **options: Any) -> tuple[int, dict[str, Any]]:
        document = popolo.document(options["region"], phones=options["phones"])
        try:
            options["file"].write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
        except OSError as error:
            self.stderr.write(f"写不了这个文件：{error.strerror}。")
            return REFUSED, {"error": "file", "message": str(error.strerror)}
        counts = {name: len(rows) for name, rows in document.items()}
        with acting(operator(), "operator"):
            exchange.exported_note(region=options["region"], counts=counts, actor=operator(), at=days.now())
        self.say(f"写好了：{counts['persons']} 人，{counts['organizations']} 个组织和队伍。")
        return DONE, counts
