"""Plain tables: one row, one thing of a register, told by a name or code that the register knows. Needs, blocks and the
official list of regions come so; each kind is one module that reads its rows, says what is otherwise, and writes by the
verbs of its room.
"""

from collections.abc import Mapping

from . import blocks, needs, regions
from .kinds import Kind

TABLES: Mapping[str, Kind] = {kind.code: kind for kind in (needs.KIND, blocks.KIND, regions.KIND)}
__all__ = ["TABLES", "Kind"]
