"""Reading one file in a process of its own: `python -m heli.papers.reading.apart`, the file on its input.

The answer is one line of JSON and the parts behind it. The process has no keys, no database, no settings, and limits
on memory, time and files; a crash of a library is a refusal like any other.
"""

import contextlib
import json
import resource
import subprocess
import sys

from .kept import Kept, Refused

MEMORY = 768 * 1024 * 1024
CPU_SECONDS = 15
ENVIRONMENT = {"LANG": "C.UTF-8"}
WAIT_SECONDS = 40  # a busy machine may let it wait


def read(data: bytes) -> Kept:
    """What is kept of the file; Refused with the reason why not."""
    command = [sys.executable, "-I", "-m", __name__]
    try:
        done = subprocess.run(  # noqa: S603 (our own module, nothing of the file in the command)
            command, input=data, capture_output=True, timeout=WAIT_SECONDS, env=ENVIRONMENT, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Refused("heavy") from error
    head, _newline, body = done.stdout.partition(b"\n")
    if done.returncode != 0 or not head:
        raise Refused("heavy")
    return _answer(json.loads(head), body)


def _answer(told: dict[str, str | int], body: bytes) -> Kept:
    if "refused" in told:
        raise Refused(str(told["refused"]))
    size = int(told["content"])
    return Kept(str(told["media"]), body[:size], body[size:], int(told["pages"]))


def here(data: bytes) -> Kept:
    """The same in this process."""
    from .sniffing import sniff

    kind = sniff(data)
    if kind == "pdf":
        from . import pdfs

        return pdfs.kept(data)
    if kind == "zip":
        from . import offices

        return offices.kept(data)
    from . import images

    return images.kept(data, kind)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError):
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes nothing but its answer


def main() -> None:
    _limit()
    try:
        kept = here(sys.stdin.buffer.read())
    except Refused as error:
        _write({"refused": error.code})
    except (MemoryError, RecursionError):
        _write({"refused": "heavy"})
    else:
        head: dict[str, str | int] = {"media": kept.media, "content": len(kept.content), "pages": kept.pages}
        _write(head, kept.content, kept.preview)


def _write(head: dict[str, str | int], *parts: bytes) -> None:
    out = sys.stdout.buffer
    out.write(json.dumps(head).encode() + b"\n")
    for part in parts:
        out.write(part)


if __name__ == "__main__":
    main()
