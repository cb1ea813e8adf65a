"""Which pages there are for whom, before any right is asked."""

import pytest
from django.urls import reverse

from heli.access import rules

# A URL is private unless it stands here: sign-in, the front door that sends on to it, the parts page, health, and
# switches that only set a cookie. The demonstration's own doors exist on a demonstration database only.
PUBLIC = {
    "account_login", "account_logout", "mfa_authenticate", "home:front", "home:healthz", "home:language", "home:parts",
    "home:readyz", "home:theme",
}  # fmt: skip
DEMONSTRATION = {
    "demo:doors": (), "demo:enter": ("linmei",), "demo:as_helper": (1,), "demo:sample": ("a.xlsx",), "demo:tomorrow": (),
    "demo:past_any": (), "demo:past": ("2022-12-31",), "demo:tour": (), "demo:step": ("match",), "demo:tour_end": (),
}  # fmt: skip


def test_every_route_has_a_rule():
    """If this fails: let the view wear @public, @signed_in, @collection, @row or @own of heli.access."""
    assert [route.path for route in rules.routes() if route.rule is None] == []


def test_the_list_of_public_routes_is_exact():
    """If this fails: take the route out of the public, or argue for it in the review and add its name above."""
    assert {route.name for route in rules.routes() if route.rule.kind == "public"} == PUBLIC | set(DEMONSTRATION)


def test_routes_with_a_row_ask_its_door():
    """If this fails: a route that names a row must wear @row or @own, so that its view has to ask the door."""
    assert [r.path for r in rules.routes() if r.converters and r.rule.kind not in ("row", "own", "public")] == []


def test_every_route_has_a_name_of_its_own():
    """If this fails: two routes share a name, and `reverse` finds only one of them."""
    names = [route.name for route in rules.routes()]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("name", DEMONSTRATION)
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_demonstrations_doors_are_shut_elsewhere(cast, client, name, method):
    """If this fails: anybody walks into a real installation. The page must ask who made the database first."""
    answer = getattr(client, method)(reverse(name, args=DEMONSTRATION[name]))
    assert (answer.status_code in (404, 405), "_auth_user_id" in client.session) == (True, False)


@pytest.mark.django_db
def test_a_page_that_does_not_exist_says_no_more_than_one_that_is_private(client):
    """If this fails: somebody nobody knows can tell from the answer which pages there are."""
    assert client.get("/desk/households/").status_code == 302
    assert client.get("/desk/no-such-page/").status_code in (302, 404)
