"""A million households in one file: whether it ends, and whether the office goes on working meanwhile.

Not among the benchmarks that run by default, for it takes minutes: `python -m benchmarks million`. A CSV is handed over
(one process), a worker writes it (another), and a third one does what an office does: it opens the register's list and
writes entries into the very chain into which the batch will enter. Told are the seconds, the memory of each process, the
longest time without a sign of progress, the longest page and the longest wait of the other writer.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import intake

ROWS = int(os.environ.get("HELI_BENCH_ROWS", "1000000"))
EVERY = 0.1


def run() -> Iterator[dict[str, Any]]:
    url = os.environ.get("HELI_TEST_DATABASE_URL", intake.NEAR)
    if not intake._reachable(url):
        return
    with tempfile.TemporaryDirectory(prefix="heli-bench-") as folder:
        path = Path(folder) / f"{ROWS}.csv"
        roster(path, ROWS)
        handed = _apart("hand_over", path, url)
        with subprocess.Popen(_call("work", path, url), stdout=subprocess.PIPE, text=True) as worker:
            office = _apart("office", path, url)
            written = json.loads((worker.stdout or iter(())).readlines()[-1])  # type: ignore[union-attr]
        last = _apart("office_after", path, url)
        yield {
            "what": f"PostgreSQL: {ROWS:,} households of one file, read and written", "side": handed["seconds"] + written["seconds"],
            "reference": handed["bare"], "ratio": (handed["seconds"] + written["seconds"]) / handed["bare"],
            "read": handed["seconds"], "write": written["seconds"], "cpu": handed["cpu"] + written["cpu"],
            "web_mib": handed["peak_mib"], "worker_mib": written["peak_mib"], **office, **last,
        }  # fmt: skip


def roster(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(intake.HEADER)
        writer.writerows(map(intake.row_of, range(rows)))


def bare(path: Path, url: str) -> float:
    """The reference: the file's rows read and copied into one table without keys or indexes."""
    columns = ", ".join(f"c{n} text" for n in range(len(intake.HEADER)))
    began = time.perf_counter()
    with path.open(encoding="utf-8", newline="") as file:
        intake._bare_postgres(csv.reader(file), columns, url)
    return time.perf_counter() - began


def hand_over(path: Path, url: str) -> dict[str, Any]:
    reference = bare(path, url)
    from . import database

    database.apart(path.parent, url, anew=True)
    from heli.intake import services

    people, at = database.world()
    with path.open("rb") as file:
        place, digest = services.file_keep(path.name, iter(lambda: file.read(1 << 20), b""))
    facts = {"file_name": path.name, "place": place, "digest": digest, "town_code": "331081108"}
    began = time.perf_counter(), time.process_time()
    batch = services.batch_hand_over(**facts, actor=people["linmei"], at=at)
    seconds, cpu = time.perf_counter() - began[0], time.process_time() - began[1]
    services.batch_start(batch, actor=people["linmei"], at=at)
    return {"seconds": seconds, "cpu": cpu, "bare": reference}


def work(path: Path, url: str) -> dict[str, Any]:
    """The worker: takes up the job as it waits, and ends."""
    from . import database

    database.apart(path.parent, url, anew=False)
    from heli.ledger import jobs
    from heli.ledger.models import Job

    job = Job.objects.get()
    began = time.perf_counter(), time.process_time()
    jobs.run_job.call(job.pk)
    job.refresh_from_db()
    if job.state != "done":
        raise RuntimeError(f"{job.state}: {job.problem}")
    return {"seconds": time.perf_counter() - began[0], "cpu": time.process_time() - began[1]}


def office(path: Path, url: str) -> dict[str, Any]:
    """Looks at the list and writes into the batch's chain until the job has ended."""
    from . import database

    database.apart(path.parent, url, anew=False)
    from heli.intake.models import Batch
    from heli.ledger.models import Job

    client, entry = _client(), _writer()
    batch, job = Batch.objects.get(), Job.objects.get()
    pages, waits, gaps = [], [], []
    seen, changed = None, time.perf_counter()
    while job.state in ("waiting", "running"):
        pages.append(_timed(lambda: client.get("/desk/households/")))
        waits.append(_timed(lambda: entry(batch)))
        job.refresh_from_db()
        now = time.perf_counter()
        if (job.state, job.done, job.leased_until) != seen:
            if seen and seen[0] == "running":
                gaps.append(now - changed)
            seen, changed = (job.state, job.done, job.leased_until), now
        time.sleep(EVERY)
    return {
        "longest_gap": max(gaps), "signs": len(gaps), "longest_page": max(pages), "pages": len(pages),
        "longest_wait": max(waits), "entries": len(waits),
    }  # fmt: skip


def office_after(path: Path, url: str) -> dict[str, Any]:
    """The list when all of them have entered."""
    from . import database

    database.apart(path.parent, url, anew=False)
    from heli.households.models import Household

    client = _client()
    _timed(lambda: client.get("/desk/households/"))
    page = _timed(lambda: client.get("/desk/households/"))
    return {"page_after": page, "entered": Household.objects.count()}


def _client() -> Any:
    from django.conf import settings
    from django.test import Client

    from heli.access.models import Person

    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = False, ["*"]
    client = Client()
    person = Person.objects.get(name="林梅")
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    if client.get("/desk/households/").status_code != 200:
        raise RuntimeError("the list does not open")
    return client


def _writer() -> Any:
    from heli import ledger

    @ledger.written
    def entry(batch: Any) -> None:
        ledger.append("batch.map", subject=batch, actor=batch.by, at=batch.at, state="ready")

    return entry


def _timed(work: Any) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _call(side: str, path: Path, url: str) -> list[str]:
    return [sys.executable, "-m", "benchmarks.million", side, str(path), url]


def _apart(side: str, path: Path, url: str) -> Any:
    said = subprocess.run(_call(side, path, url), check=True, capture_output=True, text=True).stdout
    return json.loads(said.splitlines()[-1])


def main(side: str, path: str, url: str) -> None:
    sides = {"hand_over": hand_over, "work": work, "office": office, "office_after": office_after}
    print(json.dumps(sides[side](Path(path), url) | ({"peak_mib": peak()} if side in ("hand_over", "work") else {})))


def peak() -> int:
    """MiB, of this process alone (`ru_maxrss` begins with what the parent had)."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) // 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
