"""Rows written in bulk are the rows that the models would have written."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from heli.common import crypto
from heli.common.bulk import bulk_missing, bulk_rows, new_ids
from heli.households.models import Hardship, Household, Member
from heli.regions.models import NameKey

pytestmark = pytest.mark.django_db
HOUSEHOLD = ("id", "code", "region_code", "town_code", "remark")
MEMBER = ("household", "role", "name", "id_number", "phone_tail")


def enter(*codes):
    ids = new_ids(Household, len(codes))
    rows = [(pk, code, "331081108224", "331081108", "靠河") for pk, code in zip(ids, codes, strict=True)]
    bulk_rows(Household, HOUSEHOLD, rows)
    return list(ids)


def column(model, name):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM {model._meta.db_table}")
        return cursor.fetchone()[0]


def test_values_read_back_as_they_were_given_and_the_rest_are_defaults(db):
    (pk,) = enter("吉-1")
    household = Household.objects.get()
    assert (household.pk, household.remark, household.people_count, household.version) == (pk, "靠河", 0, 1)
    assert (household.block_id, household.batch) == (None, "")


def test_a_sealed_column_is_sealed(db):
    (pk,) = enter("吉-1")
    bulk_rows(Member, MEMBER, [(pk, "head", "某某", "33108119700101123X", "")])
    stored = column(Member, "id_number")
    assert stored.startswith("a1$")
    assert crypto.unseal(stored, "households_member.id_number") == "33108119700101123X"
    assert Member.objects.get().id_number == "33108119700101123X"


def test_dates_and_what_text_formats_must_escape(db):
    (pk,) = enter("a\tb\\N\nc")
    bulk_rows(Hardship, ("household", "what", "noted_on"), [(pk, "低保", date(2023, 10, 25))])
    assert Household.objects.get().code == "a\tb\\N\nc"
    assert Hardship.objects.get().noted_on == date(2023, 10, 25)


def test_numbers_given_are_free_before_and_after(db):
    first = enter("吉-1", "吉-2")
    made = Household.objects.create(code="吉-3", region_code="331081108224", town_code="331081108")
    then = enter("吉-4")
    assert len({*first, made.pk, *then}) == 4
    assert [*first, made.pk, *then] == sorted([*first, made.pk, *then])


def test_no_rows_are_no_statement(db, django_assert_num_queries):
    bulk_rows(Household, HOUSEHOLD, [])
    assert Household.objects.count() == 0


def test_the_database_still_says_no(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        enter("吉-1", "吉-1")
    assert Household.objects.count() == 0


def test_many_rows_are_one_statement_of_the_table(db, django_assert_max_num_queries):
    (pk,) = enter("吉-1")
    with django_assert_max_num_queries(1):
        bulk_rows(Member, MEMBER, [(pk, "member", f"某{n}", "", "") for n in range(500)])
    assert Member.objects.count() == 500


def test_what_is_missing_is_added_and_what_stands_there_stays(db):
    bulk_missing(NameKey, ("key", "name"), [("zs", "张三"), ("zs", "张四")])
    bulk_missing(NameKey, ("key", "name"), [("zs", "张三"), ("zs", "赵s"), ("zs", "赵s")])
    bulk_missing(NameKey, ("key", "name"), [])
    assert sorted(NameKey.objects.values_list("key", "name")) == [("zs", "张三"), ("zs", "张四"), ("zs", "赵s")]
