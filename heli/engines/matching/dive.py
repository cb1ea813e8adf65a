"""From prices to a plan: place the tasks that the mixture of sets is surest of, price the rest again, and so on.

Source: Sadykov, Vanderbeck, Pessoa, Tahiri, Uchoa: Primal heuristics for branch and price, the assets of diving methods
(INFORMS Journal on Computing 31, 2019); prices by climbing instead of linear programming.
"""

from __future__ import annotations

import numpy as np

from . import lagrange
from .effort import Effort
from .frame import Ints
from .lagrange import Floats, Pace, Priced
from .packing import Packing, loads, placed

SURE = 0.98
PACE = Pace(20, patience=5)


def dive(packing: Packing, priced: Priced, reach: float, effort: Effort, part: float, noise: Floats) -> Ints | None:
    """The arc of each free task [T], −1 for the others; None if a task finds no room.

    Each time `part` of what is left is placed, and all that is as good as sure. `noise` [T] is added to the shares.
    """
    plan = np.full(len(packing.free), -1, dtype=np.int64)
    while packing.free.any():
        arcs = surest(packing, priced.share + noise[packing.task], priced.share, part)
        plan[packing.task[arcs]] = packing.arc[arcs]
        free = packing.free.copy()
        free[packing.task[arcs]] = False
        packing, keep = placed(packing, free, packing.room - loads(packing, arcs))
        if (np.bincount(packing.task, minlength=len(free))[free] == 0).any():
            return None
        if free.any():
            priced = lagrange.climb(packing, priced.prices, effort, PACE, reach, share=priced.share[keep])
    return plan


def surest(packing: Packing, wish: Floats, share: Floats, part: float) -> Ints:
    """Arcs that fit together, the most wished for first: at least one."""
    wanted = max(1, int(np.ceil(part * packing.free.sum())))
    free, room = packing.free.copy(), packing.room.copy()
    arcs: list[int] = []
    for arc in np.argsort(-wish, kind="stable").tolist():
        if len(arcs) >= wanted and share[arc] < SURE:
            break
        task, agent, size = packing.task[arc], packing.agent[arc], packing.size[arc]
        if free[task] and size <= room[agent]:
            arcs.append(arc)
            free[task] = False
            room[agent] -= size
    return np.array(arcs, dtype=np.int64)
