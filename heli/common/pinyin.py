"""What a Chinese name is found by, and how near a name comes to what somebody typed.

Keys of a name are its characters from any place on, its full pinyin, its initials, and the surname in full with the
initials of the rest; all readings count, a surname's own reading first. Keys and what is typed are folded alike: who
does not part n from l, z from zh or in from ing finds the person all the same.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product

from pypinyin import Style, pinyin

from .surnames import COMPOUND, SINGLE

MOST = 4  # readings kept of one name; rare names of many many-sounding characters have more
ELSE = 4  # farness of a name that is neither said nor begun by what was typed
LONG = 6  # from here on it is the name of an organisation: found by its characters and the pinyin of its beginning
_FOLDS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"), ("v", "u"), ("ü", "u"))


def typed(words: str) -> str:
    """What somebody typed: half-width, small letters, without blanks."""
    return "".join(unicodedata.normalize("NFKC", words).lower().split())


def folded(letters: str) -> str:
    """Pinyin without what ears of this coast do not tell apart."""
    for sound, same in _FOLDS:
        letters = letters.replace(sound, same)
    return letters


@lru_cache(maxsize=8192)
def _sounds(character: str) -> tuple[str, ...]:
    read = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore", v_to_u=True)
    return tuple(dict.fromkeys(sound.replace("ü", "u") for sound in read[0])) if read else ()


@lru_cache(maxsize=8192)
def readings(name: str) -> tuple[tuple[str, ...], ...]:
    """Syllables of `name` in all its readings, the likeliest first."""
    size = 2 if name[:2] in COMPOUND else 1
    surname, given = name[:size], name[size:]
    said = COMPOUND.get(surname) or SINGLE.get(surname) or _as_said(surname)
    likeliest = (*said, *_as_said(given))
    others = product(*_all_sounds(surname, said), *_all_sounds(given, _as_said(given)))
    return tuple(islice(dict.fromkeys((likeliest, *islice(others, 4 * MOST))), MOST)) if likeliest else ()


@lru_cache(maxsize=8192)
def _as_said(words: str) -> tuple[str, ...]:
    """The one reading that these characters have together."""
    return tuple(
        sound[0].replace("ü", "u") for sound in pinyin(words, style=Style.NORMAL, errors="ignore", v_to_u=True)
    )


def _all_sounds(words: str, said: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Per character its sounds, the one that is said here first."""
    spoken = [sounds for sounds in map(_sounds, words) if sounds]
    if len(spoken) != len(said):
        return [(sound,) for sound in said]
    return [tuple(dict.fromkeys((first, *sounds))) for first, sounds in zip(said, spoken, strict=True)]


def keys(name: str) -> set[str]:
    """All that `name` is found by when what is typed is the beginning of a key."""
    plain = typed(name)
    found = {plain[start:] for start in range(len(plain))}
    spoken = readings(plain[:LONG] if len(plain) > LONG else plain)
    whole = {text for said in spoken for text in _whole(said)}
    rest = {text for said in spoken[:1] if len(plain) <= LONG for text in _rest(said)}
    return found | {folded(text) for text in whole | rest}


def _whole(said: tuple[str, ...]) -> tuple[str, ...]:
    """Said in full, by its initials, and the surname in full with the initials of the rest."""
    return "".join(said), _initials(said), said[0] + _initials(said[1:])


def _rest(said: tuple[str, ...]) -> Iterator[str]:
    """The name without its beginning, for who says only 玉梅, or types 曾ym."""
    for start in range(1, len(said)):
        yield "".join(said[start:])
        yield _initials(said[start:])


def _initials(said: tuple[str, ...]) -> str:
    return "".join(syllable[0] for syllable in said)


def parts(words: str) -> tuple[str, str]:
    """What was typed as (characters, folded letters): `张sf` is a name that begins with 张 and goes on with s, f."""
    plain = typed(words)
    size = next((at for at, sign in enumerate(plain) if sign.isascii()), len(plain))
    return plain[:size], folded(plain[size:])


def farness(words: str, name: str) -> int:
    """How far `name` is from what was typed: 0 the same, 1 said in full or by its initials, 2 so in a rarer reading or
    by a like sound, 3 a beginning, 4 anything else."""
    plain = typed(words)
    if plain == name:
        return 0
    ways = [_whole(said) for said in readings(name)]
    if ways and plain in ways[0]:
        return 1
    if any(folded(plain) in map(folded, way) for way in ways):
        return 2
    begins = name.startswith(plain) or any(text.startswith(plain) for way in ways[:1] for text in way)
    return 3 if begins else ELSE
