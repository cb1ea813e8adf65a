"""Tables of 0-1 knapsacks over all capacities, for many agents side by side (dynamic programming, vectorised).

Rows are agents, columns capacities 0..B; items of one row stand together. Items are put in one by one, the n-th of
every row at the same time, rows with the most items first, so that each step works on a block of rows.
Source: Kellerer, Pferschy, Pisinger: Knapsack Problems (2004), chapter 2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .frame import Bools, Ints

NEVER = -(1 << 61)


@dataclass(frozen=True, slots=True)
class Shelf:
    """n rows in order of falling number of items: `order` [n] which, `start` [n] where their items begin, `room` [n].

    `pad` columns of NEVER stand before capacity 0, so that an item that does not fit is never taken; `at` [n, B+1]:
    position of each capacity in the flat table; `busy` [most items of a row]: how many rows have an n-th item.
    """

    order: Ints
    start: Ints
    room: Ints
    pad: int
    at: Ints
    busy: Ints


def shelf(size: Ints, row: Ints, room: Ints) -> Shelf:
    """`row` [items] rises from 0, each row has an item; rooms beyond all its items are cut."""
    count = np.bincount(row, minlength=len(room))
    room = np.minimum(room, np.bincount(row, size, minlength=len(room)).astype(np.int64))
    order = np.argsort(-count, kind="stable")
    start = (np.cumsum(count) - count)[order]
    pad = max(1, int(size.max(initial=0)))
    width = pad + int(room.max(initial=0)) + 1
    at = (np.arange(len(room)) * width + pad)[:, None] + np.arange(width - pad)
    busy = np.searchsorted(-count[order], -np.arange(int(count.max(initial=0))), side="left")
    return Shelf(order, start, room[order], pad, at, busy)


def empty(shelf: Shelf) -> Ints:
    rows, columns = shelf.at.shape
    table = np.full((rows, shelf.pad + columns), NEVER, dtype=np.int64)
    table[:, shelf.pad :] = 0
    return table


def best(profit: Ints, size: Ints, row: Ints, room: Ints) -> tuple[Ints, Ints]:
    """The most profit of each row within its room, and the items that bring it."""
    made = shelf(size, row, room)
    table = empty(made)
    taken = np.zeros((len(made.busy), *made.at.shape), dtype=np.bool_)
    for turn, rows in enumerate(made.busy.tolist()):
        item = made.start[:rows] + turn
        put_in = table.ravel().take(made.at[:rows] - size[item][:, None])
        put_in += profit[item][:, None]
        old = table[:rows, made.pad :]
        np.greater(put_in, old, out=taken[turn, :rows])
        np.maximum(put_in, old, out=old)
    worth = np.empty(len(room), dtype=np.int64)
    worth[made.order] = table[np.arange(len(room)), made.pad + made.room]
    return worth, items(made, size, taken)


def items(shelf: Shelf, size: Ints, taken: Bools) -> Ints:
    """Back from the full room, item by item, the last first."""
    left = shelf.room.copy()
    chosen = [np.zeros(0, dtype=np.int64)]
    for turn in range(len(shelf.busy) - 1, -1, -1):
        rows = np.arange(shelf.busy[turn])
        rows = rows[taken[turn, rows, left[rows]]]
        item = shelf.start[rows] + turn
        left[rows] -= size[item]
        chosen.append(item)
    return np.concatenate(chosen)


def losses(profit: Ints, size: Ints, row: Ints, room: Ints) -> tuple[Ints, Ints, Ints]:
    """What each row is worth, and what it loses if an item must be in, or must stay out.

    With F the table of the items before one, and G that of the items after it, the best with it is
    profit + max over c of F[c] + G[room − size − c], without it max over c of F[c] + G[room − c].
    """
    made = shelf(size, row, room)
    gain = np.maximum(profit, 0)
    before = tables(made, gain, size)
    worth = before[-1, np.arange(len(room)), made.pad + made.room]
    loss_in, loss_out = np.empty_like(profit), np.empty_like(profit)
    after = empty(made)
    for turn in range(len(made.busy) - 1, -1, -1):
        rows = np.arange(made.busy[turn])
        item = made.start[rows] + turn
        here = before[turn, rows, made.pad :]
        loss_out[item] = worth[rows] - (here + turned(made, after, made.room[rows])).max(axis=1)
        with_it = (here + turned(made, after, made.room[rows] - size[item])).max(axis=1)
        loss_in[item] = worth[rows] - profit[item] - with_it
        put(made, after, gain, size, item, after)
    by_row = np.empty_like(worth)
    by_row[made.order] = worth
    return by_row, loss_in, loss_out


def tables(shelf: Shelf, gain: Ints, size: Ints) -> Ints:
    """[items + 1, rows, pad + B + 1]: the table before each item, and after the last."""
    found = np.empty((len(shelf.busy) + 1, len(shelf.room), shelf.pad + shelf.at.shape[1]), dtype=np.int64)
    found[0] = empty(shelf)
    for turn, rows in enumerate(shelf.busy.tolist()):
        found[turn + 1] = found[turn]
        put(shelf, found[turn], gain, size, shelf.start[:rows] + turn, found[turn + 1])
    return found


def put(shelf: Shelf, table: Ints, gain: Ints, size: Ints, item: Ints, out: Ints) -> None:
    """One item more in each of the first rows: `out` rises where it helps."""
    put_in = table.ravel().take(shelf.at[: len(item)] - size[item][:, None]) + gain[item][:, None]
    np.maximum(out[: len(item), shelf.pad :], put_in, out=out[: len(item), shelf.pad :])


def turned(shelf: Shelf, table: Ints, room: Ints) -> Ints:
    """Row by row from `room` backwards: the value of room − c at column c, NEVER below 0."""
    back = np.maximum(room[:, None] - np.arange(shelf.at.shape[1]), -1)
    values: Ints = table.ravel().take(shelf.at[: len(room), :1] + back)
    return values
