import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import numpy as np

from heli.common.commands import DONE, REFUSED, HeliCommand
from heli.engines import matching


def solved(path: Path) -> dict[str, Any]:
    """The plan document of a heli-dispatch/1 or heli-assignment/1 file (JSON, or .npz of the latter)."""
    if path.suffix == ".npz":
        with np.load(path, allow_pickle=False) as arrays:
            return matching.answer_document(matching.solve_assignment(matching.parse_assignment(arrays)))
    document = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(document, dict) and document.get("format") == "heli-assignment/1":
        return matching.answer_document(matching.solve_assignment(matching.parse_assignment(document)))
    return matching.plan_document(matching.solve(matching.parse_problem(document), cover=True))


class Command(HeliCommand):
    help = "the matching engine alone on a problem file (docs/reference/files.md)"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("problem", type=Path)
        parser.add_argument("--out", type=Path, help="write the plan here")

    def work(self, **options: Any) -> tuple[int, dict[str, Any]]:
        try:
            plan = solved(options["problem"])
        except OSError as error:
            return self._no("file", f"打不开这个文件：{error.strerror}。")
        except ValueError as error:
            return self._no("format", f"这个文件不是要的格式：{error}")
        except matching.BadProblem as error:
            return self._no(error.code, str(error))
        if options["out"]:
            options["out"].write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
        self.say(f"排出 {sum(one != -1 for one in plan['assigned'])} 件，gap {plan['gap']}")
        return DONE, plan

    def _no(self, code: str, message: str) -> tuple[int, dict[str, Any]]:
        self.stderr.write(message)
        return REFUSED, {"error": code, "message": message}
