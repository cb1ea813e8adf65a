"""Tasks whose size depends on who does them (generalised assignment): a good plan, and how far from the best at most.

Prices give the bound (`lagrange`) and, round by round, a hint of who should do what. Each hint is made into a plan
(doubles dropped, the rest placed where waiting costs most) and mended by single moves and exchanges; the best plans are
then torn open at chosen places and closed again, a fixed number of times. Hard in theory and exact only by chance; the
answer is always feasible, and its gap is against the proven bound.
Sources: Haddadi, Ouzia: European Journal of Operational Research 153 (2004); Yagiura, Ibaraki, Glover: INFORMS Journal
on Computing 16 (2004).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import lagrange
from .frame import Bools, Ints

ROUNDS, TEARS, SHARE = 320, 120, 0.08
NEVER = 1 << 40


@dataclass(frozen=True, slots=True)
class Found:
    """`agent` [T], −1 where a task is left out; `cost` of the rest; `bound`: no plan as full costs less."""

    agent: Ints
    cost: int
    bound: int


def solve(cost: Ints, size: Ints, capacity: Ints, *, seed: int = 0) -> Found:
    """cost, size: [A, T], size above the capacity where a pair is not allowed; capacity: [A]."""
    search = Search(cost, size, capacity, np.random.default_rng(seed))
    search.keep(placed(cost, size, capacity, np.full(cost.shape[1], -1), cost))
    bound, prices = -NEVER, np.zeros(cost.shape[1], dtype=np.int64)
    for n, step in enumerate(lagrange.steps(cost, size, capacity, search.first_prices(), lambda: search.guess, ROUNDS)):
        if step.bound > bound or n % 25 == 24:
            search.follow(step)
        if step.bound > bound:
            bound, prices = step.bound, step.prices
    for _ in range(TEARS):
        if (search.best < 0).all() or (search.full and search.price == bound):
            break
        search.tear(prices)
    return Found(search.best, search.price, bound)


class Search:
    """The best plan so far, and ways to try others. Mutable: lives only inside one solving."""

    def __init__(self, cost: Ints, size: Ints, capacity: Ints, dice: np.random.Generator) -> None:
        self.cost, self.size, self.capacity, self.dice = cost, size, capacity, dice
        self.best = np.full(cost.shape[1], -1)

    @property
    def full(self) -> bool:
        return bool((self.best >= 0).all())

    @property
    def price(self) -> int:
        return _cost(self.cost, self.best)

    @property
    def guess(self) -> int:
        """What a full plan may cost: this one's price, with what is open at its dearest."""
        open_ = self.best < 0
        able = np.where(self.size <= self.capacity[:, None], self.cost, self.cost.min())
        return self.price + int(able[:, open_].max(axis=0).sum())

    def first_prices(self) -> Ints:
        """Half way from the second cheapest to what the task costs in the first plan."""
        able = np.where(self.size <= self.capacity[:, None], self.cost, NEVER)
        second = np.sort(able, axis=0)[min(1, len(able) - 1)]
        mine = np.where(self.best >= 0, self.cost[np.maximum(self.best, 0), np.arange(len(self.best))], second)
        first: Ints = (np.minimum(second, mine) + mine) * lagrange.FINE // 2
        return first

    def keep(self, agent: Ints) -> None:
        made = mended(self.cost, self.size, self.capacity, agent)
        self.best = _better(self.cost, self.best, made)

    def follow(self, step: lagrange.Step) -> None:
        """The round's hint as a plan."""
        reduced = self.cost * lagrange.FINE - step.prices[None, :]
        kept = _within(self.size, self.capacity, _hint(reduced, step.wanted), reduced)
        self.keep(placed(self.cost, self.size, self.capacity, kept, reduced))

    def tear(self, prices: Ints) -> None:
        """Open some tasks of the best plan and close it again, by prices a little shaken."""
        worth = self.cost * lagrange.FINE - prices
        shaken = worth + self.dice.integers(0, max(2, int(worth.std() / 20)), worth.shape)
        torn = _torn(self.cost, self.best, prices, self.dice)
        self.keep(placed(self.cost, self.size, self.capacity, torn, shaken))


def _cost(cost: Ints, agent: Ints) -> int:
    done = np.flatnonzero(agent >= 0)
    return int(cost[agent[done], done].sum())


def _better(cost: Ints, one: Ints, other: Ints) -> Ints:
    """The fuller, then the cheaper."""
    keys = [((agent < 0).sum(), _cost(cost, agent)) for agent in (one, other)]
    return other if keys[1] < keys[0] else one


