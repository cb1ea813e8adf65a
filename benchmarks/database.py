"""A database of a benchmark's own, in a temporary folder, with the cast in it."""

import os
import tempfile
from datetime import date
from pathlib import Path
from typing import Any


def fresh() -> None:
    """Call before anything of Heli is imported that needs Django. A second benchmark of one run shares the first's."""
    import django
    from django.apps import apps

    if apps.ready:
        return
    folder = tempfile.mkdtemp(prefix="heli-bench-")
    os.environ |= {
        "HELI_HOME": f"{folder}/var",
        "HELI_KEYS": f"{folder}/keys",
        "DJANGO_SETTINGS_MODULE": "heli.config.settings",
    }
    from heli.config import home

    home.prepare()
    django.setup()


def apart(folder: Path, url: str, *, anew: bool) -> None:
    """For a process of its own: a home in `folder`, and a PostgreSQL database on that server or a file of SQLite."""
    import django

    os.environ |= {
        "HELI_HOME": f"{folder}/var",
        "HELI_KEYS": f"{folder}/keys",
        "DJANGO_SETTINGS_MODULE": "heli.config.settings",
    }
    if url:
        os.environ["DATABASE_URL"] = _of_its_own(url, anew)
    from heli.config import home

    home.prepare()
    django.setup()


def _of_its_own(url: str, anew: bool) -> str:
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    if anew:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS heli_benchmark")
            connection.execute("CREATE DATABASE heli_benchmark")
    facts = conninfo_to_dict(url)
    where = f"{facts.get('user', '')}@{facts.get('host', '')}:{facts.get('port', 5432)}"
    return f"postgresql://{where}/heli_benchmark"


def world() -> Any:
    """The cast, and the moment at which everything happens."""
    from django.core.management import call_command

    from heli.common import days, setting_up
    from heli.demo import cast

    call_command("migrate", verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    setting_up.fill("test")
    at = days.at_hour(date(2023, 10, 25), 10)
    return cast.enter(cast.CAST, at=at, password=None), at
