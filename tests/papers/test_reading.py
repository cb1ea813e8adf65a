"""What is made of a file. Through the page, and in the process apart, everything goes once more in test_papers."""

import io

import pytest
from PIL import Image

from heli.demo import scans
from heli.papers import names
from heli.papers.reading import apart
from heli.papers.reading.kept import Refused

from . import files

HOSTILE = files.hostile()


@pytest.mark.parametrize("case", [name for name in HOSTILE if name != "too large"])
def test_what_could_do_harm_is_refused(case):
    _name, content, code = HOSTILE[case]
    with pytest.raises(Refused) as refused:
        apart.here(content)
    assert refused.value.code == code


@pytest.mark.parametrize("case", files.GOOD)
def test_what_people_bring_is_kept(case):
    _name, make, media = files.GOOD[case]
    kept = apart.here(make())
    assert (kept.media, bool(kept.content)) == (media, True)


def test_a_photograph_is_upright_and_small_and_tells_nothing_of_where_it_was_taken():
    handed = files.located()
    kept = apart.read(handed).content
    seen = Image.open(io.BytesIO(kept))
    assert b"GPS-CANARY" in handed
    assert b"COMMENT-CANARY" in handed
    assert (dict(seen.getexif()), "comment" in seen.info, b"CANARY" in kept) == ({}, False, False)
    assert seen.height > seen.width
    assert max(seen.size) <= 1600
    assert len(kept) < 300 * 1024


def test_what_hangs_on_a_picture_is_left_behind():
    kept = apart.read(files.picture("JPEG") + b"<script>alert(1)</script>").content
    assert b"<script" not in kept


def test_the_first_page_of_a_pdf_is_drawn():
    made = scans.pdf([["one"], ["two"]])
    kept = apart.read(made)
    seen = Image.open(io.BytesIO(kept.preview))
    assert (kept.content, kept.pages, seen.size) == (made, 2, (1131, 1600))


def test_what_takes_too_much_dies_apart_and_is_refused():
    with pytest.raises(Refused) as refused:
        apart.read(files.endless())
    assert refused.value.code == "heavy"


def test_the_process_apart_knows_no_keys(monkeypatch):
    """Whatever takes it over finds no key, no database and no way to write a file."""
    monkeypatch.setenv("HELI_KEYS", "SECRET-CANARY")
    script = "import os, resource; from heli.papers.reading import apart; apart._limit();"
    script += "print(sorted(os.environ), resource.getrlimit(resource.RLIMIT_FSIZE)[0])"
    told = apart.subprocess.run([apart.sys.executable, "-I", "-c", script], env=apart.ENVIRONMENT, capture_output=True)
    assert "HELI" not in told.stdout.decode()
    assert told.stdout.decode().strip().endswith("0")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("叶茂林家的老契.jpg", "叶茂林家的老契"),
        ("批文.pdf.exe.jpg", "批文"),
        ("C:\\Users\\x\\批文.pdf", "批文"),
        ("../../etc/批文.pdf", "批文"),
        ("批文\u202egpj.exe", "批文gpj"),
        ("批\x00文\r\n.pdf", "批文"),
        ("\ufffd\ufffd\ufffd.jpg", ""),
        ("IMG_20231019_093012.jpg", ""),
        ("微信图片_20231019.jpg", ""),
        ("", ""),
    ],
)
def test_a_name_is_cleaned(name, title):
    assert names.title(name) == title


def test_a_download_is_called_after_what_it_is():
    assert names.download("批文:1985?", "application/pdf") == "批文_1985_.pdf"
    assert names.download("", "image/jpeg") == "paper.jpg"
    assert names.original("a.php", "批文") == "批文.bin"
