import re
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from .models import Boundary

MOST_TEXT = 100_000
CORNER = re.compile(r"[Jj]([0-9]{1,4})")


class BoundaryForm(forms.Form):
    """Corners, one a line: longitude, latitude. The map writes the same lines that one can type."""

    corners = forms.CharField(
        label=_("各个角的经纬度，一行一个"), max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "data-corners": ""}),
        help_text=_("先经度后纬度，比如 121.371990, 28.318120；头尾不用重复。"),
        error_messages={"required": _("还没有一个角。请在图上点，或一行一个地写。")},
    )  # fmt: skip

    began = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, now: Boundary | None) -> None:
        self.now, number = now, now.number if now else 0
        super().__init__(data.copy() if data else None, initial={"corners": corners_text(now), "began": number})

    def clean(self) -> dict[str, Any]:
        """Somebody may have saved another version while this one was drawn: told once, then it is theirs to choose."""
        if self.now and self.cleaned_data.get("began") != self.now.number:
            cast(QueryDict, self.data)["began"] = str(self.now.number)
            facts = {"name": self.now.by.name, "number": self.now.number}
            raise forms.ValidationError(
                _("%(name)s刚存了第 %(number)s 版范围。您画的还在这里；再存一次，就是新的一版。"),
                code="moved",
                params=facts,
            )
        return self.cleaned_data

    def clean_corners(self) -> Any:
        from . import rules
        from .geometry import polygon

        corners = corners_of(self.cleaned_data["corners"])
        if len(corners) < 3:
            raise forms.ValidationError(_("至少要三个角，才围得成一块。"), code="too_few")
        shape = polygon(corners)
        for refusal in rules.boundary_refusals(shape)[:1]:
            raise forms.ValidationError(refusal.message, code=refusal.code)
        return shape


def corners_of(text: str, known: Sequence[tuple[float, float]] = ()) -> list[tuple[float, float]]:
    """Points, one a line; `J3` is the third corner of the lot that is being looked at."""
    lines = enumerate(text.splitlines(), 1)
    return [_known(line, known) or _corner(number, line) for number, line in lines if line.strip()]


def _known(line: str, known: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    named = CORNER.fullmatch(line.strip())
    return known[int(named[1]) - 1] if named and 0 < int(named[1]) <= len(known) else None


def _corner(number: int, line: str) -> tuple[float, float]:
    parts = line.replace("，", ",").replace(",", " ").split()
    try:
        x, y = (float(part) for part in parts)
    except ValueError:
        x = y = 0.0
    if not (73 < x < 136 and 3 < y < 54):
        raise forms.ValidationError(
            _("第 %(number)s 行认不出：要写“经度, 纬度”两个数，经度在前。"), code="corner", params={"number": number}
        )
    return x, y


def corners_text(boundary: Boundary | None) -> str:
    from .geometry import outer_corners

    return "\n".join(point(one) for one in outer_corners(boundary.shape)) if boundary else ""


def point(corner: tuple[float, float]) -> str:
    return f"{corner[0]:.7f}, {corner[1]:.7f}"
