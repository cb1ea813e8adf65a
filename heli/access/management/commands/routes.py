from typing import Any

from heli.access import rules
from heli.common.commands import DONE, FOUND, HeliCommand


class Command(HeliCommand):
    help = "list every route with its methods, name and access rule"

    def work(self, **options: Any) -> tuple[int, dict[str, Any]]:
        found = rules.routes()
        for route in found:
            self.say(f"{','.join(route.rule.methods) if route.rule else '?':10} {route.path:55} {route.rule}")
        listed = [
            {
                "path": route.path,
                "name": route.name,
                "methods": list(route.rule.methods) if route.rule else [],
                "rule": str(route.rule) if route.rule else None,
            }
            for route in found
        ]
        return (FOUND if any(route.rule is None for route in found) else DONE), {"routes": listed}