def _hint(reduced: Ints, wanted: Bools) -> Ints:
    """Who takes a task: of those who would, the one for whom it pays most."""
    bids = np.where(wanted, reduced, NEVER)
    return np.where(wanted.any(axis=0), bids.argmin(axis=0), -1)


def _within(size: Ints, capacity: Ints, agent: Ints, reduced: Ints) -> Ints:
    """Without what does not fit: agents give back what pays least."""
    agent = agent.copy()
    tasks = np.arange(len(agent))
    for who in range(len(capacity)):
        mine = tasks[agent == who]
        for task in mine[np.argsort(-reduced[who, mine], kind="stable")]:
            if size[who, tasks[agent == who]].sum() <= capacity[who]:
                break
            agent[task] = -1
    return agent


def placed(cost: Ints, size: Ints, capacity: Ints, agent: Ints, worth: Ints) -> Ints:
    """Place the open tasks, each time the one that would lose most by waiting; what finds no room stays open."""
    agent = agent.copy()
    room = capacity - _loads(size, agent)
    open_ = np.flatnonzero(agent < 0)
    while len(open_):
        bids = np.where(size[:, open_] <= room[:, None], worth[:, open_], NEVER)
        two = np.partition(bids, min(1, len(bids) - 1), axis=0)[: min(2, len(bids))]
        regret = np.where(two[0] < NEVER, two[-1] - two[0] if len(two) > 1 else NEVER, -1)
        at = int(regret.argmax())
        if regret[at] < 0:
            break
        task, who = int(open_[at]), int(bids[:, at].argmin())
        agent[task], room[who] = who, room[who] - size[who, task]
        open_ = np.delete(open_, at)
    return agent if not len(open_) else _squeezed(size, capacity, agent, open_)


def _squeezed(size: Ints, capacity: Ints, agent: Ints, open_: Ints) -> Ints:
    """A task that finds no room takes somebody's place who fits elsewhere."""
    agent = agent.copy()
    for task in open_:
        room = capacity - _loads(size, agent)
        for other in np.flatnonzero(agent >= 0):
            who = agent[other]
            if size[who, task] > room[who] + size[who, other]:
                continue
            elsewhere = np.flatnonzero(size[:, other] <= room)
            elsewhere = elsewhere[elsewhere != who]
            if len(elsewhere):
                agent[other], agent[task] = elsewhere[0], who
                break
    return agent


def mended(cost: Ints, size: Ints, capacity: Ints, agent: Ints) -> Ints:
    """The best single move or exchange of two tasks, again and again, until none helps."""
    agent = agent.copy()
    for _ in range(4 * len(agent) + 40):
        done = np.flatnonzero(agent >= 0)
        who = agent[done]
        price, load = cost[who, done], size[who, done]
        room = capacity - _loads(size, agent)
        if not len(done):
            return agent
        moves = np.where(size[:, done] <= room[:, None], cost[:, done] - price[None, :], NEVER)
        takes = np.where(size[who][:, done] <= (room[who] + load)[:, None], cost[who][:, done] - price[None, :], NEVER)
        swaps = np.where(who[:, None] == who[None, :], NEVER, takes + takes.T)
        move, swap = int(moves.argmin()), int(swaps.argmin())
        if min(moves.flat[move], swaps.flat[swap]) >= 0:
            return agent
        if moves.flat[move] <= swaps.flat[swap]:
            agent[done[move % len(done)]] = move // len(done)
        else:
            one, other = divmod(swap, len(done))
            agent[done[one]], agent[done[other]] = who[other], who[one]
    return agent


def _torn(cost: Ints, agent: Ints, prices: Ints, dice: np.random.Generator) -> Ints:
    """Open some tasks again, rather those that cost much above their price."""
    tasks = np.arange(len(agent))
    above = (cost[np.maximum(agent, 0), tasks] * lagrange.FINE - prices).astype(float)
    chance = above - above.min() + above.std() + 1e-9
    many = min(max(3, int(SHARE * len(agent))), int((agent >= 0).sum()))
    torn = agent.copy()
    chance[agent < 0] = 0
    torn[dice.choice(len(agent), many, replace=False, p=chance / chance.sum())] = -1
    return torn


def _loads(size: Ints, agent: Ints) -> Ints:
    done = np.flatnonzero(agent >= 0)
    loads: Ints = np.bincount(agent[done], size[agent[done], done], minlength=len(size)).astype(np.int64)
    return loads
