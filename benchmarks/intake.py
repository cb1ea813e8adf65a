"""What an import costs: from a workbook to households that have entered, against reading it and copying the bare rows.

This side counts everything, from the file that is handed over on: reading by meaning, checks against the registers, sealing and blind indexes, pinyin, salted
digests, the ledger's entry with its leaves. The other side is calamine and one table without keys or indexes, filled
by COPY on PostgreSQL and by executemany on SQLite. Each runs in a process of its own, so that its memory is its own.

Between the two stands the floor: what the database alone needs to take the very same prepared rows into the very same
tables, with their indexes and constraints, in one transaction. What is above it is ours.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NEAR = "postgresql://postgres@127.0.0.1:5432/postgres"
HEADER = (
    "户号", "村", "小组", "户主姓名", "身份证号码", "联系电话", "家庭人口", "间数", "幢号", "结构", "建造年份", "登记面积", "认定面积",
)  # fmt: skip
VILLAGES = ("吉捕岙村", "彭家村", "下呈村")
FAMILY, GIVEN = "陈林王张李金叶江赵周徐郑", "明华国英秀云建平海波丽红伟军志强玉兰春生"
STRUCTURES = ("框架", "砖混", "砖木", "简易")
POSTGRES, SQLITE = 100_000, 20_000


def run() -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="heli-bench-") as folder:
        url = os.environ.get("HELI_TEST_DATABASE_URL", NEAR)
        if _reachable(url):
            yield _compared("PostgreSQL", POSTGRES, Path(folder), url)
        yield _compared("SQLite", SQLITE, Path(folder), "")


def _compared(name: str, rows: int, folder: Path, url: str) -> dict[str, Any]:
    path = folder / f"{rows}.xlsx"
    roster(path, rows)
    plain = [_apart("bare", path, url)]
    preview = _apart("preview", path, url)
    ours = _apart("write", path, url)
    floor = _apart("floor", path, url)
    plain.append(_apart("bare", path, url))
    reference = min(one["seconds"] for one in plain)
    side, cpu = preview["seconds"] + ours["seconds"], preview["cpu"] + ours["cpu"]
    steps = {"read": preview["seconds"], **ours["steps"]}
    return {
        "what": f"{name}: {rows:,} rows of a roster into the registers / read and copied bare", "side": side,
        "reference": reference, "ratio": side / reference, "written_ratio": ours["seconds"] / reference, "cpu": cpu, "steps": steps,
        "peak_mib": ours["peak_mib"], "preview_mib": preview["peak_mib"], "bare_mib": plain[0]["peak_mib"],
        "floor": floor["seconds"], "floor_ratio": floor["seconds"] / reference, "floor_steps": floor["steps"],
        "written": ours["written"], "names": len(FAMILY) * len(GIVEN) ** 2,
    }  # fmt: skip


def roster(path: Path, rows: int) -> None:
    """One household a row, every ID and telephone well-formed and different."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("花名册")
    sheet.write_row(0, 0, HEADER)
    for n in range(rows):
        sheet.write_row(n + 1, 0, row_of(n))
    book.close()


