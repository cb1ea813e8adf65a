"""The same seed gives the same world: in another home, under other keys, whatever order Python's sets take."""

import json
import os
import subprocess
import sys

import pytest
from django.apps import apps

from heli.demo import sameness
from heli.fieldwork.models import Need

SAYS = "import json; from heli.demo import sameness; print(json.dumps(sameness.said()))"


def _begin(folder, seed, *words):
    home = {"HELI_HOME": str(folder / "var"), "HELI_KEYS": str(folder / "keys"), "DATABASE_URL": ""}
    command = [sys.executable, "-m", "heli", *words]
    return subprocess.Popen(
        command, env=os.environ | home | {"PYTHONHASHSEED": seed}, stdout=subprocess.PIPE, text=True
    )


def test_two_homes_have_the_same_village(tmp_path):
    homes = {tmp_path / "one": "1", tmp_path / "other": "4"}
    built = [_begin(folder, seed, "demo", "--no-serve") for folder, seed in homes.items()]
    assert [(work.communicate(), work.returncode)[1] for work in built] == [0, 0]
    asked = [_begin(folder, seed, "shell", "-v", "0", "-c", SAYS) for folder, seed in homes.items()]
    one, other = (json.loads(work.communicate()[0].splitlines()[-1]) for work in asked)
    assert sameness.different(one, other) == []
    assert len(one) > 400


@pytest.mark.django_db
def test_a_word_or_an_order_that_differs_is_named(village):
    before = sameness.said()
    Need.objects.filter(pk=village.need.pk).update(wishes="早上来", features=[*reversed(village.need.features)])
    assert sameness.different(before, sameness.said()) == ["fieldwork.Need.features", "fieldwork.Need.wishes"]


def test_what_is_left_out_is_there():
    columns = {f"{m._meta.label}.{f.name}" for m in apps.get_models() for f in m._meta.local_concrete_fields}
    assert sameness.LEFT_OUT.keys() | sameness.TRUE_DAY.keys() | sameness.PLAIN.keys() <= columns
