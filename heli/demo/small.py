"""A handful of 吉捕岙 for tests: enough for the main job, small enough to read."""

from dataclasses import dataclass
from datetime import date, datetime

from heli.access.models import Person
from heli.blocks import services as blocks
from heli.blocks.models import Block
from heli.fieldwork import services as fieldwork
from heli.fieldwork.models import Need
from heli.helpers import services as helper_services
from heli.helpers.bulk import NewHelper
from heli.helpers.models import Helper
from heli.households.bulk import NewHouse, NewHousehold, NewMember
from heli.households.models import Household

from . import writing
from .cast import COUNTY, OTHER_TOWN, TOWN, VILLAGE

OTHER_VILLAGE = "331081108278"


@dataclass(frozen=True)
class Village:
    """What was built, by the names tests use."""

    block: Block
    households: dict[str, Household]
    helpers: dict[str, Helper]
    need: Need


def build(cast: dict[str, Person], *, at: datetime) -> Village:
    linmei = cast["linmei"]
    programme = blocks.programme_add(
        name="2023 年城中村改造", kind="urban_village", year=2023, region_code=TOWN, actor=linmei, at=at
    )
    block = blocks.block_add(
        code="108-01", name="吉捕岙区块", mark="吉", programme=programme, town_code=TOWN,
        villages=[VILLAGE, OTHER_VILLAGE], actor=linmei, at=at,
    )  # fmt: skip
    writing.households(HOUSEHOLDS, block=block, actor=linmei, at=at, batch="T-1")
    writing.helpers(HELPERS, actor=linmei, at=at, batch="T-2")
    helpers = {helper.name: helper for helper in Helper.objects.all()}
    helper_services.helpers_admit(
        list(helpers.values()), reason="测试录用", trained_on=date(2023, 9, 1), actor=linmei, at=at
    )
    for name, username in (("江映雪", "jiangyingxue"), ("叶知秋", "yelvshi"), ("周予安", "zhouyuan")):
        helper_services.helper_link_account(helpers[name], cast[username], actor=linmei, at=at)
    households = {head(row): row for row in Household.objects.all()}
    need = fieldwork.need_raise(
        households["叶茂林"], kind="family_partition", title="三兄弟分老屋，想请人坐下来把话说开", actor=linmei, at=at,
        wishes="晚上来，讲温岭话", avoid="同宗长辈出面", features=("partition", "inheritance"), urgency=3,
        wanted_by=date(2023, 10, 31), stage="apportionment",
    )  # fmt: skip
    fresh = {helper.name: helper for helper in Helper.objects.all()}
    return Village(block, households, fresh, need)


def head(household: Household) -> str:
    return household.members.get(role="head").name


HOUSEHOLDS = (
    NewHousehold(
        region_code=VILLAGE, group_name="三组", serial="1", people=7, bays=6,
        members=(
            NewMember("叶茂林", id_number="331081196001010001", phone="10000000417", kinship="长子"),
            NewMember("叶茂青", role="owner", phone="10000000532", kinship="次子"),
            NewMember("水云间", role="owner", kinship="母亲"),
        ),
        houses=(
            NewHouse("正屋", "brick_concrete", 1996, 19210, 19210, "registered"),
            NewHouse("东厢", "brick_timber", 1985, None, 7620, "recognised_legal"),
        ),
        hardships=("独居老人",),
    ),
    NewHousehold(region_code=VILLAGE, group_name="一组", people=3, bays=2, members=(NewMember("谷丰年", id_number="331081197002020003"),)),
    NewHousehold(region_code=OTHER_VILLAGE, group_name="二组", people=2, bays=1, members=(NewMember("石榴花"),)),
)  # fmt: skip
HELPERS = (
    NewHelper("江映雪", VILLAGE, ("mediator",), (("family_mediation", 4), ("neighbour_mediation", 3)), ("wenling",),
              id_number="331081198003310007", phone="10000000101", capacity=4),
    NewHelper("叶知秋", COUNTY, ("lawyer",), (("family_mediation", 2), ("legal_advice", 5), ("agreement_drafting", 5)),
              id_number="33108119850430000X", phone="10000000102", capacity=3),
    NewHelper("石大年", OTHER_VILLAGE, ("worthy", "teacher"), (("family_mediation", 2), ("policy_explaining", 3)),
              phone="10000000103", capacity=1),
    NewHelper("沈知行", OTHER_TOWN, ("lawyer",), (("family_mediation", 3),), phone="10000000104"),
    NewHelper("周予安", TOWN, ("official",), phone="10000000012", capacity=6, relation="staff",
              may_commit=("约期", "政策解释")),
)  # fmt: skip
