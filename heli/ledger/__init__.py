"""What happened, once and for all: appended, hash-chained entries in the transaction of the change they tell of.

A service wears `@ledger.written` and calls `ledger.append(...)`; the entries are written last, just before commit.
Rooms register how their rows follow from entries (`replays`) and what an entry says in words (`sentences`).
Knows nothing of households, helpers or people: the caller names the subject and what is personal in it.
"""

from typing import TYPE_CHECKING

from heli.common import lazily

if TYPE_CHECKING:
    from .acting import current_actor
    from .registry import replays, sentence_of, sentences
    from .sealing import Seal, digest_of
    from .sheaves import Sheaf
    from .writing import append, leaves, tried, written

__all__ = [
    "Seal",
    "Sheaf",
    "append",
    "current_actor",
    "digest_of",
    "leaves",
    "replays",
    "sentence_of",
    "sentences",
    "tried",
    "written",
]

__getattr__ = lazily.attributes(
    __name__,
    {
        "current_actor": "acting",
        "replays": "registry",
        "sentence_of": "registry",
        "sentences": "registry",
        "Seal": "sealing",
        "digest_of": "sealing",
        "Sheaf": "sheaves",
        "append": "writing",
        "leaves": "writing",
        "tried": "writing",
        "written": "writing",
    },
)
