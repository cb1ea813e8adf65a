"""What an office once said about its columns, kept for its next file. By header, never by place."""

from collections.abc import Mapping
from datetime import datetime

from heli.access.models import Person

from .models import Batch, Remembered
from .planning import Ready
from .reading.cells import bare

LONGEST = 60


def of_office(town_code: str, kind: str) -> dict[str, str]:
    """Header → field, as this office corrected it."""
    found = Remembered.objects.filter(town_code=town_code, kind=kind)
    return dict(found.order_by("header").values_list("header", "field"))


def of_file(batch: Batch, ready: Ready) -> dict[str, str]:
    """What of it concerns this file's columns and reads otherwise than it would by itself."""
    known = of_office(batch.town_code, batch.kind)
    read = {bare(column.header): column.field for sheet in ready.plan.sheets for column in sheet.columns}
    return {header: field for header, field in known.items() if header in read and read[header] != field}


def changed(ready: Ready, mapping: Mapping[str, str]) -> dict[str, str]:
    """Letter → field, without what was read like that already: so a page still shows what was guessed."""
    read = {(column.letter, column.field) for sheet in ready.plan.sheets for column in sheet.columns}
    return {
        letter: field for letter, field in mapping.items() if any(one == letter and had != field for one, had in read)
    }


def corrected(ready: Ready, mapping: Mapping[str, str]) -> dict[str, str]:
    """Header → field for what a person now says otherwise than it was read. Two columns of one name say nothing."""
    columns = [column for sheet in ready.plan.sheets for column in sheet.columns]
    names = [bare(column.header) for column in ready.plan.sheets[0].columns]
    return {
        bare(column.header): mapping[column.letter]
        for column in columns
        if mapping.get(column.letter, column.field) != column.field
        and names.count(bare(column.header)) == 1
        and len(bare(column.header)) <= LONGEST
    }


def keep(batch: Batch, said: Mapping[str, str], *, actor: Person, at: datetime) -> None:
    for header, field in said.items():
        Remembered.objects.update_or_create(
            town_code=batch.town_code, kind=batch.kind, header=header, defaults={"field": field, "by": actor, "at": at}
        )


def forget(batch: Batch) -> int:
    """Forget what this batch was read by. Returns how many headers."""
    headers = [header for header in batch.mapping if header]
    found = Remembered.objects.filter(town_code=batch.town_code, kind=batch.kind, header__in=headers)
    return found.delete()[0]
