"""Three lots in a row, of the first survey."""

from datetime import date

import pytest
import shapely

from heli import ledger
from heli.parcels import bulk
from heli.parcels.bulk import NewParcel, Succession
from heli.parcels.geometry import area_dm2, text
from heli.parcels.models import Parcel

WEST, SOUTH, STEP = 121.372, 28.318, 0.0001
DAY = date(2023, 9, 1)


def lot(column, number, *, wide=1.0, legal=11_000):
    shape = shapely.box(WEST + column * STEP, SOUTH, WEST + (column + wide) * STEP, SOUTH + STEP)
    return NewParcel("331081108224", number, text(shape), area_dm2(shape), legal, serial=number)


@ledger.written
def _enter(block, actor, at):
    draft = ledger.append("demo.parcels", subject=block, actor=actor, at=at)
    ledger.leaves(draft, bulk.batch_enter("T", block=block, ends=Succession(), why="import", surveyed_on=DAY))


@pytest.fixture
def lots(village, cast, at):
    bulk.slice_write([lot(0, "1"), lot(1, "2"), lot(2, "3")], block=village.block, batch="T")
    _enter(village.block, cast["linmei"], at)
    return {parcel.number: parcel for parcel in Parcel.objects.all()}
