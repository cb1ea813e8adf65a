"""Personal values in entries: a digest under a random salt of their own, and the value itself only sealed."""

import hmac
import os
from dataclasses import dataclass
from typing import Any

from heli.common import crypto

from .canonical import canonical

PLACE = "ledger_sealed.sealed_value"


@dataclass(frozen=True, slots=True)
class Seal:
    """A personal value that an entry tells of. With `keep` the history can show it until it is erased."""

    value: Any
    keep: bool = False


def new_salt() -> bytes:
    return os.urandom(32)


def digest_of(value: Any, salt: bytes) -> str:
    return digest_of_text(canonical(value), salt)


def digest_of_text(text: str, salt: bytes) -> str:
    """Of a value whose canonical text is at hand."""
    return hmac.digest(bytes(salt), text.encode(), "sha256").hex()


def ciphertext(seal: Seal) -> str:
    return crypto.seal(canonical(seal.value), PLACE) if seal.keep else ""
