"""Reading the register: lists by right, one helper as somebody may see it, and who is known already."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from heli.access import Action, may_ever, rows
from heli.access.classes import Shown, shown
from heli.access.doors import regions_of
from heli.blocks import selectors as blocks
from heli.common import codes, crypto, wording
from heli.regions import names
from heli.regions import selectors as regions

from .models import Credential, Helper, HelperKind, HelperSkill, Loan, Organisation, Team
from .words import EXPIRES_SOON_DAYS, LANGUAGES, LINE_OF_KIND, STALE_DAYS, number_read


def of_kind(kinds: Iterable[str]) -> Q:
    return Q(pk__in=HelperKind.objects.filter(kind__in=list(kinds)).values("helper_id"))


def of_skill(skill: str) -> Q:
    return Q(pk__in=HelperSkill.objects.filter(skill=skill).values("helper_id"))


def of_line(line: str) -> Q:
    """Those whom a line vets: assigned to it, or of one of its kinds."""
    return Q(line=line) | of_kind(kind for kind, its in LINE_OF_KIND.items() if its == line)


def stale(today: date) -> Q:
    """Records that nobody confirmed for half a year."""
    old = today - timedelta(days=STALE_DAYS)
    return (Q(confirmed_on__isnull=True) | Q(confirmed_on__lt=old)) & ~Q(state="retired")


def expiring(today: date) -> Q:
    """With a licence that ends soon, or has."""
    soon = Credential.objects.filter(valid_until__lte=today + timedelta(days=EXPIRES_SOON_DAYS))
    return Q(pk__in=soon.values("helper_id")) & ~Q(state="retired")


def named(words: str) -> Q:
    """By name in any spelling, or by a whole telephone; no name is made of digits."""
    if words.strip().isdigit():
        return Q(phone_index=crypto.blind(words.strip(), "phone"))
    return Q(name__in=names.like(words))


def towns(person: Any) -> list[tuple[str, str]]:
    """Towns in which the person sees helpers; who sits in a town need not be asked for."""
    ranges = regions_of(person, Action.HELPER_VIEW)
    if all(len(code) >= len("331081108") for code in ranges):
        return sorted(regions.names({codes.town_of(code) for code in ranges}).items())
    seen = rows(Helper, person, Action.HELPER_VIEW).order_by().values_list("region_code", flat=True).distinct()
    return sorted(regions.names({codes.town_of(code) for code in seen}).items())


@dataclass(frozen=True, slots=True)
class Card:
    """A helper as one person may see it."""

    helper: Helper
    kinds: tuple[str, ...]
    skills: tuple[tuple[str, int], ...]
    languages: tuple[str, ...]
    phone: Shown
    id_number: Shown

    @property
    def skill_names(self) -> list[str]:
        return [name for name, _level in self.skills]


def card(helper: Helper, person: Any) -> Card:
    return Card(
        helper=helper,
        kinds=tuple(str(row.get_kind_display()) for row in helper.kinds.all()),
        skills=tuple((str(row.get_skill_display()), row.level) for row in helper.skills.order_by("-level", "skill")),
        languages=tuple(str(label) for code, label in LANGUAGES if code in helper.languages),
        phone=shown(person, helper, "phone", kind="phone"),
        id_number=shown(person, helper, "id_number", kind="id"),
    )


def known(id_indexes: Iterable[str]) -> dict[str, Helper]:
    """Blind index of an ID → helper."""
    return _found("id_index", id_indexes)


def known_organisations(phone_indexes: Iterable[str]) -> dict[tuple[str, str], Helper]:
    """(name, blind index of the telephone) → organisation without an ID."""
    rows_ = _found("phone_index", phone_indexes).values()
    return {(row.name, row.phone_index): row for row in rows_ if not row.id_index}


def known_numbers(numbers: Iterable[str]) -> dict[str, Helper]:
    """Number in the register (ZY-00012) → helper, for files that our own export made."""
    wanted = {said: pk for said in numbers if (pk := number_read(said))}
    found = {row.pk: row for row in _by_pk(sorted(set(wanted.values())))}
    return {said: found[pk] for said, pk in wanted.items() if pk in found}


def _by_pk(pks: list[int]) -> Iterator[Helper]:
    for start in range(0, len(pks), 500):  # SQLite's limit on variables
        yield from Helper.objects.filter(pk__in=pks[start : start + 500])


def telephone_of(person: Any) -> str:
    """Where somebody's helper can be reached, for messages that go out; '' where nothing is known."""
    return str(Helper.objects.filter(person=person).values_list("phone", flat=True).first() or "")


