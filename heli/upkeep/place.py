"""Where this installation keeps its things; the modules of this room are handed it and look nowhere else."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Place:
    home: Path
    media: Path
    keys: Path

    @property
    def ring(self) -> Path:
        return self.keys / "keys.json"

    @property
    def last_backup(self) -> Path:
        """A note that `heli backup` leaves for `heli doctor`."""
        return self.home / "last-backup.json"


def here() -> Place:
    return Place(Path(settings.HELI_HOME), Path(settings.MEDIA_ROOT), Path(settings.HELI_KEYS))
