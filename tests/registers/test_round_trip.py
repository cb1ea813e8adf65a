"""A list that is exported, changed in a spreadsheet and imported again changes what was changed, and nothing else."""

import io
import json

import openpyxl
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from heli.helpers.models import Helper
from heli.households.models import Household
from heli.intake import services
from heli.ledger import verifying
from heli.lists.models import Export


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
