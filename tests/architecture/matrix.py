"""Who may pass which route: the small village, everybody who could knock, and what each is told.

A cell is `yes` (the page, a redirect, or a rule of the matter that says no: 422, 409), `403`, `404`, or `sign-in`.
"""

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import reverse

from heli.access import rules
from heli.access.roles import Role
from heli.common import days, setting_up
from heli.common.models import Installation
from heli.demo import cast, scans, small, writing
from heli.dispatch import proposing
from heli.dispatch import services as dispatch
from heli.helpers import keeping, lending, lines
from heli.helpers import services as helper_services
from heli.households import filing
from heli.households.register import HOUSEHOLDS
from heli.intake import services as intake
from heli.lists import asked as asking
from heli.lists import services as lists
from heli.messages.models import Message
from heli.papers import services as papers
from heli.parcels import bulk as land
from heli.parcels import selectors

TABLE = Path(__file__).with_name("permission_matrix.csv")
ROSTER = Path(__file__).resolve().parents[2] / "heli" / "intake" / "tests" / "data" / "households-jibuao.xlsx"
# Beside the cast: a cadre of the same town's other village, a line department, and desks that have no pages here.
OTHERS = (
    cast.Part("cadre_next_village", "另一村的干部", Role.VILLAGE_CADRE, small.OTHER_VILLAGE),
    cast.Part("line_officer", "归口单位", Role.LINE_OFFICER, cast.COUNTY),
    cast.Part("department_officer", "部门经办", Role.DEPARTMENT_OFFICER, cast.COUNTY),
    cast.Part("system_admin", "系统管理员", Role.SYSTEM_ADMIN, ""),
    cast.Part("security_admin", "安全管理员", Role.SECURITY_ADMIN, ""),
    cast.Part("audit_admin", "审计管理员", Role.AUDIT_ADMIN, ""),
)
WHO = (
    "linmei", "wentao", "cadre_next_village", "zhouyuan", "jiangyingxue", "yelvshi", "taoying", "qinchuan", "guqing",
    "line_officer", "department_officer", "system_admin", "security_admin", "audit_admin", "anran", "anonymous",
)  # fmt: skip
# What the number in a path stands for, by how the path begins.
ROWS = {
    "/desk/lists/views/": "view",
    "/desk/lists/exports/": "export",
    "/desk/lists/acts/": "bulk",
    "/desk/households/": "household",
    "/desk/papers/": "paper",
    "/desk/helpers/": "helper",
    "/desk/loans/": "loan",
    "/desk/lots/": "parcel",
    "/desk/teams/": "team",
    "/desk/imports/": "batch",
    "/desk/needs/": "need",
    "/desk/dispatches/": "dispatch",
    "/field/": "dispatch",
    "/demo/invitations/": "dispatch",
    "/messages/": "message",
}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ABSENT = 777_777
LOT = (
    '{"type":"Polygon","coordinates":[[[121.0,28.0],[121.0001,28.0],[121.0001,28.0001],[121.0,28.0001],[121.0,28.0]]]}'
)


@dataclass
class World:
    """The village while 江映雪 is invited: people, and the rows that routes are asked about."""

    people: dict[str, Any]
    rows: dict[str, int]
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, who: str) -> Client:
        """Signed in once; a session is as good for a hundred requests."""
        if who not in self.clients:
            self.clients[who] = Client()
            if who != "anonymous":
                self.clients[who].force_login(self.people[who], backend="django.contrib.auth.backends.ModelBackend")
        return self.clients[who]

    def url(self, route: rules.Route, **other: Any) -> str:
        kind = next((kind for begins, kind in ROWS.items() if route.path.startswith(begins)), "")
        known = {
            "pk": self.rows.get(kind),
            "code": small.OTHER_VILLAGE if route.path.startswith("/desk/regions/") else "108-01",
            "member_pk": self.rows["member"],
            "house_pk": self.rows["house"],
            "credential_pk": self.rows["credential"],
            "number": 1,
            "username": "linmei",
            "name": "a.xlsx",
            "said": "2022-12-31",
            "slug": "match",
        }
        return reverse(route.name, kwargs={name: (known | other)[name] for name in route.converters})


@contextmanager
def village() -> Iterator[World]:
    """Built once and taken away whole."""
    with transaction.atomic():
        setting_up.fill("test")
        Installation.objects.update(demo_day=small_day())
        days.forget_demo_day()
        yield _build(days.at_hour(small_day(), 10, 42))
        transaction.set_rollback(True)


def small_day() -> Any:
    from conftest import DAY

    return DAY


def _build(at: Any) -> World:
    people = cast.enter((*cast.CAST, *OTHERS), at=at, password=None)
    linmei = people["linmei"]
    built = small.build(people, at=at)
    household, need, helper = built.households["叶茂林"], built.need, built.helpers["江映雪"]
    proposing.region_propose(cast.TOWN, actor=linmei, at=at)
    official = built.helpers["周予安"]
    sent = dispatch.dispatch_approve(need, helper, official=official, actor=linmei, at=at)
    place, digest = intake.file_keep(ROSTER.name, iter([ROSTER.read_bytes()]))
    batch = intake.batch_hand_over(
        file_name=ROSTER.name, place=place, digest=digest, town_code=cast.TOWN, block=built.block, actor=linmei, at=at
    )
    rows = {
        "household": household.pk,
        "member": household.members.get(role="head").pk,
        "house": household.houses.first().pk,
        **_kept(linmei, at),
        **_register(built, people, at),
        "paper": _paper(household, linmei, at),
        "parcel": _lot(built.block, linmei, at),
        "helper": helper.pk,
        "need": need.pk,
        "dispatch": sent.pk,
        "batch": batch.pk,
        "message": Message.objects.get(recipient=people["jiangyingxue"]).pk,
    }
    return World(people, rows)


