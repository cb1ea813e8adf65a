"""Run the benchmarks: `python -m benchmarks [name …]`. Prints each row, keeps it, and writes the table of the docs."""

import json
import os
import platform
import sys
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

NAMES = ("matching", "generalised", "dispatching", "ledger", "intake", "searching", "city")
RESULTS = Path(__file__).parent / "results.jsonl"
TABLE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "measured.md"
PARTS = ("numpy", "pylmcf", "ortools", "scipy", "django")
SAID = {"what", "side", "reference", "ratio", "bench", "load", "unit", "cores", "python", "versions"}


def main() -> None:
    for name in sys.argv[1:] or NAMES:
        for row in import_module(f"benchmarks.{name}").run():
            keep(row | machine() | {"bench": name})
    TABLE.write_text(page(latest()), encoding="utf-8")


def keep(row: dict[str, Any]) -> None:
    print(f"{row['bench']:12} {row['what']:70} {line(row)[1]:>12}  load {row['load']:.1f}", flush=True)
    with RESULTS.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")


def machine() -> dict[str, Any]:
    return {
        "load": round(os.getloadavg()[0], 2),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "versions": {name: installed(name) for name in PARTS},
    }


def installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "–"


def latest() -> list[dict[str, Any]]:
    """The last row of each measurement."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for text in RESULTS.read_text(encoding="utf-8").splitlines():
        row = json.loads(text)
        found.pop((row["bench"], row["what"]), None)
        found[row["bench"], row["what"]] = row
    return list(found.values())


def page(rows: list[dict[str, Any]]) -> str:
    last = rows[-1]
    parts = ", ".join(f"{name} {number}" for name, number in last["versions"].items())
    body = "\n".join(_lines(rows))
    return (
        "<!-- Written by `make bench`; measure again, do not edit. -->\n\n# Measured\n\n"
        f"Ratios of two sides measured in one run, on {last['cores']} cores with Python {last['python']} ({parts}). "
        "Read ratios, not seconds; the load average stands beside each.\n\n"
        f"| what | ratio | this side | other side | besides | load |\n| --- | ---: | ---: | ---: | --- | ---: |\n{body}\n"
    )


def _lines(rows: list[dict[str, Any]]) -> list[str]:
    """The table's lines: those measured here anew, the others as they stood, in their places."""
    stood = TABLE.read_text(encoding="utf-8").splitlines() if TABLE.exists() else []
    lines = {
        text.split(" | ")[0]: text
        for text in stood
        if text.startswith("| ") and not text.startswith(("| what", "| ---"))
    }
    for row in rows:
        text = "| " + " | ".join(line(row)) + " |"
        lines[text.split(" | ")[0]] = text
    return list(lines.values())


def line(row: dict[str, Any]) -> tuple[str, str, str, str, str, str]:
    unit = row.get("unit", "s")
    side, reference = (f"{row[name]:.3f} {unit}" if unit else f"{row[name]:,}" for name in ("side", "reference"))
    besides = ", ".join(f"{name} {plain(value)}" for name, value in row.items() if name not in SAID)
    return row["what"], f"{row['ratio']:.4g}x", side, reference, besides, f"{row['load']:.1f}"


def plain(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, dict):
        return "; ".join(f"{name} {plain(one)}" for name, one in value.items())
    return str(value)


if __name__ == "__main__":
    main()
