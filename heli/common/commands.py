"""The frame of every `heli` command: one JSON document on demand, honest exit codes.

0 done · 1 a check found something · 2 bad input, nothing changed.
"""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from .errors import DomainError

DONE, FOUND, REFUSED = 0, 1, 2


class HeliCommand(BaseCommand):
    """Write `work(**options)`: return the exit code and the document that `--json` prints."""

    requires_system_checks = ()
    output_transaction = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON document on standard output")
        self.arguments(parser)

    def arguments(self, parser: ArgumentParser) -> None:
        """The command's own arguments."""

    def work(self, **options: Any) -> tuple[int, dict[str, Any]]:
        raise AssertionError(f"{type(self).__name__} has no work()")

    def say(self, text: object = "") -> None:
        """A line for people: on standard output, or on standard error while that carries JSON."""
        stream = self.stderr if self._json else self.stdout
        stream.write(str(text), style_func=lambda line: line)

    def handle(self, *_: Any, **options: Any) -> None:
        self._json = options["json"]
        translation.activate(translation.get_language() or "zh-hans")
        try:
            code, document = self.work(**options)
        except DomainError as error:
            code, document = REFUSED, {"error": error.code, "message": str(error)}
            self.stderr.write(str(error))
        if self._json:
            self.stdout.write(json.dumps(document, ensure_ascii=False, indent=1, default=str))
        if code:
            sys.exit(code)