def _kept(person: Any, at: Any) -> dict[str, int]:
    """What 林梅 keeps of her lists: a view, a file, an act upon many."""
    asked = asking.of_query(HOUSEHOLDS, person, QueryDict(""), HOUSEHOLDS.form(person))
    view = lists.view_save(owner=person, register=HOUSEHOLDS, name="全部", query="", shared=False)
    export = lists.export_start(asked, sheet="csv", at=at)
    bulk = lists.bulk_do(HOUSEHOLDS, HOUSEHOLDS.act("group"), list(asked.rows()), facts={"group_name": "九组"},
                         actor=person, at=at)  # fmt: skip
    return {"view": view.pk, "export": export.pk, "bulk": bulk.pk}


def _paper(household: Any, person: Any, at: Any) -> int:
    file = papers.Handed("房子.png", scans.picture("正屋", 40))
    return papers.paper_add(filing.subject(household), file, kind="photo", actor=person, at=at).pk


def _lot(block: Any, person: Any, at: Any) -> int:
    """One lot of the block's first survey."""
    lot = land.NewParcel(small.VILLAGE, "1", LOT, 9_000)
    writing.parcels([lot], block=block, actor=person, at=at, batch="T")
    return selectors.of_block(block).get().pk


def _register(built: Any, people: dict[str, Any], at: Any) -> dict[str, int]:
    """A team, a licence, and a loan that the helper's town was asked for; 归口单位 sits at the line of mediators."""
    helper, linmei = built.helpers["江映雪"], people["linmei"]
    lines.line_desk_give(people["line_officer"], line="justice", actor=linmei, at=at)
    team = helper_services.team_add(name="调解队", region_code=cast.TOWN, leader=helper, members=[helper],
                                    actor=linmei, at=at)  # fmt: skip
    paper = keeping.credential_add(helper, name="调解员证", number="T-1", issuer="司法局", valid_until=None,
                                   actor=linmei, at=at)  # fmt: skip
    loan = lending.loan_ask(helper, to_code=cast.OTHER_TOWN, purpose="调解", until=small_day() + timedelta(days=30),
                            actor=people["qinchuan"], at=at)  # fmt: skip
    return {"team": team.pk, "credential": paper.pk, "loan": loan.pk}


def accept(world: World) -> None:
    """江映雪 says that nothing ties her to the household, and comes: from now on she is its matched helper."""
    from heli.dispatch.models import Dispatch

    at, actor = days.at_hour(small_day(), 10, 50), world.people["jiangyingxue"]
    sent = Dispatch.objects.get(pk=world.rows["dispatch"])
    dispatch.invitation_accept(dispatch.invitation_clear(sent, actor=actor, at=at), actor=actor, at=at)


@contextmanager
def taken_back() -> Iterator[None]:
    """What happens inside has not happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def table() -> dict[tuple[str, str, str], dict[str, str]]:
    """(route, method, when) → who → what they are told."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {
            (row["route"], row["method"], row["when"]): {who: row[who] for who in WHO} for row in csv.DictReader(file)
        }


def told(world: World, name: str, method: str, when: str) -> dict[str, str]:
    """What each is told who knocks at this route, each in a village where nobody knocked before."""
    route = next(route for route in rules.routes() if route.name == name)
    return {who: _one(world, route, method, when, who) for who in WHO}


def _one(world: World, route: rules.Route, method: str, when: str, who: str) -> str:
    client = world.client(who)  # signed in for good: inside, the session would be taken back too
    with taken_back():
        if when == "accepted":
            accept(world)
        cookies = client.cookies.output()
        answer = client.generic(method, world.url(route))
        if client.cookies.output() != cookies:  # signed out or in, in a village that is taken back
            del world.clients[who]
        for close in getattr(answer, "_resource_closers", ()):  # a file that is sent stays open until it is read
            close()
        return word(answer)


def word(answer: HttpResponse) -> str:
    if answer.status_code == 302 and answer["Location"].startswith("/login/?next="):
        return "sign-in"
    return "yes" if answer.status_code in (200, 302, 409, 422) else str(answer.status_code)


def other_methods(world: World) -> dict[tuple[str, str], int]:
    """Routes that answer to a method they do not name, with their status."""
    wrong = {}
    for route in rules.routes():
        for method in set(METHODS) - set(route.rule.methods):
            client = world.client("linmei")
            with taken_back():
                status = client.generic(method, world.url(route)).status_code
            if status != 405:
                wrong[route.path, method] = status
    return wrong


def foreign_and_absent(world: World, route: rules.Route, method: str, who: str) -> tuple[Any, Any]:
    """Status and body about a row that is not theirs, and about one that is nowhere."""
    answers = []
    for url in (world.url(route), world.url(route, pk=ABSENT, member_pk=ABSENT, house_pk=ABSENT, credential_pk=ABSENT)):
        client = world.client(who)
        with taken_back():
            answer = client.generic(method, url)
        answers.append((answer.status_code, _plain(answer.content.decode(), url)))
    return answers[0], answers[1]


def _plain(body: str, url: str) -> str:
    """The body without what differs between any two requests: their number, their address, their form token."""
    return re.sub(r"E-[0-9a-f]{8}|csrfmiddlewaretoken\" value=\"\w+|[\w+/-]{22,}={0,2}", "…", body.replace(url, "…"))
