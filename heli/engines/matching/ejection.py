"""Find a place for a need that repair left out: it takes somebody's place, who takes somebody's place, and so on.

A depth-first search over chains of moves, the shortest chains first, the best people first, with a fixed budget of
tries, so that it ends and always gives the same. Nobody already served is given up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from .arcs import Arcs
from .choice import Choice
from .company import Company
from .frame import Ints

DEEPEST = 4
TRIES = 20_000
NO_OFFICIAL = -1

Row = tuple[int, int, int]
"""need, helper, official (positions in the frame)."""


def place_lost(arcs: Arcs, company: Company, barred: Ints, made: Choice, lost: Ints) -> Choice:
    """`made` with as many of the lost needs placed as chains can be found for."""
    seats = Seats(arcs, company, barred, made)
    urgency = [-need.urgency for need in arcs.frame.needs]
    for need in sorted(lost.tolist(), key=lambda need: (urgency[need], need)):
        seats.tries = TRIES
        any(seats.place(need, depth, frozenset()) for depth in range(DEEPEST + 1)) or seats.swap(need)
    rows = np.array(sorted(seats.rows()), dtype=np.int64).reshape(-1, 3)
    return Choice(*rows.T)


class Seats:
    """Who sits where, with an undo list. Mutable: lives only inside one search."""

    def __init__(self, arcs: Arcs, company: Company, barred: Ints, made: Choice) -> None:
        frame = arcs.frame
        self.arcs, self.company = arcs, company
        self.width = max(1, len(frame.officials))
        self.barred = frozenset(barred.tolist())
        self.by_helper: dict[int, dict[int, Row]] = defaultdict(dict)
        self.by_official: dict[int, dict[int, Row]] = defaultdict(dict)
        self.room = [helper.free for helper in frame.helpers]
        self.visits = [official.free for official in frame.officials]
        self.done: list[tuple[bool, Row]] = []
        self.tries = TRIES
        self.known: dict[int, list[tuple[int, int]]] = {}
        for row in zip(made.need.tolist(), made.helper.tolist(), made.official.tolist(), strict=True):
            self.move(True, row)

    def rows(self) -> Iterator[Row]:
        return (row for rows in self.by_helper.values() for row in rows.values())

    def move(self, sits_down: bool, row: Row) -> None:
        """Sit down or stand up, and remember it."""
        need, helper, official = row
        if sits_down:
            self.by_helper[helper][need] = row
            self.by_official[official][need] = row
        else:
            del self.by_helper[helper][need]
            del self.by_official[official][need]
        self.done.append((sits_down, row))

    def back_to(self, mark: int) -> None:
        while len(self.done) > mark:
            sat_down, row = self.done.pop()
            self.move(not sat_down, row)
            self.done.pop()

    def place(self, need: int, depth: int, locked: frozenset[int]) -> bool:
        """Seat `need` by a chain that makes at most `depth` others move on; nothing changes if there is none."""
        locked |= {need}
        for helper, official in self.pairs(need):
            if need in self.by_helper[helper]:
                continue
            for leaving in self.ways(helper, official, locked):
                self.tries -= 1
                if self.tries < 0:
                    return False
                if len(leaving) <= depth and self.seat((need, helper, official), leaving, depth, locked):
                    return True
        return False

    def swap(self, need: int) -> bool:
        """Seat `need` where only less urgent ones have to give up their place for it."""
        penalty = [self.arcs.frame.problem.weights.penalty(one.urgency) for one in self.arcs.frame.needs]
        for helper, official in self.pairs(need):
            for leaving in self.ways(helper, official, frozenset({need})):
                if need not in self.by_helper[helper] and sum(penalty[row[0]] for row in leaving) < penalty[need]:
                    for row in leaving:
                        self.move(False, row)
                    self.move(True, (need, helper, official))
                    return True
        return False

    def seat(self, row: Row, leaving: tuple[Row, ...], depth: int, locked: frozenset[int]) -> bool:
        mark = len(self.done)
        for other in leaving:
            self.move(False, other)
        self.move(True, row)
        if all(self.place(other[0], depth - len(leaving), locked) for other in leaving):
            return True
        self.back_to(mark)
        return False

    def ways(self, helper: int, official: int, locked: frozenset[int]) -> Iterator[tuple[Row, ...]]:
        """Who would have to leave: nobody, one, or one at the helper and one at the official."""
        helper_full = len(self.by_helper[helper]) >= self.room[helper]
        official_full = official != NO_OFFICIAL and len(self.by_official[official]) >= self.visits[official]
        at_helper = self.others(self.by_helper[helper], locked) if helper_full else [None]
        at_official = self.others(self.by_official[official], locked) if official_full else [None]
        for one in at_helper:
            if one is not None and official_full and one[2] == official:
                yield (one,)
                continue
            for other in at_official:
                yield tuple(row for row in (one, other) if row is not None)

    @staticmethod
    def others(rows: dict[int, Row], locked: frozenset[int]) -> list[Row | None]:
        return [rows[need] for need in sorted(rows) if need not in locked]

    def pairs(self, need: int) -> list[tuple[int, int]]:
        """Who could come, the best score first, with every official who may go along with them."""
        if need not in self.known:
            low, high = np.searchsorted(self.arcs.need, [need, need + 1])
            best = np.argsort(-self.arcs.score[low:high], kind="stable")
            helpers = self.arcs.helper[low:high][best].tolist()
            officials = [NO_OFFICIAL]
            if self.arcs.frame.needs[need].official == "required":
                officials = self.company.official[self.company.need == need].tolist()
            self.known[need] = [
                (helper, official)
                for helper in helpers
                for official in officials
                if official == NO_OFFICIAL or helper * self.width + official not in self.barred
            ]
        return self.known[need]
