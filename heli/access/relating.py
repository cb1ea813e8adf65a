"""How often relations opened or closed in this process: what was read of them before that is stale."""

_moved = [0]


def moved() -> int:
    return _moved[0]


def move() -> None:
    _moved[0] += 1
