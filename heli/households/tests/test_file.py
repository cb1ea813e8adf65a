"""The household file asks the database the same, whatever the household has."""

import pytest

from heli.households.models import House, Household, Link, Member, Share

pytestmark = pytest.mark.django_db


def test_the_file_asks_as_often_for_many_as_for_one(village, cast, client, settings, django_assert_max_num_queries):
    settings.SECURE_SSL_REDIRECT = False
    client.force_login(cast["linmei"])
    household = village.need.household
    page = f"/desk/households/{household.pk}/"
    client.get(page)
    for n in range(6):
        member = Member.objects.create(household=household, name=f"丙{n}", role="member")
        Share.objects.create(household=household, member=member, numerator=1, denominator=6, source="title")
        House.objects.create(household=household, number=f"{n + 7}", structure="frame")
    with django_assert_max_num_queries(14):
        said = client.get(page).content.decode()
    assert said.count("1/6") == 6


def test_hosts_and_guests_are_told_on_both_files(village, cast, client, settings):
    settings.SECURE_SSL_REDIRECT = False
    client.force_login(cast["linmei"])
    guest, host = Household.objects.order_by("pk")[:2]
    Link.objects.create(household=guest, host=host)
    assert f"挂靠在 {host.code}" in client.get(f"/desk/households/{guest.pk}/").content.decode()
    assert f"{guest.code} 挂靠在这一户" in client.get(f"/desk/households/{host.pk}/").content.decode()
