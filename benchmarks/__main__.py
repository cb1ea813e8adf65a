"""Run the benchmarks: `python -m benchmarks [name …]`."""

import json
import os
import platform
import sys
from importlib import import_module
from pathlib import Path

NAMES = ("matching", "ledger")
RESULTS = Path(__file__).parent / "results.jsonl"


def main() -> None:
    for name in sys.argv[1:] or NAMES:
        for row in import_module(f"benchmarks.{name}").run():
            row |= {
                "bench": name,
                "load": os.getloadavg()[0],
                "cores": os.cpu_count(),
                "python": platform.python_version(),
            }
            print(
                f"{name:10} {row['what']:45} {row['side']:.4f} s / {row['reference']:.4f} s = {row['ratio']:.2f}x  load {row['load']:.1f}"
            )
            with RESULTS.open("a", encoding="utf-8") as file:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
