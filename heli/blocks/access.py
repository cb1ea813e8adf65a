from heli.access import door

from .models import Block

block_for = door(Block)
