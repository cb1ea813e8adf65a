"""One row about the installation itself."""

from datetime import date
from typing import ClassVar

from django.db import models

from .classes import S1, FieldClass


class Installation(models.Model):
    """Who made this database: `install`, `demo` or `test`. Only the last two may move the domain's day."""

    made_by = models.CharField(max_length=10)
    demo_day = models.DateField(null=True)
    scale = models.CharField(max_length=12, default="")

    field_classes: ClassVar[dict[str, FieldClass]] = {"id": S1, "made_by": S1, "demo_day": S1, "scale": S1}

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="there_is_one_installation"),)

    @classmethod
    def facts(cls) -> tuple[str, date | None, str]:
        """Who made it, the demonstration's day, and of which world it is."""
        row = cls.objects.filter(id=1).values_list("made_by", "demo_day", "scale").first()
        return row or ("", None, "")
