"""Lots split and merged by survey version: the old ones stay, ended, and the ledger checks."""

import pytest
import shapely

from heli.common.errors import Conflict, DomainError
from heli.ledger import verifying
from heli.parcels import selectors, services
from heli.parcels.geometry import shape_of
from heli.parcels.models import Boundary, Parcel, Survey

from .conftest import DAY, SOUTH, STEP, WEST, lot

pytestmark = pytest.mark.django_db


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


def test_a_split_is_undone_as_the_next_version(lots, cast, at, village):
    parts = [lot(0, "1-1", wide=0.4), lot(0.4, "1-2", wide=0.6)]
    services.parcel_split(lots["1"], parts=parts, surveyed_on=DAY, actor=cast["linmei"], at=at)
    services.survey_undo(Survey.objects.get(number=2), actor=cast["linmei"], at=at)
    now = {one.number: one for one in selectors.of_block(village.block)}
    assert (sorted(now), now["1"].shape, now["1"].legal_dm2) == (["1", "2", "3"], lots["1"].shape, 11_000)
    assert (Survey.objects.last().why, verifying.verify().bad) == ("undo", ())


def test_a_merge_is_undone_and_only_the_last_version_is(lots, cast, at, village):
    facts = {"surveyed_on": DAY, "actor": cast["linmei"], "at": at}
    services.parcels_merge([lots["1"], lots["2"]], number="1", legal_dm2=None, **facts)
    services.survey_undo(Survey.objects.get(number=2), actor=cast["linmei"], at=at)
    with pytest.raises(Conflict):
        services.survey_undo(Survey.objects.get(number=2), actor=cast["linmei"], at=at)
    assert sorted(one.number for one in selectors.of_block(village.block)) == ["1", "2", "3"]
    with pytest.raises(DomainError) as refused:
        services.survey_undo(Survey.objects.get(number=3), actor=cast["linmei"], at=at)
    assert (refused.value.code, verifying.verify().bad) == ("survey_not_undoable", ())


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
