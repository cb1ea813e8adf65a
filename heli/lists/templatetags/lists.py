"""What one line of a list shows in one column, for pages that show a few lines outside the list."""

from typing import Any

from django import template

from heli.lists.columns import Cell, Column

register = template.Library()


@register.simple_tag
def cell(column: Column, line: Any) -> Cell:
    return column.cell(line)
