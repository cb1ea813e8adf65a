"""Every entry can be read by a person."""

import ast
from collections.abc import Iterator

from heli.ledger.registry import known_verbs
from tests.architecture.sources import called, calls, trees


def test_every_verb_in_the_ledger_has_a_sentence_and_every_sentence_a_verb():
    """If this fails: say in the room's `AppConfig.ready`, by `ledger.sentences`, what the verb means to somebody who
    reads the history; or take the sentence out that nothing writes."""
    assert set(_appended()) == known_verbs()


def _appended() -> Iterator[str]:
    """Each verb that some code appends. `f"need.{verb}"` stands for every verb its function is called with."""
    modules = [tree for _path, tree in trees()]
    for tree in modules:
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            for first in (call.args[0] for call in calls(function) if _is_append(call)):
                if isinstance(first, ast.Constant):
                    yield first.value
                elif isinstance(first, ast.JoinedStr):
                    yield from (first.values[0].value + verb for verb in _verbs_given_to(function, modules))


def _is_append(call: ast.Call) -> bool:
    return called(call) == "append" and getattr(call.func.value, "id", "") == "ledger"


def _verbs_given_to(function: ast.FunctionDef, modules: list[ast.Module]) -> Iterator[str]:
    names = [argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)]
    place = names.index("verb")
    for call in (call for tree in modules for call in calls(tree) if called(call) == function.name):
        by_name = [word.value for word in call.keywords if word.arg == "verb"]
        given = by_name or call.args[place : place + 1]
        yield from (value.value for value in given if isinstance(value, ast.Constant))
