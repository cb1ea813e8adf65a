"""What a world says, column by column, so that two builds from one seed can be held against each other.

Sealed values are opened, rows stand in the order of their keys. Left out by name: what is random by intent, what
follows from that, and true time. Everything else is compared as it is stored.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db.models import Field, Model, Q

from heli.common import crypto
from heli.ledger import sealing

LEFT_OUT: Mapping[str, str] = {
    "access.Person.password": "salted, or unusable at random",
    "dispatch.DispatchRun.seconds": "true time",
    "helpers.Helper.id_index": "by the installation's key",
    "helpers.Helper.phone_index": "by the installation's key",
    "households.Member.id_index": "by the installation's key",
    "households.Member.phone_index": "by the installation's key",
    "ledger.Chain.head": "a hash over salted digests and true time",
    "ledger.Entry.hash": "a hash over salted digests and true time",
    "ledger.Entry.previous": "a hash over salted digests and true time",
    "ledger.Entry.recorded_at": "true time",
    "ledger.Entry.sheaf": "a number at random",
    "ledger.Leaf.digest": "salted",
    "ledger.Leaf.entry": "its sheaf's number",
    "ledger.Salt.salt": "a salt",
    "ledger.Sealed.salt": "a salt",
    "papers.Paper.file": "a place that tells nothing; its content stands in sha256",
    "papers.Paper.original": "a place that tells nothing; its content stands in upload_sha256",
    "papers.Paper.preview": "a place that tells nothing; drawn from the content",
}
SALTED = ("before", "digest", "root")  # of an entry's payload; of what is sealed in it the names are compared

# The operator's account opens when the installation is made, in truth and not on a day of the demonstration.
_OPENING = Q(verb="person.add", actor=None, subject_id="1")
TRUE_DAY: Mapping[str, Q] = {
    "access.Person.joined_at": Q(username="operator"),
    "ledger.Chain.name": Q(pk=1),
    "ledger.Entry.at": _OPENING,
    "ledger.Entry.known_day": _OPENING,
}


def said() -> dict[str, str]:
    """Column → a digest of all its values."""
    models = sorted(apps.get_models(include_auto_created=True), key=lambda model: model._meta.label)
    columns = ((model, field, f"{model._meta.label}.{field.name}") for model in models for field in _fields(model))
    return {name: _digest(model, field, name) for model, field, name in columns if name not in LEFT_OUT}


def different(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """Names of the columns in which two worlds say something else."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def _fields(model: type[Model]) -> Iterator[Field[Any, Any]]:
    yield from model._meta.local_concrete_fields


def _digest(model: type[Model], field: Field[Any, Any], name: str) -> str:
    plain, whole = PLAIN.get(name, _as_it_is), hashlib.sha256()
    rows = model._base_manager.exclude(TRUE_DAY.get(name, Q(pk__in=()))).order_by("pk")
    for value in rows.values_list(field.attname, flat=True).iterator():
        whole.update(f"{plain(value)!r}\n".encode())
    return whole.hexdigest()


def _as_it_is(value: Any) -> Any:
    return value


def _opened(value: str) -> str:
    return crypto.unseal(value, sealing.PLACE) if value else ""


def _unsalted(payload: str) -> dict[str, Any]:
    told = {name: value for name, value in json.loads(payload).items() if name not in SALTED}
    return told | {"sealed": list(told.get("sealed", ()))}


def _timeless(plan: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in plan.items() if name != "seconds"}


PLAIN: Mapping[str, Callable[[Any], Any]] = {
    "dispatch.DispatchRun.plan": _timeless,
    "ledger.Entry.payload": _unsalted,
    "ledger.Sealed.sealed_value": _opened,
}
