"""Names of a room's door that need its models, fetched at first use.

Django imports a room's package before models may exist, so the package cannot import them at once.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def attributes(package: str, names: Mapping[str, str]) -> Callable[[str], Any]:
    """A module's `__getattr__`: name → the module of `package` that has it."""

    def fetch(name: str) -> Any:
        if name not in names:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{names[name]}"), name)

    return fetch
