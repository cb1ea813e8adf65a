"""Three stories of the city that are worth telling: how 虎头山 was done, a block that waits because of us, and a
household that has not agreed and is helped like any other. Our words; the consultation tells only that such things were.
"""

from datetime import date, timedelta

from heli import ledger
from heli.blocks.models import Block
from heli.dispatch import services as dispatch
from heli.dispatch.models import Dispatch
from heli.fieldwork import services as fieldwork
from heli.fieldwork.models import Need
from heli.households.models import Household

from . import city_help
from .city_state import City
from .days import on

# (kind, as the family said it, stage, feature, the family's word at the end)
TIGER_HEAD = (
    ("small_matter", "晒谷场边那棵樟树能不能留", "survey", "", "树留下来了，先办小事，我们就肯坐下来说大事。"),
    ("policy_explanation", "先听隔壁村搬过的人讲讲", "survey", "", "不是念文件，是搬过的人自己讲，听得进。"),
    ("document_finding", "祖屋的契在宁波姑婆那里", "survey", "", "打电话、拍照片、寄过来，没让老人跑一趟。"),
    ("valuation_explanation", "楼梯间算不算面积", "valuation", "", "拿着尺一间一间量给我们看，没有说不清的。"),
    (
        "family_partition",
        "四兄弟两个在外地，想开一次视频会",
        "apportionment",
        "partition",
        "一家人先把话说开，第二天才谈房子。",
    ),
    (
        "family_partition",
        "老屋有姑姑一份，不好开口",
        "apportionment",
        "inheritance",
        "请的是两边都敬的老先生，脸面都顾着。",
    ),
    ("legal_consultation", "租出去的店面合同没到期", "apportionment", "tenant", "律师把三种办法写在纸上，随我们挑。"),
    ("hardship_care", "阿公一个人，耳朵背", "signing", "elder", "讲得慢，写大字，还陪着吃了顿饭。"),
    ("moving_help", "米缸和老床想一起搬走", "vacating", "elder", "老床拆了又装好，一根榫都没坏。"),
    ("temporary_housing", "想跟老邻居租在一幢", "vacating", "", "三家还是邻居，孩子放学有人看。"),
)
# What was to come from us and did not: nobody has been asked yet.
OURS = (
    ("valuation_explanation", "评估报告说七月送来，还没见着", "valuation"),
    ("valuation_explanation", "复核交上去四十天了，没有回音", "valuation"),
    ("policy_explanation", "户型图说好贴出来的，几时贴", "signing"),
    ("small_matter", "断头路积水，报过两回", ""),
)
WAITING = 14
STILL_TALKING = (
    ("valuation_explanation", "还没商量好，先想把评估单看明白", "valuation", "", "问什么答什么，没有催过我们。"),
    ("hardship_care", "母亲药费高，想问问有什么救助", "signing", "elder", "救助批下来了，跟签不签没有关系。"),
    ("small_matter", "门口路灯不亮，老人怕摔", "", "", "当天就来换了灯。"),
)


@ledger.written
def tiger_head(city: City) -> None:
    """虎头山 in 2022: one small thing first, people who had moved before, elders whom both sides respect."""
    families = _families(Block.objects.get(name="虎头山区块"), len(TIGER_HEAD))
    for n, (family, told) in enumerate(zip(families, TIGER_HEAD, strict=True)):
        kind, title, stage, feature, word = told
        need = _asked(city, family, date(2022, 6, 20) + timedelta(days=9 * n), kind, title, stage, feature)
        city_help.helped(city, need, date(2022, 6, 21) + timedelta(days=9 * n), "done", n, word)


@ledger.written
def ours_is_late(city: City) -> None:
    """A block of 2023 where families wait since summer for what is ours to bring."""
    for n, family in enumerate(_families(_block_2023(5), WAITING)):
        kind, title, stage = OURS[n % len(OURS)]
        _asked(city, family, date(2023, 7, 18) + timedelta(days=3 * n), kind, title, stage)


@ledger.written
def still_talking(city: City) -> None:
    """Nothing is agreed, one helper was not wanted and another came, and every matter was seen to."""
    family = _families(_block_2023(8), 1)[0]
    for n, (kind, title, stage, feature, word) in enumerate(STILL_TALKING):
        day = date(2023, 8, 8) + timedelta(days=21 * n)
        need = _asked(city, family, day, kind, title, stage, feature)
        if n == 0:
            _change_helper(city, need, day)
        city_help.helped(city, need, day + timedelta(days=1), "done", n, word)


def _change_helper(city: City, need: Need, day: date) -> None:
    """The family would rather have somebody else: no reason asked, and the need is open again."""
    city_help.helped(city, need, day, "invited", 0)
    made = Dispatch.objects.filter(need=need, state="invited").first()
    if made is not None:
        dispatch.household_refuse(made, heard="in_person", actor=city.officers[need.region_code[:9]], at=on(day, 17))
        need.refresh_from_db()


def _asked(city: City, family: Household, day: date, kind: str, title: str, stage: str, feature: str = "") -> Need:
    return fieldwork.need_raise(
        family, kind=kind, title=title, stage=stage, features=(feature,) if feature else (), source="visit",
        actor=city.officers[family.town_code], at=on(day, 9),
    )  # fmt: skip


def _block_2023(place: int) -> Block:
    begun = Block.objects.filter(programme__year=2023, programme__kind="urban_village")
    return begun.exclude(code__in=("108-01", "108-02")).order_by("code")[place]


def _families(block: Block, many: int) -> list[Household]:
    rows = Household.objects.filter(block=block, needs__isnull=True).select_related("block").order_by("pk")
    return list(rows[20 : 20 + many])
