"""A request that comes twice is answered once: the shared mechanism behind every idempotency key.

Call inside the service's transaction: the answer commits with the change or not at all.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from heli.common.errors import Conflict, DomainError

from . import models
from .canonical import canonical, sha256
from .writing import written


@written
def once(*, actor: Any, key: str, what: str, body: Mapping[str, Any], at: datetime, do: Callable[[], str]) -> str:
    """The answer of `do()`, or the answer given earlier to the same key and body."""
    if not key:
        return do()
    digest = sha256(canonical(body))
    earlier = models.Answered.objects.filter(actor=actor, key=key).first()
    if earlier:
        return _again(earlier, what, digest)
    answer = do()
    row = models.Answered(actor=actor, key=key, what=what, body_digest=digest, answer=answer, at=at)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict("answered_meanwhile", _("同一个请求刚刚已经办了。"), todo=_("刷新就能看到。")) from error
    return answer


def _again(earlier: models.Answered, what: str, digest: str) -> str:
    if (earlier.what, earlier.body_digest) != (what, digest):
        raise DomainError(
            "key_reused",
            _("这个请求编号已经用来办过别的事。"),
            kept=_("先前那件已经办好，没有变。"),
            todo=_("请刷新后再按一次。"),
        )
    return earlier.answer
