"""The register as Popolo JSON, for other systems: persons, organizations, memberships (of teams), areas.

Never ID numbers. Telephones only when asked for. What Popolo has no word for stands under `heli`.
"""

from collections.abc import Iterable
from typing import Any

from heli.common import codes
from heli.regions import selectors as regions

from .models import Helper, Team
from .words import LANGUAGES, number_said

WITH = ("kinds", "skills", "organisation")


def document(region: str, *, phones: bool = False) -> dict[str, Any]:
    """Social forces of a region who have not retired."""
    found = Helper.objects.filter(codes.under(region), relation="social").exclude(state="retired")
    helpers = list(found.order_by("pk").prefetch_related("kinds", "skills").select_related("organisation"))
    teams = list(Team.objects.filter(codes.under(region)).order_by("pk").prefetch_related("members"))
    names = regions.names({row.region_code for row in helpers})
    return {
        "persons": [_one(row, phones) for row in helpers if not row.is_organisation],
        "organizations": [*(_organisation(row, phones) for row in helpers if row.is_organisation), *map(_team, teams)],
        "memberships": list(_memberships(teams, {row.pk for row in helpers})),
        "areas": [{"id": code, "name": name} for code, name in sorted(names.items())],
    }


def _one(row: Helper, phones: bool) -> dict[str, Any]:
    spoken = dict(LANGUAGES)
    told: dict[str, Any] = {
        "id": number_said(row.pk), "name": row.name, "area_id": row.region_code,
        "identifiers": [{"scheme": "heli", "identifier": number_said(row.pk)}],
        "heli": {
            "kinds": [str(kind.get_kind_display()) for kind in row.kinds.all()],
            "skills": [str(skill.get_skill_display()) for skill in row.skills.all()],
            "languages": [str(spoken[code]) for code in row.languages if code in spoken],
            "capacity": row.capacity, "free_times": row.free_times, "occupation": row.occupation,
            "known_among": row.known_among, "state": row.state, "line": row.line,
        },
    }  # fmt: skip
    if phones and row.phone:
        told["contact_details"] = [{"type": "cell", "value": row.phone}]
    return told


def _organisation(row: Helper, phones: bool) -> dict[str, Any]:
    told = _one(row, phones) | {
        "classification": str(next(iter(row.kinds.all())).get_kind_display()) if row.kinds.all() else ""
    }
    known = getattr(row, "organisation", None)
    if known is not None:
        told["heli"] |= {"grade": known.grade, "staff": known.staff_count, "party_organisation": known.party}
    return told


def _team(team: Team) -> dict[str, Any]:
    ended = {"dissolution_date": team.ended_on.isoformat()} if team.ended_on else {}
    return {"id": f"team-{team.pk}", "name": team.name, "classification": "team", "area_id": team.region_code, **ended}


def _memberships(teams: Iterable[Team], known: set[int]) -> Iterable[dict[str, str]]:
    for team in teams:
        for member in team.members.all():
            if member.pk in known:
                role = "leader" if member.pk == team.leader_id else "member"
                yield {"person_id": number_said(member.pk), "organization_id": f"team-{team.pk}", "role": role}
