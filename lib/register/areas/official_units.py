"""Reads the official units of 2021 from areas.csv; source and licence in areas.md."""

import csv
from functools import cache
from typing import NamedTuple

from sqlite_utils import Database

from lib.core import ROOT, text
from lib.register.areas import area_table

FILE = ROOT / "db" / "areas.csv"


class Area(NamedTuple):
    """An official unit. Codes are text: Hà Nội is "01"."""

    code: str
    level: str
    kind: str
    name: str
    parent_code: str | None


@cache
def all_areas() -> dict[str, Area]:
    """Return every unit by code: provinces, then districts, then communes."""
    with FILE.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))[1:]
    return {code: Area(code, level, kind, name, parent or None) for code, level, kind, name, parent in lines}


def provinces() -> list[Area]:
    """Return the 63 provinces in Vietnamese order."""
    units = [area for area in all_areas().values() if area.level == "province"]
    return sorted(units, key=lambda area: text.sort_key(area.name))


def of_province(code: str) -> list[Area]:
    """Return the province, its districts and their communes, parents first; empty for an unknown code."""
    units: dict[str, Area] = {}
    for area in all_areas().values():
        if (area.level == "province" and area.code == code) or area.parent_code in units:
            units[area.code] = area
    return list(units.values())


def load(db: Database, code: str) -> int:
    """Insert the province's units that the store lacks; return how many."""
    return area_table.insert_missing(db, [area._asdict() for area in of_province(code)])
