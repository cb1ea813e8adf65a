"""A list that is exported, changed in a spreadsheet and imported again changes what was changed, and nothing else."""

import io
import json

import openpyxl
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from heli.blocks.models import Block
from heli.common.errors import Conflict, DomainError
from heli.demo.cast import VILLAGE
from heli.demo.small import OTHER_VILLAGE
from heli.fieldwork.models import Need
from heli.helpers.models import Helper
from heli.households.models import Household
from heli.intake import services
from heli.ledger import verifying
from heli.lists.models import Export
from heli.regions import selectors
from heli.regions.models import Region, RegionChange


@pytest.fixture
def linmei(village, cast, settings):
    settings.SECURE_SSL_REDIRECT = False
    client = Client()
    client.force_login(cast["linmei"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def exported(client, register, query):
    client.post(reverse(f"{register}:export"), {"in": query, "sheet": "xlsx"})
    export = Export.objects.order_by("-pk").first()
    content = b"".join(client.get(reverse("lists:export_file", args=[export.pk])).streaming_content)
    return openpyxl.load_workbook(io.BytesIO(content))


def handed_over(book, person, at, block=None):
    stream = io.BytesIO()
    book.save(stream)
    place, digest = services.file_keep("again.xlsx", iter([stream.getvalue()]))
    return services.batch_hand_over(
        file_name="again.xlsx", place=place, digest=digest, town_code="331081108", block=block, actor=person, at=at
    )


def column(page, label):
    return next(cell.column for cell in page[1] if cell.value == label)


EVERYTHING = "col=head&col=place&col=wish&col=id&col=phone"


def test_households_untouched_say_nothing_new(linmei, cast, village, at):
    batch = handed_over(exported(linmei, "households", EVERYTHING), cast["linmei"], at, village.block)
    ready = services.look(batch, at)
    assert (batch.bad, ready.new, ready.known, len(ready.differences)) == (0, 0, 3, 0)


def test_a_household_edited_in_the_sheet_is_put_right(linmei, cast, village, at):
    book = exported(linmei, "households", EVERYTHING)
    page = book.active
    row = next(row[0].row for row in page.iter_rows(min_row=2) if row[column(page, "户主") - 1].value == "叶茂林")
    page.cell(row, column(page, "人口")).value = 8
    page.cell(row, column(page, "组")).value = "五组"
    page.cell(row, column(page, "电话")).value = "10000000777"
    batch = handed_over(book, cast["linmei"], at, village.block)
    ready = services.look(batch, at)
    changed = {change.field for one in ready.differences for change in one.changed.changes}
    batch.changes_seen = ready.seen
    services.batch_write(batch, actor=cast["linmei"], at=at)
    fresh = Household.objects.get(pk=village.households["叶茂林"].pk)
    head = fresh.members.get(role="head")
    assert changed == {"people_count", "group_name", "phone"}
    assert (fresh.people_count, fresh.group_name, fresh.serial, head.phone) == (8, "五组", "1", "10000000777")
    assert head.id_number == "331081196001010001"
    assert verifying.verify().bad == ()


def test_helpers_untouched_say_nothing_new(linmei, cast, village, at):
    book = exported(linmei, "helpers", "col=name&col=skills&col=place&col=capacity&col=occupation&col=phone&col=id")
    ready = services.look(handed_over(book, cast["linmei"], at), at)
    assert (len(ready.plan.bad), ready.new, len(ready.differences)) == (0, 0, 0)
    assert ready.known == Helper.objects.filter(relation="social", region_code__startswith="331081108").count()


def test_a_helper_edited_in_the_sheet_is_put_right(linmei, cast, village, at):
    book = exported(linmei, "helpers", "col=name&col=skills&col=place&col=capacity&col=phone&col=id")
    page = book.active
    row = next(row[0].row for row in page.iter_rows(min_row=2) if row[column(page, "姓名") - 1].value == "江映雪")
    page.cell(row, column(page, "可接户数")).value = 6
    batch = handed_over(book, cast["linmei"], at)
    batch.changes_seen = services.look(batch, at).seen
    services.batch_write(batch, actor=cast["linmei"], at=at)
    fresh = Helper.objects.get(pk=village.helpers["江映雪"].pk)
    assert (fresh.capacity, fresh.phone) == (6, "10000000101")
    assert verifying.verify().bad == ()


def test_popolo_goes_out_without_ids_and_comes_back_as_the_same_people(village, cast, at, tmp_path):
    file = tmp_path / "register.json"
    call_command("popolo", str(file), "--region", "331081108", "--phones")
    text = file.read_text(encoding="utf-8")
    place, digest = services.file_keep("register.json", iter([file.read_bytes()]))
    batch = services.batch_hand_over(
        file_name="register.json", place=place, digest=digest, town_code="331081108", actor=cast["linmei"], at=at
    )
    ready = services.look(batch, at)
    names = {person["name"] for person in json.loads(text)["persons"]}
    assert names == {"江映雪", "石大年"}
    assert "331081198003310007" not in text
    assert (batch.kind, ready.new, ready.known, len(ready.differences)) == ("helpers", 0, 2, 0)


def test_popolo_of_another_system_is_read_like_any_list(village, cast, at, tmp_path):
    document = {
        "persons": [{"id": "p1", "name": "许小满", "area_id": "a1", "contact_details": [{"type": "cell", "value": "10000000666"}],
                     "identifiers": [], "heli": {"kinds": ["律师"], "skills": ["法律咨询"]}}],
        "areas": [{"id": "a1", "name": "吉捕岙村"}],
    }  # fmt: skip
    place, digest = services.file_keep("other.json", iter([json.dumps(document).encode()]))
    batch = services.batch_hand_over(
        file_name="other.json", place=place, digest=digest, town_code="331081108", actor=cast["linmei"], at=at
    )
    ready = services.look(batch, at)
    assert (ready.plan.bad, ready.new, next(ready.helpers).kinds) == ((), 1, ("lawyer",))


def written(book, person, at):
    """Handed over, its differences ticked, written."""
    batch = handed_over(book, person, at)
    batch.changes_seen = services.look(batch, at).seen
    return services.batch_write(batch, actor=person, at=at)


def added(page, **cells):
    row = page.max_row + 1
    for label, value in cells.items():
        page.cell(row, column(page, label)).value = value


def test_needs_untouched_say_nothing_new(linmei, cast, village, at):
    batch = handed_over(exported(linmei, "fieldwork", "state=all"), cast["linmei"], at)
    ready = services.look(batch, at)
    assert (batch.kind, batch.bad, ready.new, ready.known, len(ready.differences)) == ("needs", 0, 0, 1, 0)


def test_a_need_edited_in_the_sheet_is_put_right_a_new_one_raised_and_all_taken_back(linmei, cast, village, at):
    book = exported(linmei, "fieldwork", "state=all")
    page = book.active
    page.cell(2, column(page, "急不急")).value = "今天"
    page.cell(2, column(page, "什么忙")).value = "三兄弟分老屋，请人来说和"
    added(page, 什么忙="找过渡房", 户主="石榴花", 哪一类="找过渡房", 想在哪天前="2023-12-01")
    batch = handed_over(book, cast["linmei"], at)
    preview = linmei.get(reverse("intake:batch", args=[batch.pk])).content.decode()
    assert ("写入 1 条好的" in preview, "三兄弟分老屋，请人来说和" in preview, "有变动的 1 条" in preview) == (
        True,
        True,
        True,
    )
    before = (village.need.urgency, village.need.title)
    batch.changes_seen = services.look(batch, at).seen
    services.batch_write(batch, actor=cast["linmei"], at=at)
    fresh, new = Need.objects.get(pk=village.need.pk), Need.objects.exclude(pk=village.need.pk).get()
    assert (fresh.urgency, fresh.title) == (5, "三兄弟分老屋，请人来说和")
    assert (new.household, new.kind, str(new.wanted_by)) == (
        village.households["石榴花"],
        "temporary_housing",
        "2023-12-01",
    )
    again = services.look(handed_over(book, cast["linmei"], at), at)
    assert (again.new, len(again.differences), verifying.verify().bad) == (0, 0, ())
    services.batch_undo(batch, actor=cast["linmei"], at=at)
    fresh.refresh_from_db()
    new.refresh_from_db()
    assert ((fresh.urgency, fresh.title), new.state, verifying.verify().bad) == (before, "withdrawn", ())


@pytest.mark.parametrize(("register", "query"), [("fieldwork", "state=all"), ("blocks", "")])
def test_a_list_exported_in_english_comes_back_as_well(linmei, cast, village, at, settings, register, query):
    linmei.cookies.load({settings.LANGUAGE_COOKIE_NAME: "en"})
    ready = services.look(handed_over(exported(linmei, register, query), cast["linmei"], at), at)
    assert (ready.plan.bad, ready.new, ready.known, len(ready.differences)) == ((), 0, 1, 0)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"什么忙": "搬家", "户主": "没有这人", "哪一类": "搬家帮手"}, "need_household_unknown"),
        ({"什么忙": "搬家", "户主": "石榴花", "哪一类": "算命"}, "need_kind_unknown"),
        ({"什么忙": "搬家", "户主": "石榴花", "哪一类": "搬家帮手", "想在哪天前": "2001-01-01"}, "day_past"),
        ({"什么忙": "搬家", "户主": "石榴花", "哪一类": "搬家帮手", "想在哪天前": "明天"}, "day_unread"),
        ({"编号": "XQ-0000-999", "什么忙": "搬家", "户主": "石榴花", "哪一类": "搬家帮手"}, "need_unknown"),
    ],
)
def test_a_row_of_needs_that_cannot_be_is_named_and_keeps_no_other_out(linmei, cast, village, at, cells, said):
    book = exported(linmei, "fieldwork", "state=all")
    added(book.active, **cells)
    added(book.active, 什么忙="搬家", 户主="谷丰年", 哪一类="搬家帮手")
    ready = services.look(handed_over(book, cast["linmei"], at), at)
    assert ([bad.code for bad in ready.plan.bad], ready.new) == ([said], 1)


