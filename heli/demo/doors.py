"""Whom the demonstration's doors open for, and which files it hands out."""

from heli.access.models import Person
from heli.dispatch.models import Dispatch

from . import cast, samples

FILES = (samples.ROSTER, samples.REGISTER)


def person(username: str) -> Person | None:
    """One of the cast; nobody else."""
    if username not in {part.username for part in cast.CAST}:
        return None
    return Person.objects.filter(username=username).first()


def dispatch(pk: int) -> Dispatch | None:
    return Dispatch.objects.select_related("helper__person", "need").filter(pk=pk).first()
