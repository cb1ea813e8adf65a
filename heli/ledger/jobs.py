"""Long work in the background: a row says how far it is; the queue is django-tasks'.

A job is idempotent by its key, can be asked to stop, and is taken up again when its worker died (lease and reaper).
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django_tasks import task
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from heli.common import days
from heli.common.errors import DomainError

from . import models
from .acting import acting

Work = Callable[["Progress"], dict[str, Any]]
LEASE = timedelta(minutes=2)
ATTEMPTS = 3
_kinds: dict[str, Work] = {}


class Stopped(Exception):
    """Somebody asked the job to stop; it leaves nothing behind."""


class Progress:
    """What running work holds: its arguments, and where it says how far it is."""

    def __init__(self, job: models.Job) -> None:
        self.job, self.arguments, self.person = job, job.arguments, job.wanted_by

    def at(self, done: int, total: int, step: str = "") -> None:
        """Tell how far; raises Stopped when somebody asked to stop. Call it outside transactions."""
        facts = {"done": done, "total": total, "step": step, "leased_until": days.true_now() + LEASE}
        if not models.Job.objects.filter(pk=self.job.pk, stop_asked=False).update(**facts):
            raise Stopped


def kind(name: str) -> Callable[[Work], Work]:
    """Register the function that does jobs of this kind."""

    def register(work: Work) -> Work:
        _kinds[name] = work
        return work

    return register


def start(name: str, *, key: str, arguments: dict[str, Any], by: Any, at: datetime) -> models.Job:
    """The job with this key; it is queued if it is new."""
    defaults = {"kind": name, "arguments": arguments, "wanted_by": by, "wanted_at": at}
    job, new = models.Job.objects.get_or_create(key=key, defaults=defaults)
    if new:
        transaction.on_commit(lambda: _queue(job.pk))
    return job


def stop(job: models.Job) -> bool:
    """Ask it to stop; it does at its next sign of progress. True: it still waited, and will never start."""
    waited = models.Job.objects.filter(pk=job.pk, state="waiting").update(state="stopped", ended_at=days.true_now())
    models.Job.objects.filter(pk=job.pk, state="running").update(stop_asked=True)
    return bool(waited)


def reap() -> int:
    """Queue again what a dead worker left running; give up after `ATTEMPTS`. Returns how many."""
    left = models.Job.objects.filter(state="running", leased_until__lt=days.true_now())
    dead = list(left.values_list("pk", flat=True))
    for pk in dead:
        if left.filter(pk=pk, attempts__lt=ATTEMPTS).update(state="waiting"):
            _queue(pk)
        else:
            left.filter(pk=pk).update(state="failed", problem="lease", ended_at=days.true_now())
    return len(dead)


def _queue(pk: int) -> None:
    run_job.enqueue(pk)


@task()
def run_job(pk: int) -> None:
    job = _claim(pk)
    if job is None:
        return
    with acting(job.wanted_by, "job"):
        try:
            result = _kinds[job.kind](Progress(job))
            _end(job, "done", result=result)
        except Stopped:
            _end(job, "stopped")
        except DomainError as error:
            _end(job, "failed", problem=str(error))
        except Exception:
            _end(job, "failed", problem="unexpected")
            raise


def _claim(pk: int) -> models.Job | None:
    mine = models.Job.objects.filter(Q(state="waiting"), pk=pk)
    job = mine.select_related("wanted_by").first()
    if job is None:
        return None
    lease = {"state": "running", "leased_until": days.true_now() + LEASE, "attempts": job.attempts + 1}
    return job if mine.update(**lease) else None


def _end(job: models.Job, state: str, *, result: dict[str, Any] | None = None, problem: str = "") -> None:
    models.Job.objects.filter(pk=job.pk).update(
        state=state, result=result or {}, problem=problem, ended_at=days.true_now()
    )


@dataclass
class Round:
    """Something a worker does every so often (deliver messages, take up dead jobs); must bear being done twice."""

    every: timedelta
    work: Callable[[], object]
    last: datetime | None = None


_rounds: list[Round] = [Round(LEASE / 4, reap)]


def schedule(every: timedelta, work: Callable[[], object]) -> None:
    """Registered in `AppConfig.ready` by the room whose work it is."""
    _rounds.append(Round(every, work))


def work_round() -> int:
    """What waits now: scheduled rounds, then the queue. Looks before it locks, so an idle worker writes nothing."""
    now = days.true_now()
    for one in _rounds:
        if one.last is None or now - one.last >= one.every:
            one.last = now
            one.work()
    waiting = DBTaskResult.objects.ready().count()
    if waiting:
        _worker().run()
    return waiting


def _worker() -> Worker:
    """django-tasks' own worker, told to end when the queue is empty."""
    return Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"heli-{os.getpid()}",
        excluded_queue_names=[],
    )
