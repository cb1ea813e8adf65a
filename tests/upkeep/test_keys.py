"""Keys leave under a passphrase and come back by it; nothing is written over."""

import getpass
import json
import sys

import pytest
from django.test import override_settings

from heli.common import days
from heli.common.errors import DomainError
from heli.upkeep import keyring

from .conftest import RING
from .machines import heli, refused

WORDS = "石榴 渡口 十月 算盘 月亮"


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    """Opening is slow on purpose; one test looks at how slow."""
    monkeypatch.setattr(keyring, "COST", {"name": "scrypt", "n": 2**10, "r": 8, "p": 1})
    monkeypatch.setenv("HELI_PASSPHRASE", WORDS)


@pytest.fixture
def keys(tmp_path):
    """A folder of keys, as it is kept."""
    folder = tmp_path / "keys"
    folder.mkdir(mode=0o700)
    (folder / "keys.json").write_text(json.dumps(RING))
    with override_settings(HELI_KEYS=folder):
        yield folder


def test_out_and_back_again(keys, tmp_path):
    file = tmp_path / "out.json"
    code, told = heli("keys", "export", file)
    with override_settings(HELI_KEYS=tmp_path / "elsewhere" / "keys"):
        back, there = heli("keys", "import", file)
    ring = tmp_path / "elsewhere" / "keys" / "keys.json"
    assert (code, back, told["keys"] == there["keys"], there["changed"]) == (0, 0, True, True)
    assert json.loads(ring.read_text()) == RING
    assert [path.stat().st_mode & 0o777 for path in (file, ring, ring.parent)] == [0o600, 0o600, 0o700]


def test_the_file_shows_no_key_and_says_how_it_is_sealed(keys, tmp_path):
    heli("keys", "export", tmp_path / "out.json")
    text = (tmp_path / "out.json").read_text()
    document = json.loads(text)
    assert [secret for secret in (RING["fields"]["k1"], RING["index"], RING["secret"], WORDS) if secret in text] == []
    assert (document["format"], document["cipher"]["name"]) == ("heli-keys/1", "AES-256-GCM")
    assert [key["id"] for key in document["keys"]] == ["k1", "index"]


def test_guessing_is_made_slow(monkeypatch):
    monkeypatch.undo()
    assert keyring.COST == {"name": "scrypt", "n": 2**17, "r": 8, "p": 1}
    document = keyring.sealed(RING, WORDS, at=days.true_now())
    assert keyring.opened(document, WORDS) == RING


def test_coming_back_to_the_same_keys_changes_nothing(keys, tmp_path):
    heli("keys", "export", tmp_path / "out.json")
    code, told = heli("keys", "import", tmp_path / "out.json")
    assert (code, told["changed"]) == (0, False)


def test_other_keys_that_lie_there_stay(keys, tmp_path):
    heli("keys", "export", tmp_path / "out.json")
    other = json.dumps(RING | {"secret": "another"})
    (keys / "keys.json").write_text(other)
    assert refused("keys", "import", tmp_path / "out.json") == "keys_differ"
    assert (keys / "keys.json").read_text() == other


def test_a_wrong_passphrase_is_told(keys, tmp_path, monkeypatch):
    heli("keys", "export", tmp_path / "out.json")
    monkeypatch.setenv("HELI_PASSPHRASE", WORDS + "！")
    with override_settings(HELI_KEYS=tmp_path / "elsewhere"):
        assert refused("keys", "import", tmp_path / "out.json") == "passphrase_wrong"
    assert not (tmp_path / "elsewhere").exists()


def test_a_chinese_keyboard_makes_the_same_passphrase():
    document = keyring.sealed(RING, "heli-2023-keys", at=days.true_now())
    assert keyring.opened(document, "ｈｅｌｉ－２０２３－ｋｅｙｓ") == RING


@pytest.mark.parametrize(("words", "code"), [("short", "passphrase_short"), ("", "passphrase_short")])
def test_a_passphrase_that_is_soon_guessed_is_refused(keys, tmp_path, monkeypatch, words, code):
    monkeypatch.setenv("HELI_PASSPHRASE", words)
    assert refused("keys", "export", tmp_path / "out.json") == code
    assert not (tmp_path / "out.json").exists()


def test_a_file_is_never_written_over(keys, tmp_path):
    (tmp_path / "out.json").write_text("mine")
    assert refused("keys", "export", tmp_path / "out.json") == "file_exists"
    assert (tmp_path / "out.json").read_text() == "mine"


def test_where_no_keys_are_none_are_written(tmp_path):
    with override_settings(HELI_KEYS=tmp_path / "none"):
        assert refused("keys", "export", tmp_path / "out.json") == "keys_missing"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["kdf", "cipher", "sealed", "keys"])
def test_a_changed_file_is_told_from_a_wrong_passphrase(keys, tmp_path, place):
    file = tmp_path / "out.json"
    heli("keys", "export", file)
    document = json.loads(file.read_text())
    document[place] = [document[place]]
    file.write_text(json.dumps(document))
    assert refused("keys", "import", file) == "keys_damaged"


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": "heli-keys/2"}'])
def test_what_is_not_a_key_file_is_refused(keys, tmp_path, content):
    (tmp_path / "out.json").write_text(content)
    assert refused("keys", "import", tmp_path / "out.json") in {"keys_damaged", "keys_format"}


@pytest.mark.parametrize("cost", [{"n": 2**30}, {"r": 4096}, {"p": 0}, {"name": "none"}, {"n": 1000}])
def test_a_file_cannot_ask_for_the_whole_machine(cost):
    document = keyring.sealed(RING, WORDS, at=days.true_now())
    with pytest.raises(DomainError) as no:
        keyring.opened(document | {"kdf": document["kdf"] | cost}, WORDS)
    assert no.value.code == "keys_damaged"


def test_a_seal_covers_its_own_cost():
    document = keyring.sealed(RING, WORDS, at=days.true_now())
    with pytest.raises(DomainError) as no:
        keyring.opened(document | {"kdf": document["kdf"] | {"note": "changed"}}, WORDS)
    assert no.value.code == "passphrase_wrong"


@pytest.mark.parametrize(("typed", "result"), [([WORDS, WORDS], 0), ([WORDS, WORDS + "。"], 2)])
def test_at_a_terminal_it_is_asked_for_twice(keys, tmp_path, monkeypatch, typed, result):
    monkeypatch.delenv("HELI_PASSPHRASE")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: typed.pop(0))
    assert heli("keys", "export", tmp_path / "out.json")[0] == result
    assert (tmp_path / "out.json").exists() == (result == 0)


def test_without_a_terminal_and_without_words_it_says_so(keys, tmp_path, monkeypatch):
    monkeypatch.delenv("HELI_PASSPHRASE")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    assert refused("keys", "export", tmp_path / "out.json") == "passphrase_missing"
