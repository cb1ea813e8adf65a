"""Read columns of whole numbers from JSON lists or numpy arrays, with their length and range checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from .errors import BadProblem
from .frame import Ints


def whole(value: Any, name: str) -> Ints:
    """int64, or BadProblem: whole numbers written as floats are taken, anything else is not."""
    found = np.asarray(value)
    if found.size == 0:
        return np.zeros(found.shape, dtype=np.int64)
    is_whole = found.dtype.kind in "iu" or (
        found.dtype.kind == "f" and np.isfinite(found).all() and (found == np.floor(found)).all()
    )
    if not is_whole:
        raise BadProblem("wrong_type", f"{name} 应为整数。", f"{name} must be whole numbers.")
    return found.astype(np.int64)


def number(document: Mapping[str, Any], name: str) -> int:
    found = whole(document[name], name)
    if found.ndim or found < 0:
        raise BadProblem("wrong_type", f"{name} 应为不小于0的整数。", f"{name} must be a whole number, 0 or above.")
    return int(found)


def column(document: Mapping[str, Any], name: str, length: int | None, limits: tuple[int, int]) -> Ints:
    found = whole(document[name], name)
    if found.ndim != 1 or (length is not None and len(found) != length):
        raise BadProblem("wrong_length", f"{name} 的长度不对。", f"{name} has the wrong length.")
    if len(found) and (found.min() < limits[0] or found.max() > limits[1]):
        raise BadProblem(
            "out_of_range",
            f"{name} 应在 {limits[0]} 到 {limits[1]} 之间。",
            f"{name} must be from {limits[0]} to {limits[1]}.",
        )
    return found


def yes(document: Mapping[str, Any], name: str, *, default: bool) -> bool:
    found = np.asarray(document[name]) if name in document else np.asarray(default)
    if found.dtype.kind != "b" or found.ndim:
        raise BadProblem("wrong_type", f"{name} 应为是或否。", f"{name} must be true or false.")
    return bool(found)
