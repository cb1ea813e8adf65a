"""A solved problem kept open for questions: what if somebody were away, had one place more, or were not taken here?

Each answer is exact, and the people of the plan stay where they are unless the whole gains by a move (`keeping`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from . import certificate, choice, keeping, repair
from .best import Best, best
from .candidates import helper_of, need_of
from .choice import Choice
from .flow import Warm
from .frame import Ints
from .keeping import KEEP, Move
from .problem import Helper, Id, Problem


@dataclass(frozen=True, slots=True)
class Answer:
    """`cost`: how many points the whole would be worse (below 0: better). `moves`: who would change."""

    cost: int
    moves: tuple[Move, ...]


class Questions:
    """Ask as many as you like; none changes the plan. Raises BadProblem where the problem does, StopIteration never."""

    def __init__(self, problem: Problem, keep: int = KEEP) -> None:
        self.problem, self.made = problem, best(problem)
        self.pairs = keeping.chosen(self.made.arcs.frame, self.made.final)
        self.net = keeping.with_bonus(self.made.network, self.made.arcs, self.pairs, keep)
        self.warm = Warm(self.net)
        self.base = self._choice(self.net.capacity)
        self.keep = keep

    def without(self, helper: Id) -> Answer:
        """If this person took no household at all."""
        return self._ask(self._steps(helper_of(self.problem, helper), places=0))

    def one_more(self, helper: Id, places: int = 1) -> Answer:
        """If this person took so many households more."""
        who = helper_of(self.problem, helper)
        return self._ask(self._steps(who, places=who.free + places))

    def alternative(self, need: Id) -> Answer:
        """If none of those proposed for this need could come: who would, and what it would cost the whole."""
        at = next(at for at, one in enumerate(self.made.arcs.frame.needs) if one is need_of(self.problem, need))
        mine = self.base.need == at
        capacity = self.net.capacity.copy()
        taken = self.base.need[mine] * max(1, len(self.made.arcs.frame.helpers)) + self.base.helper[mine]
        capacity[np.isin(self.net.pair, np.searchsorted(self.made.arcs.keys, taken))] = 0
        return self._ask(capacity)

    def newcomer(self, helper: Helper) -> Answer:
        """If somebody joined: solved anew, as their arcs are new."""
        joined = replace(self.problem, helpers=(*self.problem.helpers, helper))
        other = Questions(joined, keep=0)
        held = keeping.with_bonus(other.made.network, other.made.arcs, self.pairs, self.keep)
        found = other._of(Warm(held).solve(held.capacity).units)
        return Answer(
            other._cost(found) - self._cost(self.base),
            keeping.moves(self.pairs, keeping.chosen(other.made.arcs.frame, found)),
        )

    def _ask(self, capacity: Ints) -> Answer:
        found = self._choice(capacity)
        before, after = (keeping.chosen(self.made.arcs.frame, one) for one in (self.base, found))
        return Answer(self._cost(found, capacity) - self._cost(self.base), keeping.moves(before, after))

    def _choice(self, capacity: Ints) -> Choice:
        return self._of(self.warm.solve(capacity).units)

    def _of(self, units: Ints) -> Choice:
        made: Best = self.made
        return repair.repair(made.arcs, made.company, choice.of_flow(self.net, made.arcs, made.company, units))

    def _cost(self, made: Choice, capacity: Ints | None = None) -> int:
        """Points, by the true costs, with the capacities of the question."""
        net = self.made.network if capacity is None else replace(self.made.network, capacity=capacity)
        units = choice.units(net, self.made.arcs, self.made.company, made)
        if units is None or not certificate.is_flow(net, units):
            raise ArithmeticError("the answer breaks a hard rule")  # a fault of ours
        return certificate.cost(net, units)

    def _steps(self, helper: Helper, places: int) -> Ints:
        """Capacities with this person's three fairness steps as if they had so many free places."""
        capacity = self.net.capacity.copy()
        at = len(capacity) - 3 * (len(self.made.arcs.frame.helpers) - self.made.arcs.frame.helper_at[helper.id])
        rooms = self.problem.weights.steps(helper.load + places, helper.load) if places else (0, 0, 0)
        capacity[at : at + 3] = rooms
        return capacity
