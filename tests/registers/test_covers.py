"""What a page tells of a row at hand is what the door would say."""

import pytest

from heli.access import Action, rows
from heli.access.doors import covers
from heli.access.models import Relation
from heli.dispatch.models import Dispatch
from heli.fieldwork.models import Need
from heli.helpers.models import Helper
from heli.households.models import Household

MODELS = (Household, Need, Helper, Dispatch)


@pytest.mark.django_db
def test_covers_agrees_with_the_rows_of_everybody_for_every_action(village, cast, at):
    official = village.helpers["周予安"].person
    Relation.objects.create(
        person=official,
        subject_kind="household",
        subject_id=village.need.household_id,
        as_what="accompanying_official",
        from_at=at,
    )
    told, found = {}, {}
    for model in MODELS:
        for row in model.objects.all():
            for person in cast.values():
                for action in Action:
                    key = (model.__name__, row.pk, person.username, action)
                    told[key] = covers(person, row, action)
                    found[key] = rows(model, person, action).filter(pk=row.pk).exists()
    assert {key for key in told if told[key] != found[key]} == set()
    assert len({found[key] for key in found}) == 2
