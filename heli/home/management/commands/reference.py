from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from heli.common.commands import DONE, FOUND, HeliCommand
from heli.home import reference


class Command(HeliCommand):
    help = "write the generated reference pages into a folder; --check only says whether they are current"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--check", action="store_true")

    def work(self, **options: Any) -> tuple[int, dict[str, Any]]:
        stale = []
        for name, text in reference.pages().items():
            path = options["folder"] / name
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(name)
                if not options["check"]:
                    path.write_text(text, encoding="utf-8")
        self.say(f"{len(stale)} pages {'are not current' if options['check'] else 'written'}")
        return (FOUND if stale and options["check"] else DONE), {"stale": stale}
