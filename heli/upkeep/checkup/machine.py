"""The machine: Python, folders, room on the disk, and the keys apart from the data."""

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from heli.upkeep import files, keyring
from heli.upkeep.place import Place

from .finding import Finding, bad, ok, warn

LEAST_PYTHON = (3, 11)
LEAST_FREE = 1 << 30


def python(_place: Place) -> Iterator[Finding]:
    running = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < LEAST_PYTHON:
        yield bad("python", f"Python 是 {running}，太旧了。", "请装 Python 3.11 或更新的。")
    else:
        yield ok("python", f"Python {running}")


def home_writable(place: Place) -> Iterator[Finding]:
    if not place.home.is_dir():
        yield warn(
            "home", f"还没有数据文件夹：{place.home}。", "第一次运行 heli serve 时会建；不对的话请看 HELI_HOME。"
        )
    elif not os.access(place.home, os.W_OK | os.X_OK):
        yield bad("home", f"写不进 {place.home}。", "请让运行合力的账号能写这个文件夹。")
    elif _mode(place.home) & stat.S_IRWXO:
        yield warn("home", f"这台机器上别的账号也能看 {place.home}。", f"chmod 700 {place.home}")
    else:
        yield ok("home", f"数据文件夹 {place.home}")


def disk(place: Place) -> Iterator[Finding]:
    free = shutil.disk_usage(_existing(place.home)).free
    said = f"数据所在的盘还有 {free / LEAST_FREE:.1f} GB。"
    if free < LEAST_FREE:
        yield warn("disk", said, "请腾出地方，至少 1 GB；写满了就不能再记东西。")
    else:
        yield ok("disk", said)


def leftovers(place: Place) -> Iterator[Finding]:
    """A restore that was killed cannot tidy up after itself."""
    for path in files.unfinished(place.home):
        yield warn("leftovers", f"没有做完的恢复留下了 {path}。", "没有正在恢复的话，可以删掉它；现在的数据不靠它。")


def keys(place: Place) -> Iterator[Finding]:
    if not place.ring.exists():
        yield warn(
            "keys", f"还没有钥匙：{place.ring}。",
            "新装的机器第一次运行 heli serve 时会造；已有数据或要恢复备份，请先用 heli keys import。",
        )  # fmt: skip
        return
    if keyring.stored(place.ring) is not None:
        yield ok("keys", f"钥匙在 {place.ring}")
    for path, wanted in ((place.keys, 0o700), (place.ring, 0o600)):
        if _mode(path) != wanted:
            yield bad("keys_mode", f"{path} 的权限是 {_mode(path):o}，别人可能看得到钥匙。", f"chmod {wanted:o} {path}")


def keys_apart(place: Place) -> Iterator[Finding]:
    if not place.keys.exists():
        return
    if place.keys.resolve().is_relative_to(place.home.resolve()):
        yield bad(
            "keys_apart",
            "钥匙放在数据文件夹里，抄走数据的人也就抄走了钥匙。",
            "请把钥匙移到别处，用 HELI_KEYS 指过去。",
        )
    elif place.keys.stat().st_dev == _existing(place.home).stat().st_dev:
        yield warn("keys_apart", "钥匙和数据在同一块盘上。", "请把钥匙放到另一块盘，用 HELI_KEYS 指过去。")
    else:
        yield ok("keys_apart", "钥匙和数据不在一块盘上。")


CHECKS = (python, home_writable, disk, leftovers, keys, keys_apart)


def _existing(path: Path) -> Path:
    return path if path.exists() else _existing(path.parent)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
