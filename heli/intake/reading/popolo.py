"""Popolo JSON as a table of people and organisations, so that it goes the road of every other file.

What Popolo has no word for (skills, capacity, when free) stands under `heli` in our own exports and is read from there.
"""

import json
from pathlib import Path
from typing import Any

from .errors import Unreadable

HEADERS = (
    "编号",
    "姓名",
    "类别",
    "所在村",
    "电话",
    "专长",
    "会说的话",
    "可接户数",
    "可服务时间",
    "在职情况",
    "影响范围",
)
Rows = tuple[tuple[object, ...], ...]


A_HEAD = 4096  # characters in which the first of its lists is named


def is_popolo(path: Path) -> bool:
    """Whether a text begins like a Popolo document."""
    with path.open(encoding="utf-8", errors="replace") as file:
        head = file.read(A_HEAD)
    return head.lstrip("\ufeff \t\r\n").startswith("{") and ('"persons"' in head or '"organizations"' in head)


def rows(path: Path) -> Rows:
    """The header and a row a person or organisation; a team is no helper and is passed over."""
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Unreadable("damaged") from error
    people, bodies = _list(document, "persons"), _list(document, "organizations")
    areas = {str(area.get("id")): str(area.get("name") or "") for area in _list(document, "areas")}
    helpers = [*people, *(one for one in bodies if one.get("classification") != "team")]
    return (HEADERS, *(_row(one, areas) for one in helpers))


def _list(document: Any, name: str) -> list[dict[str, Any]]:
    found = document.get(name, []) if isinstance(document, dict) else []
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _row(one: dict[str, Any], areas: dict[str, str]) -> tuple[object, ...]:
    own = one.get("heli") if isinstance(one.get("heli"), dict) else {}
    assert isinstance(own, dict)
    numbers = [row.get("identifier") for row in _list(one, "identifiers") if row.get("scheme") == "heli"]
    phones = [
        row.get("value") for row in _list(one, "contact_details") if row.get("type") in ("cell", "phone", "voice")
    ]
    kinds = own.get("kinds") or [one.get("classification") or ""]
    place = areas.get(str(one.get("area_id")), str(one.get("area_id") or ""))
    return tuple(
        map(_text, (*numbers[:1], *([""] if not numbers else []), one.get("name"), kinds, place, *phones[:1],
                    *([""] if not phones else []), own.get("skills"), own.get("languages"), own.get("capacity"),
                    own.get("free_times"), own.get("occupation"), own.get("known_among")))
    )  # fmt: skip


def _text(value: Any) -> str:
    """One cell; a list as words with the mark that tables use."""
    if isinstance(value, list):
        return "、".join(str(one) for one in value)
    return "" if value is None else str(value)
