"""Who sees which class of value, on every route: canaries in all fields of class S3 and above, and everybody's pages.

The table below is that of the design's quality page, for those of its columns that have desks by now.
"""

import io
import logging
from collections import Counter
from contextlib import contextmanager, suppress

import openpyxl
import pytest
from django.core.management import call_command
from django.urls import reverse

from heli.access import rules
from heli.common import codes, days
from heli.common.classes import PRIVILEGED, S3, S4
from heli.dispatch.models import Dispatch, TieAnswer
from heli.fieldwork.models import HelperRefusal, Trust
from heli.helpers.models import Helper
from heli.households import services as households
from heli.households.models import Household, Link, Member, Share
from heli.intake import services as intake
from heli.intake.models import Batch, Before
from heli.lists.columns import all_registers
from heli.lists.models import Export
from heli.regions import services as regions
from tests.architecture import matrix

from . import canaries
from .canaries import Canary

pytestmark = pytest.mark.django_db

# Role → class → what may be seen of rows in the role's region. Who is not named sees nothing.
BY_ROLE = {
    "town_officer": {S3: "full", S4: "masked"},
    "village_cadre": {S3: "masked"},
    "auditor": {S3: "masked", S4: "masked"},
    "line_officer": {S3: "masked"},  # of the people of its line: see RAISED_BY
}
# What somebody who comes to a household may see of it, while he does: beside the need, name, place and telephone.
OF_THE_NEED = {"title", "text", "wishes", "avoid", "features", "reasons", "word", "household_agreed_at"}
OF_THE_CASE = {"helper": {"name", "phone"} | OF_THE_NEED, "official": {"name", "phone"} | OF_THE_NEED}
# One's own: the message to oneself, the view, the file, the record.
OWNERS = ("owner", "recipient", "by", "raised_by")
# No word can stand there: the database knows the words (a tie's answer), or it is a part of a fraction.
WORDLESS = {"dispatch.TieAnswer.answer"}
RANK = {"none": 0, "masked": 1, "full": 2}


def of(row, *names):
    """The first of these that the row has."""
    return next((getattr(row, name) for name in names if getattr(row, name, None) not in (None, "")), None)


def household_of(row):
    while row is not None and not isinstance(row, Household):
        row = of(row, "household", "need", "dispatch")
    return row


def place_of(row):
    """The region in which a row lies, by its own column or that of what it belongs to; None for what lies nowhere."""
    for _ in range(4):
        code = of(row, "region_code", "town_code", "home_code")
        if code or row is None:
            return code
        row = of(row, "household", "helper", "need", "dispatch", "batch", "run", "member")
    return None


class Law:
    """What each may see of each canary."""

    def __init__(self, world, accepted=False):
        self.world, self.accepted = world, accepted
        self.grants = {who: list(world.people[who].grants.all()) for who in matrix.WHO if who in world.people}
        self.case = Dispatch.objects.get(pk=world.rows["dispatch"])

    def allows(self, who, canary):
        if who not in self.grants or canary.cls == PRIVILEGED:
            return "none"
        ways = [self._by_role(grant, canary) for grant in self.grants[who]]
        ways += [self._own(who, canary), self._of_the_case(who, canary)]
        return max(ways, key=RANK.get)

    def _by_role(self, grant, canary):
        place = place_of(canary.row)
        if place is None or not codes.contains(grant.region_code, place):
            return "none"
        if grant.role == "line_officer" and not canary.name.startswith("helpers."):
            return "none"
        return BY_ROLE.get(grant.role, {}).get(canary.cls, "none")

    def _own(self, who, canary):
        person = self.world.people[who]
        mine = any(getattr(canary.row, name, None) == person for name in OWNERS)
        record = of(canary.row, "helper") or canary.row
        if mine and (canary.cls == S3 or (isinstance(canary.row, Batch) and canary.field != "file")):
            return "full"  # also what stands in the cells of a file that one handed over oneself
        if getattr(record, "person_id", None) == person.pk:
            return "full" if canary.cls == S3 else "masked"
        return "none"

    def _of_the_case(self, who, canary):
        """江映雪 is invited, and later matched; 周予安 comes along."""
        place = {"jiangyingxue": "helper", "zhouyuan": "official"}.get(who)
        if place is None or canary.cls != S3:
            return "none"
        if canary.name == "helpers.Helper.phone" and canary.row.pk == self.case.official_id:
            return "full"  # the official on duty is in the telephone book of those who come along
        household = household_of(canary.row)
        mine = self.accepted and household is not None and household.pk == self.case.need.household_id
        return "full" if mine and canary.field in OF_THE_CASE[place] else "none"


