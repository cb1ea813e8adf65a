"""What the page of parts shows: made-up values, so that every part can be looked at in one place."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from heli.common.errors import DomainError

_SCORE = (("skill", _("专长"), 320), ("place", _("就近"), 200), ("trust", _("信得过"), 150), ("continuity", _("接着帮"), 75),
          ("features", _("对特点"), 100))  # fmt: skip


def _parts() -> list[dict[str, Any]]:
    parts, x = [], 0
    for term, label, value in _SCORE:
        parts.append({"term": term, "label": label, "value": value, "x": x})
        x += value
    return parts


PARTS: dict[str, Any] = {
    "sample_parts": _parts(),
    "sample_far": {"done": 38, "total": 56, "width": 678},
    "sample_problem": DomainError(
        "sample", _("没存成，网断了。"), kept=_("您写的还在这一页。"), todo=_("连上网再按一次“保存”。")
    ),
}
