"""`make attacks`: the files too large for every day, each read in a process of its own; figures are printed.

A row of the table: what came of it, seconds, and MiB more than before. It ends with 1 where a file was read otherwise
than expected, where a refused one cost 100 MiB, or where a read one cost more than the worker may have.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from .corpus import CASES
from .files.making import HEAD, line
from .measuring import measured

REFUSED_MIB, READ_MIB = 100, 512
ROWS = 1_000_000


def sparse(path: Path) -> None:
    """One gigabyte of nothing, which takes no room on the disk."""
    with path.open("wb") as file:
        file.truncate(1024**3)


def sparse_workbook(path: Path) -> None:
    """The same behind the first bytes of a workbook."""
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(1024**3)


def rows(path: Path, count: int) -> None:
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        page = book.add_worksheet("花名册")
        page.write_row(0, 0, HEAD)
        for number in range(1, count + 1):
            page.write_row(number, 0, line(number % 9000 + 1, 户号=str(number), 身份证号码=""))


def heavy() -> Iterator[tuple[str, Path, str, int]]:
    """Name, place, the code it must be refused with, the good rows it must hold."""
    folder = Path(tempfile.mkdtemp(prefix="heli-attacks-"))
    for name, make in (("1-gb-sparse.csv", sparse), ("1-gb-sparse.xlsx", sparse_workbook)):
        make(folder / name)
        yield name, folder / name, "too_large", 0
    for case in CASES.values():
        if case.slow or (case.group == "bombs" and case.refused != "file_too_large"):
            path = folder / case.file_name
            path.write_bytes(case.make())
            yield case.file_name, path, case.refused, case.good
            path.unlink()
    for count in (20_000, 100_000, ROWS):
        path = folder / f"{count}-rows.xlsx"
        rows(path, count)
        yield path.name, path, ("" if count < ROWS else "too_large"), (count if count < ROWS else 0)
        path.unlink()


def main() -> int:
    wrong = 0
    print(f"load average {os.getloadavg()[0]:.1f}")
    for name, path, code, good in heavy():
        found = measured(path)
        most = REFUSED_MIB if code else READ_MIB
        fits = (found["code"], found["good"]) == (code, good) and found["mib"] < most
        wrong += not fits
        print(
            f"{'ok ' if fits else 'NOT'} {name:28} {found['code'] or 'read':10} {found['s']:7.2f} s {found['mib']:8.1f} MiB",
            flush=True,
        )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
