"""200 names with surnames that are read in their own way: the right person stands among the first five."""

from pathlib import Path

import pytest

from heli import lists
from heli.demo import writing
from heli.demo.cast import VILLAGE
from heli.households import selectors
from heli.households.bulk import NewHousehold, NewMember
from heli.households.models import Household
from heli.households.register import HOUSEHOLDS

LINES = (Path(__file__).parent / "data" / "names.tsv").read_text(encoding="utf-8").splitlines()[1:]
NAMES = [tuple(line.split("\t")) for line in LINES]
COMPOUND = {name[:2] for name, said in NAMES if len(said.split()) == len(name) and said.startswith(("ou yang", "yu chi",
            "chan yu", "mo qi", "tan tai", "zhang sun", "ling hu", "xia hou", "zhu ge"))}  # fmt: skip
# How ears of the coast mix sounds up; each is tried on every name that holds the sound.
LIKE = (("zh", "z"), ("sh", "s"), ("ch", "c"), ("ing", "in"), ("l", "n"), ("eng", "en"))


def ways(name: str, said: str) -> dict[str, str]:
    """What somebody types who looks for this person, by the way of typing."""
    syllables = said.split()
    surname = 2 if name[:2] in COMPOUND else 1
    initials = "".join(one[0] for one in syllables)
    first = "".join(syllables[:surname])
    fuzzy = "".join(syllables)
    for sound, same in LIKE:
        fuzzy = fuzzy.replace(sound, same)
    return {
        "characters": name,
        "full": "".join(syllables),
        "spaced": said,
        "initials": initials,
        "surname and initials": syllables[0] + initials[1:],
        "characters and initials": name[:surname] + initials[surname:],
        "begun": first + "".join(syllables[surname:])[:2],
        "like sounds": fuzzy,
    }


@pytest.fixture
def two_hundred(village, cast, at):
    new = [NewHousehold(region_code=VILLAGE, members=(NewMember(name),), people=1) for name, _ in NAMES]
    writing.households(new, block=village.block, actor=cast["linmei"], at=at, batch="names")


def found(person, words):
    first_five = lists.found(HOUSEHOLDS, person, q=words)[:5]
    return [selectors.head_name(household) for household in first_five]


def test_the_right_person_is_among_the_first_five(two_hundred, cast):
    tried = [(name, way, words) for name, said in NAMES for way, words in ways(name, said).items()]
    missed = [(name, way, words) for name, way, words in tried if name not in found(cast["linmei"], words)]
    assert len(NAMES) == 200
    assert len(missed) <= 0.02 * len(tried), missed


@pytest.mark.parametrize(
    ("words", "head"),
    [
        ("sgq", "单国强"),
        ("dgq", "单国强"),
        ("ozm", "区志明"),
        ("qjx", "仇菊香"),
        ("区zm", "区志明"),
        ("Zengyum", "曾玉梅"),
    ],
)
def test_a_surname_is_found_by_its_own_reading_and_by_the_common_one(words, head, village, cast, at):
    heads = ["单国强", "仇菊香", "区志明", "曾玉梅"]
    new = [NewHousehold(region_code=VILLAGE, members=(NewMember(name),), people=1) for name in heads]
    writing.households(new, block=village.block, actor=cast["linmei"], at=at, batch="few")
    assert found(cast["linmei"], words)[:1] == [head]


def test_what_was_said_to_the_letter_comes_first(village, cast):
    leaf = village.households["叶茂林"]
    tail = leaf.members.get(role="head").phone_tail
    digits = leaf.code.split("-")[1]
    assert found(cast["linmei"], digits)[:1] == ["叶茂林"]
    assert found(cast["linmei"], leaf.code)[:1] == ["叶茂林"]
    assert tail == "" or "叶茂林" in found(cast["linmei"], tail)


def test_nobody_of_another_town_is_found(two_hundred, cast):
    assert Household.objects.count() > 200
    assert found(cast["taoying"], "单国强") == []
