"""Asking the database about many values at once: one parameter, however many there are."""

import json
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL


def among(values: Iterable[str]) -> Any:
    """For `column__in=among(values)`. A list of parameters would cost more than the answer, and SQLite allows few."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::varchar[])", [list(values)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(values))])
