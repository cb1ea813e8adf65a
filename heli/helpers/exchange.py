"""That the register left the house as a file is on record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from heli import ledger
from heli.access.models import Person
from heli.access.services import chain


@dataclass(frozen=True, slots=True)
class Register:
    pk: str
    ledger_kind: str = "register"


@ledger.written
def exported_note(*, region: str, counts: Mapping[str, int], actor: Person, at: datetime) -> None:
    ledger.append("register.export", subject=Register(region or "all"), chain=chain(at), actor=actor, at=at,
                  rows=sum(counts.values()), format="popolo")  # fmt: skip
