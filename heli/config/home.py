"""Where this installation keeps its data and, apart from them, its keys.

`HELI_HOME` holds database, media and logs; `HELI_KEYS` holds the keys, never inside `HELI_HOME`, so that a copy of
the data alone opens nothing.
"""

import json
import os
import secrets
from base64 import b64encode
from pathlib import Path
from typing import Any


def home() -> Path:
    return Path(os.environ.get("HELI_HOME", "var")).absolute()


def keys() -> Path:
    default = home().with_name(home().name + "-keys")
    return Path(os.environ.get("HELI_KEYS", default)).absolute()


def prepare() -> None:
    """Create both directories and the keys, once. Existing keys are never touched."""
    for folder in (home(), home() / "media", home() / "logs", home() / "static", keys()):
        folder.mkdir(parents=True, exist_ok=True)
    keys().chmod(0o700)
    ring = keys() / "keys.json"
    if not ring.exists():
        write_once(ring, json.dumps(new_ring(), indent=1))


def write_once(path: Path, text: str) -> None:
    """Two processes may start at once: the first to link its file wins, the other reads that one."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(text)
    draft.chmod(0o600)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def new_ring() -> dict[str, Any]:
    return {
        "fields": {"k1": b64encode(secrets.token_bytes(32)).decode()},
        "current": "k1",
        "index": b64encode(secrets.token_bytes(32)).decode(),
        "secret": secrets.token_urlsafe(48),
    }


def ring() -> dict[str, Any]:
    """The keys as stored, or a passing set for commands that only look at code."""
    path = keys() / "keys.json"
    return json.loads(path.read_text()) if path.exists() else new_ring()
