"""Sign-in: a second factor for desks, none needed on the phone, and lock-out by account."""

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import reverse

from heli.access.models import Person
from heli.access.roles import Role
from heli.access.services import grant_give, person_add
from heli.common.models import Installation

pytestmark = pytest.mark.django_db
PASSWORD = "celadon-on-the-desk"


@pytest.fixture
def real(installed, at):
    """A real installation, not a demonstration: with one officer and one helper."""
    Installation.objects.update(made_by="install")
    people = {}
    for username, role in (("officer", Role.TOWN_OFFICER), ("helper", Role.HELPER)):
        people[username] = person_add(username=username, name=username, password=PASSWORD, at=at)
        grant_give(people[username], role=role, region_code="331081108", at=at)
    return people


def sign_in(client, username, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": username, "password": password})


def test_an_officer_is_led_to_a_second_factor_and_gets_no_further_without(client, real):
    sign_in(client, "officer")
    response = client.get(reverse("households:list"))
    assert (response.status_code, response["Location"]) == (302, reverse("mfa_activate_totp"))
    assert client.get(response["Location"]).status_code == 200


def test_with_a_second_factor_the_password_alone_does_not_open(client, real):
    secret = generate_totp_secret()
    TOTP.activate(real["officer"], secret)
    response = sign_in(client, "officer")
    assert response["Location"] == reverse("mfa_authenticate")
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.get(reverse("households:list")).status_code == 200


def test_a_helper_comes_in_by_password(client, real):
    assert sign_in(client, "helper").status_code == 302
    assert client.get(reverse("dispatch:field")).status_code == 200


def test_a_wrong_password_says_what_to_do_and_not_which_was_wrong(client, real):
    page = sign_in(client, "officer", "wrong-one").content.decode()
    nobody = sign_in(client, "nobody", "wrong-one").content.decode()
    assert "账号或口令不对" in page
    assert "账号或口令不对" in nobody


def test_too_many_wrong_passwords_lock_the_account_and_not_the_village_office(real):
    tries = [sign_in(Client(REMOTE_ADDR="10.0.0.9"), "officer", "wrong-one").status_code for _ in range(9)]
    assert tries[-1] == 429
    assert sign_in(Client(REMOTE_ADDR="10.0.0.9"), "helper").status_code == 302


def test_passwords_are_kept_with_argon2(real):
    assert Person.objects.get(username="officer").password.startswith("argon2$")
