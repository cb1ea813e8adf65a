"""Every file of the corpus through the real upload: no fault, no half import, every bad cell named with its reason."""

import html

import pytest
from django.conf import settings

from heli.helpers.models import Helper
from heli.households.models import House, Household, Member
from heli.intake.models import Batch
from heli.intake.reading.errors import CELLS, FILES
from heli.ledger.models import Entry

from .conftest import cells_of, stored
from .corpus import CASES
from .measuring import measured

pytestmark = pytest.mark.django_db
QUICK = [name for name, case in CASES.items() if not case.slow]
REFUSED = [name for name in QUICK if CASES[name].refused]
READ = [name for name in QUICK if not CASES[name].refused]
BOMBS = [name for name in QUICK if CASES[name].group == "bombs" and CASES[name].refused != "file_too_large"]


def test_the_corpus_is_as_large_as_promised_and_always_the_same():
    assert len(CASES) >= 160
    small = [case for case in CASES.values() if case.group != "bombs" and not case.slow]
    assert all(case.make() == case.make() for case in small[::7])


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_whole(road, made, name):
    case, before = CASES[name], (Batch.objects.count(), Entry.objects.count())
    response = road.upload(case.file_name, made(case))
    said = FILES[case.refused][0].partition("{")[0].partition("。")[0] if case.refused in FILES else "文件太大了"
    assert response.status_code == 422
    assert said in response.content.decode()
    assert "没有写入" in response.content.decode()
    assert (Batch.objects.count(), Entry.objects.count()) == before
    assert stored() == (0, 0)


@pytest.mark.parametrize("name", READ)
def test_a_file_is_read_told_and_written_as_shown(road, made, name):
    case = CASES[name]
    batch = road.batch(case.file_name, made(case))
    plan = road.plan(batch)
    assert sorted(f"{bad.sheet}!{bad.cell} {bad.code}" for bad in plan.bad) == sorted(case.bad)
    assert (plan.good, batch.good) == (case.good, case.good)
    assert set(case.told) <= {notice.code for notice in plan.notices}
    named_on_the_page(road, batch, case)
    pages = [road.preview(batch)]
    written_as_shown(road, batch, case)
    if case.group in ("contents", "helpers"):
        shown_as_text(road, pages)


def named_on_the_page(road, batch, case):
    """Each bad cell with its reason: on the page, and in the workbook of rows to mend, in which nothing runs."""
    page = html.unescape(road.preview(batch) + (road.preview(batch, bad="1") if case.bad else ""))
    for one in case.bad[:12]:
        cell, code = one.partition("!")[2].split(" ")
        assert f">{cell}</b>" in page
        assert CELLS[code][0].partition("{")[0] in page
    if case.bad:
        cells = cells_of(road.to_mend(batch))
        assert not [cell for cell in cells if cell.data_type == "f"]
        reasons = "；".join(str(cell.value) for cell in cells)
        assert all(f"{one.partition('!')[2].split(' ')[0]} " in reasons for one in case.bad)


def written_as_shown(road, batch, case):
    before = Entry.objects.count()
    if not case.good:
        assert stored() == (0, 0)
        return
    batch = road.write(batch)
    people, names = (Household, Member) if case.kind == "households" else (Helper, Helper)
    assert (batch.kind, batch.state, batch.written) == (case.kind, "done", case.good)
    assert (people.objects.count(), people.all_rows.count()) == (case.good, case.good)
    assert Entry.objects.count() == before + 1
    for head in case.heads:
        assert names.objects.filter(name=head).count() == 1
    figures_fit(batch, case)


def figures_fit(batch, case):
    for name, figure in case.figures.items():
        if name == "built":
            assert figure in House.objects.values_list("built_year", flat=True)
        else:
            assert batch.accepted[name] == figure, name


def shown_as_text(road, pages):
    """On the preview, in the lists, in the households' files: the text itself, never a tag or what a mark stands for."""
    addresses = ["/desk/imports/", "/desk/households/", "/desk/helpers/"]
    addresses += [f"/desk/households/{pk}/" for pk in Household.objects.order_by("pk").values_list("pk", flat=True)[:3]]
    addresses += [f"/desk/helpers/{pk}/" for pk in Helper.objects.order_by("pk").values_list("pk", flat=True)[:3]]
    for page in [*pages, *(road.client.get(address).content.decode() for address in addresses)]:
        for tag in ("<script>document", "<script>标题", "<img src=x", "<svg/onload", "<h1>ran", "<marquee"):
            assert tag not in page
        assert settings.SECRET_KEY not in page


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_little_memory(tmp_path, made, name):
    """Memory and bytes are asserted; how long it took is printed, for clocks differ."""
    case, path = CASES[name], tmp_path / CASES[name].file_name
    path.write_bytes(made(case))
    found = measured(path)
    print(found)
    assert found["code"] == case.refused
    assert found["mib"] < 100
    assert found["good"] == case.good
