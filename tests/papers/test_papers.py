"""Papers of a household through the real pages: who sees what, what lies on the disk, what leaves, what comes back."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from heli.access.models import Look
from heli.access.roles import Role
from heli.access.services import grant_give, person_add
from heli.common.classes import PRIVILEGED
from heli.common.errors import DomainError
from heli.demo import scans
from heli.demo.cast import OTHER_TOWN
from heli.households import filing
from heli.ledger import verifying
from heli.ledger.models import Entry
from heli.papers import access, selectors, services, store, words
from heli.papers.models import Paper
from heli.regions import selectors as regions

from . import files


@pytest.fixture
def household(village, settings, tmp_path):
    settings.MEDIA_ROOT, settings.SECURE_SSL_REDIRECT = tmp_path, False
    return village.households["叶茂林"]


@pytest.fixture
def sign_in(cast):
    def sign_in(username):
        client = Client()
        client.force_login(cast[username], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def desk(household, sign_in):
    return sign_in("linmei")


@pytest.fixture
def add(household, cast, at):
    """A paper of the household, handed in by 林梅."""

    def add(kind="photo", name="正屋.png", content=None, **facts):
        file = services.Handed(name, content or scans.picture(name, 400))
        return services.paper_add(filing.subject(household), file, kind=kind, actor=cast["linmei"], at=at, **facts)

    return add


def hand_in(client, household, kind, *handed):
    files_ = [SimpleUploadedFile(name, content) for name, content in handed]
    return client.post(reverse("households:papers_add", args=[household.pk]), {"kind": kind, "files": files_})


def reveal(client, paper, **asked):
    return client.post(reverse("papers:reveal", args=[paper.pk]), asked)


def on_the_disk():
    return [path for path in store.path_of(store.FOLDER).rglob("*") if path.is_file()]


def test_several_files_at_once_each_with_what_became_of_it(desk, household):
    page = hand_in(
        desk, household, "photo", ("东厢.png", scans.picture("a", 300)), ("坏.jpg", b"<html>"), ("空.jpg", b"")
    )
    told = [(one.name, bool(one.paper)) for one in page.context["told"]]
    assert (page.status_code, told) == (200, [("东厢.png", True), ("坏.jpg", False), ("空.jpg", False)])
    assert Paper.objects.get().title == "东厢"
    assert "东厢" in desk.get(reverse("households:file", args=[household.pk])).content.decode()
    assert verifying.verify().bad == ()


def test_nothing_hostile_gets_in(desk, household):
    """Each refused with its own sentence; no row, no file, no server error."""
    cases, wrong = list(files.hostile().items()), {}
    for start in range(0, len(cases), services.MOST_AT_ONCE):
        part = cases[start : start + services.MOST_AT_ONCE]
        page = hand_in(desk, household, "deed", *((name, content) for _case, (name, content, _code) in part))
        for (case, (_name, _content, code)), told in zip(part, page.context["told"], strict=True):
            if (
                told.paper
                or told.problem.code != f"paper_{code}"
                or str(words.WHY[code][0]) not in page.content.decode()
            ):
                wrong[case] = told
    assert wrong == {}
    assert (Paper.objects.count(), on_the_disk()) == (0, [])


def test_a_refusal_has_its_parts():
    assert [code for code in words.WHY if not all((words.refusal(code).kept, words.refusal(code).todo))] == []


def test_the_twenty_first_file_waits_for_another_time(desk, household):
    page = hand_in(desk, household, "photo", *((f"{n}.jpg", b"") for n in range(21)))
    assert page.context["told"][20].problem.code == "paper_too_many"


def test_without_a_file_nothing_happens(desk, household):
    assert hand_in(desk, household, "photo").status_code == 422
    assert hand_in(desk, household, "secret", ("a.png", files.picture())).status_code == 422


def test_the_same_file_twice_is_one_paper(desk, household):
    one = ("正屋.png", scans.picture("x", 300))
    hand_in(desk, household, "photo", one)
    page = hand_in(desk, household, "photo", one)
    assert page.context["told"][0].problem.code == "paper_twice"
    assert Paper.objects.count() == 1


def test_nothing_can_be_read_on_the_disk(add, household):
    paper = add("deed", "房产证.jpg", files.located())
    raw = b"".join(path.read_bytes() for path in on_the_disk())
    assert len(on_the_disk()) == 2
    assert [word for word in (b"CANARY", b"JFIF", b"Exif") if word in raw] == []
    assert not any(path.read_bytes().startswith(b"\xff\xd8\xff") for path in on_the_disk())
    assert {path.stat().st_mode & 0o777 for path in on_the_disk()} == {0o600}
    assert not Path(store.path_of(paper.file)).is_relative_to(Path(__file__).parents[2] / "heli")
    assert selectors.content(paper).startswith(b"\xff\xd8\xff")


def test_a_part_that_was_moved_or_changed_does_not_open(add):
    from heli.common.crypto import CannotOpen

    one, other = add(name="a.png"), add(name="b.png")
    path = store.path_of(one.file)
    path.write_bytes(store.path_of(other.file).read_bytes())
    with pytest.raises(CannotOpen):
        store.read(one.file)
    path.write_bytes(b"a1$no-such-key$" + b"\0" * 40)
    with pytest.raises(CannotOpen):
        store.read(one.file)


def test_the_original_stays_only_where_its_kind_says_so(add, desk):
    photo, deed = add("photo", content=files.located()), add("deed", content=files.located() + b"\0")
    kept = desk.get(reverse("papers:original", args=[deed.pk]))
    given = desk.get(reverse("papers:original", args=[photo.pk]))
    assert (photo.original, b"CANARY" in given.content) == ("", False)
    assert (kept.content, kept["Content-Type"]) == (files.located() + b"\0", "application/octet-stream")


@pytest.mark.parametrize("route", ["picture", "file", "original"])
def test_what_leaves_is_kept_nowhere_and_runs_nowhere(add, desk, route):
    answer = desk.get(reverse(f"papers:{route}", args=[add().pk]))
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["Content-Disposition"].startswith("inline" if route == "picture" else "attachment")


def test_a_document_is_only_ever_handed_out(add, desk):
    paper = add("agreement", "协议.docx", files.office())
    assert desk.get(reverse("papers:paper", args=[paper.pk])).status_code == 200
    answer = desk.get(reverse("papers:file", args=[paper.pk]))
    assert "filename*=UTF-8''%E5%8D%8F%E8%AE%AE.docx" in answer["Content-Disposition"]
    assert desk.get(reverse("papers:picture", args=[paper.pk])).content == b""


def test_an_identity_paper_asks_why_every_time(add, desk):
    paper = add("identity", "证.png")
    shut = [
        desk.get(reverse(f"papers:{part}", args=[paper.pk])).status_code for part in ("picture", "file", "original")
    ]
    page = desk.get(reverse("papers:paper", args=[paper.pk])).content.decode()
    assert (shut, "data:image" in page, "<img" in page) == ([403] * 3, False, False)
    assert reveal(desk, paper).status_code == 422
    assert reveal(desk, paper, reason="curiosity").status_code == 422
    seen = reveal(desk, paper, reason="check_identity")
    taken = reveal(desk, paper, reason="audit", take="file")
    assert "data:image/jpeg;base64," in seen.content.decode()
    assert (seen["Cache-Control"], taken["Cache-Control"]) == ("no-store", "no-store")
    assert taken.content == selectors.content(paper)
    told = Entry.objects.filter(verb="value.reveal", subject_kind="paper", subject_id=str(paper.pk)).order_by("pk")
    assert ["check_identity" in told[0].payload, "audit" in told[1].payload, told.count()] == [True, True, 2]


def test_a_look_is_remembered(add, desk, cast):
    paper = add()
    desk.get(reverse("papers:picture", args=[paper.pk]))
    desk.get(reverse("papers:file", args=[paper.pk]))
    assert Look.objects.filter(person=cast["linmei"], subject_kind="paper", subject_id=paper.pk).count() == 1


def test_a_cadre_hands_in_and_sees_that_it_is_there(add, household, sign_in):
    cadre, paper = sign_in("wentao"), add(name="TITLE-CANARY甲.png")
    page = hand_in(cadre, household, "photo", ("NAME-CANARY乙.png", scans.picture("y", 300)))
    pages = [page, cadre.get(reverse("papers:paper", args=[paper.pk])),
             cadre.get(reverse("households:file", args=[household.pk]))]  # fmt: skip
    said = [re.sub(r"刚传的.*?</section>", "", page.content.decode(), flags=re.S) for page in pages]
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert [("照片" in text, "CANARY" in text) for text in said] == [(True, False)] * 3
    parts = ("picture", "file", "original", "edit")
    assert [cadre.get(reverse(f"papers:{part}", args=[paper.pk])).status_code for part in parts] == [403] * 4
    acts = ("reveal", "remove", "restore")
    assert [cadre.post(reverse(f"papers:{act}", args=[paper.pk])).status_code for act in acts] == [403] * 3


def test_the_auditor_gives_a_reason_for_everything(add, sign_in):
    auditor, paper = sign_in("guqing"), add()
    assert auditor.get(reverse("papers:picture", args=[paper.pk])).status_code == 403
    assert "data:image" in reveal(auditor, paper, reason="audit").content.decode()


def test_an_officer_of_another_town_knows_of_nothing(add, household, cast, at):
    person = person_add(username="other", name="别镇经办", password=None, at=at)
    grant_give(person, role=Role.TOWN_OFFICER, region_code=OTHER_TOWN, at=at)
    client, paper = Client(), add()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("papers:paper", args=[paper.pk])).status_code == 404
    assert hand_in(client, household, "photo", ("a.png", files.picture())).status_code == 404


def test_a_privileged_paper_is_read_by_nobody_until_a_room_says_who(add, desk, cast, monkeypatch):
    paper = add("other", "谈话.png", privileged=True)
    page = desk.get(reverse("papers:paper", args=[paper.pk]))
    assert (page.status_code, paper.cls, "<img" in page.content.decode()) == (200, PRIVILEGED, False)
    assert reveal(desk, paper, reason="audit").status_code == 403
    assert desk.post(reverse("papers:edit", args=[paper.pk]), {"kind": "photo", "title": ""}).status_code == 302
    assert Paper.objects.get().cls == PRIVILEGED
    monkeypatch.setattr(access, "_privileged", [])
    access.privileged(lambda person, row: person == cast["linmei"])
    assert desk.get(reverse("papers:picture", args=[paper.pk])).status_code == 200


def test_kind_and_title_are_changed_and_the_class_goes_along(add, desk, household, cast):
    paper = add("photo")
    desk.post(reverse("papers:edit", args=[paper.pk]), {"kind": "identity", "title": "户主"})
    fresh = Paper.objects.get()
    assert (fresh.kind, fresh.title, int(fresh.cls), fresh.keep_until.year) == ("identity", "户主", 4, 2033)
    assert desk.get(reverse("papers:picture", args=[paper.pk])).status_code == 403
    assert verifying.verify().bad == ()


def test_what_was_taken_away_comes_back_or_goes_for_good(add, desk, household, cast, at):
    paper, gone = add(name="a.png"), add(name="b.png")
    for one in (paper, gone):
        answer = desk.post(reverse("papers:remove", args=[one.pk]), follow=True)
    assert reverse("papers:restore", args=[gone.pk]) in answer.content.decode()
    assert (selectors.of_subject(filing.subject(household), cast["linmei"]), len(answer.context["facts"]["bin"])) == (
        [],
        2,
    )
    assert desk.get(reverse("papers:picture", args=[gone.pk])).status_code == 403
    assert desk.post(reverse("papers:remove", args=[gone.pk])).status_code == 409
    desk.post(reverse("papers:restore", args=[paper.pk]))
    assert services.sweep(at + timedelta(days=29)) == 0
    assert services.sweep(at + timedelta(days=31)) == 1
    assert [one.pk for one in Paper.objects.all()] == [paper.pk]
    assert [path.exists() for path in (store.path_of(gone.file), store.path_of(paper.file))] == [False, True]
    verbs = list(Entry.objects.filter(subject_kind="paper").order_by("pk").values_list("verb", flat=True))
    assert verbs == [f"paper.{verb}" for verb in ("add", "add", "remove", "remove", "restore", "destroy")]
    assert verifying.verify().bad == ()


def test_a_paper_does_not_come_back_beside_itself(add, desk):
    paper = add(name="a.png")
    desk.post(reverse("papers:remove", args=[paper.pk]))
    again = add(name="a.png")
    assert desk.post(reverse("papers:restore", args=[paper.pk])).status_code == 422
    assert desk.post(reverse("papers:restore", args=[again.pk])).status_code == 409


def test_parts_that_nobody_names_go_the_next_day(add, at):
    import os

    paper, lost, young = add(), store.keep(b"left by somebody killed"), store.keep(b"just being written")
    for place in (paper.file, lost):
        os.utime(store.path_of(place), (0, 0))
    services.sweep(at)
    assert [store.path_of(place).exists() for place in (paper.file, lost, young)] == [True, False, True]


def test_what_is_not_written_down_leaves_no_file(add, household, at):
    with pytest.raises(ValueError, match="uploaded_by"):
        services.paper_add(filing.subject(household), services.Handed("a.png", files.picture()), kind="photo",
                           actor=object(), at=at)  # fmt: skip
    assert on_the_disk() == []


def test_a_full_disk_says_so(add, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "file"
    settings.MEDIA_ROOT.write_text("not a folder")
    with pytest.raises(DomainError) as told:
        add()
    assert told.value.code == "paper_no_room"


def test_rights_follow_the_household_to_another_village(add, household, sign_in):
    paper = add()
    services.subject_moved("household", {household.pk: "331081108278"})
    assert sign_in("wentao").get(reverse("papers:paper", args=[paper.pk])).status_code == 404
    assert regions.name_of("331081108278")


def test_a_changed_file_is_named_by_the_check(add):
    paper = add()
    Paper.objects.filter(pk=paper.pk).update(sha256="0" * 64)
    assert [(bad.kind, bad.subject) for bad in verifying.verify().bad] == [("paper", str(paper.pk))]


def test_the_ledger_holds_the_digest_and_no_name(add, household):
    add(name="TITLE-CANARY.png")
    told = Entry.objects.get(verb="paper.add")
    assert Paper.objects.get().sha256 in told.payload
    assert ("CANARY" in told.payload, told.chain.name) == (False, household.ledger_chain())


def test_the_file_costs_no_more_queries_for_more_papers(add, desk, household, django_assert_max_num_queries):
    address = reverse("households:papers", args=[household.pk])
    desk.get(address)
    for n in range(6):
        add(name=f"{n}.png")
    with django_assert_max_num_queries(12):
        desk.get(address)
