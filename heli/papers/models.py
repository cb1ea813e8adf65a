from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from heli.access.actions import Action
from heli.access.doors import Scope
from heli.common.classes import S1, S2, S3, FieldClass
from heli.common.codes import RegionCodeField

from . import kinds, subjects


class Paper(models.Model):
    """One paper of one subject. Its parts lie sealed on the disk, at places that tell nothing.

    `file` is what is shown and handed out, `preview` a picture of its first page, `original` the file as it came.
    `sha256` is of what is kept, `upload_sha256` of what was handed in. Of a destroyed paper the row stays as a shell: who,
    when, why, and the digests.
    """

    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    region_code = RegionCodeField()
    kind = models.CharField(max_length=16, choices=[(kind.code, kind.code) for kind in kinds.KINDS.values()])
    title = models.CharField(max_length=60)
    original_name = models.CharField(max_length=120, default="")
    media = models.CharField(max_length=80)
    size = models.IntegerField()
    pages = models.IntegerField(default=1)
    sha256 = models.CharField(max_length=64)
    upload_sha256 = models.CharField(max_length=64)
    cls = models.SmallIntegerField()
    file = models.CharField(max_length=80)
    preview = models.CharField(max_length=80, default="")
    original = models.CharField(max_length=80, default="")
    keep_until = models.DateField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)
    destroyed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    destroyed_why = models.CharField(max_length=200, default="", blank=True)

    scope = Scope(view=Action.PAPER_VIEW)
    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "subject_kind": S2, "subject_id": S2, "region_code": S2, "kind": S2, "title": S3,
        "original_name": S3, "media": S2, "size": S2, "pages": S2, "sha256": S2, "upload_sha256": S2, "cls": S1,
        "file": S2, "preview": S2, "original": S2, "keep_until": S2, "uploaded_by": S2, "uploaded_at": S2,
        "removed_at": S2, "destroyed_at": S2, "destroyed_by": S2, "destroyed_why": S2,
    }  # fmt: skip
    ledger_kind = "paper"

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("subject_kind", "subject_id", "upload_sha256"),
                condition=Q(removed_at__isnull=True, destroyed_at__isnull=True),
                name="a_subject_has_a_file_once",
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="a_paper_is_not_empty"),
        )
        indexes = (
            models.Index(fields=("subject_kind", "subject_id", "-uploaded_at"), name="paper_by_subject"),
            models.Index(
                fields=("keep_until", "region_code"), name="paper_due",
                condition=Q(removed_at__isnull=True, destroyed_at__isnull=True),
            ),
            models.Index(fields=("removed_at",), condition=Q(removed_at__isnull=False), name="paper_in_the_bin"),
        )  # fmt: skip

    @property
    def is_gone(self) -> bool:
        """In the bin, or destroyed: nobody looks into it."""
        return bool(self.removed_at or self.destroyed_at)

    def ledger_chain(self) -> str:
        return subjects.chain_of(self.subject_kind, self.subject_id, self.region_code)

    def __str__(self) -> str:
        """What it is, and whose."""
        return f"{kinds.KINDS[self.kind].label} {subjects.of(self.subject_kind).called(self.subject_id)}"
