"""Icons, days and measures in templates. Pure: what they show depends on their arguments and the language only."""

from datetime import date, datetime
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from heli.common import days, measures, wording

register = template.Library()
WEEKDAYS = "一二三四五六日"
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@register.simple_tag
def icon(name: str, **attributes: str) -> SafeString:
    """`{% icon "home" class="ic-l" %}`: from the sprite, never read aloud."""
    extra = attributes.get("class", "")
    href = f"{static('heli/icons.svg')}#i-{name}"
    return format_html(
        '<svg class="ic{}{}" aria-hidden="true" focusable="false"><use href="{}"/></svg>',
        " " if extra else "",
        extra,
        href,
    )


@register.filter
def day(value: Any) -> str:
    """10月26日（周四）, or 26 October; with the year when it is not the present one."""
    if not value:
        return ""
    when: date = days.local_day(value) if isinstance(value, datetime) else value
    same = when.year == days.today().year
    if (get_language() or "").startswith("en"):
        return f"{when.day} {MONTHS[when.month - 1]}" + ("" if same else f" {when.year}")
    return ("" if same else f"{when.year}年") + f"{when.month}月{when.day}日（周{WEEKDAYS[when.weekday()]}）"


@register.filter
def whole_day(value: date) -> str:
    """2022年12月31日, or 31 December 2022: always with the year, for a day that is looked back on."""
    if (get_language() or "").startswith("en"):
        return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    return f"{value.year}年{value.month}月{value.day}日"


@register.filter
def clock(value: Any) -> str:
    """10:42, in the office's time."""
    return f"{days.local(value):%H:%M}" if value else ""


@register.filter
def dm2(value: Any) -> str:
    """Whole square decimetres as 186.45 ㎡; nothing where nothing is known."""
    return f"{measures.m2(value)} ㎡" if value is not None and value != "" else ""


@register.filter
def listed(words: Any) -> str:
    """家庭调解、法律咨询; in English with commas."""
    return wording.listed(words)


@register.simple_tag
def gap() -> str:
    """`{{ one_sentence }}{% gap %}{{ the_next }}`: a space in English, nothing in Chinese."""
    return wording.after_a_sentence()


@register.filter
def control(field: Any) -> SafeString:
    """A form's field with the class of its kind, marked where it is wrong."""
    kind = type(field.field.widget).__name__
    name = "form-select" if "Select" in kind else "form-control"
    return SafeString(field.as_widget(attrs={"class": f"{name} is-invalid" if field.errors else name}))
