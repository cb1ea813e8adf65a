"""Whose papers there can be. The room that owns a kind of subject registers it in `AppConfig.ready`."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """The row that a paper belongs to, as far as this room knows it."""

    kind: str
    pk: int
    region_code: str


@dataclass(frozen=True, slots=True)
class SubjectKind:
    """`chain(pk)` is the subject's chain now, '' when it is gone; `page(pk)` where its papers are shown; `called(pk)`
    how people call it."""

    kind: str
    chain: Callable[[int], str]
    page: Callable[[int], str]
    called: Callable[[int], str]


_kinds: dict[str, SubjectKind] = {}


def add(kind: SubjectKind) -> None:
    _kinds[kind.kind] = kind


def of(kind: str) -> SubjectKind:
    return _kinds[kind]


def chain_of(kind: str, pk: int, region_code: str) -> str:
    return _kinds[kind].chain(pk) or f"town/{region_code[:9]}"
