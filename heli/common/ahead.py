"""Work done ahead: while the caller is busy with one thing, another thread makes the next one ready."""

import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")
SWITCH = 0.001  # seconds after which the thread that computes lets the one that waits for the database go on


def ahead(work: Callable[[T], R], items: Iterable[T], *, threaded: bool) -> Generator[R, None, None]:
    """`work(item)` for each item in order, one ahead of the caller. `work` asks no database: that is the caller's.

    Items are taken in the caller's thread. Not `threaded`: each in its turn, where waiting gives nobody else room (SQLite).
    """
    if not threaded:
        yield from map(work, items)
        return
    with _switching(), ThreadPoolExecutor(1) as pool:
        waiting: Future[R] | None = None
        for item in items:
            coming = pool.submit(work, item)
            if waiting is not None:
                yield waiting.result()
            waiting = coming
        if waiting is not None:
            yield waiting.result()


@contextmanager
def _switching() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH)
    try:
        yield
    finally:
        sys.setswitchinterval(before)
