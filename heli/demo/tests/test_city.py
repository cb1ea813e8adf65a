"""The demonstration city has the consultation's numbers, and nobody in it can be a real person."""

from itertools import islice

import pytest

from heli.common import resident_id
from heli.demo import city, city_places, people
from heli.demo.days import TODAY

SEED = 20231025


@pytest.mark.django_db
def test_blocks_and_households_are_those_of_the_consultation(installed):
    dice = people.dice_of(SEED)
    one = city_places.blocks_2022(dice)
    two = city_places.blocks_2023(dice, [place.mark for place in one])
    moved = city_places.reservoir(dice, [place.mark for place in (*one, *two)])
    assert (len(one), sum(place.households for place in one)) == (18, 3_703)
    assert (len(two) + 2, len({place.town for place in two} | {"331081108"})) == (34, 13)
    assert sum(place.households for place in two) + city_places.JIBUAO == 3_670 + city_places.STILL_OPEN
    assert (len(moved), sum(place.households for place in moved)) == (8, 4_200)
    assert len({place.mark for place in (*one, *two, *moved)}) == 58
    assert max(place.started_on for place in (*one, *two, *moved)) + city.SURVEYED < TODAY


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_places(installed):
    assert city_places.blocks_2022(people.dice_of(SEED)) == city_places.blocks_2022(people.dice_of(SEED))


def test_every_id_is_well_formed_never_issued_and_given_once():
    taken = {"331081194001010007"}
    ids = list(islice(people.resident_ids(taken), 15_000))
    assert len(set(ids) - taken) == 15_000
    assert {number[14:17] for number in ids} == {"000"}
    assert [number for number in ids if resident_id.problem(number)] == []


def test_telephones_cannot_ring():
    dice = people.dice_of(SEED)
    assert {people.phone(dice)[:3] for _ in range(200)} == {"100"}
