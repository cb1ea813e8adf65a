"""How far long work is, said now and then; short work says nothing."""

import time
from collections.abc import Callable

Tell = Callable[[str], None]
SECONDS = 2.0


class Pace:
    def __init__(self, tell: Tell, what: str, total: int) -> None:
        self._tell, self._what, self._total = tell, what, total
        self._done, self._said = 0, time.monotonic()

    def more(self, amount: int) -> None:
        self.at(self._done + amount)

    def at(self, done: int) -> None:
        self._done = done
        if time.monotonic() - self._said >= SECONDS and self._total:
            self._said = time.monotonic()
            self._tell(f"  {self._what} {min(100, 100 * done // self._total)}%")
