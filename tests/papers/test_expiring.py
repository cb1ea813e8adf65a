"""Papers whose time has come: nothing goes by itself, somebody decides, what is still needed stays, a shell tells of it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from heli.common.errors import Conflict
from heli.demo import scans
from heli.fieldwork.models import Need
from heli.households import filing
from heli.ledger import verifying
from heli.ledger.models import Entry
from heli.papers import expiring, services, store
from heli.papers.models import Paper
from heli.upkeep.checkup import data

WHY = "鉴定小组 10月20日意见"


@pytest.fixture
def paper(village, cast, at, settings, tmp_path):
    """A photo of a household that waits for nothing, handed in long ago: its ten years passed yesterday."""
    settings.MEDIA_ROOT, settings.SECURE_SSL_REDIRECT = tmp_path, False
    return handed(village.households["谷丰年"], cast, at)


def handed(household, cast, at, name="正屋.png"):
    file = services.Handed(name, scans.picture(name, 400))
    day = at.replace(year=at.year - 10) - timedelta(days=1)
    return services.paper_add(filing.subject(household), file, kind="photo", actor=cast["linmei"], at=day)


@pytest.fixture
def desk(cast):
    client = Client()
    client.force_login(cast["linmei"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def act(desk, *papers, **facts):
    return desk.post(reverse("kept:chosen"), {"act": "expire", "pk": [one.pk for one in papers], **facts})


def on_the_disk():
    return [path for path in store.path_of(store.FOLDER).rglob("*") if path.is_file()]


def test_what_is_due_is_listed_and_told_and_nothing_goes_by_itself(paper, desk, at):
    page = desk.get(reverse("kept:list")).content.decode()
    assert ("照片" in page, "正屋" in page) == (True, True)
    assert "1 份材料过了保存期" in desk.get(reverse("home:desk")).content.decode()
    assert [finding.grade.name for finding in data.papers_due(None)] == ["WARN"]
    services.sweep(at)
    assert (Paper.objects.filter(destroyed_at=None).count(), len(on_the_disk()) > 0) == (1, True)


def test_somebody_destroys_it_with_a_reason_and_a_shell_tells_of_it(
    paper, desk, cast, django_capture_on_commit_callbacks
):
    look = act(desk, paper)
    assert ("找不回来" in look.content.decode(), Paper.objects.get().destroyed_at) == (True, None)
    with django_capture_on_commit_callbacks(execute=True):
        done = act(desk, paper, sure="1", seen=1, reason=WHY)
    shell = Paper.objects.get()
    assert (done.status_code, on_the_disk(), shell.file, shell.title, shell.original_name) == (302, [], "", "", "")
    assert (shell.destroyed_by, shell.destroyed_why, shell.sha256) == (cast["linmei"], WHY, paper.sha256)
    assert Entry.objects.filter(verb="paper.expire", subject_id=str(paper.pk)).count() == 1
    assert verifying.verify().bad == ()
    for address in (reverse("papers:paper", args=[paper.pk]), reverse("households:papers", args=[paper.subject_id])):
        assert WHY in desk.get(address).content.decode()
    assert desk.get(reverse("papers:file", args=[paper.pk])).status_code == 403
    assert desk.post(reverse("papers:remove", args=[paper.pk])).status_code == 409


def test_without_a_reason_nothing_goes(paper, desk):
    answer = act(desk, paper, sure="1", seen=1, reason=" ")
    assert (answer.status_code, Paper.objects.get().destroyed_at, len(on_the_disk()) > 0) == (422, None, True)


def test_what_is_still_needed_or_not_yet_due_stays(paper, village, desk, cast, at):
    needed = handed(village.households["叶茂林"], cast, at, "老屋.png")
    early = handed(village.households["谷丰年"], cast, at + timedelta(days=400), "新屋.png")
    assert Need.objects.filter(household=village.households["叶茂林"], state="open").exists()
    page = act(desk, paper, needed, early).content.decode()
    assert ("还有没办完的忙" in page, "还没到保存期" in page, "销毁 1 份材料" in page) == (True, True, True)
    with pytest.raises(Conflict):
        expiring.papers_expire([paper, needed], reason=WHY, actor=cast["linmei"], at=at)
    assert Paper.objects.filter(destroyed_at__isnull=False).count() == 0


def test_the_same_file_may_come_again_after_it_was_destroyed(paper, village, cast, at):
    expiring.papers_expire([paper], reason=WHY, actor=cast["linmei"], at=at)
    again = handed(village.households["谷丰年"], cast, at)
    assert (again.pk != paper.pk, Paper.objects.count()) == (True, 2)