def _found(column: str, values: Iterable[str]) -> dict[str, Helper]:
    wanted = list(values)
    found: dict[str, Helper] = {}
    for start in range(0, len(wanted), 500):  # SQLite's limit on variables
        part = Helper.objects.filter(**{f"{column}__in": wanted[start : start + 500]})
        found |= {getattr(row, column): row for row in part}
    return found


def matchable(relation: str = "social", *, today: date) -> QuerySet[Helper]:
    """Everybody who can be asked: vetted, trained and active, whose term runs and whose licences have not all ended."""
    held = Credential.objects.filter(helper=OuterRef("pk"))
    valid = held.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today))
    running = Q(term_until__isnull=True) | Q(term_until__gte=today)
    found = Helper.objects.filter(running, relation=relation, state="active").filter(Exists(valid) | ~Exists(held))
    return found.order_by("pk")


@dataclass(frozen=True, slots=True)
class ListLine:
    """One row of the register."""

    pk: int
    helper: Helper
    kinds: str
    skills: tuple[str, ...]
    place: str
    phone: Shown
    id_number: Shown
    licence: date | None


def lines(page: Iterable[Helper], person: Any = None) -> list[ListLine]:
    rows_ = list(page)
    places = regions.names({row.region_code for row in rows_})
    return [_list_line(row, person, places) for row in rows_]


def _list_line(row: Helper, person: Any, places: dict[str, str]) -> ListLine:
    ends = [one.valid_until for one in row.credentials.all() if one.valid_until]
    return ListLine(
        pk=row.pk,
        helper=row,
        kinds=wording.listed(str(kind.get_kind_display()) for kind in row.kinds.all()),
        skills=tuple(str(skill.get_skill_display()) for skill in row.skills.all()),
        place=places.get(row.region_code, ""),
        phone=shown(person, row, "phone", kind="phone") if person else Shown(""),
        id_number=shown(person, row, "id_number", kind="id") if person else Shown(""),
        licence=min(ends, default=None),
    )


def counts(person: Any) -> dict[str, int]:
    """How many social forces stand in each state, and in all."""
    found = rows(Helper, person, Action.HELPER_VIEW).filter(relation="social").order_by()
    by_state = dict(found.values_list("state").annotate(n=Count("pk")))
    return {**by_state, "all": sum(by_state.values())}


def to_admit(person: Any, pks: list[str], batch: str) -> QuerySet[Helper]:
    """Those who wait for admission: the chosen ones, or all of a batch."""
    found = rows(Helper, person, Action.HELPER_ADMIT).filter(state="proposed", relation="social")
    chosen = found.filter(pk__in=[pk for pk in pks if pk.isdigit()]) if pks else found.filter(batch=batch or "none")
    return chosen.prefetch_related("kinds", "skills").order_by("pk")


def home_panel(person: Any) -> dict[str, Any] | None:
    """How many people can be asked, and how many wait for admission, for the front page."""
    if not may_ever(person, Action.HELPER_VIEW):
        return None
    return {"counts": counts(person), "may_admit": may_ever(person, Action.HELPER_ADMIT)}


def loans_of(helper: Helper) -> list[Loan]:
    return list(helper.loans.select_related("asked_by").order_by("-pk")[:10])


