"""Drawing lots without chance: whole-number hashes of ids that are the same on every machine and in every run.

Python's own `hash` changes from run to run. Each id is hashed once with BLAKE2b; a pair mixes two of these numbers
with the finaliser of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from .problem import Id

MAX_BITS = 20
Words = NDArray[np.uint64]


def of_ids(ids: Iterable[Id], salt: str) -> Words:
    """One 64-bit number per id; `salt` keeps helpers and officials with the same id apart."""
    listed = list(ids)
    if all(type(one) is int and abs(one) < 1 << 63 for one in listed):
        return mixed(np.array(listed, dtype=np.int64).astype(np.uint64) + np.uint64(number(salt)))
    return np.array([number(f"{salt}\0{type(one).__name__}\0{one}") for one in listed], dtype=np.uint64)


def number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


def of_pairs(one: Words, other: Words, bits: int) -> NDArray[np.int64]:
    """One number below 2^bits per pair."""
    drawn = mixed(one + other * np.uint64(0x9E3779B97F4A7C15)) & np.uint64((1 << bits) - 1)
    return np.asarray(drawn, dtype=np.int64)


def mixed(words: Words) -> Words:
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        words = (words ^ (words >> np.uint64(shift))) * np.uint64(factor)
    return words ^ (words >> np.uint64(31))


def bits(units: int, lots: int, top: int) -> int:
    """As many bits as keep the price of the whole flow inside 62 bits.

    `units` of flow, each of at most `top` points; a plan adds at most `lots` hashes.
    """
    room = (1 << 62) // (max(1, units) * max(1, top) * (lots + 1))
    return max(0, min(MAX_BITS, room.bit_length() - 1))