def test_a_need_of_another_town_is_left_alone(linmei, cast, village, at):
    book = exported(linmei, "fieldwork", "state=all")
    page = book.active
    page.cell(2, column(page, "急不急")).value = "今天"
    stream = io.BytesIO()
    book.save(stream)
    place, digest = services.file_keep("again.xlsx", iter([stream.getvalue()]))
    facts = {"file_name": "again.xlsx", "place": place, "digest": digest, "actor": cast["taoying"], "at": at}
    ready = services.look(services.batch_hand_over(town_code="331081002", **facts), at)
    assert ([bad.code for bad in ready.plan.bad], ready.new, len(ready.differences)) == (["elsewhere"], 0, 0)


def test_blocks_untouched_say_nothing_new_and_an_edited_one_is_put_right_and_taken_back(linmei, cast, village, at):
    book = exported(linmei, "blocks", "")
    ready = services.look(handed_over(book, cast["linmei"], at), at)
    assert (ready.plan.kind, ready.plan.bad, ready.new, len(ready.differences)) == ("blocks", (), 0, 0)
    page, before = book.active, sorted(village.block.villages.values_list("village_code", flat=True))
    page.cell(2, column(page, "土地")).value = "国有土地"
    page.cell(2, column(page, "在哪些村")).value = page.cell(2, column(page, "在哪些村")).value.split("、")[0]
    batch = written(book, cast["linmei"], at)
    village.block.refresh_from_db()
    assert (village.block.land, village.block.villages.count()) == ("state_owned", 1)
    services.batch_undo(batch, actor=cast["linmei"], at=at)
    village.block.refresh_from_db()
    assert village.block.land == "collective"
    assert sorted(village.block.villages.values_list("village_code", flat=True)) == before
    assert verifying.verify().bad == ()


