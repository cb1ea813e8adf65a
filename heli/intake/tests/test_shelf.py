"""Rows on the disk: as they were put there, sealed, and nothing else is taken for them."""

from itertools import islice

import pytest

from heli.common.errors import Conflict
from heli.intake.reading.errors import Bad
from heli.intake.reading.households import HouseholdRow, HouseRow
from heli.intake.shelf import A_CHUNK, Shelf

HOUSE = HouseRow(3, "1", "frame", 1996, 12050, None, "registered")


def household(n):
    return HouseholdRow(
        "花名册", n + 2, str(n), "331081108224", "", "叶某", f"3310811970{n:07d}X", "", 3, 2, "", "", (HOUSE,) * (n % 3)
    )


@pytest.fixture
def path(tmp_path):
    def fill(shelf):
        shelf.rows("households").extend(map(household, range(A_CHUNK * 2 + 7)))
        shelf.rows("bad").append(Bad("花名册", 9, "E9", "证件", "id_duplicate", {"first": "3"}))
        shelf.rows("sheet 0").append((2, ("1", "叶某")))
        return {"kind": "households"}

    Shelf.made(tmp_path / "a.xlsx.plan", fill)
    return tmp_path / "a.xlsx.plan"


def test_rows_come_back_as_they_were_in_order_one_by_one_and_by_slices(path):
    shelf = Shelf.opened(path)
    rows = shelf.rows("households")
    assert (len(rows), list(islice(rows, 3))) == (A_CHUNK * 2 + 7, [household(0), household(1), household(2)])
    assert rows[A_CHUNK - 1 : A_CHUNK + 1] == [household(A_CHUNK - 1), household(A_CHUNK)]
    assert (rows[-1], list(shelf.rows("sheet 0"))) == (household(A_CHUNK * 2 + 6), [(2, ("1", "叶某"))])
    assert shelf.rows("bad")[0].facts == {"first": "3"}
    assert shelf.facts == {"kind": "households"}


def test_nothing_of_it_can_be_read_on_the_disk(path):
    held = path.read_bytes()
    assert "叶某".encode() not in held
    assert b"3310811970" not in held


def test_a_changed_piece_is_told_and_the_whole_goes(path):
    held = bytearray(path.read_bytes())
    held[40] ^= 1
    path.write_bytes(held)
    with pytest.raises(Conflict):
        list(Shelf.opened(path).rows("households"))
    assert not path.exists()


def test_pieces_do_not_open_under_another_files_name(path):
    other = path.with_name("b.xlsx.plan")
    path.rename(other)
    assert Shelf.opened(other) is None


@pytest.mark.parametrize("content", [b"", b"x" * 10, b"\xff" * 200])
def test_what_is_no_shelf_is_none(tmp_path, content):
    place = tmp_path / "c.plan"
    place.write_bytes(content)
    assert Shelf.opened(place) is None