def loans_around(person: Any) -> tuple[list[Loan], list[Loan]]:
    """Who helps in the person's towns though they belong to another, and loans that wait for the word of these towns."""
    here = reduce(
        or_, (codes.under(code[:9], "to_code") for code in regions_of(person, Action.HELPER_VIEW)), Q(pk__in=())
    )
    ours = rows(Loan, person, Action.HELPER_LEND_AGREE).order_by().values("pk")
    found = Loan.objects.filter(Q(here, ~Q(home_code=F("to_code")), state="active") | Q(pk__in=ours, state="asked"))
    around = list(found.prefetch_related("helper__kinds").order_by("to_code", "pk")[:100])
    return [loan for loan in around if loan.state == "active"], [loan for loan in around if loan.state == "asked"]


def own_loans(person: Any) -> list[Loan]:
    """Loans that wait for the helper's own word."""
    return list(Loan.objects.filter(helper__person=person, state="agreed").select_related("helper").order_by("pk"))


def own_record(person: Any) -> Helper | None:
    return Helper.objects.filter(person_id=person.pk).prefetch_related("kinds", "skills").first()


def teams(person: Any) -> QuerySet[Team]:
    found = rows(Team, person, Action.TEAM_VIEW).select_related("leader").annotate(n=Count("members"))
    return found.order_by("ended_on", "region_code", "pk")


@dataclass(frozen=True, slots=True)
class CredentialLine:
    pk: int
    name: str
    number: Shown
    issuer: str
    valid_until: date | None
    checked_on: date | None
    checked_by: str


def credentials(helper: Helper, person: Any) -> list[CredentialLine]:
    found = helper.credentials.select_related("checked_by").order_by("valid_until", "pk")
    return [
        CredentialLine(row.pk, row.name, shown(person, row, "number"), row.issuer, row.valid_until, row.checked_on,
                       row.checked_by.name if row.checked_by else "")
        for row in found
    ]  # fmt: skip


def credential_of(helper: Helper, pk: int) -> Credential | None:
    return helper.credentials.filter(pk=pk).first()


def organisation(helper: Helper) -> Organisation | None:
    return Organisation.objects.filter(helper=helper).first()


def towns_to_lend(helper: Helper) -> list[tuple[str, str]]:
    """Every town of the helper's county but its own."""
    home = codes.town_of(helper.region_code)
    return [(town.code, town.name) for town in regions.by_level("town", helper.region_code[:6]) if town.code != home]


def places_to_choose(person: Any, action: Action) -> list[tuple[str, str]]:
    """Where somebody may be registered: the villages of the person's regions, and the towns themselves."""
    ranges = regions_of(person, action)
    towns_ = [town for code in ranges if len(code) <= 9 for town in regions.by_level("town", code)]
    villages = [village for code in ranges for village in regions.by_level("village", code)]
    return [(place.code, place.name) for place in (*towns_, *villages)]


def members_to_choose(person: Any) -> list[tuple[int, str]]:
    found = rows(Helper, person, Action.HELPER_EDIT).filter(state="active", relation="social")
    return list(found.order_by("name").values_list("pk", "name"))


def helpers_by_pk(person: Any, pks: Iterable[int]) -> list[Helper]:
    return list(rows(Helper, person, Action.HELPER_EDIT).filter(pk__in=list(pks)).order_by("pk"))


def facts_of(helper: Helper) -> dict[str, Any]:
    """What stands in the record for each field of its form; covered values never reach the page."""
    told = organisation(helper)
    names_ = ("name", "is_organisation", "region_code", "languages", "free_times", "occupation", "known_among",
              "reachable_from_afar", "capacity", "term_until")  # fmt: skip
    return {
        **{name: getattr(helper, name) for name in names_},
        "kinds": [row.kind for row in helper.kinds.all()],
        "skills": [row.skill for row in helper.skills.all()],
        **({name: getattr(told, name) for name in ("grade", "staff_count", "party", "contact")} if told else {}),
    }


def is_stale(helper: Helper, today: date) -> bool:
    return helper.confirmed_on is None or helper.confirmed_on < today - timedelta(days=STALE_DAYS)


def block_choices(person: Any) -> list[tuple[str, str]]:
    return [(block.code, block.name) for block in blocks.blocks(person)]
