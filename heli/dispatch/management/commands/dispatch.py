import time
from argparse import ArgumentParser
from typing import Any

from heli.access import services as access
from heli.access.roles import Role
from heli.common import days
from heli.common.commands import DONE, HeliCommand
from heli.common.errors import DomainError
from heli.dispatch import proposing
from heli.ledger.acting import acting
from heli.regions.models import Region


class Command(HeliCommand):
    help = "match a region's open needs with people who help; --apply keeps the proposals for the officers"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--region", required=True, metavar="CODE", help="a county, town or village code")
        parser.add_argument("--apply", action="store_true", help="keep the proposals; without it nothing is written")

    def work(self, **options: Any) -> tuple[int, dict[str, Any]]:
        code = options["region"]
        if not Region.objects.filter(code=code).exists():
            raise DomainError(
                "region_unknown",
                f"没有这个区划代码：{code}。",
                kept="什么都没有写。",
                todo="代码截到本级，比如 331081108。",
            )
        operator, began = access.operator(), time.perf_counter()
        with acting(operator, Role.OPERATOR):
            run = proposing.region_propose(code, actor=operator, at=days.now(), apply=options["apply"])
        plan, took = run.plan, time.perf_counter() - began
        seconds = dict(run.seconds)
        seconds["write"] = round(took - sum(seconds.values()), 4)
        document = {
            "needs": run.needs,
            "helpers": run.helpers,
            "proposed": len(plan["assigned"]),
            "unassigned": {str(row["need"]): row["reason"] for row in plan["unassigned"]},
            "objective": run.objective,
            "bound": run.bound,
            "gap": plan["gap"],
            "seconds": seconds,
            "applied": options["apply"],
        }
        self.say(
            f"{run.needs} 件要帮的忙，{run.helpers} 位能请；排出 {len(plan['assigned'])} 件，没人的 {len(plan['unassigned'])} 件。"
        )
        return DONE, document
