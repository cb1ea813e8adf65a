"""Read JSON values with their type checked: a wrong key or type is named with its place, never guessed at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from .errors import BadProblem
from .problem import Id

T = TypeVar("T")
Reader = Callable[[Any, str], T]


def wrong(where: str, wanted: str, wanted_en: str) -> BadProblem:
    return BadProblem("wrong_type", f"{where} 应为{wanted}。", f"{where} must be {wanted_en}.")


def thing(value: Any, where: str, known: frozenset[str], needed: frozenset[str] = frozenset()) -> Mapping[str, Any]:
    """A JSON object with no other keys than `known`, and all of `needed`."""
    if not isinstance(value, Mapping):
        raise wrong(where, "对象", "an object")
    for key in value:
        if key not in known:
            raise BadProblem("unknown_key", f"{where} 里有不认识的键“{key}”。", f"{where} has an unknown key “{key}”.")
    for key in sorted(needed - set(value)):
        raise BadProblem("missing_key", f"{where} 缺少“{key}”。", f"{where} lacks “{key}”.")
    return cast(Mapping[str, Any], value)


def text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise wrong(where, "文字", "a string")
    return value


def whole(value: Any, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise wrong(where, "整数", "a whole number")
    return value


def identity(value: Any, where: str) -> Id:
    if not isinstance(value, str | int) or isinstance(value, bool) or value == "":
        raise wrong(where, "编号（文字或整数）", "an id (string or whole number)")
    return value


def maybe(read: Reader[T]) -> Reader[T | None]:
    return lambda value, where: None if value is None else read(value, where)


def several(read: Reader[T]) -> Reader[tuple[T, ...]]:
    def rows(value: Any, where: str) -> tuple[T, ...]:
        if not isinstance(value, list | tuple):
            raise wrong(where, "列表", "a list")
        return tuple(read(one, f"{where}[{at}]") for at, one in enumerate(value))

    return rows


def named(read: Reader[T]) -> Reader[Mapping[str, T]]:
    def pairs(value: Any, where: str) -> Mapping[str, T]:
        if not isinstance(value, Mapping):
            raise wrong(where, "对象", "an object")
        return {text(key, where): read(one, f"{where}.{key}") for key, one in value.items()}

    return pairs


def one_of(*allowed: str) -> Reader[str]:
    def choice(value: Any, where: str) -> str:
        if value not in allowed:
            raise BadProblem(
                "unknown_word",
                f"{where} 只能是：{'、'.join(allowed)}。",
                f"{where} must be one of: {', '.join(allowed)}.",
            )
        return cast(str, value)

    return choice


def exactly(count: int, read: Reader[T]) -> Reader[tuple[T, ...]]:
    def rows(value: Any, where: str) -> tuple[T, ...]:
        found = several(read)(value, where)
        if len(found) != count:
            raise wrong(where, f"{count}项的列表", f"a list of {count}")
        return found

    return rows


def fields(value: Any, where: str, readers: Mapping[str, Reader[Any]], needed: frozenset[str]) -> dict[str, Any]:
    """The keys that are there, each read by its reader."""
    found = thing(value, where, frozenset(readers), needed)
    return {key: readers[key](one, f"{where}.{key}") for key, one in found.items()}
