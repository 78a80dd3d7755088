"""How official papers name a unit of the list: Decree 30/2020, appendix I.II.4a and II.III.1 (36-HD/VPTW the same).

Every unit here is `{kind, name}`, as the list has them: `{"kind": "Huyện", "name": "Gò Dầu"}`.
"""

import csv
from functools import cache

from lib.core import ROOT

_HONOURED = ROOT / "db" / "honoured.csv"


def full(area: dict) -> str:
    """ "Huyện Gò Dầu", at the beginning of a line."""
    return f"{area['kind']} {area['name']}"


def within(area: dict) -> str:
    """ "huyện Gò Dầu" in the middle of a sentence, but "Quận 1", "Huyện Dương Minh Châu": see `named_in_full`."""
    return full(area) if named_in_full(area) else f"{area['kind'].lower()} {area['name']}"


def place(area: dict) -> str:
    """Where a letter is dated: "Gò Dầu", but "Phường 1" and "Thành phố Hồ Chí Minh"."""
    return full(area) if named_in_full(area) else area["name"]


def named_in_full(area: dict) -> bool:
    """Whether it bears a number or the name of a person or an event, so that its kind belongs to the name."""
    return area["name"].isdecimal() or area["name"] in _honoured()


@cache
def _honoured() -> frozenset[str]:
    """Names of persons and events that units bear: our own reading of the official names."""
    with _HONOURED.open(encoding="utf-8", newline="") as file:
        return frozenset(line["name"] for line in csv.DictReader(file))
