"""What keeps the register of people who help alive: a line's word, a team, licences, joint use, a shared view."""

from datetime import date, timedelta

from heli.access.models import Person
from heli.helpers import keeping, lending, lines, services
from heli.helpers.models import Helper
from heli.households.register import HOUSEHOLDS
from heli.lists import services as lists

from .cast import OTHER_TOWN, TOWN, VILLAGE
from .days import TODAY, on

SPRING = date(2023, 4, 12)


def fill(people: dict[str, Person], helpers: dict[str, Helper]) -> None:
    """After everybody is admitted: each matter on its own day."""
    linmei, hanshu, mediator = people["linmei"], people["hanshu"], helpers["江映雪"]
    at = on(SPRING, 9)
    lines.line_desk_give(hanshu, line="justice", actor=people["qinchuan"], at=at)
    for name in ("江映雪", "叶知秋"):
        lines.line_vet(helpers[name], agreed=True, reason="证照齐全，去年调解办得好", actor=hanshu, at=at)
    keeping.credential_add(mediator, name="人民调解员证", number="TJ-2021-0417", issuer="市司法局", valid_until=date(2024, 6, 30),
                           actor=linmei, at=on(SPRING, 10))  # fmt: skip
    keeping.credential_add(helpers["叶知秋"], name="律师执业证", number="LS-2019-0038", issuer="省司法厅",
                           valid_until=TODAY + timedelta(days=36), actor=linmei, at=on(SPRING, 11))  # fmt: skip
    team = [row for row in helpers.values() if row.state == "active" and row.region_code.startswith(TOWN)][:6]
    services.team_add(name="吉捕岙调解队", region_code=TOWN, leader=mediator,
                      members=[mediator, *(row for row in team if row.pk != mediator.pk)], line="justice",
                      block_code="108-01", actor=linmei, at=on(SPRING, 14))  # fmt: skip
    _lent(people, mediator)
    lists.view_save(
        owner=linmei, register=HOUSEHOLDS, name="吉捕岙在等的", query=f"region={VILLAGE}&need=open", shared=True
    )


def _lent(people: dict[str, Person], mediator: Helper) -> None:
    """城东 has nobody for partitions in November: the city asked, the town agreed, the helper has not said yet."""
    day = TODAY - timedelta(days=2)
    loan = lending.loan_ask(mediator, to_code=OTHER_TOWN, purpose="十一月两户析产，请去说和", until=date(2023, 12, 15),
                            actor=people["qinchuan"], at=on(day, 10))  # fmt: skip
    lending.loan_home(loan, agreed=True, actor=people["linmei"], at=on(day, 15))
