"""What people keep of their lists: views, exports, and what they did to many rows at once."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from heli.access import Action
from heli.access.doors import Scope
from heli.common.classes import S1, S2, S3, S4, FieldClass
from heli.common.codes import RegionCodeField
from heli.common.fields import SealedTextField


class SavedView(models.Model):
    """A way of looking at a list, by its query. Shared with everybody at desks in `shared_region` if that is given."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    register = models.CharField(max_length=20)
    name = models.CharField(max_length=20)
    query = models.CharField(max_length=1000)
    shared_region = RegionCodeField(default="", blank=True)

    scope = Scope(view=Action.LIST_KEEP, region="", own="owner")
    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "owner": S2, "register": S1, "name": S2, "query": S3, "shared_region": S2,
    }  # fmt: skip

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("owner", "register", "name"), name="a_view_has_one_name_a_person"),
        )
        indexes = (models.Index(fields=("register", "shared_region"), name="view_by_register"),)


class Export(models.Model):
    """A list as a file: made at once when small, by a worker when large; the file is kept for a day."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    register = models.CharField(max_length=20)
    query = models.CharField(max_length=1000)
    sheet = models.CharField(max_length=4)
    rows = models.IntegerField(default=0)
    file = models.CharField(max_length=100, default="")
    at = models.DateTimeField()
    until = models.DateTimeField()

    scope = Scope(view=Action.LIST_KEEP, region="", own="owner")
    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "owner": S2, "register": S1, "query": S3, "sheet": S1, "rows": S2, "file": S4, "at": S2, "until": S2,
    }  # fmt: skip
    ledger_kind = "export"

    class Meta:
        indexes = (models.Index(fields=("owner", "-at"), name="export_by_owner"),)

    @property
    def job_key(self) -> str:
        return f"export/{self.pk}"


class Bulk(models.Model):
    """One act upon many rows, with what it takes to take it back."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    register = models.CharField(max_length=20)
    act = models.CharField(max_length=30)
    rows = models.IntegerField()
    before = SealedTextField(default="")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    scope = Scope(view=Action.LIST_KEEP, region="", own="owner")
    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "owner": S2, "register": S1, "act": S1, "rows": S2, "before": S4, "at": S2, "undone_at": S2,
    }  # fmt: skip
    ledger_kind = "bulk"

    class Meta:
        indexes = (models.Index(fields=("owner", "-at"), name="bulk_by_owner"),)

    @property
    def code(self) -> str:
        return f"PL-{self.pk:05d}"
