"""Who people are and what they may do: roles × actions, grants by region, relations, field classes, sign-in.

Nothing outside this room compares roles. A view holds a row only through a door (`household_for(person, pk, action)`),
a list only through `rows(Model, person, action)`; each view names its rule (`@access.row(...)`).
"""

from typing import TYPE_CHECKING

from heli.common import lazily

if TYPE_CHECKING:
    from .actions import Action
    from .doors import door, may_ever, rows
    from .roles import Role
    from .rules import collection, own, public, row, signed_in

__all__ = ["Action", "Role", "collection", "door", "may_ever", "own", "public", "row", "rows", "signed_in"]

__getattr__ = lazily.attributes(
    __name__,
    {
        "Action": "actions",
        "Role": "roles",
        "door": "doors",
        "may_ever": "doors",
        "rows": "doors",
        "collection": "rules",
        "own": "rules",
        "public": "rules",
        "row": "rules",
        "signed_in": "rules",
    },
)
