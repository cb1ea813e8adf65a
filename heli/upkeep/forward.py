"""From a backup's database to one that this version can use: does it fit us, bring it forward, verify its ledger.

Pure where it can be; the rest works on Django's own connection, wherever that points.
"""

import re
from dataclasses import dataclass

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

import heli
from heli.common.errors import DomainError
from heli.ledger import verifying
from heli.ledger.verifying import Report

from . import facts
from .facts import Rows
from .manifest import Manifest
from .pace import Tell

UNTOUCHED = "现在的数据没有动。"


def known() -> set[str]:
    """The migrations of this version."""
    return {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}


def refuse_unfit(manifest: Manifest, *, engine: str, known: set[str]) -> None:
    """Of an engine or a version that we cannot read."""
    newer = sorted(set(manifest.facts.migrations) - known)
    if newer or version(manifest.app) > version(heli.__version__):
        why = f"（{newer[0]}）" if newer else ""
        raise DomainError(
            "backup_newer", f"这份备份来自更新的版本 {manifest.app}{why}，这里是 {heli.__version__}。", kept=UNTOUCHED,
            todo="请先升级合力，再恢复。",
        )  # fmt: skip
    if manifest.engine != engine:
        raise DomainError(
            "backup_other_engine", f"这份备份是 {manifest.engine} 的，这里用的是 {engine}，还不能换着恢复。",
            kept=UNTOUCHED, todo="请让 DATABASE_URL 指向同一种数据库，再恢复。",
        )  # fmt: skip


def fits(rows: Rows, manifest: Manifest) -> None:
    """What the database says is what the manifest says, and the keys at hand open what is sealed in it."""
    if not facts.is_heli(rows) or facts.of(rows) != manifest.facts:
        raise DomainError(
            "backup_damaged", "备份坏了：里面的数据库和清单说的不一样。", kept=UNTOUCHED, todo="请换一份备份。"
        )
    if not facts.opens(rows):
        raise DomainError(
            "keys_do_not_fit", "这里的钥匙打不开这份备份。", kept=UNTOUCHED,
            todo="请用 heli keys import 放回做备份时的钥匙，再恢复。",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Brought:
    """A backup's database, fit to count: by how many migrations it went forward, and what its ledger says."""

    steps: int
    report: Report


def bring(manifest: Manifest, tell: Tell) -> Brought:
    return Brought(migrate(manifest), verify(tell))


def migrate(manifest: Manifest) -> int:
    """Bring an older database to this version. Returns by how many steps."""
    steps = len(known() - set(manifest.facts.migrations))
    if steps:
        to_this_version()
    return steps


def to_this_version() -> None:
    call_command("migrate", verbosity=0, interactive=False)


def schema_of(manifest: Manifest) -> None:
    """Make the tables of the backup's version in an empty database, without what `migrate` would fill in."""
    executor = MigrationExecutor(connection)
    nodes = executor.loader.graph.node_map
    wanted = {(app, name) for app, _, name in (one.partition(".") for one in manifest.facts.migrations)} & set(nodes)
    # Only each room's last one: asked for an earlier one after a later, Django would go back to it.
    followed = {parent.key for node in wanted for parent in nodes[node].parents if parent.key[0] == node[0]}
    executor.migrate(sorted(wanted - followed))


def verify(tell: Tell) -> Report:
    """What `heli verify` says of the database before it counts. A chain that does not fit is refused; a row that
    differs from its entries is only reported: it was so when the backup was made."""
    tell("核对账本……")
    report = verifying.verify()
    if report.bad and not report.rows:  # rows are compared only where every chain fits
        bad = report.bad[0]
        raise DomainError(
            "backup_ledger", f"备份里的账本对不上：{bad.chain}#{bad.seq}（{bad.why}）。", kept=UNTOUCHED,
            todo="请换更早的一份备份。",
        )  # fmt: skip
    return report


def version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text))


def nothing_here(place: str) -> DomainError:
    return DomainError(
        "nothing_here",
        f"这里没有合力的数据：{place}。",
        kept="什么都没有写。",
        todo="请看 HELI_HOME 和 DATABASE_URL 对不对。",
    )
