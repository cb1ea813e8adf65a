"""Finding a person among 50,000 households by what somebody types: 50 of 200 names, eight ways each.

A search is the first page of the register in its order, with all its checks of right. The other side is the bare
look-up of one name in an indexed column. Beside the ratio stands how often the right person is among the first five.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import database
from .intake import NEAR, _reachable

HOUSEHOLDS, A_SLICE, EACH = 50_000, 1_000, 4  # every fourth of the 200 names is looked for
FAMILY = "陈林王张李金叶江赵周徐郑吴黄朱胡何郭罗梁宋谢唐韩曹许邓萧冯程蔡彭潘袁于董余苏吕魏蒋田杜丁沈姜范傅钟卢汪戴崔陆"
GIVEN = "明华国英秀云建平海波丽红伟军志强玉兰春生文芳福根仙法素珍小林阿兴梅香德茂满仓丰年桂花银荷青静亮仁忠朝阳乐宁晓燕"


def run() -> Iterator[dict[str, Any]]:
    url = os.environ.get("HELI_TEST_DATABASE_URL", NEAR)
    for name, where in (("PostgreSQL", url), ("SQLite", "")):
        if where == "" or _reachable(where):
            yield _apart(name, where)


def _apart(name: str, url: str) -> dict[str, Any]:
    call = [sys.executable, "-m", "benchmarks.searching", name, url]
    said = subprocess.run(call, check=True, capture_output=True, text=True).stdout
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    return found


def main(name: str, url: str) -> None:
    with tempfile.TemporaryDirectory(prefix="heli-bench-") as folder:
        database.apart(Path(folder), url, anew=True)
        person = _fill()
        _analyse()
        print(json.dumps(_measured(name, person)))


def _fill() -> Any:
    """50,000 households over all villages of the county, the 200 among them."""
    from heli.access.roles import Role
    from heli.access.services import grant_give
    from heli.demo import cast, small, writing
    from heli.households.bulk import NewHousehold, NewMember
    from heli.regions.models import Region
    from tests.registers.test_search import NAMES

    people, at = database.world()
    grant_give(people["anran"], role=Role.TOWN_OFFICER, region_code=cast.COUNTY, at=at)
    block = small.build(people, at=at).block
    dice = random.Random(7)
    villages = list(Region.objects.filter(level="village").values_list("code", flat=True))
    names = [name for name, _said in NAMES]
    names += [
        dice.choice(FAMILY) + "".join(dice.choices(GIVEN, k=dice.choice((1, 2, 2, 2)))) for _ in range(HOUSEHOLDS - 200)
    ]
    new = [NewHousehold(region_code=dice.choice(villages), members=(NewMember(name),), people=1) for name in names]
    for start in range(0, len(new), A_SLICE):
        writing.households(new[start : start + A_SLICE], block=block, actor=people["linmei"], at=at, batch=f"S{start}")
    return type(people["anran"]).objects.get(pk=people["anran"].pk)


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _measured(name: str, person: Any) -> dict[str, Any]:
    from heli import lists
    from heli.households import selectors
    from heli.households.models import Member
    from heli.households.register import HOUSEHOLDS as REGISTER
    from tests.registers.test_search import NAMES, ways

    seconds, hits, bare = [], defaultdict(list), []
    for who, said in NAMES[::EACH]:
        for way, words in ways(who, said).items():
            began = time.perf_counter()
            page = list(lists.found(REGISTER, person, q=words).prefetch_related(selectors.HEAD_FIRST)[:20])
            seconds.append(time.perf_counter() - began)
            hits[way].append(who in [selectors.head_name(one) for one in page[:5]])
        began = time.perf_counter()
        list(Member.objects.filter(name=who)[:20])
        bare.append(time.perf_counter() - began)
    side, reference = statistics.median(seconds), statistics.median(bare)
    shares = {way: round(100 * statistics.mean(found), 1) for way, found in hits.items()}
    return {
        "what": f"{name}: search among {HOUSEHOLDS:,} households / look-up of one name", "side": side, "reference": reference,
        "ratio": side / reference, "p95": sorted(seconds)[int(len(seconds) * 0.95)], "slowest": max(seconds),
        "in_first_five_percent": shares, "all_ways_percent": round(statistics.mean(shares.values()), 1),
    }  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "")
