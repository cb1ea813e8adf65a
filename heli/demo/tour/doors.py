"""The doors of the tour, in the order in which a matter goes its way. `words` are the consultation report's own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from . import moments


def nothing_to_do() -> None:
    """The moment is always there."""


@dataclass(frozen=True, slots=True)
class Screen:
    """Who sits there, and which page is before them."""

    who: str
    path: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Door:
    """One step: `line` says what there is to see, `tries` the one thing to try with one's own hand."""

    slug: str
    icon: str
    title: Any
    line: Any
    words: Any
    tries: Any
    desk: Screen
    phone: Screen | None = None
    ready: Callable[[], None] = nothing_to_do

    @property
    def screens(self) -> tuple[tuple[str, Screen], ...]:
        both = (("desk", self.desk), ("phone", self.phone))
        return tuple((name, screen) for name, screen in both if screen is not None)


DOORS = (
    Door(
        "registry", "sitemap", _("谁能帮上忙，市里看得到、借得动"),
        _("左边是全市登记的调解员：村里登记、镇里审核。市里想借江映雪去别的镇，她的镇同意了，还要她自己点头。"),
        _("市、镇、村三级联动的社会力量资源信息库……不断充实完善"),
        _("在她的手机上按“愿意去”或“这次不去”，哪个都行；再点名单里的江映雪，看“借用”。"),
        Screen("qinchuan", moments.registry_path), Screen("jiangyingxue", moments.own_path),
        moments.registry_ready,
    ),
    Door(
        "import", "file-import", _("村里交来的表，先看一遍再写入"),
        _("表头各村各样也认得，哪一格写错了说得清。好的先写，错的改好再传，一格也不丢。"),
        _("调查摸底、房屋评估、析产挂靠、启动签约、腾空搬迁各个环节"),
        _("按“写入”，四十几户就有了一户一档，整批还能撤回。"),
        Screen("linmei", moments.import_path), ready=moments.import_ready,
    ),
    Door(
        "households", "map-2", _("名单和区块图，对着走"),
        _("按姓名、拼音、户号都找得到。图上一块地就是一户，名单和图一起动；证件和电话遮着。"),
        _("包联到户，并在区块图上体现"),
        _("在最上面一行搜“yml”，勾上剩下的那一户，看图上是哪一块。"),
        Screen("linmei", moments.households_path),
    ),
    Door(
        "need", "heart-handshake", _("门口听到一句话，当场记下"),
        _("村干部闻涛在手机上记下这户要帮什么忙。签不签约都一样帮，先后也一样。"),
        _("了解迁建群众的想法和诉求"),
        _("在手机上选一类、写一句话，按“记下”，左边林梅那里马上就有。"),
        Screen("linmei", moments.needs_path), Screen("wentao", moments.need_new_path),
    ),
    Door(
        "match", "users-group", _("谁来帮合适，理由写在旁边"),
        _("从能请的人里排出三位，每一分怎么来的都写着。和当事人有关联的不派，只说类别，细节封着。"),
        _("根据征迁区块和产权人特点，有针对性地调配"),
        _("按“批准并邀请”，她的手机上马上就来。机器只出主意，人来定。"),
        Screen("linmei", moments.match_path), Screen("jiangyingxue", moments.field_path), moments.match_ready,
    ),
    Door(
        "invitation", "device-mobile", _("愿不愿意帮，自己说了算"),
        _("换一位看：律师叶知秋也收到邀请。先看什么忙、谁陪着，答了“没有关联”才看到是谁家；不去不用说理由。"),
        _("机关干部随时陪同参与，以免他们草率承诺"),
        _("在手机上答“没有关联”，看看是谁家，再答一个，左边跟着就变。"),
        Screen("linmei", moments.asked_path), Screen("yelvshi", moments.invitation_path), moments.invitation_ready,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gain:
    """What Heli does for one sort of person, in a sentence, and the door where it is seen."""

    who: Any
    icon: str
    says: Any
    door: str


GAINS = (
    Gain(_("市指挥部"), "building", _("全市谁能帮忙、在哪里，一份名单看到；哪里缺人就从别处借，镇里和本人都点头才算。"), "registry"),
    Gain(_("镇街经办"), "briefcase", _("花名册看清了再写入；谁去帮合适，理由写好了等您定；每一步都记着、改得回。"), "match"),
    Gain(_("村干部"), "home-heart", _("在门口听到的，选一类、写一句就记下，镇里马上看到、找人来帮；只看自己村的住户。"), "need"),
    Gain(_("来帮忙的人"), "user-heart", _("来不来自己说了算，不用说理由；有干部陪着，不用自己许诺；和这家有关联，答一句就不用去。"), "invitation"),
)  # fmt: skip


def door(slug: str) -> Door | None:
    return next((one for one in DOORS if one.slug == slug), None)


def place(one: Door) -> int:
    """Its number, from one."""
    return DOORS.index(one) + 1