def row_of(n: int) -> tuple[Any, ...]:
    from heli.common.resident_id import check_digit

    born = 1940 + n % 60
    first = f"331081{born}{n // 60 % 12 + 1:02d}{n // 720 % 28 + 1:02d}{n // 20160 % 1000:03d}"
    head = FAMILY[n % 12] + GIVEN[n // 12 % 20] + GIVEN[n // 240 % 20]
    return (
        f"{n + 1}", VILLAGES[n % 3], f"{n % 9 + 1}组", head, first + check_digit(first), f"139{n:08d}", n % 7 + 1,
        n % 4 + 1, f"{n % 400 + 1}", STRUCTURES[n % 4], 1970 + n % 50, 60 + n % 240 + 0.35, 60 + n % 240,
    )  # fmt: skip


def _reachable(url: str) -> bool:
    import psycopg

    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.Error:
        return False
    return True


def _apart(side: str, path: Path, url: str) -> Any:
    """One side in a process of its own; its last line is what it measured."""
    call = [sys.executable, "-m", "benchmarks.intake", side, str(path), url]
    said = subprocess.run(call, check=True, capture_output=True, text=True).stdout
    return json.loads(said.splitlines()[-1])


def bare(path: Path, url: str) -> dict[str, Any]:
    from python_calamine import CalamineWorkbook

    columns = ", ".join(f"c{n} text" for n in range(len(HEADER)))
    began = time.perf_counter()
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()[1:]
    (_bare_postgres if url else _bare_sqlite)(rows, columns, url or str(path.with_suffix(".bare")))
    return {"seconds": time.perf_counter() - began}


def _bare_postgres(rows: list[list[Any]], columns: str, url: str) -> None:
    import psycopg

    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS heli_bare")
        cursor.execute(f"CREATE TABLE heli_bare ({columns})")
        with cursor.copy("COPY heli_bare FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    with psycopg.connect(url) as connection:
        connection.execute("DROP TABLE heli_bare")


def _bare_sqlite(rows: list[list[Any]], columns: str, name: str) -> None:
    import sqlite3

    Path(name).unlink(missing_ok=True)
    with sqlite3.connect(name) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(f"CREATE TABLE bare ({columns})")
        connection.executemany(f"INSERT INTO bare VALUES ({', '.join('?' * len(HEADER))})", rows)


def preview(path: Path, url: str) -> dict[str, Any]:
    """The web process's side: the file is handed over, read and checked, and its plan put on the shelf."""
    from . import database

    database.apart(path.parent, url, anew=True)
    from heli.intake import services

    people, at = database.world()
    place, digest = services.file_keep(path.name, iter([path.read_bytes()]))
    facts = {"file_name": path.name, "place": place, "digest": digest, "town_code": "331081108"}
    began = time.perf_counter(), time.process_time()
    services.batch_hand_over(**facts, actor=people["linmei"], at=at)
    return {"seconds": _since(began[0]), "cpu": time.process_time() - began[1]}


def write(path: Path, url: str) -> dict[str, Any]:
    """The worker's side: taken from the shelf, checked against the registers, sealed, written, entered."""
    from . import database

    database.apart(path.parent, url, anew=False)
    from heli.intake import services
    from heli.intake.models import Batch

    batch, marks = Batch.objects.select_related("by").latest("pk"), []
    began = time.perf_counter(), time.process_time()
    services.batch_write(batch, actor=batch.by, at=batch.at, report=lambda *far: marks.append((far, _since(began[0]))))
    seconds = _since(began[0])
    known = next(at for (done, total), at in reversed(marks) if done == 0 and total)
    steps = {"known": known, "slices": marks[-1][1] - known, "last": seconds - marks[-1][1]}
    return {"seconds": seconds, "cpu": time.process_time() - began[1], "steps": steps, "written": batch.written}


TABLES = ("households_household", "households_member", "households_house", "ledger_salt", "ledger_leaf")


def floor(path: Path, url: str) -> dict[str, Any]:
    """The database's side: the rows that were written are taken out and put back."""
    from . import database

    database.apart(path.parent, url, anew=False)
    steps: dict[str, float] = {}
    seconds = (_floor_postgres if url else _floor_sqlite)(steps)
    return {"seconds": seconds, "steps": steps}


def _floor_postgres(steps: dict[str, float]) -> float:
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        kept = {}
        for table in TABLES:
            with cursor.copy(f"COPY {table} TO STDOUT") as out:
                kept[table] = b"".join(map(bytes, out))
        cursor.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")
        began = time.perf_counter()
        with transaction.atomic():
            for table in TABLES:
                at = time.perf_counter()
                with cursor.copy(f"COPY {table} FROM STDIN") as into:
                    into.write(kept[table])
                steps[table.partition("_")[2]] = _since(at)
            at = time.perf_counter()
        steps["constraints"] = _since(at)
        return _since(began)


def _floor_sqlite(steps: dict[str, float]) -> float:
    from django.db import connection, transaction

    connection.ensure_connection()
    raw = connection.connection
    kept = {table: raw.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
    with transaction.atomic():
        for table in reversed(TABLES):
            raw.execute(f"DELETE FROM {table}")
    began = time.perf_counter()
    with transaction.atomic():
        for table in TABLES:
            at = time.perf_counter()
            marks = ", ".join("?" * len(kept[table][0]))
            raw.executemany(f"INSERT INTO {table} VALUES ({marks})", kept[table])
            steps[table.partition("_")[2]] = _since(at)
        at = time.perf_counter()
    steps["constraints"] = _since(at)
    return _since(began)


def _since(began: float) -> float:
    return time.perf_counter() - began


def main(side: str, path: str, url: str = "") -> None:
    measured = {"bare": bare, "preview": preview, "write": write, "floor": floor}[side](Path(path), url)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(measured | {"peak_mib": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
