"""The reference pages say what the code says. When this fails: `make docs`, and read what changed."""

from pathlib import Path

import pytest

from heli.home import reference

FOLDER = Path(__file__).parents[3] / "docs" / "reference"


@pytest.mark.parametrize("name", reference.PAGES)
def test_a_reference_page_is_current(name):
    assert (FOLDER / f"{name}.md").read_text(encoding="utf-8") == reference.pages()[f"{name}.md"]
