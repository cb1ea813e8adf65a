"""The road that every hostile file takes: upload, preview, rows to mend, writing."""

import io
from dataclasses import dataclass
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from conftest import DAY
from heli.common import days, setting_up
from heli.common.models import Installation
from heli.demo import cast as parts
from heli.households.models import Household
from heli.intake import services
from heli.intake.models import Batch


@dataclass
class Road:
    """An officer of the town at the import page."""

    client: Any
    at: Any
    committing: Any

    def upload(self, name: str, content: bytes) -> Any:
        file = SimpleUploadedFile(name, content)
        return self.client.post(reverse("intake:hand_over"), {"file": file, "block": ""})

    def batch(self, name: str, content: bytes) -> Batch:
        response = self.upload(name, content)
        assert response.status_code == 302, response.content.decode()[:3000]
        return Batch.objects.latest("pk")

    def preview(self, batch: Batch, **asked: str) -> str:
        response = self.client.get(reverse("intake:batch", args=[batch.pk]), asked)
        assert response.status_code == 200
        return response.content.decode()

    def plan(self, batch: Batch) -> Any:
        return services.look(batch, self.at).plan

    def to_mend(self, batch: Batch) -> bytes:
        response = self.client.get(reverse("intake:bad", args=[batch.pk]))
        assert response.status_code == 200
        return b"".join(response.streaming_content)

    def write(self, batch: Batch) -> Batch:
        with self.committing(execute=True):
            response = self.client.post(reverse("intake:write", args=[batch.pk]))
        assert response.status_code == 302
        batch.refresh_from_db()
        return batch


def cells_of(workbook: bytes) -> list[Any]:
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    return [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]


def stored() -> tuple[int, int]:
    """Households that exist, and those that a batch may have left hidden."""
    return Household.objects.count(), Household.all_rows.count() - Household.objects.count()


@pytest.fixture(scope="module")
def officers(django_db_setup, django_db_blocker):
    """The installation and its people, entered once for all files; each test goes back to here."""
    with django_db_blocker.unblock(), transaction.atomic():
        setting_up.fill("test")
        Installation.objects.update(demo_day=DAY)
        yield parts.enter(parts.CAST, at=days.at_hour(DAY, 10, 42), password=None)
        transaction.set_rollback(True)


@pytest.fixture
def road(officers, db, client, at, django_capture_on_commit_callbacks):
    client.force_login(officers["linmei"])
    return Road(client, at, django_capture_on_commit_callbacks)


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """The content of a case: made once, and kept on the disk."""
    folder = tmp_path_factory.mktemp("corpus")

    def content(case):
        path = folder / case.name.replace("/", "-")
        if not path.exists():
            path.write_bytes(case.make())
        return path.read_bytes()

    return content
