"""Build the front-end bundle that `heli/common/static/heli/` holds, or tell whether it is current.

    python tools/bundle.py                  build (needs Node; runs `npm ci` when packages are missing)
    python tools/bundle.py --check          compare hashes only (no Node)
    python tools/bundle.py --rebuild-check  build into a temporary place and compare bytes

Sources are `frontend/`, `package-lock.json` and this file; `bundle.json` beside the output remembers what it was made of.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
PACKAGES = ROOT / "node_modules"
OUTPUT = ROOT / "heli" / "common" / "static" / "heli"
RECORD = "bundle.json"
TARGET = "chrome100"

NEW_COLOURS = re.compile(r"oklch\(|oklab|light-dark\(|color-mix\(")
VARIABLE = re.compile(r"var\(\s*(--tblr-[\w-]+)")


# Hashes -------------------------------------------------------------------------------------------


def sources() -> list[Path]:
    """Every file the bundle is made of, in a fixed order."""
    found = [path for path in FRONTEND.rglob("*") if path.is_file() and not path.name.startswith(".")]
    return sorted([*found, ROOT / "package-lock.json", Path(__file__).resolve()])


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def source_hashes() -> dict[str, str]:
    return {path.relative_to(ROOT).as_posix(): digest(path) for path in sources()}


def output_hashes(folder: Path) -> dict[str, str]:
    return {path.name: digest(path) for path in sorted(folder.iterdir()) if path.name != RECORD}


def stale(folder: Path) -> list[str]:
    """Why the bundle in `folder` is not current, as sentences; nothing when it is."""
    record = folder / RECORD
    if not record.exists():
        return [f"{record.name} is missing."]
    remembered = json.loads(record.read_text(encoding="utf-8"))
    return [
        *differences("source", remembered["sources"], source_hashes()),
        *differences("output", remembered["outputs"], output_hashes(folder)),
    ]


def differences(kind: str, before: dict[str, str], now: dict[str, str]) -> list[str]:
    gone = [f"{kind} {name} is missing." for name in sorted(before.keys() - now.keys())]
    new = [f"{kind} {name} is new." for name in sorted(now.keys() - before.keys())]
    changed = [
        f"{kind} {name} has changed." for name in sorted(before.keys() & now.keys()) if before[name] != now[name]
    ]
    return [*gone, *new, *changed]


# Tabler's stylesheet, thinned ---------------------------------------------------------------------


@dataclass
class Rule:
    """A selector (or at-rule) with either declarations or rules inside."""

    prelude: str
    declarations: list[str] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)

    def css(self) -> str:
        inside = "".join(f"{line};" for line in self.declarations) + "".join(rule.css() for rule in self.rules)
        return f"{self.prelude}{{{inside}}}\n"


def parse(text: str) -> list[Rule]:
    """Read plain CSS; strings with braces do not occur outside of url() in what we read."""
    top = Rule("")
    open_rules = [top]
    for piece, mark in pieces(re.sub(r"/\*.*?\*/", "", text, flags=re.S)):
        if mark == "{":
            rule = Rule(" ".join(piece.split()))
            open_rules[-1].rules.append(rule)
            open_rules.append(rule)
        elif piece.strip():
            open_rules[-1].declarations.append(piece.strip())
        if mark == "}":
            open_rules.pop()
    return top.rules


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """Cut `text` at braces and semicolons that stand outside of quotes and brackets."""
    start, quote, depth = 0, "", 0
    for at, char in enumerate(text):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char in "{};" and depth == 0:
            yield text[start:at], char
            start = at + 1


def kept(rules: Iterable[Rule], allowed: list[str]) -> list[Rule]:
    """The rules whose classes are all allowed, without colours that old browsers lack."""
    found = []
    for rule in rules:
        if rule.prelude.startswith(("@keyframes", "@font-face", "@charset")):
            continue
        if rule.prelude.startswith("@"):
            copy = Rule(rule.prelude, rules=kept(rule.rules, allowed))
        else:
            selectors = [one for one in split_selectors(rule.prelude) if selector_allowed(one, allowed)]
            lines = [line for line in rule.declarations if not NEW_COLOURS.search(line)]
            copy = Rule(",".join(selectors), declarations=lines if selectors else [])
        if copy.declarations or copy.rules:
            found.append(copy)
    return found


def split_selectors(prelude: str) -> list[str]:
    return [one.strip() for one in re.split(r",(?![^()]*\))", prelude)]


def selector_allowed(selector: str, allowed: list[str]) -> bool:
    named = re.findall(r"\.(-?[A-Za-z_][\w-]*)", re.sub(r":not\([^()]*\)", "", selector))
    return all(any(fnmatchcase(name, pattern) for pattern in allowed) for name in named)


def without_idle_variables(rules: list[Rule], ours: str) -> list[Rule]:
    """Drop `--tblr-*` lines that nobody reads, neither the kept rules nor our own styles."""
    while True:
        read = set(VARIABLE.findall(ours + "".join(rule.css() for rule in rules)))
        before = sum(len(rule.css()) for rule in rules)
        rules = [rule for rule in (trimmed(rule, read) for rule in rules) if rule.declarations or rule.rules]
        if sum(len(rule.css()) for rule in rules) == before:
            return rules


def trimmed(rule: Rule, read: set[str]) -> Rule:
    lines = [line for line in rule.declarations if not line.startswith("--tblr-") or line.split(":")[0].strip() in read]
    inside = [one for one in (trimmed(one, read) for one in rule.rules) if one.declarations or one.rules]
    return Rule(rule.prelude, lines, inside)


def thin_tabler() -> str:
    allowed = listed(FRONTEND / "tabler.txt")
    full = (PACKAGES / "@tabler/core/dist/css/tabler.css").read_text(encoding="utf-8")
    ours = "".join(path.read_text(encoding="utf-8") for path in sorted(FRONTEND.rglob("*.css")))
    rules = without_idle_variables(kept(parse(full), allowed), ours)
    return "/*! Tabler, MIT, https://tabler.io */\n" + "".join(rule.css() for rule in rules)


def listed(path: Path) -> list[str]:
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


# Icons --------------------------------------------------------------------------------------------


def sprite() -> str:
    symbols = "".join(symbol(name) for name in sorted(set(listed(FRONTEND / "icons.txt"))))
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>\n'


def symbol(name: str) -> str:
    outline = PACKAGES / "@tabler/icons/icons/outline" / f"{name}.svg"
    filled = PACKAGES / "@tabler/icons/icons/filled" / f"{name.removesuffix('-filled')}.svg"
    is_filled = name.endswith("-filled")
    text = (filled if is_filled else outline).read_text(encoding="utf-8")
    inside = re.search(r"<svg.*?>(.*)</svg>", re.sub(r"<!--.*?-->", "", text, flags=re.S), re.S)
    assert inside, name
    shapes = re.sub(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>', "", inside[1])
    shapes = re.sub(r"\s*/>", "/>", re.sub(r">\s+<", "><", " ".join(shapes.split())))
    paint = ' fill="currentColor" stroke="none"' if is_filled else ""
    return f'<symbol id="i-{name}" viewBox="0 0 24 24"{paint}>{shapes.strip()}</symbol>'


# Build --------------------------------------------------------------------------------------------


def run(*command: str) -> None:
    subprocess.run(command, cwd=ROOT, check=True)


def fetch_packages() -> None:
    """Run `npm ci` unless the installed packages are those of the lock file."""
    mark = PACKAGES / ".heli-lock"
    wanted = digest(ROOT / "package-lock.json")
    if mark.exists() and mark.read_text() == wanted:
        return
    run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    mark.write_text(wanted)


def build(folder: Path) -> None:
    """Write the whole bundle into `folder`, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as scratch:
        entry = Path(scratch) / "heli.css"
        (Path(scratch) / "tabler.css").write_text(thin_tabler(), encoding="utf-8")
        entry.write_text(
            f'@import "./tabler.css";\n@import "{(FRONTEND / "heli.css").as_posix()}";\n', encoding="utf-8"
        )
        esbuild(entry, folder / "heli.css", "--external:*.svg")
    esbuild(FRONTEND / "heli.js", folder / "heli.js", "--format=iife")
    for name in ("map.js", "map.css"):  # pages with a map to draw on load these besides
        esbuild(FRONTEND / name, folder / name, "--format=iife")
    (folder / "icons.svg").write_text(sprite(), encoding="utf-8")
    for name in ("logo.svg", "favicon.svg"):
        shutil.copyfile(FRONTEND / name, folder / name)
    record = {"sources": source_hashes(), "outputs": output_hashes(folder)}
    (folder / RECORD).write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def esbuild(entry: Path, out: Path, *more: str) -> None:
    tool = str(PACKAGES / ".bin" / "esbuild")
    common = ("--bundle", "--minify", "--charset=utf8", "--legal-comments=inline", "--log-level=warning")
    run(tool, str(entry), f"--outfile={out}", f"--target={TARGET}", *common, *more)


def check() -> int:
    reasons = stale(OUTPUT)
    if not reasons:
        print("The bundle is current.")
        return 0
    print("The bundle is not current: run `make bundle` and commit what it writes.", file=sys.stderr)
    for reason in reasons:
        print(f"  {reason}", file=sys.stderr)
    return 1


def rebuild_check() -> int:
    fetch_packages()
    with tempfile.TemporaryDirectory() as scratch:
        fresh = Path(scratch) / "heli"
        build(fresh)
        reasons = differences("output", output_hashes(OUTPUT), output_hashes(fresh))
    for reason in reasons:
        print(f"A fresh build differs: {reason}", file=sys.stderr)
    return 1 if reasons else check()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Build the front-end bundle, or check that it is current.")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--check", action="store_true", help="compare hashes, without Node")
    choice.add_argument("--rebuild-check", action="store_true", help="build into a temporary place and compare bytes")
    chosen = parser.parse_args(arguments)
    if chosen.check:
        return check()
    if chosen.rebuild_check:
        return rebuild_check()
    fetch_packages()
    build(OUTPUT)
    sizes = {path.name: path.stat().st_size for path in sorted(OUTPUT.iterdir())}
    print(", ".join(f"{name} {size:,} B" for name, size in sizes.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
