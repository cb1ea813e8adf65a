from tests.architecture.sources import files, lines_with, name

ALLOWED = ("heli/common/days.py", "heli/ledger/", "heli/access/signing_in.py")


def test_a_day_comes_from_common_days_only():
    """If this fails: take the day from `heli.common.days` (`today`, `local_day(at)`), the moment from the caller's `at`.
    `at.date()` is the day in Greenwich, which is yesterday in the morning here."""
    wrong = r"\w\.date\(\)|\bdate\.today\b|timezone\.now\b|datetime\.(now|today|utcnow)\b|\btime\.time\(\)"
    ours = [path for path in files(".py", under="heli") if not name(path).startswith(ALLOWED)]
    assert lines_with(wrong, ours) == []


def test_services_and_rules_are_told_when():
    """If this fails: a service takes `at` from its caller, so that tests need no frozen clock and replays are exact."""
    told = [path for path in files(".py", under="heli") if path.name in ("services.py", "table.py", "bulk.py")]
    outside = [path for path in told if not name(path).startswith(("heli/intake/", "heli/access/"))]
    assert lines_with(r"days\.(now|today)\(\)", outside) == []
