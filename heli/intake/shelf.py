"""A plan's rows on the disk, sealed: a preview turns its pages and a worker writes them, and neither holds them all.

The file lies beside the one that was handed over and goes when that goes. It holds what that holds, but sealed, chunk by
chunk, each bound to its place: nothing can be put in or moved without the keys. Should it be missing, damaged or of
another reading, the file that was handed over is read again.
"""

import json
import os
import struct
import tempfile
from bisect import bisect_right
from collections.abc import Callable, Iterator, MutableSequence, Sequence
from dataclasses import dataclass
from hashlib import sha256
from operator import attrgetter, eq
from pathlib import Path
from typing import Any, overload

from django.utils.translation import gettext_lazy as _

from heli.common import crypto
from heli.common.errors import Conflict

from .reading.errors import Bad
from .reading.helpers import HelperRow
from .reading.households import HouseholdRow, HouseRow
from .reading.land_rows import OutlineRow, ParcelRow
from .tables.kinds import Told

A_CHUNK = 1_000  # rows sealed together
PLACE = struct.Struct(">QQ")


@dataclass(frozen=True, slots=True)
class Form:
    """How a row is written down as a list, and made again of it."""

    down: Callable[[Any], Any]
    up: Callable[[Any], Any]


def _of(kind: Any) -> Form:
    names = tuple(kind.__dataclass_fields__)
    return Form(attrgetter(*names), lambda row: kind(*(tuple(one) if type(one) is list else one for one in row)))


_household, _house = attrgetter(*HouseholdRow.__dataclass_fields__), attrgetter(*HouseRow.__dataclass_fields__)


def _household_down(row: HouseholdRow) -> list[Any]:
    *facts, houses = _household(row)
    return [*facts, [_house(house) for house in houses]]


def _household_up(row: list[Any]) -> HouseholdRow:
    row[-1] = tuple([HouseRow(*house) for house in row[-1]])
    return HouseholdRow(*row)


FORMS = {
    "households": Form(_household_down, _household_up),
    "helpers": _of(HelperRow),
    "bad": Form(lambda bad: (bad.sheet, bad.row, bad.cell, bad.column, bad.code, bad.facts), lambda row: Bad(*row)),
    "parcels": _of(ParcelRow),
    "outlines": _of(OutlineRow),
    "told": _of(Told),
}
SHOWN = Form(lambda row: row, lambda row: (row[0], tuple(row[1])))
PLAIN = Form(lambda row: row, tuple)


class Store:
    """The file itself: sealed pieces, one behind the other. It is closed when nobody holds it any more."""

    def __init__(self, descriptor: int, name: str, path: Path | None = None) -> None:
        self._file, self._name, self._path = descriptor, name, path
        self._end = os.fstat(descriptor).st_size

    def __del__(self) -> None:
        os.close(self._file)

    def put(self, content: bytes, place: str) -> tuple[int, int]:
        """Seal and write behind all that stands there; returns where it stands."""
        return self.add(crypto.seal_bytes(content, self._bound(place)))

    def get(self, at: int, size: int, place: str) -> bytes:
        return crypto.unseal_bytes(os.pread(self._file, size, at), self._bound(place))

    def rows_of(self, at: int, size: int, place: str) -> Any:
        """A piece with rows. One that was changed takes the whole file with it: the next look reads anew."""
        try:
            return json.loads(self.get(at, size, place))
        except crypto.CannotOpen as error:
            if self._path:
                self._path.unlink(missing_ok=True)
            raise Conflict(
                "preview_damaged", _("存下来的预览坏了。"), kept=_("什么都没有写入。"), todo=_("请再看一遍，再写入。")
            ) from error

    def add(self, content: bytes) -> tuple[int, int]:
        at = self._end
        with open(self._file, "ab", closefd=False) as file:
            file.write(content)
        self._end += len(content)
        return at, len(content)

    def end(self, size: int) -> bytes:
        return os.pread(self._file, size, max(0, self._end - size))

    def empty(self) -> None:
        os.ftruncate(self._file, 0)
        self._end = 0

    def _bound(self, place: str) -> str:
        return f"intake.shelf/{self._name}/{place}"


