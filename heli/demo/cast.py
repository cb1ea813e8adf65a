"""The cast: invented people of the demonstration and of the tests, one shared set so that pictures and tests agree."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from heli.access import services as access
from heli.access.models import Person
from heli.access.roles import Role

TOWN, VILLAGE, OTHER_TOWN, COUNTY = "331081108", "331081108224", "331081002", "331081"
PASSWORD = "heli-demo-2023"  # noqa: S105  printed by `heli demo`; a real installation has none of these accounts


@dataclass(frozen=True, slots=True)
class Part:
    """One account: who, at which desk, where. `says` is what one can try as this person."""

    username: str
    name: str
    role: Role | None
    region: str
    title: str = ""
    says: Any = ""
    latin: str = ""

    @property
    def called(self) -> str:
        """The name, and how it is said for who does not read it."""
        return f"{self.latin} {self.name}" if (get_language() or "").startswith("en") else self.name


CAST = (
    Part("linmei", "林梅", Role.TOWN_OFFICER, TOWN, "镇经办", _("导入花名册，批准谁去帮忙"), "Lin Mei"),
    Part("wentao", "闻涛", Role.VILLAGE_CADRE, VILLAGE, "村干部", _("看自己村的住户，记下要帮的忙"), "Wen Tao"),
    Part("zhouyuan", "周予安", Role.OFFICIAL, TOWN, "陪同干部", _("看要陪同的人家，记住户的话"), "Zhou Yu'an"),
    Part("jiangyingxue", "江映雪", Role.HELPER, VILLAGE, "人民调解员", _("用手机答邀请"), "Jiang Yingxue"),
    Part("yelvshi", "叶知秋", Role.HELPER, COUNTY, "律师", _("用手机答邀请"), "Ye Zhiqiu"),
    Part(
        "taoying", "陶英", Role.TOWN_OFFICER, OTHER_TOWN, "镇经办", _("别的街道的经办，看不到城南镇的住户"), "Tao Ying"
    ),
    Part("qinchuan", "秦川", Role.HEADQUARTERS, COUNTY, "指挥部", _("看全市的社会力量"), "Qin Chuan"),
    Part("hanshu", "韩述", Role.LINE_OFFICER, COUNTY, "司法局", _("看自己这条线的律师和调解员，写归口意见"), "Han Shu"),
    Part("guqing", "顾清", Role.AUDITOR, COUNTY, "审计监督", _("什么都能查，什么都不能改"), "Gu Qing"),
    Part("anran", "安然", None, "", "", _("还没有岗位"), "An Ran"),
)


def part(username: str) -> Part:
    """One of the cast by its account's name."""
    return next(one for one in CAST if one.username == username)


def enter(parts: tuple[Part, ...], *, at: datetime, password: str | None = PASSWORD) -> dict[str, Person]:
    """Open these accounts. Argon2 is slow on purpose, so the hash is worked out once and shared."""
    people: dict[str, Person] = {}
    shared = ""
    for part in parts:
        person = access.person_add(username=part.username, name=part.name, password=None if shared else password, at=at)
        if shared:
            Person.objects.filter(pk=person.pk).update(password=shared)
        shared = shared or (person.password if password else "")
        if part.role:
            access.grant_give(person, role=part.role, region_code=part.region, title=part.title, at=at)
        people[part.username] = person
    return people
