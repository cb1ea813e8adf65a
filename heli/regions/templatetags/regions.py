"""A region's name for its code."""

from django import template

from heli.regions import selectors

register = template.Library()


@register.filter
def region(code: str) -> str:
    return selectors.name_of(code) if code else ""
