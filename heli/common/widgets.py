"""Form controls that need more than Django's default."""

from django import forms


def day_input() -> forms.DateInput:
    """The browser's own calendar; it understands a preset day in this form only."""
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")
