from tests.architecture.sources import files, lines_with

VIEWS = [path for path in files(".py", under="heli") if path.stem in ("views", "field") or path.parent.name == "views"]


def test_views_stay_thin():
    """If this fails: a view holds rows only through `access.<entity>_for` and `selectors`, and writes only by calling
    one verb of `services`. Move the line there."""
    assert lines_with(r"\.(objects|all_rows)\b|\.(save|delete|update|bulk_create|bulk_update)\(", VIEWS) == []


def test_views_are_functions():
    """If this fails: write a function of five to fifteen lines; a class only for the third near-copy, outside views.py."""
    assert lines_with(r"^class (?!\w+\(errors\.)", VIEWS) == []


def test_nobody_outside_access_compares_roles():
    """If this fails: ask `may_ever`, `rows` or a door with an action; the table of actions says which roles."""
    others = [path for path in files(".py", under="heli") if path.parts[-2] != "access"]
    assert (
        lines_with(r"\b(roles_of|grants_of|has_role)\(|(?<![.\w])Role\.[A-Z_]+\s*(==|!=)|(==|!=)\s*Role\.", others)
        == []
    )
