import io

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

from heli.common.classes import THIRD_PARTY, FieldClass, class_of
from heli.common.fields import SealedTextField

OURS = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label not in THIRD_PARTY]
# Names and words of S4 rows that are not values of a person: they point, date or salt.
POINTERS = {"household", "dispatch", "noted_on", "at", "answer", "password", "salt", "id_index", "file", "sealed_value"}


def test_every_field_has_a_class_and_every_route_a_rule():
    """If this fails: name the field in `field_classes` of its model, or give the view its rule (`heli check`)."""
    assert [str(found) for found in run_checks() if found.id.startswith("heli.")] == []


def test_no_class_is_declared_for_a_field_that_is_gone():
    """If this fails: take the name out of `field_classes`."""
    stale = {
        f"{model._meta.label}.{field}"
        for model in OURS
        for field in set(getattr(model, "field_classes", {})) - {field.name for field in model._meta.concrete_fields}
    }
    assert stale == set()


def test_sensitive_values_are_sealed_at_rest():
    """If this fails: make the column a SealedTextField, with a blind index beside it if people search by it."""
    open_ = {
        f"{model._meta.label}.{field.name}"
        for model in OURS
        for field in model._meta.concrete_fields
        if class_of(model, field.name) >= FieldClass.S4 and not isinstance(field, SealedTextField)
    }
    assert {found for found in open_ if found.rpartition(".")[2] not in POINTERS} == set()


def test_a_row_that_the_ledger_tells_of_knows_its_chain():
    """If this fails: a model with `ledger_kind` needs `ledger_chain()`, or its service names the chain."""
    named_by_service = {"person", "grant", "message", "bulk", "export"}
    kinds = {model.ledger_kind: model for model in OURS if hasattr(model, "ledger_kind")}
    assert {kind for kind, model in kinds.items() if not hasattr(model, "ledger_chain")} == named_by_service
    assert len(kinds) == len([model for model in OURS if hasattr(model, "ledger_kind")])


def test_a_door_is_made_for_every_model_with_a_scope():
    """If this fails: make `<entity>_for = door(Model)` in the room's access.py."""
    scoped = {model for model in OURS if hasattr(model, "scope")}
    assert {model.__name__ for model in scoped if not _has_door(model)} == set()


def _has_door(model: type[Model]) -> bool:
    from importlib import import_module

    room = import_module(model.__module__.removesuffix(".models") + ".access")
    return callable(getattr(room, f"{model.__name__.lower()}_for", None))


@pytest.mark.django_db
def test_migrations_say_what_the_models_say():
    """If this fails: run `heli makemigrations`, read what it wrote, and give the file a name that tells."""
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0, stdout=io.StringIO())


def test_migrations_are_one_line_per_room():
    """If this fails: two migrations follow the same one. Renumber the later; merges are not for released rooms."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    parents = [
        parent
        for (app, _name), migration in loader.disk_migrations.items()
        for parent in migration.dependencies
        if parent[0] == app
    ]
    assert (loader.detect_conflicts(), len(parents)) == ({}, len(set(parents)))
