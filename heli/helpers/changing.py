"""A list of helpers that comes again: what it says otherwise than the register, and putting the register right.

What the file leaves empty says nothing, and nothing is taken away from what somebody can do: kinds, skills and
languages are added to those that stand there.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from heli.common import crypto
from heli.common.changes import Change, Changed, by_field
from heli.common.errors import Conflict
from heli.ledger import digests
from heli.regions.services import names_note

from . import state
from .bulk import WITH_PARTS, Leaf, NewHelper
from .models import Helper, HelperKind, HelperSkill

OWN = ("name", "id_number", "phone", "region_code", "free_times", "occupation", "known_among", "capacity", "languages")
VILLAGE = 12  # a town's code may only be where the file was filled in
A_SLICE = 200


def compare(told: Sequence[tuple[int, NewHelper]]) -> Iterator[Changed]:
    """Those of (helper's key, what the file says) that say anything else than the register."""
    for start in range(0, len(told), A_SLICE):
        part = dict(told[start : start + A_SLICE])
        for row in Helper.objects.filter(pk__in=part).prefetch_related(*WITH_PARTS).order_by("pk"):
            if changes := tuple(_changes(row, part[row.pk])):
                yield Changed(row.pk, row.version, changes)


def _changes(row: Helper, told: NewHelper) -> Iterator[Change]:
    said = {name: getattr(told, name) for name in OWN}
    said["languages"] = _added(row.languages, told.languages)
    if len(told.region_code) < VILLAGE:
        del said["region_code"]
    for name, new in said.items():
        old = getattr(row, name)
        if new not in (None, "", []) and new != old:
            yield Change(name, old, new)
    kinds, skills = [kind.kind for kind in row.kinds.all()], [skill.skill for skill in row.skills.all()]
    for name, old, new in (("kinds", kinds, told.kinds), ("skills", skills, [skill for skill, _level in told.skills])):
        if more := _added(old, new):
            yield Change(name, sorted(old), sorted(more))


def _added(old: Sequence[str], told: Sequence[str]) -> list[str]:
    """All of both, or nothing where the file adds nothing."""
    more = [one for one in told if one not in old]
    return [*old, *more] if more else []


def write(changed: Sequence[Changed]) -> list[Leaf]:
    """Put these right, each if it still has the version that was looked at; returns their leaves for the entry."""
    for one in changed:
        own = _columns(by_field(one, OWN))
        if not Helper.objects.filter(pk=one.pk, version=one.version).update(version=F("version") + 1, **own):
            raise Conflict(
                "helper_moved", _("有人刚刚改过其中一位。"), kept=_("什么都没有写入。"), todo=_("请再看一遍，再写入。")
            )
        _parts_write(one)
    return _leaves([one.pk for one in changed])


def _columns(facts: dict[str, Any]) -> dict[str, Any]:
    if "name" in facts:
        names_note([facts["name"]])
    if "id_number" in facts:
        facts["id_index"] = crypto.blind(facts["id_number"], "id")
    if "phone" in facts:
        facts["phone_index"] = crypto.blind(facts["phone"], "phone")
    return facts


def _parts_write(one: Changed) -> None:
    """What was added is written; taken back, it goes again."""
    for change in one.changes:
        model, column = {"kinds": (HelperKind, "kind"), "skills": (HelperSkill, "skill")}.get(change.field, (None, ""))
        if model is None:
            continue
        rows = model._default_manager.filter(helper_id=one.pk)
        rows.filter(**{f"{column}__in": set(change.old) - set(change.new)}).delete()
        for more in sorted(set(change.new) - set(change.old)):
            model._default_manager.create(helper_id=one.pk, **{column: more})


def _leaves(pks: Sequence[int]) -> list[Leaf]:
    told: list[Leaf] = []
    for start in range(0, len(pks), A_SLICE):
        rows = Helper.objects.filter(pk__in=pks[start : start + A_SLICE]).prefetch_related(*WITH_PARTS)
        found = digests.digests("helper", dict(state.states(rows.order_by("pk"))))
        told += [("helper", pk, digest) for pk, digest in found.items()]
    return told
