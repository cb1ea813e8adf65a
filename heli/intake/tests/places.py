"""The official places for tests of reading, without a database."""

import csv
from pathlib import Path

from heli.intake.reading.places import Place

LIST = Path(__file__).parents[2] / "regions" / "data" / "wenling-regions.csv"
LENGTH = {"county": 6, "town": 9, "village": 12}
JIBUAO = ("331081108224", "331081108222", "331081108278")


def places() -> list[Place]:
    with LIST.open(encoding="utf-8", newline="") as file:
        return [
            Place(line["code12"][: LENGTH[line["level"]]], line["display_name"], line["level"])
            for line in csv.DictReader(file)
        ]
