"""A service that goes on after a nested refusal keeps nothing of what was refused."""

import pytest

from heli import ledger
from heli.access.models import Person
from heli.access.services import person_add
from heli.common.errors import DomainError
from heli.ledger import verifying
from heli.ledger.models import Entry, Sealed

pytestmark = pytest.mark.django_db


@ledger.written
def _two(at, refused):
    """Opens one account, tries a second."""
    person_add(username="one", name="甲", password=None, at=at)
    try:
        with ledger.tried():
            person_add(username="two", name="乙", password=None, at=at)
            if refused:
                raise DomainError("no", "不行。")
    except DomainError:
        person_add(username="three", name="丙", password=None, at=at)


@pytest.mark.parametrize(("refused", "names"), [(True, ["one", "three"]), (False, ["one", "two"])])
def test_what_is_refused_leaves_neither_row_nor_entry(installed, at, refused, names):
    before, seals = Entry.objects.count(), Sealed.objects.count()
    _two(at, refused)
    people = Person.objects.exclude(username="operator").order_by("pk")
    assert list(people.values_list("username", flat=True)) == names
    told = Entry.objects.order_by("pk").values_list("subject_id", flat=True)[before:]
    assert list(told) == [str(person.pk) for person in people]
    assert Sealed.objects.count() - seals == 2
    assert verifying.verify().bad == ()


def test_it_is_for_services_only(installed):
    with pytest.raises(RuntimeError, match="outside a service"), ledger.tried():
        pass
