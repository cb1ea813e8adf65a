"""What the steps of building the city hand on."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from heli.access.models import Person
from heli.helpers.models import Helper


@dataclass
class City:
    """Dice, accounts of the cast, IDs still free, the officer of each town, and its officials."""

    dice: random.Random
    cast: dict[str, Person]
    ids: Iterator[str]
    officers: dict[str, Person] = field(default_factory=dict)
    officials: dict[str, list[Helper]] = field(default_factory=dict)
