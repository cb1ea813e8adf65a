"""Wrong input at every step of the main job: a sentence that says what happened, what is kept, what to do; nothing
half done."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from heli.dispatch import services
from heli.dispatch.models import Dispatch
from heli.fieldwork.models import Need
from heli.helpers.models import Helper
from heli.intake.models import Batch
from heli.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def linmei(client, cast):
    client.force_login(cast["linmei"])
    return client


@pytest.fixture
def invited(village, cast, at):
    return services.dispatch_approve(
        village.need, village.helpers["江映雪"], official=village.helpers["周予安"], actor=cast["linmei"], at=at
    )


def said(response):
    return response.content.decode()


def entries():
    return Entry.objects.count()


WRONG_FILES = {
    "nothing chosen": ({}, "请先选一个文件"),
    "an empty file": ({"file": SimpleUploadedFile("空.xlsx", b"")}, "文件是空的"),
    "a picture": ({"file": SimpleUploadedFile("图.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 90)}, "这不是表格文件（图片）"),
    "a torn workbook": ({"file": SimpleUploadedFile("破.xlsx", b"PK\x03\x04torn")}, "文件坏了"),
}


@pytest.mark.parametrize("what", WRONG_FILES)
def test_a_wrong_file_is_refused_whole(linmei, village, what):
    data, sentence = WRONG_FILES[what]
    before = entries()
    response = linmei.post(reverse("intake:hand_over"), data)
    assert response.status_code == 422
    assert sentence in said(response)
    assert "没有写入" in said(response)
    assert (Batch.objects.count(), entries()) == (0, before)


def test_a_need_without_a_kind_keeps_what_was_written(linmei, village):
    url = reverse("dispatch:need_new", args=[village.need.household_id])
    response = linmei.post(url, {"title": "搬家缺人手", "urgency": "2", "source": "visit"})
    assert response.status_code == 422
    assert "您写的都还在" in said(response)
    assert "搬家缺人手" in said(response)
    assert Need.objects.count() == 1


def test_a_day_that_has_passed_is_refused(linmei, village):
    url = reverse("dispatch:need_new", args=[village.need.household_id])
    form = {"kind": "moving_help", "title": "搬家", "urgency": "2", "source": "visit", "wanted_by": "2023-10-01"}
    response = linmei.post(url, form)
    assert (response.status_code, Need.objects.count()) == (422, 1)
    assert "想办好的日子已经过了" in said(response)


def test_approving_nobody_asks_for_a_choice(linmei, village):
    response = linmei.post(reverse("dispatch:approve", args=[village.need.pk]), {})
    assert (response.status_code, Dispatch.objects.count()) == (422, 0)
    assert "请先选一位" in said(response)
    assert "还没有邀请任何人" in said(response)


def test_approving_what_is_approved_says_who_and_when(linmei, village, invited):
    form = {"helper": village.helpers["叶知秋"].pk, "official": village.helpers["周予安"].pk}
    response = linmei.post(reverse("dispatch:approve", args=[village.need.pk]), form)
    assert (response.status_code, Dispatch.objects.count()) == (409, 1)
    assert "林梅 10:42 已经批准了江映雪" in said(response)


def test_pressing_approve_twice_is_one_invitation(linmei, village):
    form = {"helper": village.helpers["江映雪"].pk, "official": village.helpers["周予安"].pk, "key": "k-1"}
    url = reverse("dispatch:approve", args=[village.need.pk])
    assert [linmei.post(url, form).status_code for _ in range(2)] == [302, 302]
    assert Dispatch.objects.count() == 1


def test_admitting_without_a_reason_admits_nobody(linmei, village):
    Helper.objects.filter(name="石大年").update(state="proposed")
    form = {"pk": village.helpers["石大年"].pk, "reason": "", "trained_on": "2023-10-20"}
    response = linmei.post(reverse("helpers:admit"), form)
    assert response.status_code == 422
    assert "请写一句为什么录用" in said(response)
    assert Helper.objects.get(name="石大年").state == "proposed"


def test_a_training_still_to_come_admits_nobody(linmei, village):
    Helper.objects.filter(name="石大年").update(state="proposed")
    form = {"pk": village.helpers["石大年"].pk, "reason": "镇里核过", "trained_on": "2024-01-01"}
    response = linmei.post(reverse("helpers:admit"), form)
    assert "培训日期还没到" in said(response)
    assert Helper.objects.get(name="石大年").state == "proposed"


def test_an_unknown_answer_leaves_the_invitation(client, cast, invited):
    client.force_login(cast["jiangyingxue"])
    response = client.post(reverse("dispatch:answer", args=[invited.pk]), {"answer": "maybe"})
    assert response.status_code == 422
    assert "邀请还在" in said(response)
    assert Dispatch.objects.get().state == "invited"


def test_accepting_before_the_first_question_is_refused(client, cast, invited):
    client.force_login(cast["jiangyingxue"])
    response = client.post(reverse("dispatch:answer", args=[invited.pk]), {"answer": "accept"})
    assert response.status_code == 422
    assert "请先看第一步" in said(response)


def test_finishing_without_the_households_word_does_not_finish(linmei, village, cast, at, invited):
    services.invitation_clear(invited, actor=cast["jiangyingxue"], at=at)
    services.invitation_accept(invited, actor=cast["jiangyingxue"], at=at)
    services.dispatch_begin(invited, actor=cast["jiangyingxue"], at=at)
    response = linmei.post(reverse("dispatch:finish", args=[invited.pk]), {"heard": "in_person", "word": " "})
    assert response.status_code == 422
    assert "请写一句住户怎么说" in said(response)
    assert Dispatch.objects.get().state == "under_way"