class Shelf:
    """Rows under names, in one file. `facts`: what the plan says beside its rows."""

    def __init__(self, descriptor: int, name: str, path: Path | None = None) -> None:
        self._store = Store(descriptor, name, path)
        self._piles: dict[str, Pile] = {}
        self.facts: dict[str, Any] = {}

    @classmethod
    def passing(cls) -> "Shelf":
        """One without a place, gone with the process."""
        with tempfile.TemporaryFile() as file:
            return cls(os.dup(file.fileno()), "passing")

    def rows(self, name: str) -> "Pile":
        if name not in self._piles:
            form = FORMS.get(name, SHOWN if name.startswith("sheet ") else PLAIN)
            self._piles[name] = Pile(self._store, name, form)
        return self._piles[name]

    done = rows

    def anew(self) -> None:
        self._store.empty()
        self._piles.clear()

    def close(self, facts: dict[str, Any]) -> None:
        """Write down what is where, behind everything."""
        self.facts = facts
        index = {name: pile.places() for name, pile in self._piles.items()}
        at, size = self._store.put(json.dumps({"facts": facts, "index": index}, ensure_ascii=False).encode(), "index")
        self._store.add(PLACE.pack(at, size))

    @classmethod
    def opened(cls, path: Path) -> "Shelf | None":
        """What was closed there; None if nothing that can be read."""
        try:
            shelf = cls(os.open(path, os.O_RDONLY), path.name, path)
            at, size = PLACE.unpack(shelf._store.end(PLACE.size))
            held = json.loads(shelf._store.get(at, size, "index"))
        except (OSError, ValueError, OverflowError, struct.error, crypto.CannotOpen):
            return None
        shelf.facts = held["facts"]
        for name, index in held["index"].items():
            shelf.rows(name).take(index)
        return shelf

    @classmethod
    def made(cls, path: Path, make: "Callable[[Shelf], dict[str, Any]]") -> "Shelf":
        """A new one at this place, there only once it is whole."""
        descriptor, coming = tempfile.mkstemp(dir=path.parent, suffix=".coming")
        try:
            shelf = cls(descriptor, path.name)
            shelf.close(make(shelf))
            os.replace(coming, path)
        except BaseException:
            Path(coming).unlink(missing_ok=True)
            raise
        found = cls.opened(path)
        assert found is not None
        return found


@dataclass(slots=True)
class Chunk:
    first: int
    count: int
    at: int
    size: int


class Pile(MutableSequence[Any]):
    """Rows of one kind: those put away, and the last ones, which wait until they are a chunk. Rows are only added."""

    def __init__(self, store: Store, name: str, form: Form) -> None:
        self._store, self._name, self._form = store, name, form
        self._chunks: list[Chunk] = []
        self._waiting: list[Any] = []
        self._digest = sha256()
        self._known = ""
        self._open: tuple[int, list[Any]] = (-1, [])

    def append(self, value: Any) -> None:
        self._waiting.append(self._form.down(value))
        if len(self._waiting) == A_CHUNK:
            self._put_away()

    def _put_away(self) -> None:
        content = json.dumps(self._waiting, ensure_ascii=False, separators=(",", ":")).encode()
        self._digest.update(content)
        number, first = len(self._chunks), self._held
        at, size = self._store.put(content, f"{self._name}/{number}")
        self._chunks.append(Chunk(first, len(self._waiting), at, size))
        self._waiting = []

    @property
    def _held(self) -> int:
        return self._chunks[-1].first + self._chunks[-1].count if self._chunks else 0

    @property
    def digest(self) -> str:
        if self._waiting:
            self._put_away()
        return self._known or self._digest.hexdigest()

    def places(self) -> dict[str, Any]:
        """Where it all stands."""
        digest = self.digest
        return {"digest": digest, "chunks": [(one.first, one.count, one.at, one.size) for one in self._chunks]}

    def take(self, places: dict[str, Any]) -> None:
        self._known, self._chunks = places["digest"], [Chunk(*one) for one in places["chunks"]]

    def __len__(self) -> int:
        return self._held + len(self._waiting)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]

    def __iter__(self) -> Iterator[Any]:
        for number in range(len(self._chunks)):
            yield from map(self._form.up, self._chunk(number))
        yield from map(self._form.up, json.loads(json.dumps(self._waiting)))

    def _chunk(self, number: int) -> list[Any]:
        one = self._chunks[number]
        return self._store.rows_of(one.at, one.size, f"{self._name}/{number}")  # type: ignore[no-any-return]

    @overload
    def __getitem__(self, at: int) -> Any: ...
    @overload
    def __getitem__(self, at: slice) -> list[Any]: ...
    def __getitem__(self, at: int | slice) -> Any:
        if isinstance(at, slice):
            return [self._at(one) for one in range(*at.indices(len(self)))]
        return self._at(at + len(self) if at < 0 else at)

    def _at(self, at: int) -> Any:
        if not 0 <= at < len(self):
            raise IndexError(at)
        if at >= self._held:
            return self._form.up(json.loads(json.dumps(self._waiting[at - self._held])))
        number = bisect_right(self._chunks, at, key=lambda one: one.first) - 1
        if self._open[0] != number:
            self._open = number, self._chunk(number)
        row = self._open[1][at - self._chunks[number].first]
        return self._form.up(list(row))

    def __setitem__(self, at: Any, value: Any) -> None:
        raise TypeError("rows are only added")

    __delitem__ = insert = __setitem__  # type: ignore[assignment]
