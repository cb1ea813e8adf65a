import os
import subprocess
import sys
from argparse import ArgumentParser
from typing import Any

from heli.common.commands import DONE, HeliCommand


class Command(HeliCommand):
    help = "serve the pages, with a worker beside for long work"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--https", action="store_true", help="behind a proxy that speaks https")
        parser.add_argument("--no-worker", action="store_true", help="workers run elsewhere (heli worker)")

    def work(self, **options: Any) -> tuple[int, dict[str, Any]]:
        serve(options["host"], options["port"], worker=not options["no_worker"])
        return DONE, {}


def serve(host: str, port: int, *, worker: bool = True) -> None:
    """Run the server until it is stopped; the worker goes with it."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    beside = subprocess.Popen([sys.executable, "-m", "heli", "worker"], env=os.environ) if worker else None
    try:
        Granian(
            "heli.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            blocking_threads=4,
            log_access=False,
            log_level=LogLevels.warning,
        ).serve()
    finally:
        if beside:
            beside.terminate()
            beside.wait(timeout=10)
