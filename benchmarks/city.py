"""The city world from an empty database, against the same rows inserted bare with their hashes; and is it the same?

This side counts everything: rules, matches, seals, blind indexes, pinyin, salted digests, entries, messages. The other
side reads beforehand what was built and puts it by executemany into an empty database of the same schema, in one
transaction, with a hash chain over the same entries. Each runs in a process of its own, the two builds with different
PYTHONHASHSEED; what they say is then compared column by column. SQLite, as the demonstration has it. CPU seconds are
held against each other, as a minute of wall says more of who else is at work; wall stands beside.
"""

import hashlib
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

CHAINED = (
    "SELECT chain_id, seq, at, known_day, recorded_at, actor_id, role, verb, subject_kind, subject_id, payload, request_id"
    " FROM ledger_entry ORDER BY id"
)
MADE_ANEW = ("sqlite_sequence",)  # by the inserts themselves


def run() -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="heli-bench-") as name:
        one, other = Path(name) / "one", Path(name) / "other"
        ours = _apart("build", one, seed="1")
        reference = min((_apart("bare", one) for _ in range(3)), key=lambda row: row["cpu"])
        again = _apart("build", other, seed="2")
        best = min(ours, again, key=lambda row: row["cpu"])
        yield {
            "what": "SQLite: the city world from its seed / its rows inserted bare with a hash chain, in CPU seconds",
            "side": best["cpu"], "reference": reference["cpu"], "ratio": best["cpu"] / reference["cpu"],
            "wall": best["wall"], "bare_wall": reference["wall"], "wall_ratio": best["wall"] / reference["wall"],
            "entries": best["entries"], "entries_a_second": round(best["entries"] / best["cpu"]),
            "rows": reference["rows"], "columns_compared": len(ours["said"]),
            "columns_that_differ": _different(ours["said"], again["said"]),
            "slowest": dict(sorted(best["steps"].items(), key=lambda step: -step[1])[:4]),
        }  # fmt: skip


def _different(one: dict[str, str], other: dict[str, str]) -> str:
    return " ".join(sorted(name for name in {*one, *other} if one.get(name) != other.get(name))) or "none"


def _apart(side: str, folder: Path, seed: str = "0") -> Any:
    """One side in a process of its own; its last line is what it measured."""
    call, env = [sys.executable, "-m", "benchmarks.city", side, str(folder)], os.environ | {"PYTHONHASHSEED": seed}
    said = subprocess.run(call, check=True, stdout=subprocess.PIPE, text=True, env=env).stdout
    return json.loads(said.splitlines()[-1])


def build(folder: Path) -> dict[str, Any]:
    from . import database

    folder.mkdir()
    database.apart(folder, "", anew=True)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from heli.common import setting_up
    from heli.common.models import Installation
    from heli.demo import city, sameness
    from heli.ledger.models import Entry

    marks: list[tuple[str, float]] = [("regions", _cpu())]
    began = time.perf_counter()
    setting_up.fill("demo")
    Installation.objects.update(made_by="demo")
    city.build(lambda what: marks.append((what, _cpu())))
    marks.append(("", _cpu()))
    wall = time.perf_counter() - began
    steps: dict[str, float] = defaultdict(float)
    for (what, start), (_, end) in pairwise(marks):
        steps[what] += end - start
    return {"cpu": marks[-1][1] - marks[0][1], "wall": wall, "entries": Entry.objects.count(), "steps": steps,
            "said": sameness.said()}  # fmt: skip


def _cpu() -> float:
    """Seconds of this process and of those it waited for (papers and surveys are read apart)."""
    used = (resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def bare(folder: Path) -> dict[str, Any]:
    """Tables and indexes are there before; one transaction, and the same settings of the database."""
    with sqlite3.connect(folder / "var" / "heli.sqlite3") as built:
        schema = [text for (text,) in built.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")]
        found = built.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rootpage").fetchall()
        tables = {
            name: built.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in found if name not in MADE_ANEW
        }
        entries = built.execute(CHAINED).fetchall()
    path = folder / "bare.sqlite3"
    path.unlink(missing_ok=True)
    with sqlite3.connect(path, isolation_level=None) as empty:
        for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            empty.execute(f"PRAGMA {setting}")
        for text in schema:
            if "sqlite_sequence" not in text:
                empty.execute(text)
        began = time.perf_counter(), _cpu()
        empty.execute("BEGIN IMMEDIATE")
        for name, rows in tables.items():
            if rows:
                empty.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(rows[0]))})', rows)
        _chain(entries)
        empty.execute("COMMIT")
        wall, cpu = time.perf_counter() - began[0], _cpu() - began[1]
    return {"cpu": cpu, "wall": wall, "rows": sum(map(len, tables.values()))}


def _chain(entries: list[tuple[Any, ...]]) -> None:
    heads: dict[Any, str] = defaultdict(str)
    for entry in entries:
        text = json.dumps([heads[entry[0]], *entry], ensure_ascii=False)
        heads[entry[0]] = hashlib.sha256(text.encode()).hexdigest()


def main(side: str, folder: str) -> None:
    print(json.dumps({"build": build, "bare": bare}[side](Path(folder))))


if __name__ == "__main__":
    main(*sys.argv[1:])
