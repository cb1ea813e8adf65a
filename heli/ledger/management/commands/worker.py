import signal
import time
from argparse import ArgumentParser
from typing import Any

from django.db import close_old_connections

from heli.common.commands import DONE, HeliCommand
from heli.ledger import jobs

ROUND_SECONDS = 0.5


class Command(HeliCommand):
    help = "do long work from the queue; as many of these as wanted"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what waits now, then end")

    def work(self, **options: Any) -> tuple[int, dict[str, Any]]:
        self.running = True
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self._end)
        done = 0
        while self.running:
            did = jobs.work_round()
            done += did
            if options["once"] and not did:
                break
            if not did:
                close_old_connections()
                time.sleep(ROUND_SECONDS)
        return DONE, {"done": done}

    def _end(self, *_: object) -> None:
        self.running = False
