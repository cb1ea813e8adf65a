"""Joint use: the city sees where people are missing and asks; the helper's town agrees; the helper agrees."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from heli import ledger
from heli.access.models import Person
from heli.common import codes
from heli.common.days import local_day
from heli.common.errors import Conflict, DomainError

from .models import Helper, Loan
from .services import digest_of

LONGEST_DAYS = 366


@ledger.written
def loan_ask(helper: Helper, *, to_code: str, purpose: str, until: date, actor: Person, at: datetime) -> Loan:
    """The city asks whether this town would let somebody help in that one too."""
    home = codes.town_of(helper.region_code)
    if to_code == home:
        raise DomainError("loan_home", _("本来就在这个镇，不用借。"), kept=_("什么都没有变。"))
    if not 0 < (until - local_day(at)).days <= LONGEST_DAYS:
        raise DomainError("loan_until", _("借到哪天要在今天之后、一年以内。"), kept=_("什么都没有变。"))
    if helper.state != "active":
        raise DomainError("loan_state", _("这一位现在不能请，借不了。"), kept=_("什么都没有变。"))
    if Loan.objects.filter(helper=helper, to_code=to_code, state__in=("asked", "agreed", "active")).exists():
        raise Conflict("loan_exists", _("已经在借了，不用再借一次。"))
    loan = Loan.objects.create(helper=helper, home_code=home, to_code=to_code, purpose=purpose, until=until,
                               asked_by=actor, at=at)  # fmt: skip
    ledger.append("loan.ask", subject=loan, actor=actor, at=at, helper=helper.pk, to=to_code, until=until)
    return loan


@ledger.written
def loan_home(loan: Loan, *, agreed: bool, actor: Person, at: datetime) -> Loan:
    """The helper's town says yes or no."""
    _claim(loan, "asked", "agreed" if agreed else "declined")
    ledger.append("loan.home", subject=loan, actor=actor, at=at, agreed=agreed)
    return loan


@ledger.written
def loan_own(loan: Loan, *, agreed: bool, actor: Person, at: datetime) -> Loan:
    """The helper says yes or no; no reason is asked. With yes the other town's needs can find the helper."""
    _claim(loan, "agreed", "active" if agreed else "declined")
    if agreed:
        _serve(loan.helper, [*loan.helper.serves, loan.to_code], actor, at)
    ledger.append("loan.own", subject=loan, actor=actor, at=at, agreed=agreed)
    return loan


@ledger.written
def loan_end(loan: Loan, *, actor: Person, at: datetime) -> Loan:
    """Any side ends it, or its day is over; help under way is finished as agreed."""
    _claim(loan, "active", "ended")
    _serve(loan.helper, [code for code in loan.helper.serves if code != loan.to_code], actor, at)
    ledger.append("loan.end", subject=loan, actor=actor, at=at)
    return loan


def loans_over(at: datetime, actor: Person) -> int:
    """End those whose day is past."""
    over = list(Loan.objects.filter(state="active", until__lt=local_day(at)).select_related("helper")[:200])
    for loan in over:
        loan_end(loan, actor=actor, at=at)
    return len(over)


def _claim(loan: Loan, old: str, new: str) -> None:
    if not Loan.objects.filter(pk=loan.pk, state=old).update(state=new):
        raise Conflict("loan_moved", _("这件借用已经有了答复。"), kept=_("什么都没有变。"), todo=_("请刷新再看。"))
    loan.state = new


def _serve(helper: Helper, serves: list[str], actor: Person, at: datetime) -> None:
    """The match looks at the places that a helper serves: the other town is one of them while the loan lasts."""
    before = digest_of(helper)
    Helper.objects.filter(pk=helper.pk).update(serves=sorted(set(serves)))
    helper.serves = sorted(set(serves))
    ledger.append("helper.serves", subject=helper, actor=actor, at=at, before=before, digest=digest_of(helper))
