"""What the guards look at: Heli's own files, and where something stands in them."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".git", ".venv", ".tools", "node_modules", "var", "var-keys", "build", "dist", "htmlcov"}


def files(*endings: str, under: str = ".", tests: bool = False) -> list[Path]:
    """Our files with these endings, in order; without tests and migrations unless `tests`."""
    left_out = NOT_OURS if tests else NOT_OURS | {"tests", "migrations"}
    return sorted(path for path in _walk(ROOT / under, left_out) if path.suffix in endings or not endings)


def _walk(folder: Path, left_out: set[str]) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir() and path.name not in left_out and (not path.name.startswith(".") or path.name == ".github"):
            yield from _walk(path, left_out)
        elif path.is_file() and not path.name.endswith(".egg-info"):
            yield path


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def lines_with(pattern: str, paths: Iterable[Path]) -> list[str]:
    """`path:line: text` of every line that matches."""
    wanted = re.compile(pattern)
    return [
        f"{name(path)}:{number}: {line.strip()[:120]}"
        for path in paths
        for number, line in enumerate(_text(path).splitlines(), 1)
        if wanted.search(line)
    ]


def _text(path: Path) -> str:
    """A file's text; a binary one (a picture, a workbook, a compiled catalogue) has none."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def trees() -> Iterator[tuple[Path, ast.Module]]:
    """Every module of the rooms, parsed."""
    rooms = (path for path in files(".py", under="heli") if "engines" not in path.parts)
    return ((path, ast.parse(path.read_text(encoding="utf-8"))) for path in rooms)


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    """The last part of what is called: `append` of `ledger.append(…)`."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))
