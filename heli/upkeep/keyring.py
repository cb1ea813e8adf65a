"""The keys as things to keep: how to tell them apart without showing them, and how to carry them under a passphrase.

A file reads `heli-keys/1`: Scrypt makes a key of the passphrase, AES-256-GCM seals the whole ring with it. Never
writes over a ring or a file.
"""

import hashlib
import json
import os
import unicodedata
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from heli.common.errors import DomainError
from heli.ledger.canonical import canonical, sha256, stamp

from .files import durable

FORMAT = "heli-keys/1"
LEAST = 12
COST = {"name": "scrypt", "n": 2**17, "r": 8, "p": 1}
# A file may ask for more work than we do, but not for so much that opening it brings the machine down.
MOST = {"n": 2**20, "r": 16, "p": 4}
Ring = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Key:
    """A key by its name, its use and a fingerprint, from which the key cannot be worked out."""

    id: str
    use: str
    fingerprint: str


def fingerprints(ring: Ring) -> tuple[Key, ...]:
    """The keys that stored values depend on. Django's secret is not one: losing it only signs people out."""
    fields = [Key(name, "fields", _fingerprint("fields", name, key)) for name, key in sorted(ring["fields"].items())]
    return (*fields, Key("index", "index", _fingerprint("index", "index", ring["index"])))


def stored(path: Path) -> Ring | None:
    """The ring as it lies in `path`, None where there is none; DomainError if it cannot be read as one."""
    if not path.exists():
        return None
    try:
        ring = json.loads(path.read_text(encoding="utf-8"))
        _whole(ring)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DomainError(
            "keys_unreadable", f"钥匙读不了：{path}。", kept="什么都没有动。", todo="请用 heli keys import 放回钥匙。"
        ) from error
    return dict(ring)


def export(ring_path: Path, target: Path, passphrase: str, *, at: datetime) -> tuple[Key, ...]:
    """Write the ring under the passphrase into a new file, and open it again to be sure."""
    ring = stored(ring_path)
    if ring is None:
        raise DomainError(
            "keys_missing",
            f"这里没有钥匙：{ring_path}。",
            kept="什么都没有写。",
            todo="请看 HELI_KEYS 指的是不是对的文件夹。",
        )
    long_enough(passphrase)
    if target.exists():
        raise DomainError(
            "file_exists", f"已经有这个文件：{target}。", kept="它没有动，钥匙也没有写出去。", todo="请换一个名字。"
        )
    document = sealed(ring, passphrase, at=at)
    if opened(document, passphrase) != ring:
        raise AssertionError("what was sealed does not open again")
    write_new(target, json.dumps(document, ensure_ascii=False, indent=1))
    return fingerprints(ring)


def bring_back(source: Path, ring_path: Path, passphrase: str) -> tuple[tuple[Key, ...], bool]:
    """Put the ring of a file in its place. False: the same ring lay there already. A different one is never replaced."""
    document = _document(source)
    there = stored(ring_path)
    ring = opened(document, passphrase)
    if there is not None and there != ring:
        raise DomainError(
            "keys_differ", f"{ring_path.parent} 里已经有另外的钥匙。", kept="它们没有动，现在的数据要靠它们打开。",
            todo=f"要换成文件里的，请先停下合力，把 {ring_path} 移到稳妥的地方，再来一次。",
        )  # fmt: skip
    if there is None:
        ring_path.parent.mkdir(parents=True, exist_ok=True)
        ring_path.parent.chmod(0o700)
        write_new(ring_path, json.dumps(ring, indent=1))
    return fingerprints(ring), there is None


def sealed(ring: Ring, passphrase: str, *, at: datetime) -> dict[str, Any]:
    cost = COST | {"salt": b64encode(os.urandom(16)).decode()}
    nonce = os.urandom(12)
    body = AESGCM(_derived(passphrase, cost)).encrypt(nonce, canonical(ring).encode(), _bound(cost))
    document = {
        "format": FORMAT,
        "created": stamp(at),
        "keys": [asdict(key) for key in fingerprints(ring)],
        "kdf": cost,
        "cipher": {"name": "AES-256-GCM", "nonce": b64encode(nonce).decode()},
        "sealed": b64encode(body).decode(),
    }
    return document | {"digest": sha256(canonical(document))}


def opened(document: dict[str, Any], passphrase: str) -> Ring:
    """The ring, or DomainError: damaged files were told before, so here it is the passphrase."""
    try:
        cost, nonce = document["kdf"], b64decode(document["cipher"]["nonce"])
        plain = AESGCM(_derived(passphrase, cost)).decrypt(nonce, b64decode(document["sealed"]), _bound(cost))
        ring = json.loads(plain)
        _whole(ring)
    except InvalidTag as error:
        raise DomainError(
            "passphrase_wrong", "口令不对，打不开这份钥匙。", kept="什么都没有动。", todo="请再试一次；口令区分大小写。"
        ) from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _damaged() from error
    return dict(ring)


def long_enough(passphrase: str) -> None:
    if len(_plain(passphrase)) < LEAST:
        raise DomainError(
            "passphrase_short",
            f"口令太短，至少要 {LEAST} 个字。",
            kept="什么都没有写。",
            todo="几个不相干的词连起来最好记。",
        )


def write_new(path: Path, text: str) -> None:
    """A file only its owner reads, on the disk before we go on; never over another one."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise DomainError(
            "file_not_written", f"写不了 {path}：{error.strerror}。", kept="什么都没有写。", todo="请换一个地方。"
        ) from error
    try:
        with open(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink()
        raise
    durable(path.parent)


def _document(source: Path) -> dict[str, Any]:
    if not source.is_file():
        raise DomainError("file_missing", f"找不到文件：{source}。", kept="什么都没有动。")
    try:
        document = dict(json.loads(source.read_bytes()))
    except (ValueError, TypeError) as error:
        raise _damaged() from error
    told = document.pop("digest", "")
    if document.get("format") != FORMAT:
        raise DomainError(
            "keys_format",
            f"这不是 {FORMAT} 的钥匙文件。",
            kept="什么都没有动。",
            todo="请给 heli keys export 写出的文件。",
        )
    if told != sha256(canonical(document)):
        raise _damaged()
    return document


def _derived(passphrase: str, cost: dict[str, Any]) -> bytes:
    if cost["name"] != "scrypt" or any(not 1 <= int(cost[name]) <= most for name, most in MOST.items()):
        raise ValueError("kdf")
    scrypt = Scrypt(salt=b64decode(cost["salt"]), length=32, n=cost["n"], r=cost["r"], p=cost["p"])
    return scrypt.derive(_plain(passphrase).encode())


def _bound(cost: dict[str, Any]) -> bytes:
    """What the seal also covers: nobody can make the key cheaper to guess and have the file still open."""
    return canonical({"format": FORMAT, "kdf": cost}).encode()


def _plain(passphrase: str) -> str:
    """The same characters however the keyboard made them: full-width ones of a Chinese input count as plain."""
    return unicodedata.normalize("NFKC", passphrase)


def _whole(ring: Ring) -> None:
    keys = [*ring["fields"].values(), ring["index"]]
    if ring["current"] not in ring["fields"] or not ring["secret"] or any(len(b64decode(key)) != 32 for key in keys):
        raise ValueError("ring")


def _fingerprint(use: str, name: str, key: str) -> str:
    return hashlib.sha256(f"heli-key|{use}|{name}|".encode() + b64decode(key)).hexdigest()[:16]


def _damaged() -> DomainError:
    return DomainError("keys_damaged", "钥匙文件坏了。", kept="什么都没有动。", todo="请换另外保存的一份。")
