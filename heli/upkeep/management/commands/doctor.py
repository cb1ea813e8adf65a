from dataclasses import asdict
from typing import Any

from heli.common.commands import DONE, FOUND, HeliCommand
from heli.upkeep import checkup
from heli.upkeep.checkup import Finding, Grade
from heli.upkeep.place import here

MARKS = {Grade.OK: "好  ", Grade.WARN: "留意", Grade.BAD: "要改"}


class Command(HeliCommand):
    help = "say what is missing or unsafe on this machine and in these settings, and what to do; changes nothing"

    def work(self, **_options: Any) -> tuple[int, dict[str, Any]]:
        found = checkup.examine(here())
        for finding in found:
            self._tell(finding)
        count = {grade.value: sum(finding.grade == grade for finding in found) for grade in Grade}
        self.say()
        self.say(f"{count['bad']} 处要改，{count['warn']} 处请留意，{count['ok']} 处都好。")
        document = {"ok": not count["bad"], "count": count, "found": [asdict(finding) for finding in found]}
        return (FOUND if count["bad"] else DONE), document

    def _tell(self, finding: Finding) -> None:
        self.say(f"{MARKS[finding.grade]}  {finding.message}")
        if finding.todo:
            self.say(f"        → {finding.todo}")
