"""The database engine of this installation, as backup and restore need it."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, cast

from django.db import connection

from .facts import Copied
from .files import Moves
from .forward import Brought
from .manifest import Manifest
from .pace import Tell


class Engine(Protocol):
    NAME: str
    LEAVES_ITS_FILE: bool  # a restore moves the old database aside as a file; otherwise it is backed up first

    def copy_out(self, folder: Path, tell: Tell) -> Copied:
        """Write one moment of the database below `folder`, while others go on working."""

    def holds_data(self) -> bool:
        """Whether a restore would replace something that somebody wrote."""

    def look_into(self, folder: Path, manifest: Manifest) -> None:
        """What can be said of the backup's database before anything is touched; DomainError if it will not do."""

    def put_back(
        self, folder: Path, manifest: Manifest, *, moves: Moves, accept: Callable[[], None], tell: Tell
    ) -> Brought:
        """Make the backup's database this installation's, all or nothing; calls `accept` when it stands and fits,
        just before it counts."""


def current() -> Engine:
    if connection.vendor == "sqlite":
        from . import sqlite

        return cast(Engine, sqlite)
    from . import postgres

    return cast(Engine, postgres)
