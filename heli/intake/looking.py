"""A batch's file as it reads now."""

from datetime import datetime

from heli.common.days import local_day

from . import planning
from .models import Batch
from .reading import Unreadable
from .reading.plan import Tick
from .wording import unreadable


def look(batch: Batch, at: datetime, *, tick: Tick = lambda: None) -> planning.Ready:
    """The batch's file as it reads now, against the registers as they are now."""
    town = batch.town_code if len(batch.town_code) == 9 else ""
    try:
        plan, block = planning.read(
            planning.file_path(batch.file), today=local_day(at), kind=batch.kind, mapping=batch.mapping,
            block=batch.block, town=town, digest=batch.file_digest, name=batch.file_name, tick=tick,
        )  # fmt: skip
    except Unreadable as error:
        raise unreadable(error) from error
    return planning.against_registers(plan, block, town, batch.town_code, tick)
