"""A text column whose value is sealed at rest. Search for it by its blind index in a column beside it."""

from typing import Any

from django.core.exceptions import FieldError
from django.db import models

from . import crypto


class Sealed(str):
    """A value that was sealed for its column beforehand, outside a transaction."""

    __slots__ = ()


class SealedTextField(models.TextField[Any, Any]):
    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Sealed):
            return str(value)
        return crypto.seal(str(value), self._place()) if value else ""

    def from_db_value(self, value: str | None, *_: Any) -> str:
        return crypto.unseal(value, self._place()) if value else ""

    def ahead(self, value: str) -> Sealed:
        return Sealed(self.get_prep_value(value))

    def get_lookup(self, lookup_name: str) -> Any:
        raise FieldError(f"{self.name} is sealed: search by its blind index.")

    def _place(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"
