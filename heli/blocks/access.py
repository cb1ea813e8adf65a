from typing import Any

from heli.access import Action, door

from . import selectors
from .models import Block

block_for = door(Block)


def block_called(person: Any, code: str, action: Action) -> Block:
    """The door by the code that stands in addresses; a code that is nowhere is a row that is nowhere."""
    found = selectors.by_code(code)
    return block_for(person, found.pk if found else 0, action)
