"""The subjects of one bulk entry, written as they come, slice by slice, before the entry that binds them.

So the entry itself is one row, however many it tells of, and its chain's head is held for no longer than that. A sheaf
that no entry binds says nothing to anybody; who gives a batch up takes its leaves away (`digests.forget`).
"""

import secrets
from collections.abc import Iterable, Sequence

from heli.common import bulk

from . import models
from .canonical import MerkleRoot

Subject = tuple[str, str, str]
COLUMNS = ("entry", "position", "subject_kind", "subject_id", "digest")


class Sheaf:
    def __init__(self) -> None:
        self.number = secrets.randbits(61) | 1 << 61  # far from the numbers of entries, which older sheaves bear
        self.count = 0
        self._root = MerkleRoot()

    @property
    def root(self) -> str:
        return self._root.value()

    def add(self, subjects: Iterable[Subject]) -> None:
        """Write these as (kind, id, digest) behind those that came before. Call it in the transaction of their rows."""
        told = list(subjects)
        rows = ((self.number, n, *subject) for n, subject in enumerate(told, self.count))
        bulk.bulk_rows(models.Leaf, COLUMNS, rows)
        self.grow([digest for _kind, _id, digest in told])

    def grow(self, digests: Sequence[str]) -> None:
        """These were put behind the others, as `prepare` made them."""
        self._root.add(digests)
        self.count += len(digests)


def prepare(number: int, first: int, kind: str, ids: Iterable[int], digests: Iterable[str]) -> bulk.Prepared:
    """Leaves of rows that are about to be written, from this place of the sheaf on."""
    rows = ((number, n, kind, str(pk), digest) for n, (pk, digest) in enumerate(zip(ids, digests, strict=True), first))
    return bulk.bulk_prepare(models.Leaf, COLUMNS, rows)
