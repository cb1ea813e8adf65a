"""Papers go along with a backup, still sealed, and open again where they are brought back."""

from heli.access.models import Person
from heli.demo import scans
from heli.households import filing
from heli.households.models import Household
from heli.papers import selectors, services
from heli.papers.models import Paper
from heli.upkeep import files

from . import machines
from .machines import heli


def add_one(at):
    household, actor = Household.objects.order_by("pk")[0], Person.objects.get(username="linmei")
    file = services.Handed("评估报告.pdf", scans.pdf([["CANARY in the report"]]))
    return services.paper_add(filing.subject(household), file, kind="valuation", actor=actor, at=at)


def test_a_paper_survives_the_machine(machine, set_up, tmp_path, at):
    paper = add_one(at)
    wanted = selectors.content(paper)
    assert heli("backup", tmp_path / "b")[0] == 0
    kept = {path: (tmp_path / "b" / path).read_bytes() for path in files.under(tmp_path / "b")}
    assert {f"media/{paper.file}", f"media/{paper.preview}"} <= set(kept)
    assert [path for path, content in kept.items() if b"CANARY" in content] == []
    with machines.at_work(set_up):
        assert heli("restore", tmp_path / "b")[0] == 0
        assert selectors.content(Paper.objects.get(pk=paper.pk)) == wanted
        assert heli("verify")[0] == 0