def test_a_new_block_comes_by_the_sheet_and_is_not_taken_back_with_it(linmei, cast, village, at):
    book = exported(linmei, "blocks", "")
    page = book.active
    name = page.cell(2, column(page, "项目")).value
    village_name = page.cell(2, column(page, "在哪些村")).value.split("、")[0]
    added(page, 区块="新区块", 项目=name, 在哪些村=village_name)
    added(page, 区块="没村的区块", 项目=name)
    batch = written(book, cast["linmei"], at)
    made = Block.objects.get(name="新区块")
    assert (made.code, made.town_code, batch.bad, made.villages.count()) == ("108-02", "331081108", 1, 1)
    with pytest.raises(Conflict):
        services.batch_undo(batch, actor=cast["linmei"], at=at)
    assert services.look(handed_over(book, cast["linmei"], at), at).new == 0


def official(tmp_path, client, **changes):
    """The list of regions as headquarters exports it, with what a year brought."""
    book = exported(client, "regions", "town=331081108&state=live&col=name&col=place&col=ended")
    page = book.active
    titles = [cell.value for cell in page[1]]
    for at, label in enumerate(("并入", "从哪天起", "依据", "原代码"), len(titles) + 1):
        page.cell(1, at).value = label
    for row in page.iter_rows(min_row=2):
        for label, value in changes.get(f"r{row[column(page, '代码') - 1].value}", {}).items():
            page.cell(row[0].row, column(page, label)).value = value
    for cells in changes.get("new", ()):
        added(page, **cells)
    path = tmp_path / "official.xlsx"
    book.save(path)
    return path


