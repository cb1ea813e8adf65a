"""Reading one file in a process of its own: what came of it, how long, and how much memory more than before.

`python -m tests.attacks.measuring FILE...` prints one JSON a line, each file in its own process.
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
MEMORY = 1024 * 1024 * 1024  # a process that asks for more than this is ended by the machine


def measured(path: Path) -> dict[str, Any]:
    """What a process of its own says of this file."""
    command = [sys.executable, "-m", "tests.attacks.measuring", "--alone", str(path)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=True)
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def _alone(path: Path) -> dict[str, Any]:
    import datetime

    from heli.intake.reading import Unreadable, read_plan
    from heli.intake.tests.places import places

    known, day = places(), datetime.date(2023, 10, 25)
    before, begun = _peak(), time.perf_counter()
    try:
        plan = read_plan(path, places=known, today=day)
        code, good, bad = "", plan.good, len(plan.bad)
    except Unreadable as error:
        code, good, bad = error.code, 0, 0
    took, grown = time.perf_counter() - begun, (_peak() - before) / 1024
    size = path.stat().st_size
    return {"file": path.name, "bytes": size, "code": code, "good": good, "bad": bad, "s": round(took, 2), "mib": round(grown, 1)}  # fmt: skip


def _peak() -> int:
    """KiB. Not `ru_maxrss`, which begins with what the parent process had."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])


if __name__ == "__main__":
    if sys.argv[1] == "--alone":
        resource.setrlimit(resource.RLIMIT_AS, (4 * MEMORY, 4 * MEMORY))
        print(json.dumps(_alone(Path(sys.argv[2]))))
    else:
        for name in sys.argv[1:]:
            print(json.dumps(measured(Path(name)), ensure_ascii=False), flush=True)