def complete(world):
    """Rows of the kinds that the matrix's village has none of."""
    at, linmei = days.at_hour(matrix.small_day(), 10, 45), world.people["linmei"]
    household = Household.objects.get(pk=world.rows["household"])
    other = Household.objects.exclude(pk=household.pk).order_by("pk")[0]
    head = Member.objects.get(pk=world.rows["member"])
    dispatch = Dispatch.objects.get(pk=world.rows["dispatch"])
    Share.objects.create(household=household, member=head, numerator=1, denominator=2, source="title")
    Link.objects.create(household=other, host=household)
    Trust.objects.create(household=household, helper=dispatch.helper, named_on=matrix.small_day(), heard="visit")
    lawyer = Helper.objects.get(person=world.people["yelvshi"])
    HelperRefusal.objects.create(household=household, helper=lawyer, since=at)
    before = Dispatch.objects.create(need=dispatch.need, helper=lawyer, region_code=dispatch.region_code, state="may_not",
                                     approved_by=linmei, approved_at=at, reasons=dispatch.reasons)  # fmt: skip
    TieAnswer.objects.create(dispatch=before, answer="may_not", kind="亲戚", at=at)
    Before.objects.create(batch_id=world.rows["batch"], subject_kind="household", subject_id=household.pk, version=1,
                          changes='{"remark": "旧"}')  # fmt: skip
    return linmei, at, household, head


def changed(linmei, at, household, head):
    """An edit, so that the file's history has canaries before and after."""
    member, fresh = Member.objects.get(pk=head.pk), Household.objects.get(pk=household.pk)
    facts = {"name": member.name, "role": "head", "kinship": "长子", "id_number": "331081196001010001",
             "phone": "10000000418"}  # fmt: skip
    households.member_save(fresh, member, version=fresh.version, facts=facts, actor=linmei, at=at)
    type(member).objects.filter(pk=member.pk).update(
        kinship=head.kinship, id_number=head.id_number, phone=head.phone
    )  # the canaries stay in the row, and stand in the history as what was there before


