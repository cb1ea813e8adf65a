import re

from django.template.loader import get_template

from tests.architecture.sources import files, lines_with, name

TEMPLATES = [path for path in files(".html", under="heli") if "templates" in path.parts]
FRAGMENT = r"""["'](\w[\w/-]*\.html)["']"""


def test_pages_obey_the_strict_content_policy():
    """If this fails: put the style into frontend/css, the behaviour into frontend/js, lengths that come from data
    into SVG attributes. The policy allows nothing inline."""
    wrong = r"(?i)\sstyle=|<style|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)|\shx-on|\shx-vals=.js:"
    assert lines_with(wrong, TEMPLATES) == []


def test_pages_fetch_nothing_from_elsewhere():
    """If this fails: ship the file with Heli. Offices have no internet, and a page must not tell others who reads it."""
    assert lines_with(r"(src|href|action|url)\s*=\s*[\"'](https?:)?//", TEMPLATES) == []


def test_every_page_that_is_named_exists_and_can_be_read():
    """If this fails: a view, an include or an extends names a template that is not there, or one does not parse."""
    told = {name for path in files(".py", under="heli") for name in re.findall(FRAGMENT, path.read_text("utf-8"))}
    included = {name for path in TEMPLATES for name in re.findall(FRAGMENT, path.read_text("utf-8"))}
    own = {str(path).rpartition("templates/")[2] for path in TEMPLATES}
    assert [page for page in sorted(told | included | own) if not _reads(page)] == []


def test_every_page_is_used():
    """If this fails: nothing names this template any more; take it away."""
    told = " ".join(path.read_text("utf-8") for path in (*files(".py", under="heli"), *TEMPLATES))
    assert [name(path) for path in TEMPLATES if str(path).rpartition("templates/")[2] not in told] == []


def _reads(page: str) -> bool:
    try:
        return get_template(page) is not None
    except Exception:
        return False
