"""A command on an empty home makes it ready first: tables, the installation's row, and what rooms register."""

from collections.abc import Callable

from django.core.management import call_command
from django.db import connection

_steps: list[Callable[[], object]] = []


def step(work: Callable[[], object]) -> None:
    """Register something an empty installation needs (regions, the operator's account). Must be idempotent."""
    _steps.append(work)


def make_ready(*, quiet: bool = False) -> None:
    if not _is_empty():
        return
    call_command("migrate", verbosity=0, interactive=False)
    fill()


def fill(made_by: str = "install") -> None:
    from .models import Installation

    Installation.objects.get_or_create(id=1, defaults={"made_by": made_by})
    for work in _steps:
        work()


def may_move_the_day() -> bool:
    """Only a demonstration's or a test's database may be told which day it is."""
    from .models import Installation

    return Installation.facts()[0] in {"demo", "test"}


def _is_empty() -> bool:
    """No tables yet, or tables of an older version."""
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
