"""The page on top of a backup: what it holds, from which version, and what every file must look like.

The digest shows damage, not malice: whoever can write the backup can write a fitting digest. What cannot be made to
fit are sealed values and, as far as receipts were given out, the ledger; a restore looks at both.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from heli.common.errors import DomainError
from heli.ledger.canonical import canonical, sha256

from . import files
from .facts import ChainEnd, Facts, Table
from .files import Listed
from .keyring import Key
from .pace import Pace, Tell

FORMAT = "heli-backup/1"
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    app: str
    engine: str
    created: str
    facts: Facts
    keys: tuple[Key, ...]  # those shown to open it; none where that could not be shown
    tables: tuple[Table, ...]
    sequences: dict[str, int]
    files: tuple[Listed, ...]

    @property
    def bytes(self) -> int:
        return sum(file.bytes for file in self.files)

    def file(self, path: str) -> Listed:
        """The listed file, or DomainError: a manifest that tells of a file must list it."""
        for file in self.files:
            if file.path == path:
                return file
        raise _unreadable(f"清单里没有 {path}")


def write(manifest: Manifest, folder: Path) -> None:
    document = _document(manifest)
    text = json.dumps(document | {"digest": sha256(canonical(document))}, ensure_ascii=False, indent=1)
    files.write(folder, NAME, [text.encode()])


def read(folder: Path) -> Manifest:
    """The manifest of a backup, or DomainError if there is none, it was changed, or it is of another format."""
    document = _stored(folder / NAME)
    told = document.pop("digest", "")
    if str(document.get("format", "")) != FORMAT:
        raise _other_format(str(document.get("format", "")))
    if told != sha256(canonical(document)):
        raise _unreadable("清单的内容和它的摘要不合")
    try:
        return _manifest(document)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _unreadable(f"清单里缺了东西（{error}）") from error


def check(folder: Path, manifest: Manifest, tell: Tell) -> None:
    """Every file is there, whole and unchanged; or DomainError names the first that is not."""
    files.all_there(folder, manifest.files)
    pace = Pace(tell, "核对文件", manifest.bytes)
    for file in manifest.files:
        for part in files.checked(folder, file):
            pace.more(len(part))


def _document(manifest: Manifest) -> dict[str, Any]:
    facts = manifest.facts
    return {
        "format": FORMAT,
        "app": manifest.app,
        "engine": manifest.engine,
        "created": manifest.created,
        "installation": {"made_by": facts.made_by, "scale": facts.scale},
        "migrations": list(facts.migrations),
        "chains": [asdict(chain) for chain in facts.chains],
        "entries": facts.entries,
        "keys": [asdict(key) for key in manifest.keys],
        "tables": [asdict(table) | {"columns": list(table.columns)} for table in manifest.tables],
        "sequences": manifest.sequences,
        "files": [asdict(file) for file in manifest.files],
    }


def _manifest(document: dict[str, Any]) -> Manifest:
    facts = Facts(
        made_by=document["installation"]["made_by"],
        scale=document["installation"]["scale"],
        migrations=tuple(document["migrations"]),
        chains=tuple(ChainEnd(**chain) for chain in document["chains"]),
        entries=document["entries"],
    )
    return Manifest(
        app=document["app"],
        engine=document["engine"],
        created=document["created"],
        facts=facts,
        keys=tuple(Key(**key) for key in document["keys"]),
        tables=tuple(Table(**table | {"columns": tuple(table["columns"])}) for table in document["tables"]),
        sequences=dict(document["sequences"]),
        files=tuple(_inside(Listed(**file)) for file in document["files"]),
    )


def _inside(file: Listed) -> Listed:
    """A path must stay inside the backup: a made-up one could name any file of the machine."""
    path = PurePosixPath(file.path)
    if path.is_absolute() or ".." in path.parts or not path.parts or "\\" in file.path:
        raise ValueError(file.path)
    return file


def _stored(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise DomainError(
            "backup_incomplete", f"这里没有一份完整的备份：{path.parent} 里没有 {NAME}。",
            kept="现在的数据没有动。", todo="请给 heli backup 写出的文件夹。",
        )  # fmt: skip
    try:
        document = json.loads(path.read_bytes())
    except ValueError as error:
        raise _unreadable("清单读不了") from error
    if not isinstance(document, dict):
        raise _unreadable("清单读不了")
    return document


def _other_format(named: str) -> DomainError:
    if named.startswith("heli-backup/"):
        return DomainError(
            "backup_newer", f"这份备份的格式是 {named}，这个版本只认得 {FORMAT}。",
            kept="现在的数据没有动。", todo="请用做这份备份的合力版本或更新的版本来恢复。",
        )  # fmt: skip
    return _unreadable("清单不是合力备份的清单")


def _unreadable(what: str) -> DomainError:
    return DomainError("backup_damaged", f"备份坏了：{what}。", kept="现在的数据没有动。", todo="请换一份备份。")
