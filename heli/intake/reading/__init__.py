"""Reading a roster without knowing its office: pure, no database, no clock.

plan = read_plan(path, places=…, today=…)      what would enter, what cannot, and why at which cell
plan_digest(plan)                              proves that what is written is what the preview showed
"""

from .errors import Unreadable
from .plan import Plan, plan_digest, read_plan

__all__ = ["Plan", "Unreadable", "plan_digest", "read_plan"]
