"""Names units as official papers do: Decree 30/2020, appendix I.II.4a and II.III.1 (36-HD/VPTW the same).

Every unit here is `{kind, name}`, as the list has them: `{"kind": "Huyện", "name": "Gò Dầu"}`.
"""

import csv
from functools import cache

from lib.core import ROOT

_HONOURED = ROOT / "db" / "honoured.csv"


def full(area: dict) -> str:
    """Return the name at the beginning of a line: "Huyện Gò Dầu"."""
    return f"{area['kind']} {area['name']}"


def within(area: dict) -> str:
    """Return the name within a sentence: "huyện Gò Dầu", but "Quận 1", "Huyện Dương Minh Châu" (`named_in_full`)."""
    return full(area) if named_in_full(area) else f"{area['kind'].lower()} {area['name']}"


def place(area: dict) -> str:
    """Return the place in a letter's date line: "Gò Dầu", but "Phường 1" and "Thành phố Hồ Chí Minh"."""
    return full(area) if named_in_full(area) else area["name"]


def named_in_full(area: dict) -> bool:
    """Whether a unit bears a number or the name of a person or event, so that its kind belongs to the name."""
    return area["name"].isdecimal() or area["name"] in _honoured()


@cache
def _honoured() -> frozenset[str]:
    """Return the names of persons and events that units bear: our own reading of the official names."""
    with _HONOURED.open(encoding="utf-8", newline="") as file:
        return frozenset(line["name"] for line in csv.DictReader(file))
