"""The hostile corpus: `python -m tests.attacks.corpus FOLDER` writes all its files, always the same.

Processes that hurt (twice at once, killed, cancelled) are no files: see `test_hostile_process`.
"""

import sys
from pathlib import Path

from .files import bombs, business, containers, contents, encodings, helpers, numbers, structure
from .files.making import Case

GROUPS = (bombs, containers, encodings, numbers, structure, contents, business, helpers)
CASES: dict[str, Case] = {case.name: case for group in GROUPS for case in group.CASES}


def write(folder: Path) -> None:
    for case in CASES.values():
        place = folder / case.name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(case.make())


if __name__ == "__main__":
    write(Path(sys.argv[1]))
