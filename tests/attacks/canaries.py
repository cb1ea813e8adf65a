"""Canaries: in every field of class S3 and above stands a word that occurs nowhere else, so that it tells on who shows it.

A canary's characters are its own: one of them on a page says whose value leaked, however it was cut or covered.
"""

import html
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import unquote

from django.apps import apps
from django.db import IntegrityError, models, transaction

from heli.common.classes import THIRD_PARTY, FieldClass
from heli.common.fields import SealedTextField

RARE = range(0x3400, 0x4DB6)  # CJK extension A: no page, place or person of ours uses it
# What a covered value may still show, by how many characters at its beginning and end.
COVERED = {"name": (1, 0), "id_number": (6, 4), "phone": (3, 4)}
# Values that the house itself makes and compares: they are looked for as they stand, nothing is written over them.
MADE = {"password", "id_index", "phone_index", "file", "salt", "sealed_value", "problem", "plan"}
# Dates, whole numbers and links hold no word. Numbers and dates are set to what occurs nowhere else; a link tells
# nothing but a number of a row.
YEAR = 1907
# A figure stands by itself: digits among letters are a token's (of a form, of an error's reference), drawn at random.
FIGURE = re.compile(r"(?<![0-9A-Za-z])\d+(?![0-9A-Za-z])")


@dataclass(frozen=True)
class Canary:
    """`word` is what to look for; `loud` are characters that belong to it alone."""

    row: models.Model
    field: str
    cls: FieldClass
    word: str
    loud: bool

    @property
    def name(self) -> str:
        return f"{type(self.row)._meta.label}.{self.field}"

    def covered(self) -> set[str]:
        """The characters that stay when it is masked."""
        begins, ends = COVERED.get(self.field, (0, 0))
        return set(self.word[:begins]) | set(self.word[len(self.word) - ends :])


def models_of_ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label not in THIRD_PARTY]


def guarded(model: type[models.Model]) -> dict[str, FieldClass]:
    """Its fields of class S3 and above, as the model itself says."""
    classes: dict[str, FieldClass] = getattr(model, "field_classes", {})
    return {name: cls for name, cls in classes.items() if cls >= FieldClass.S3}


def can_hold_a_word(field: models.Field) -> bool:
    """Whether a leak of its value would be seen: not of a link to another row, and not of yes or no."""
    return not isinstance(field, (models.ForeignKey, models.BooleanField))


class Plant:
    """Writes a canary into every guarded field of every row, and remembers which."""

    def __init__(self) -> None:
        self.canaries: list[Canary] = []
        self.refused: set[str] = set()
        self._next = iter(RARE)
        self._number = 7_310_000

    def everywhere(self) -> list[Canary]:
        for model in models_of_ours():
            if model._meta.label == "regions.NameKey":  # follows the names that stand in other rows
                continue
            for row in model._base_manager.order_by("pk"):
                for name, cls in guarded(model).items():
                    field = model._meta.get_field(name)
                    if can_hold_a_word(field):
                        self._one(row, field, cls)
        return self.canaries

    def _one(self, row: models.Model, field: models.Field, cls: FieldClass) -> None:
        word, value = self._made(row, field) if field.name in MADE else self._planted(row, field)
        if value is not None:
            try:
                with transaction.atomic():
                    type(row)._base_manager.filter(pk=row.pk).update(**{field.name: value})
            except IntegrityError:  # the database itself knows what may stand there
                self.refused.add(f"{type(row)._meta.label}.{field.name}")
                return
        if word:
            loud = ord(word[0]) in RARE
            self.canaries.append(Canary(row, field.name, cls, word, loud))

    def _made(self, row: models.Model, field: models.Field) -> tuple[str, None]:
        value = getattr(row, field.name)
        if isinstance(field, models.JSONField):  # its form is strict: what a dump of it begins with
            return json.dumps(value, ensure_ascii=False)[:60], None
        return (bytes(value).hex() if isinstance(field, models.BinaryField) else str(value)), None

    def _planted(self, row: models.Model, field: models.Field) -> tuple[str, Any]:
        if isinstance(field, models.DateTimeField):
            return f"{YEAR}", datetime(YEAR, 3, 17, 5, 11, tzinfo=getattr(row, field.name).tzinfo) if getattr(row, field.name) else None  # fmt: skip
        if isinstance(field, models.DateField):
            return f"{YEAR}", date(YEAR, 3, 17)
        if isinstance(field, models.IntegerField):
            return self._figure(field)
        if field.name == "excluded":  # how many each rule keeps out, by the rule's code
            self._number += 101
            return f"{self._number}", {"not_skilled": self._number}
        if isinstance(field, models.JSONField):
            word = self._word(12)
            return word, _into(getattr(row, field.name), word)
        if isinstance(field, SealedTextField) and _is_json(getattr(row, field.name)):
            word = self._word(12)
            return word, json.dumps(_into(json.loads(getattr(row, field.name)), word))
        word = self._word(min(field.max_length or 16, 16))
        return word, word

    def _word(self, length: int) -> str:
        return "".join(chr(next(self._next)) for _ in range(length))

    def _figure(self, field: models.Field) -> tuple[str, Any]:
        """Areas in square decimetres are written in square metres; shares must stay fractions."""
        self._number += 101
        if field.name in ("numerator", "denominator"):
            return ("", None)
        return f"{self._number // 100}", self._number


def _is_json(value: str) -> bool:
    return value[:1] in ("{", "[")


def _into(value: Any, word: str) -> Any:
    """Into each text of a document that people may read, and beside each of its parts."""
    if isinstance(value, dict):
        told = {key: _into(part, word) for key, part in value.items()}
        texts = {key: f"{part}{word}" for key, part in told.items() if key in ("text", "text_en", "title", "name")
                 and isinstance(part, str)}  # fmt: skip
        return told | texts | ({} if any(key.isdigit() for key in value) else {"canary": word})
    if isinstance(value, list):
        return [_into(part, word) if isinstance(part, (dict, list)) else part for part in value]
    return value


class Ear:
    """Hears canaries in what somebody was sent."""

    def __init__(self, canaries: Iterable[Canary]) -> None:
        self.loud = [one for one in canaries if one.loud]
        self.by_character = {sign: one for one in self.loud for sign in one.word}
        self.quiet = [one for one in canaries if not one.loud and len(one.word) >= 4]

    def heard(self, body: bytes, typed: str = "") -> Iterator[tuple[Canary, str]]:
        """(canary, "full" or "masked") for each that can be read in it, beside what the reader `typed` himself."""
        text = plain(body)
        seen: dict[int, set[str]] = {}
        for sign in (set(text) - set(typed)) & self.by_character.keys():
            seen.setdefault(id(self.by_character[sign]), set()).add(sign)
        for one in self.loud:
            if id(one) in seen:
                yield one, "masked" if seen[id(one)] <= one.covered() else "full"
        figures = set(FIGURE.findall(text))
        for one in self.quiet:
            if one.word in figures if one.word.isdigit() else one.word in text:
                yield one, "full"


def plain(body: bytes) -> str:
    """What can be read in an answer: a workbook's parts, escapes and entities undone."""
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"\n".join(archive.read(name) for name in archive.namelist())
    text = body.decode("utf-8-sig", "replace")
    readings = [text]
    if "&" in text:
        readings.append(html.unescape(text))
    if "%E3%" in text or "%E4%" in text:
        readings.append(unquote(text))
    if "\\u" in text:
        readings.append(re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text))
    return "\n".join(readings)
