"""Sealing of single values, with keys that lie apart from the data.

A sealed value reads `a1$<key id>$<base64 of nonce and ciphertext>`; `a1` is AES-256-GCM with the place of the value
(table and column) as associated data, so that a value moved elsewhere does not open. Another cipher gets another
prefix. No claim of certified cryptography is made.
"""

import hmac
import os
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Callable
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings


class CannotOpen(Exception):
    """The value was changed, moved, or sealed under a key that is not here."""


def seal(text: str, place: str) -> str:
    return sealer(place)(text)


def sealer(place: str) -> Callable[[str], str]:
    """Seals many values of one column: key and place are looked up once. Each value has a nonce of its own."""
    key_id = str(settings.KEY_RING["current"])
    encrypt = _cipher(settings.KEY_RING["fields"][key_id]).encrypt
    bound, head = f"{key_id}|{place}".encode(), f"a1${key_id}$"

    def sealed(text: str) -> str:
        nonce = os.urandom(12)
        return head + b64encode(nonce + encrypt(nonce, text.encode(), bound)).decode()

    return sealed


def unseal(sealed: str, place: str) -> str:
    """The text, or CannotOpen."""
    try:
        algorithm, key_id, coded = sealed.split("$")
        raw = b64decode(coded, validate=True)
        if algorithm != "a1":
            raise CannotOpen(place)
        return (
            _cipher(settings.KEY_RING["fields"][key_id])
            .decrypt(raw[:12], raw[12:], f"{key_id}|{place}".encode())
            .decode()
        )
    except (InvalidTag, ValueError, KeyError) as error:
        raise CannotOpen(place) from error


def seal_bytes(content: bytes, place: str) -> bytes:
    """A whole file: the same cipher and the same kind of prefix, without base64."""
    key_id = str(settings.KEY_RING["current"])
    nonce = os.urandom(12)
    body = _cipher(settings.KEY_RING["fields"][key_id]).encrypt(nonce, content, f"{key_id}|{place}".encode())
    return f"a1${key_id}$".encode() + nonce + body


def unseal_bytes(sealed: bytes, place: str) -> bytes:
    """The content, or CannotOpen."""
    try:
        algorithm, key_id, raw = sealed.split(b"$", 2)
        if algorithm != b"a1":
            raise CannotOpen(place)
        key = _cipher(settings.KEY_RING["fields"][key_id.decode()])
        return key.decrypt(raw[:12], raw[12:], key_id + b"|" + place.encode())
    except (InvalidTag, ValueError, KeyError) as error:
        raise CannotOpen(place) from error


def blind(text: str, purpose: str) -> str:
    """A keyed index value: equal texts give equal values, nothing else can be read from it."""
    return blinder(purpose)(text)


def blinder(purpose: str) -> Callable[[str], str]:
    """Makes many index values for one purpose."""
    key, before = _bytes(settings.KEY_RING["index"]), f"{purpose}|"

    def blinded(text: str) -> str:
        if not text:
            return ""
        plain = text if text.isascii() and text.isalnum() else unicodedata.normalize("NFKC", text).strip()
        return hmac.digest(key, f"{before}{plain.upper()}".encode(), "sha256").hex()[:40]

    return blinded


@lru_cache(maxsize=32)
def _cipher(key: str) -> AESGCM:
    """A key is set up once, not per value; an import seals hundreds of thousands."""
    return AESGCM(_bytes(key))


@lru_cache(maxsize=32)
def _bytes(key: str) -> bytes:
    return b64decode(key)
