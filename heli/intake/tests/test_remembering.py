"""A column corrected once is read so the next time, in this office, until it is forgotten."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from heli.households.models import House
from heli.intake.models import Batch, Remembered
from heli.intake.tests.test_blanks import identity

HEAD = ["户号", "村", "户主姓名", "身份证号码", "幢号", "结构", "面积甲", "面积乙"]


def roster(first, head=HEAD):
    rows = [head, *[[str(n), "吉捕岙", f"户主{n}", identity(n), "1", "砖混", 100, 90] for n in (first, first + 1)]]
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue().encode("utf-8-sig")


@pytest.fixture
def office(client, cast, django_capture_on_commit_callbacks):
    client.force_login(cast["linmei"])

    class Office:
        def upload(self, content):
            client.post(reverse("intake:hand_over"), {"file": SimpleUploadedFile("表.csv", content), "block": ""})
            return Batch.objects.latest("pk")

        def correct(self, batch, **columns):
            page = self.page(batch)
            said = {f"column-{one.letter}": one.field for one in page.context["preview"].columns}
            said |= {f"column-{letter}": field for letter, field in columns.items()}
            client.post(reverse("intake:map", args=[batch.pk]), said)
            batch.refresh_from_db()

        def page(self, batch):
            return client.get(reverse("intake:batch", args=[batch.pk]))

        def how(self, batch):
            return {one.letter: one.how for one in self.page(batch).context["preview"].columns}

        def forget(self, batch):
            return client.post(reverse("intake:forget", args=[batch.pk]))

        def write(self, batch):
            with django_capture_on_commit_callbacks(execute=True):
                client.post(reverse("intake:write", args=[batch.pk]))

    return Office()


def test_confidence_is_shown_column_by_column(office):
    batch = office.upload(roster(1, ["户号", "村", "户主姓名", "身份证号码", "幢号", "主要结构", "登记面积", "某某"]))
    how = office.how(batch)
    assert (how["A"], how["F"], how["H"]) == ("sure", "guessed", "unknown")
    page = office.page(batch).content.decode()
    assert all(word in page for word in ("认准了", "猜的，请看一眼", "没认出"))


def test_what_was_corrected_once_is_known_the_next_time(office):
    first = office.upload(roster(1))
    office.correct(first, G="registered", H="recognised")
    assert office.how(first)["G"] == "said"
    assert Remembered.objects.count() == 2
    second = office.upload(roster(3))
    page = office.page(second)
    assert office.how(second)["G"] == "remembered"
    assert "按您上次改的列名读的" in page.content.decode()
    assert "面积甲、面积乙" in page.content.decode()
    office.write(second)
    assert list(House.objects.values_list("registered_dm2", "recognised_dm2")) == [(10_000, 9_000)] * 2


def test_it_can_be_forgotten(office):
    office.correct(office.upload(roster(1)), G="registered", H="recognised")
    second = office.upload(roster(3))
    assert office.forget(second).status_code == 302
    assert Remembered.objects.count() == 0
    assert office.how(second)["H"] != "remembered"
    assert office.how(office.upload(roster(5)))["H"] != "remembered"


def test_a_column_not_to_be_read_stays_unread(office):
    office.correct(office.upload(roster(1, [*HEAD[:6], "登记面积", "认定面积"])), H="")
    second = office.upload(roster(3, [*HEAD[:6], "登记面积", "认定面积"]))
    assert (office.how(second)["H"], second.accepted["recognised_area_m2"]) == ("remembered", "0.00")


def test_another_office_is_not_told(office, cast, at):
    office.correct(office.upload(roster(1)), G="registered", H="recognised")
    Remembered.objects.update(town_code="331081100")
    assert office.how(office.upload(roster(3)))["H"] != "remembered"


def test_an_unchanged_mapping_teaches_nothing(office):
    batch = office.upload(roster(1))
    office.correct(batch)
    assert (Remembered.objects.count(), batch.mapping) == (0, {})
