from pathlib import Path

from importlinter.cli import lint_imports

from tests.architecture.sources import ROOT, files, lines_with

EVERYTHING = files(tests=True)


def test_no_file_says_from_where_packages_were_fetched():
    """If this fails: take the address out. An office installs from its own index; hashes say what is right."""
    assert (
        lines_with(r"pypi[.]org|pythonhosted[.]org|registry[.]npmjs|npmmirror[.]com|proxy[.]golang", EVERYTHING) == []
    )


def test_no_file_knows_a_path_of_one_machine():
    """If this fails: make the path relative to the repository, or take it from HELI_HOME."""
    assert lines_with(r"""(^|[\s"'(=`])/(work|root|home/\w+|Users|mnt)/""", EVERYTHING) == []


def test_no_file_holds_a_merge_mark_or_a_debugger():
    """If this fails: finish the merge, or take the breakpoint out."""
    wrong = r"^(<{7}|>{7}) |\bbreakpoint[(]\)|\bpdb\.set_trace"
    assert lines_with(wrong, [path for path in EVERYTHING if path != Path(__file__)]) == []


def test_layers_hold():
    """If this fails: a room imports one above it. Let the upper room register what it adds (see heli/common/
    navigation.py, heli/households/panels.py), or move the thing down to where both can see it."""
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, is_debug_mode=False) == 0


def test_a_package_says_what_it_owns():
    """If this fails: write into the room's __init__.py what it owns and what it must not know."""
    rooms = [path for path in (ROOT / "heli").iterdir() if path.is_dir() and (path / "__init__.py").exists()]
    assert [room.name for room in rooms if not (room / "__init__.py").read_text("utf-8").startswith('"""')] == []
