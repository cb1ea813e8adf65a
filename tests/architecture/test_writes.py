"""Changes stand where the ledger is told of them."""

import ast

from tests.architecture.sources import called, calls, name, trees

# Modules that may write rows. Each is a room's services, its bulk form, or says here why it is one of them.
WRITING = {
    "heli/access/models.py": "opening an account",
    "heli/access/services.py": "",
    "heli/blocks/services.py": "",
    "heli/common/setting_up.py": "the installation's own row",
    "heli/demo/cast.py": "the shared hash of the demonstration's password",
    "heli/demo/management/commands/demo.py": "the installation's own row",
    "heli/demo/days.py": "the demonstration's day",
    "heli/demo/tour/screens.py": "the session of a screen, not a row",
    "heli/dispatch/proposing.py": "proposals: one entry a run",
    "heli/dispatch/services.py": "",
    "heli/fieldwork/services.py": "",
    "heli/helpers/bulk.py": "slices of a batch, told by its one entry",
    "heli/helpers/keeping.py": "",
    "heli/helpers/lending.py": "",
    "heli/helpers/lines.py": "",
    "heli/helpers/merging.py": "",
    "heli/helpers/changing.py": "what a batch puts right, told by its one entry",
    "heli/helpers/services.py": "",
    "heli/helpers/state_moves.py": "one move, inside a service",
    "heli/helpers/teams.py": "",
    "heli/households/bulk.py": "slices of a batch, told by its one entry",
    "heli/intake/plain.py": "what a table's batch changed, inside the batch's service",
    "heli/intake/remembering.py": "what an office said of its columns, told by its batch's entry",
    "heli/households/changing.py": "what a batch puts right, told by its one entry",
    "heli/households/many.py": "one change to many households: one entry a chain",
    "heli/households/services.py": "",
    "heli/lists/services.py": "views and files of one's own; what an act did is told by its room",
    "heli/intake/services.py": "",
    "heli/intake/undoing.py": "",
    "heli/intake/writing.py": "",
    "heli/messages/services.py": "messages are rows only",
    "heli/regions/keeping.py": "",
    "heli/parcels/bulk.py": "slices of a batch, told by its one entry",
    "heli/parcels/services.py": "",
    "heli/demo/scans.py": "a picture into memory, not a row",
    "heli/papers/reading/images.py": "a picture into memory, not a row",
    "heli/papers/expiring.py": "",
    "heli/papers/services.py": "",
    "heli/regions/services.py": "the official list that ships with Heli",
}
CREATE = {
    "create",
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "bulk_update",
    "save",
    "delete",
    "create_user",
    "bulk_rows",
}


def _writes(call: ast.Call) -> bool:
    """A change of rows: of a queryset, `update` takes keywords only; of a dictionary, it takes a dictionary."""
    if called(call) == "update":
        return isinstance(call.func, ast.Attribute) and not call.args and bool(call.keywords)
    return (isinstance(call.func, ast.Attribute) and called(call) in CREATE) or called(call) in {
        "bulk_rows",
        "bulk_missing",
    }


def test_rows_are_written_in_services_and_bulk_forms_only():
    """If this fails: move the write into the room's services, where `ledger.append` follows it, or name the module
    above with its reason."""
    found = {name(path) for path, tree in trees() if any(_writes(call) for call in calls(tree))}
    assert {path for path in found if not path.startswith("heli/ledger/")} == set(WRITING)


def test_no_save_or_delete_is_overridden_and_no_signal_does_domain_work():
    """If this fails: write a service verb. What should follow a change reads the ledger."""
    defined = [
        f"{name(path)}: {node.name}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name in ("save", "delete")
    ]
    connected = [name(path) for path, tree in trees() for call in calls(tree) if called(call) == "receiver"]
    assert (defined, connected) == ([], [])