def hand_over(plant, linmei, at, block):
    """A roster whose cells are canaries, good and bad: what the pages of an import show of a file."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["村", "组", "户主", "证件号码", "电话", "人口"])
    words = [plant._word(12) for _ in range(6)]
    sheet.append(["吉捕岙村", "一组", words[0], words[1], words[2], 3])
    sheet.append(["没有这个村", "一组", words[3], words[4], words[5], "很多"])
    kept = io.BytesIO()
    book.save(kept)
    place, digest = intake.file_keep("名单.xlsx", iter([kept.getvalue()]))
    batch = intake.batch_hand_over(file_name="名单.xlsx", place=place, digest=digest, town_code="331081108", block=block,
                                   actor=linmei, at=at)  # fmt: skip
    fields = ("name", "id_number", "phone") * 2
    for word, field in zip(words, fields, strict=True):
        plant.canaries.append(Canary(batch, field, S4 if field == "id_number" else S3, word, True))
    return batch


@pytest.fixture
def planted(settings, tmp_path):
    settings.SECURE_SSL_REDIRECT = False
    settings.MEDIA_ROOT = tmp_path
    with matrix.village() as world:
        linmei, at, household, _head = complete(world)
        plant = canaries.Plant()
        found = plant.everywhere()
        regions.names_note(one.word for one in found if one.name in ("households.Member.name", "helpers.Helper.name"))
        changed(linmei, at, household, Member.objects.get(pk=world.rows["member"]))
        world.rows["roster"] = hand_over(plant, linmei, at, household.block).pk
        yield world, plant


@pytest.mark.parametrize(
    ("said", "heard"),
    [("73103.5 ㎡", True), ("<v>73103</v>", True), ('{"area": 73103}', True), ("E-73103abc", False), ("f73103", False)],
)
def test_a_figure_is_heard_by_itself_and_not_within_a_token(said, heard):
    ear = canaries.Ear([Canary(Household(), "bays", S3, "73103", loud=False)])
    assert bool(list(ear.heard(said.encode()))) is heard


def test_every_guarded_field_has_a_canary(planted):
    """A new field of class S3 or above is in here by itself, or this says that no row of its kind stands here."""
    _world, plant = planted
    wanted = {
        f"{model._meta.label}.{name}"
        for model in canaries.models_of_ours()
        for name in canaries.guarded(model)
        if canaries.can_hold_a_word(model._meta.get_field(name)) and model._meta.label != "regions.NameKey"
    }
    without = wanted - {one.name for one in plant.canaries} - plant.refused
    assert without == {"households.Share.numerator", "households.Share.denominator"}
    assert plant.refused == WORDLESS


def body_of(answer):
    if answer.streaming:
        return b"".join(answer.streaming_content)
    return answer.content + str(answer.headers).encode()


class Crawl:
    """Asks, listens, and remembers who heard what he may not."""

    def __init__(self, world, plant):
        self.world, self.ear, self.law = world, canaries.Ear(plant.canaries), Law(world)
        self.canaries = len(plant.canaries)
        self.asked, self.heard, self.wrong = Counter(), Counter(), set()

    def ask(self, who, method, url, data=None, typed=""):
        client = self.world.client(who)
        cookies = client.cookies.output()
        with matrix.taken_back():
            answer = client.get(url, data) if method == "GET" else client.post(url, data or {}, follow=True)
            body = body_of(answer)
            if client.cookies.output() != cookies:
                self.world.clients.pop(who, None)
            self.listen(who, f"{method} {url}", body, typed)
        return answer

    def listen(self, who, where, body, typed=""):
        self.asked[who] += 1
        for canary, how in self.ear.heard(body, typed):
            self.heard[canary.name, how] += 1
            if RANK[how] > RANK[self.law.allows(who, canary)]:
                self.wrong.add((who, where.partition("?")[0], canary.name, how))

    def everything(self, who):
        for route in rules.routes():
            for method in sorted(route.rule.methods):
                for url in self._urls(route):
                    self.ask(who, method, url)

    def _urls(self, route):
        """With each row where a page shows a whole one; a list with all its columns on."""
        rows = {"households:file": Household, "helpers:file": Helper}
        register = next((one for one in all_registers() if one.url == route.name), None)
        if route.name in rows:
            return [self.world.url(route, pk=pk) for pk in rows[route.name].objects.values_list("pk", flat=True)]
        if route.path.startswith("/desk/imports/") and "pk" in route.converters:
            return [self.world.url(route), self.world.url(route, pk=self.world.rows["roster"])]
        if register:
            return [f"{self.world.url(route)}?{all_columns(register)}"]
        return [self.world.url(route)]

    def lists(self, who):
        """Files of every list, and what the search finds by the beginning of a canary."""
        for register in all_registers():
            for sheet in ("xlsx", "csv"):
                self.export(who, register, sheet)
            for word in self.starts():
                self.ask(who, "GET", f"{reverse(register.url)}?{all_columns(register)}&q={word}", typed=word)

    def starts(self):
        wanted = (
            "households.Member.name",
            "helpers.Helper.phone",
            "fieldwork.Need.title",
            "households.Member.id_number",
        )
        return [one.word[:6] for one in self.ear.loud if one.name in wanted]

    def export(self, who, register, sheet):
        client = self.world.client(who)
        room = register.url.partition(":")[0]
        with matrix.taken_back():
            client.post(reverse(f"{room}:export"), {"in": all_columns(register), "sheet": sheet})
            made = Export.objects.filter(owner=self.world.people.get(who), register=register.key).exclude(file="")
            newest = made.exclude(pk=self.world.rows["export"]).order_by("-pk").first()
            if newest:
                answer = client.get(reverse("lists:export_file", args=[newest.pk]))
                self.listen(who, f"{register.key}.{sheet}", body_of(answer))

    @contextmanager
    def accepted(self):
        with matrix.taken_back():
            matrix.accept(self.world)
            self.law = Law(self.world, accepted=True)
            yield
        self.law = Law(self.world)


def all_columns(register):
    return "&".join(f"col={column.key}" for column in register.columns)


def told(crawl):
    return "\n".join(" · ".join(map(str, one)) for one in sorted(crawl.wrong))


def test_nobody_sees_a_canary_beyond_the_table(planted, caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    world, plant = planted
    crawl = Crawl(world, plant)
    for who in matrix.WHO:
        crawl.everything(who)
        crawl.lists(who)
    with crawl.accepted():
        for who in ("jiangyingxue", "zhouyuan", "yelvshi"):
            crawl.everything(who)
    crawl.listen(
        "anonymous", "the log", "\n".join(f"{one.getMessage()} {one.__dict__}" for one in caplog.records).encode()
    )
    print(dict(crawl.asked), sum(crawl.asked.values()), crawl.canaries, len(crawl.heard))
    assert not crawl.wrong, told(crawl)
    assert {("households.Member.name", "full"), ("households.Member.name", "masked")} <= set(crawl.heard)


@pytest.mark.parametrize("command", [("routes",), ("verify",), ("doctor",), ("dispatch", "--region", "331081108")])
def test_no_command_says_a_canary(planted, capsys, command):
    world, plant = planted
    crawl = Crawl(world, plant)
    with suppress(SystemExit):  # a doctor that finds something ends so
        call_command(*command)
    said = capsys.readouterr()
    crawl.listen("anonymous", command[0], (said.out + said.err).encode())
    assert said.out + said.err
    assert not crawl.wrong, told(crawl)
