"""What is in the database, as far as it tells of the machine: demonstration or real, ledger, keys, backup, worker."""

import json
import os
from collections.abc import Iterator
from datetime import datetime, timedelta

from django_tasks_db.models import DBTaskResult

from heli.common import days
from heli.common.models import Installation
from heli.ledger.models import Job
from heli.papers import expiring
from heli.papers.models import Paper
from heli.upkeep import facts
from heli.upkeep.place import Place

from .finding import Finding, bad, ok, warn
from .options import beyond_loopback

BACKUP_AGE = timedelta(days=2)
QUEUE_AGE = timedelta(minutes=5)


def made_by(_place: Place) -> Iterator[Finding]:
    made, outside = Installation.facts()[0], beyond_loopback()
    if made == "demo" and outside:
        yield bad(
            "demo", f"这是示范的数据，口令人人知道，却从 {outside[0]} 也能打开。",
            "请换一个空的 HELI_HOME 给真的数据用，或者把 HELI_HOSTS 去掉。",
        )  # fmt: skip
    else:
        yield ok("demo", "示范的数据，只在本机看。" if made == "demo" else "真的数据，没有示范的账号。")


def day(_place: Place) -> Iterator[Finding]:
    if not os.environ.get("HELI_TODAY"):
        yield ok("day", "日子照机器的走。" if days.demo_day() is None else "日子是示范里存的那天。")
    elif Installation.facts()[0] in {"demo", "test"}:
        yield warn("day", "HELI_TODAY 把示范的日子挪动了。", "看完请去掉 HELI_TODAY。")
    else:
        yield bad("day", "HELI_TODAY 只在示范的数据上有用，这里是真的数据，别的命令都会停下。", "请去掉 HELI_TODAY。")


def ledger_heads(_place: Place) -> Iterator[Finding]:
    """Each chain's head is the hash of its last entry. The whole chain is walked by `heli verify` only."""
    loose = facts.live(
        "SELECT c.name FROM ledger_chain c LEFT JOIN ledger_entry e ON e.chain_id = c.id AND e.seq = c.length"
        " WHERE (c.length > 0 AND (e.hash IS NULL OR e.hash <> c.head)) OR (c.length = 0 AND c.head <> '')"
        " ORDER BY c.name"
    )
    if loose:
        yield bad(
            "ledger", f"账本的链头和最后一条记录对不上：{loose[0][0]}。", "请运行 heli verify，把结果告诉管系统的人。"
        )
    else:
        yield ok("ledger", "账本的链头都对得上。")


def keys_open(place: Place) -> Iterator[Finding]:
    if facts.opens(facts.live):
        yield ok("keys_open", "封存的内容打得开。" if place.ring.exists() else "还没有封存的内容。")
    else:
        yield bad("keys_open", "钥匙打不开封存的内容：证件号和电话读不出。", "请用 heli keys import 放回原来的钥匙。")


def last_backup(place: Place) -> Iterator[Finding]:
    if Installation.facts()[0] != "install":
        yield ok("backup", "示范的数据，不用备份。")
        return
    if not place.last_backup.exists():
        yield warn("backup", "还没有备份过。", "heli backup 到另一块盘上的新文件夹，再 heli keys export。")
        return
    try:
        note = json.loads(place.last_backup.read_text(encoding="utf-8"))
        made = datetime.fromisoformat(note["created"])
    except (ValueError, KeyError, TypeError):
        yield warn("backup", f"读不出上一次备份是什么时候：{place.last_backup}。", "请再 heli backup 一次。")
        return
    said = f"上一次备份是 {days.local(made):%Y-%m-%d %H:%M}，在 {note.get('backup', '')}。"
    fresh = days.true_now() - made <= BACKUP_AGE
    yield ok("backup", said) if fresh else warn("backup", said, "超过两天了，请 heli backup，最好让机器每天自己做。")


def worker(_place: Place) -> Iterator[Finding]:
    """A worker is seen by what it leaves waiting, not by itself: it may run on another machine."""
    now = days.true_now()
    oldest = DBTaskResult.objects.ready().order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    left = Job.objects.filter(state="running", leased_until__lt=now).count()
    if oldest and now - oldest > QUEUE_AGE:
        waited = int((now - oldest).total_seconds() // 60)
        yield warn("worker", f"有活等了 {waited} 分钟，没有人做。", "请看 heli serve 或 heli worker 开着没有。")
    elif left:
        yield warn("worker", f"有 {left} 件活做到一半停了。", "请看 heli worker 开着没有；它会接着做。")
    else:
        yield ok("worker", "没有活在等。")


def papers_due(_place: Place) -> Iterator[Finding]:
    """Nothing is destroyed by itself: whether anybody looks is told here."""
    due = Paper.objects.filter(expiring.due(days.today())).count()
    if due:
        yield warn(
            "papers", f"有 {due} 份材料过了保存期，还没有人看过。", "请镇里的经办人打开“材料存到哪天”，看过再销毁。"
        )
    else:
        yield ok("papers", "没有过了保存期的材料。")


CHECKS = (made_by, day, ledger_heads, keys_open, last_backup, worker, papers_due)
