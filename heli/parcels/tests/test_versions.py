"""Lots split and merged by survey version: the old ones stay, ended, and the ledger checks."""

from datetime import date

import pytest
import shapely

from heli import ledger
from heli.common.errors import Conflict, DomainError
from heli.ledger import verifying
from heli.parcels import bulk, selectors, services
from heli.parcels.bulk import NewParcel, Succession
from heli.parcels.geometry import area_dm2, shape_of, text
from heli.parcels.models import Boundary, Parcel, Survey

pytestmark = pytest.mark.django_db
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
    """Three lots in a row, of the first survey."""
    bulk.slice_write([lot(0, "1"), lot(1, "2"), lot(2, "3")], block=village.block, batch="T")
    _enter(village.block, cast["linmei"], at)
    return {parcel.number: parcel for parcel in Parcel.objects.all()}


def test_a_split_ends_the_lot_and_begins_its_parts(lots, cast, at):
    parts = [lot(0, "1-1", wide=0.4), lot(0.4, "1-2", wide=0.6)]
    made = services.parcel_split(lots["1"], parts=parts, surveyed_on=DAY, actor=cast["linmei"], at=at)
    old = Parcel.objects.get(pk=lots["1"].pk)
    assert ([one.number for one in made], old.until, {one.since for one in made}) == (["1-1", "1-2"], 2, {2})
    assert set(old.heirs.values_list("number", flat=True)) == {"1-1", "1-2"}
    assert (Survey.objects.order_by("number").last().why, verifying.verify().bad) == ("split", ())


def test_the_land_can_be_seen_as_each_version_left_it(lots, cast, at, village):
    parts = [lot(0, "1-1", wide=0.4), lot(0.4, "1-2", wide=0.6)]
    services.parcel_split(lots["1"], parts=parts, surveyed_on=DAY, actor=cast["linmei"], at=at)

    def numbers(version):
        return [one.number for one in selectors.in_force(cast["linmei"], village.block, version)]

    assert selectors.changes(village.block, 2) == [("1", ["1-1", "1-2"])]
    assert (numbers(1), numbers(2), numbers(0)) == (["1", "2", "3"], ["1-1", "1-2", "2", "3"], ["1-1", "1-2", "2", "3"])


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ([lot(0, "1-1")], "split_needs_two"),
        ([lot(0, "1-1", wide=0.6), lot(0.4, "1-2", wide=0.6)], "parts_overlap"),
        ([lot(0, "1-1", wide=0.4), lot(0.4, "1-2", wide=0.4)], "parts_not_whole"),
        ([lot(0, "2", wide=0.4), lot(0.4, "1-2", wide=0.6)], "number_taken"),
    ],
)
def test_parts_that_are_not_the_lot_are_refused(lots, cast, at, parts, code):
    with pytest.raises(DomainError) as refused:
        services.parcel_split(lots["1"], parts=parts, surveyed_on=DAY, actor=cast["linmei"], at=at)
    assert (refused.value.code, Parcel.all_rows.count(), Survey.objects.count()) == (code, 3, 1)


def test_a_merge_makes_one_lot_with_the_surveys_area(lots, cast, at):
    facts = {"surveyed_on": DAY, "actor": cast["linmei"], "at": at}
    made = services.parcels_merge([lots["1"], lots["2"]], number="1", legal_dm2=21_990, **facts)
    assert (made.number, made.legal_dm2, made.since) == ("1", 21_990, 2)
    assert abs(made.computed_dm2 - lots["1"].computed_dm2 - lots["2"].computed_dm2) < 20
    assert set(made.origins.values_list("pk", flat=True)) == {lots["1"].pk, lots["2"].pk}
    assert verifying.verify().bad == ()


def test_lots_apart_do_not_merge(lots, cast, at):
    with pytest.raises(DomainError) as refused:
        services.parcels_merge(
            [lots["1"], lots["3"]], number="9", legal_dm2=None, surveyed_on=DAY, actor=cast["linmei"], at=at
        )
    assert refused.value.code == "merge_apart"


def test_an_ended_lot_is_not_split_again(lots, cast, at):
    parts = [lot(0, "1-1", wide=0.4), lot(0.4, "1-2", wide=0.6)]
    services.parcel_split(lots["1"], parts=parts, surveyed_on=DAY, actor=cast["linmei"], at=at)
    with pytest.raises(Conflict):
        services.parcel_split(lots["1"], parts=parts, surveyed_on=DAY, actor=cast["linmei"], at=at)
    assert Parcel.all_rows.count() == 5


def test_a_boundary_is_a_new_version_each_time(village, cast, at):
    facts = {"how": "drawn", "actor": cast["linmei"], "at": at}
    for size in (1, 2):
        services.boundary_set(village.block, shape=shapely.box(WEST, SOUTH, WEST + size * STEP, SOUTH + STEP), **facts)
    assert list(Boundary.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert shape_of(Boundary.objects.get(number=1).shape).area < shape_of(Boundary.objects.get(number=2).shape).area


def test_a_boundary_that_crosses_itself_is_refused(village, cast, at):
    bow = shapely.Polygon([(WEST, SOUTH), (WEST + STEP, SOUTH + STEP), (WEST + STEP, SOUTH), (WEST, SOUTH + STEP)])
    with pytest.raises(DomainError) as refused:
        services.boundary_set(village.block, shape=bow, how="drawn", actor=cast["linmei"], at=at)
    assert (refused.value.code, Boundary.objects.count()) == ("boundary_crosses", 0)
