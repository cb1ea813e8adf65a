"""What can be wrong with a problem before anything is solved.

* ValueError
     x BadProblem        the problem itself cannot be meant like this; `code` is for machines
         x Infeasible    the problem is well written, but what must be served cannot be
"""

from __future__ import annotations


class BadProblem(ValueError):
    """A problem that cannot be read; `message` is Chinese, `message_en` English, both for people."""

    def __init__(self, code: str, message: str, message_en: str) -> None:
        super().__init__(f"{message} ({message_en})")
        self.code = code
        self.message = message
        self.message_en = message_en


class Infeasible(BadProblem):
    """Everything must be assigned and cannot be; `tasks` is a set that no plan can serve together."""

    def __init__(self, tasks: tuple[int, ...]) -> None:
        shown = ", ".join(map(str, tasks[:20])) + ("…" if len(tasks) > 20 else "")
        super().__init__("infeasible", f"这些任务排不下：{shown}。", f"These tasks cannot all be served: {shown}.")
        self.tasks = tasks
