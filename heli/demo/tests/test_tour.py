"""The tour opens at its moments again and again, keeps its two people apart, and leaves no frame open elsewhere."""

import re

import pytest
from django.test import Client

from heli.access.models import Person
from heli.common import days
from heli.demo.tour.doors import DOORS, GAINS, door
from heli.fieldwork.models import Need
from heli.helpers.models import Loan
from heli.intake.models import Batch

PHONE, DESK = "/tour/on/phone", "/tour/on/desk"
pytestmark = pytest.mark.django_db


def frames(answer):
    return re.findall(r'<iframe[^>]* src="([^"]+)"', answer.content.decode())


def open_door(client, slug):
    return client.post(f"/tour/{slug}/", follow=True)


@pytest.mark.parametrize("one", DOORS, ids=lambda one: one.slug)
def test_each_door_opens_with_one_press_on_pages_that_are_there(demonstration, client, one):
    answer = open_door(client, one.slug)
    assert str(one.words) in answer.content.decode()
    assert len(frames(answer)) == len(one.screens)
    for address in frames(answer):
        assert client.get(address).status_code == 200, address


def used_up(slug):
    """What a visitor may have done there."""
    if slug == "registry":
        Loan.objects.update(state="active")
    if slug == "import":
        Batch.objects.update(state="done")
    if slug == "match":
        Need.objects.update(state="asked")


@pytest.mark.parametrize("slug", ["registry", "import", "match"])
def test_a_moment_that_was_used_up_comes_again(demonstration, client, slug):
    first = frames(open_door(client, slug))
    used_up(slug)
    again = frames(open_door(client, slug))
    assert [client.get(address).status_code for address in again] == [200] * len(again)
    if slug == "registry":
        assert Loan.objects.filter(state="agreed").count() == 1
    else:
        assert again != first


def test_a_step_that_is_only_looked_at_signs_nobody_in_and_writes_nothing(demonstration, client):
    before = Need.objects.count(), Batch.objects.count()
    answer = client.get("/tour/match/")
    assert (frames(answer), "进去看" in answer.content.decode()) == ([], True)
    assert not [name for name in client.cookies if name.startswith("heli-")]
    assert (Need.objects.count(), Batch.objects.count()) == before


def test_two_people_sit_at_two_screens_and_the_visitor_stays_who_they_are(demonstration, cast, client):
    client.force_login(cast["guqing"])
    open_door(client, "match")
    assert "林梅" in client.get(f"{DESK}/desk/").content.decode()
    assert "江映雪，您好" in client.get(f"{PHONE}/field/").content.decode()
    assert Person.objects.get(pk=client.session["_auth_user_id"]).username == "guqing"
    assert {client.cookies[f"heli-{screen}-session"]["path"] for screen in ("desk", "phone")} == {
        "/tour/on/desk/", "/tour/on/phone/"}  # fmt: skip


def test_what_is_pressed_on_a_screen_stays_on_it(demonstration, cast):
    client = Client(enforce_csrf_checks=True)
    front = client.get("/tour/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', front).group(1)
    open_ = client.post("/tour/match/", {"csrfmiddlewaretoken": token})
    assert open_.status_code == 302
    page = client.get(f"{PHONE}/field/").content.decode()
    own_links = re.findall(r'(?:href|action)="(/[^"]*)"', page)
    assert {link.startswith((f"{PHONE}/", "/static/", "/tour/")) for link in own_links} == {True}
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
    out = client.post(f"{PHONE}/logout/", {"csrfmiddlewaretoken": token})
    assert (out.status_code, out["Location"].startswith(f"{PHONE}/")) == (302, True)
    assert client.get(f"{PHONE}/field/")["Location"].startswith(f"{PHONE}/")
    assert client.get(f"{DESK}/desk/").status_code == 200


def test_only_a_screens_pages_may_stand_in_a_frame_and_only_in_ours(demonstration, cast, client):
    open_door(client, "match")
    screen, step, own = client.get(f"{DESK}/desk/"), client.get("/tour/match/"), client.get("/demo/")
    policies = [answer["Content-Security-Policy"] for answer in (screen, step, own)]
    assert ["frame-ancestors 'self'" in policy for policy in policies] == [True, False, False]
    assert ["frame-src 'self'" in policy for policy in policies] == [False, True, False]
    assert [answer["X-Frame-Options"] for answer in (screen, step, own)] == ["SAMEORIGIN", "DENY", "DENY"]


def test_the_screens_are_no_way_into_a_real_installation(village, cast, client, settings):
    settings.SECURE_SSL_REDIRECT = False
    client.force_login(cast["linmei"])
    days.forget_demo_day()
    answer = client.get(f"{DESK}/desk/")
    assert (answer.status_code, answer["X-Frame-Options"]) == (404, "DENY")


def test_what_heli_does_is_said_for_four_people_with_a_door_for_each(demonstration, client):
    said = client.get("/tour/end/").content.decode()
    assert len(GAINS) == 4
    assert all(str(gain.says) in said and door(gain.door) for gain in GAINS)
