"""Data classes of model fields: how much a value can hurt a person if the wrong eyes see it.

S1 public · S2 work · S3 personal · S4 sensitive · PRIVILEGED author and client only. Each model names the class of
every field in `field_classes`; one without a class fails `heli check`. Who sees which is `access.classes`.
"""

from collections.abc import Iterator
from enum import IntEnum
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.db import models


class FieldClass(IntEnum):
    S1 = 1
    S2 = 2
    S3 = 3
    S4 = 4
    PRIVILEGED = 5


S1, S2, S3, S4, PRIVILEGED = FieldClass

# Models we did not write, whole.
THIRD_PARTY: dict[str, FieldClass] = {
    "auth": S2,
    "contenttypes": S1,
    "sessions": S4,
    "account": S3,
    "mfa": S4,
    "axes": S3,
    "django_tasks_database": S2,
}


def class_of(model: type[models.Model], field: str) -> FieldClass:
    declared: dict[str, FieldClass] | None = getattr(model, "field_classes", None)
    if declared is None:
        return THIRD_PARTY[model._meta.app_label]
    return declared[field]


def every_field_has_a_class(**_: Any) -> list[CheckMessage]:
    """System check: what to do when it fails is to name the field in `field_classes` of its model."""
    return list(_without_class())


def _without_class() -> Iterator[CheckMessage]:
    for model in apps.get_models():
        if model._meta.app_label in THIRD_PARTY:
            continue
        declared = getattr(model, "field_classes", {})
        for field in model._meta.concrete_fields:
            if field.name not in declared:
                yield Error(f"{model._meta.label}.{field.name} has no data class.", id="heli.E001", obj=model)