@pytest.fixture
def qinchuan(village, cast, settings):
    settings.SECURE_SSL_REDIRECT = False
    client = Client()
    client.force_login(cast["qinchuan"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def imported(capsys, *arguments):
    try:
        call_command("import", *map(str, arguments), "--kind", "regions", "--json")
        code = 0
    except SystemExit as left:
        code = left.code
    return code, json.loads(capsys.readouterr().out)


def test_the_official_list_untouched_says_nothing_new(qinchuan, tmp_path, capsys):
    code, told = imported(capsys, official(tmp_path, qinchuan), "--dry-run")
    assert (code, told["new"], told["changed"], told["bad"]) == (0, 0, 0, [])
    assert told["known"] > 20


def test_what_a_year_brought_comes_by_the_official_list(qinchuan, village, tmp_path, capsys):
    facts = {"从哪天起": "2023-10-20", "依据": "温政函〔2023〕1 号"}
    renamed, ended = list(Region.objects.filter(parent_code="331081108").exclude(
        code__in=(VILLAGE, OTHER_VILLAGE)).order_by("code")[:2])  # fmt: skip
    path = official(tmp_path, qinchuan, **{
        f"r{VILLAGE}": {"并入": OTHER_VILLAGE, **facts},
        f"r{renamed.code}": {"名称": "凤栖村", **facts},
        f"r{ended.code}": {"到哪天为止": "2023-10-20", **facts},
        "new": [{"代码": "331081108999", "名称": "新城社区"}, {"代码": "33108", "名称": "坏代码"}],
    })  # fmt: skip
    code, told = imported(capsys, path, "--dry-run")
    assert (code, told["new"], told["changed"], len(told["bad"])) == (1, 1, 3, 1)
    assert imported(capsys, path, "--accept-good", "--update")[0] == 0
    assert selectors.current(VILLAGE) == OTHER_VILLAGE
    assert set(Household.objects.values_list("region_code", flat=True)) == {OTHER_VILLAGE}
    assert (selectors.name_of(renamed.code), Region.objects.get(code="331081108999").name) == ("凤栖村", "新城社区")
    assert str(Region.objects.get(code=ended.code).ended_on) == "2023-10-20"
    assert RegionChange.objects.get(old_code=VILLAGE).reason == "温政函〔2023〕1 号"
    assert (imported(capsys, path, "--dry-run")[1]["changed"], verifying.verify().bad) == (0, ())


def test_a_town_does_not_bring_in_the_official_list(qinchuan, linmei, cast, village, at):
    with pytest.raises(DomainError) as refused:
        handed_over(exported(qinchuan, "regions", "state=live"), cast["linmei"], at)
    assert refused.value.code == "table_not_here"
