"""The standard list, by the household register: everything stands in the URL, and what is gone is said."""

import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from heli.households.models import Household
from heli.ledger import verifying
from heli.lists.models import Bulk, Export, SavedView

LIST = "/desk/households/"


@pytest.fixture
def linmei(village, cast, settings):
    settings.SECURE_SSL_REDIRECT = False
    return signed_in(cast["linmei"])


def signed_in(person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def listed(client, query=""):
    return client.get(f"{LIST}?{query}").context["listed"]


def heads(client, query=""):
    return [str(row.line.head) for row in listed(client, query).rows]


def test_filter_sort_and_columns_stand_in_the_url(linmei):
    shown = listed(linmei, "region=331081108278&sort=-people&col=head&col=people")
    assert [column.key for column in shown.asked.columns] == ["head", "people"]
    assert [str(row.line.head) for row in shown.rows] == ["石榴花"]
    assert heads(linmei, "sort=people") == ["石榴花", "谷丰年", "叶茂林"]
    assert heads(linmei, "sort=-people") == ["叶茂林", "谷丰年", "石榴花"]


def test_what_cannot_be_used_any_more_is_said_and_left_out(linmei):
    shown = listed(linmei, "block=gone&colour=red&sort=age&col=head&col=age")
    assert len(shown.rows) == 3
    assert len(shown.asked.dropped) == 4


def test_the_file_leads_back_to_the_list_as_it_stood(linmei, village):
    page = linmei.get(LIST, {"sort": "-people"}).content.decode()
    opened = f"/desk/households/{village.households['叶茂林'].pk}/?in=sort%3D-people"
    assert opened in page
    assert f"{LIST}?sort=-people#r{village.households['叶茂林'].pk}" in linmei.get(opened).content.decode()


def test_a_view_is_kept_shared_counted_and_forgotten(linmei, cast, village):
    linmei.post(reverse("households:view_save"), {"in": "need=open&sort=-people", "name": "急的", "shared": "1"})
    pills = {str(pill.label): pill.count for pill in listed(linmei).pills}
    of_the_cadre = {str(pill.label): pill.count for pill in listed(signed_in(cast["wentao"])).pills}
    of_another_town = [str(pill.label) for pill in listed(signed_in(cast["taoying"])).pills]
    linmei.post(reverse("lists:view_forget", args=[SavedView.objects.get().pk]))
    assert pills["急的"] == 1
    assert of_the_cadre["急的"] == 1
    assert "急的" not in of_another_town
    assert not SavedView.objects.exists()


def test_a_saved_view_says_what_is_gone_when_its_block_is(linmei):
    linmei.post(reverse("households:view_save"), {"in": "block=108-01", "name": "吉捕岙"})
    SavedView.objects.update(query="block=108-99")
    view = SavedView.objects.get()
    shown = linmei.get(f"{LIST}?{view.query}&view={view.pk}")
    assert len(shown.context["listed"].asked.dropped) == 1
    assert "108-99" in shown.content.decode()


def chosen(client, **facts):
    return client.post(reverse("households:chosen"), facts)


def test_many_are_changed_after_a_look_and_taken_back(linmei, village):
    pks = [row.pk for row in village.households.values()]
    looked = chosen(linmei, act="group", pk=pks)
    untouched = set(Household.objects.values_list("group_name", flat=True))
    chosen(linmei, act="group", pk=pks, sure="1", seen=3, group_name="五组")
    changed = set(Household.objects.values_list("group_name", flat=True))
    linmei.post(reverse("lists:undo", args=[Bulk.objects.get().pk]))
    back = set(Household.objects.values_list("group_name", flat=True))
    assert looked.context["will"] == 3
    assert "办完可以撤回" in looked.content.decode()
    assert (untouched, changed, back) == ({"三组", "一组", "二组"}, {"五组"}, {"三组", "一组", "二组"})
    assert verifying.verify().bad == ()


def test_all_that_match_means_the_filter_and_is_counted_again(linmei):
    other = {"act": "group", "all_matching": "1", "in": "region=331081108278", "group_name": "七组", "sure": "1"}
    wrong = chosen(linmei, **other, seen=3)
    right = chosen(linmei, **other, seen=1)
    assert (wrong.status_code, right.status_code) == (422, 302)
    assert Household.objects.filter(group_name="七组").count() == 1


def test_what_was_changed_since_stands_in_the_way_of_taking_back(linmei, village):
    pks = [row.pk for row in village.households.values()]
    chosen(linmei, act="group", pk=pks, sure="1", seen=3, group_name="五组")
    chosen(linmei, act="group", pk=pks[:1], sure="1", seen=1, group_name="六组")
    answer = linmei.post(reverse("lists:undo", args=[Bulk.objects.order_by("pk").first().pk]))
    assert answer.status_code == 409
    assert Household.objects.get(pk=pks[0]).code in answer.content.decode()
    assert set(Household.objects.values_list("group_name", flat=True)) == {"五组", "六组"}


def exported(client, query, sheet="xlsx"):
    client.post(reverse("households:export"), {"in": query, "sheet": sheet})
    export = Export.objects.order_by("-pk").first()
    return b"".join(client.get(reverse("lists:export_file", args=[export.pk])).streaming_content)


def test_the_export_is_exactly_what_is_seen(linmei):
    page = openpyxl.load_workbook(io.BytesIO(exported(linmei, "sort=-people&col=head&col=id"))).active
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[0] == ["户号", "户主", "证件号码"]
    assert [row[1] for row in rows[1:]] == ["叶茂林", "谷丰年", "石榴花"]
    assert rows[1][2] == "331081********0001"


def test_a_cadre_exports_names_covered_and_only_his_village(village, cast, settings):
    settings.SECURE_SSL_REDIRECT = False
    said = exported(signed_in(cast["wentao"]), "col=head&col=phone", "csv").decode("utf-8-sig")
    assert "叶**" in said
    assert "叶茂林" not in said
    assert "石" not in said


def test_a_long_list_is_written_by_a_worker(linmei, settings, monkeypatch):
    from heli.ledger import jobs
    from heli.lists import services

    monkeypatch.setattr(services, "AT_ONCE", 2)
    linmei.post(reverse("households:export"), {"in": "", "sheet": "csv"})
    export = Export.objects.get()
    waiting = linmei.get(reverse("lists:export", args=[export.pk])).context["far"]
    jobs.run_job.call(jobs.models.Job.objects.get(key=export.job_key).pk)
    export.refresh_from_db()
    assert waiting is not None
    assert export.file.endswith(".csv")


def test_the_page_asks_as_often_for_three_rows_as_for_twenty(linmei, village, cast, at, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from heli.demo import writing
    from heli.demo.cast import VILLAGE
    from heli.households.bulk import NewHousehold, NewMember

    linmei.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as few:
        linmei.get(LIST)
    new = [NewHousehold(region_code=VILLAGE, members=(NewMember(f"林{n}"),), people=1) for n in range(40)]
    writing.households(new, block=village.block, actor=cast["linmei"], at=at, batch="more")
    with CaptureQueriesContext(connection) as many:
        linmei.get(LIST)
    assert len(many) == len(few)
    assert len(many) <= 12, "\n".join(one["sql"][:160] for one in many)


def test_numbers_of_rows_that_are_none_choose_nothing(linmei):
    assert chosen(linmei, act="group", pk=["²", "9" * 40, "x"]).status_code == 422
