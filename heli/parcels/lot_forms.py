"""Forms for splitting a lot and merging lots: where the line runs, what the new lots are called, since when and why."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from heli.common import days, measures
from heli.common.widgets import day_input

from . import pieces
from .bulk import NewParcel
from .forms import MOST_TEXT, corners_of
from .models import Parcel

NUMBER, SERIAL, USE = 40, 20, 20


class CutForm(forms.Form):
    """A line over the lot, drawn or typed; or the survey's file with the parts."""

    line = forms.CharField(
        label=_("分割线的各个点，一行一个"), max_length=MOST_TEXT, required=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "data-corners": ""}),
        help_text=_("先经度后纬度；也可以写角的号，比如 J2。两头都要到边线。"),
    )  # fmt: skip
    file = forms.FileField(
        label=_("或者交测绘院分好的文件"),
        required=False,
        help_text=_("shp 打成 zip、gpkg、geojson、dxf，里面只放分好的这几块。"),
    )
    crs = forms.ChoiceField(label=_("文件的坐标带，文件里没写才选"), required=False)

    def __init__(self, *args: Any, corners: Sequence[tuple[float, float]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.corners = corners
        self.fields["crs"].choices = [("", _("按文件里写的")), *pieces.reader().zones()]  # type: ignore[attr-defined]

    def clean_line(self) -> Any:
        import shapely

        points = corners_of(self.cleaned_data["line"], self.corners)
        if points and len(set(points)) < 2:
            raise forms.ValidationError(_("一条线至少要两个点。"), code="line_short")
        return shapely.LineString(points) if points else None

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if not self.errors and not told.get("file") and told.get("line") is None:
            raise forms.ValidationError(_("还没有分割线，也没有文件。"), code="nothing")
        return told


class AreaField(forms.CharField):
    """Square metres as the survey wrote them → whole square decimetres; nothing where there is no figure yet."""

    def clean(self, value: Any) -> Any:
        given = str(super().clean(value)).removesuffix("㎡").removesuffix("平方米").strip()
        if not given:
            return None
        area = measures.dm2(given)
        if area is None or area <= 0:
            raise forms.ValidationError(_("面积要写成数，比如 131.25。"), code="area")
        return area


def _area() -> AreaField:
    return AreaField(
        label=_("测绘面积（㎡）"), required=False, max_length=20, widget=forms.TextInput({"inputmode": "decimal"})
    )


class PartForm(forms.Form):
    """One new lot. The shape comes along as it was shown; whether the parts are the lot is asked again."""

    shape = forms.CharField(widget=forms.HiddenInput, max_length=MOST_TEXT)
    number = forms.CharField(label=_("宗地号"), max_length=NUMBER)
    serial = forms.CharField(label=_("序号"), max_length=SERIAL, required=False)
    land_use = forms.CharField(label=_("地类"), max_length=USE, required=False)
    legal = _area()

    def clean_shape(self) -> Any:
        import shapely

        from .geometry import shape_of

        try:
            shape = shape_of(self.cleaned_data["shape"])
        except shapely.GEOSException:
            shape = None
        if shape is None or shape.geom_type not in ("Polygon", "MultiPolygon"):
            raise forms.ValidationError(_("图形没有带上，请回上一步再来。"), code="shape")
        return shape


class PartsBase(forms.BaseFormSet[PartForm]):
    def clean(self) -> None:
        numbers = [form.cleaned_data.get("number") for form in self.forms if not form.errors]
        for form in self.forms:
            if not form.errors and numbers.count(form.cleaned_data["number"]) > 1:
                form.add_error("number", forms.ValidationError(_("这个号写了两次。"), code="twice"))


PartsForm = forms.formset_factory(
    PartForm, formset=PartsBase, extra=0, min_num=0, max_num=20, validate_max=True, absolute_max=21
)


def new_parts(forms: Iterable[PartForm], lot: Parcel) -> list[NewParcel]:
    """The parts lie where the lot lies."""
    return [_part(form.cleaned_data, lot.region_code) for form in forms]


def _part(told: dict[str, Any], region_code: str) -> NewParcel:
    from .geometry import area_dm2, text

    return NewParcel(
        region_code, told["number"], text(told["shape"]), area_dm2(told["shape"]), told["legal"],
        serial=told["serial"], land_use=told["land_use"],
    )  # fmt: skip


class WhyForm(forms.Form):
    """Since when and by what."""

    surveyed_on = forms.DateField(label=_("哪天测的"), widget=day_input())
    reason = forms.CharField(label=_("凭什么"), max_length=200, help_text=_("比如：分家协议、测绘报告的编号"))

    def clean_surveyed_on(self) -> Any:
        day = self.cleaned_data["surveyed_on"]
        if day > days.today():
            raise forms.ValidationError(_("这一天还没到。"), code="day")
        return day


class MergeForm(WhyForm):
    number = forms.CharField(label=_("合成后的宗地号"), max_length=NUMBER)
    serial = forms.ChoiceField(label=_("用哪个序号"), required=False)
    land_use = forms.CharField(label=_("地类"), max_length=USE, required=False)
    legal = _area()
    field_order = ("number", "serial", "land_use", "legal", "surveyed_on", "reason")

    def __init__(self, *args: Any, lots: Sequence[Parcel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        serials = list(dict.fromkeys(lot.serial for lot in lots))
        self.fields["serial"].choices = [(one, one or _("没有序号")) for one in serials]  # type: ignore[attr-defined]


def first_parts(lot: Parcel, found: Sequence[pieces.Piece]) -> list[dict[str, Any]]:
    """What the page offers for the parts: what the file says, else the lot's own number with a tail."""
    return [
        {
            "shape": one.shape, "number": one.number or f"{lot.number}-{n}"[:NUMBER], "serial": one.serial or lot.serial,
            "land_use": one.land_use or lot.land_use, "legal": measures.m2(one.legal_dm2) if one.legal_dm2 else "",
        }
        for n, one in enumerate(found, 1)
    ]  # fmt: skip
