"""Pairs of a commune that are likely registered twice and nobody has decided about.

A pair is named by its kind and its two ids, the smaller first; what is told of it is read when it is listed.
"""

from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from sqlite_utils import Database

from lib.register.duplicates import candidates, match_score
from lib.register.duplicates.match_score import LISTED, Entry

Pair = tuple[str, int, int]
KINDS = ("household", "person")


class Likeness(NamedTuple):
    """How alike the two are, by what, and the households they are or live in."""

    score: int
    why: tuple[str, ...]
    homes: frozenset[int]


def of_commune(db: Database, commune: str) -> dict[Pair, Likeness]:
    """Every pair, found by what two that are alike have in common."""
    found: dict[Pair, Likeness] = {}
    for kind in KINDS:
        lines = candidates.read(db, kind, commune)
        entries = [match_score.entry(line) for line in lines]
        for one, other in {pair for there in _together(entries) for pair in combinations(there, 2)}:
            points, why = match_score.score(entries[one], entries[other])
            if points >= LISTED:
                _add(found, kind, lines[one], lines[other], points, why)
    return found


def _together(entries: Iterable[Entry]) -> Iterable[list[int]]:
    """The places of those that share a key of likeness; most keys are of one alone, which gets no list of its own."""
    alone: dict[tuple, int] = {}
    together: dict[tuple, list[int]] = {}
    for place, entry in enumerate(entries):
        for key in match_score.keys(entry):
            first = alone.setdefault(key, place)
            if first != place:
                together.setdefault(key, [first]).append(place)
    return together.values()


def of_households(db: Database, commune: str, households: Iterable[int]) -> dict[Pair, Likeness]:
    """Those of `of_commune` in which one of these households, or somebody living there, is one of the two."""
    found: dict[Pair, Likeness] = {}
    for kind in KINDS:
        for line in candidates.read(db, kind, commune, homes=households):
            for other in candidates.candidates(db, kind, line, commune=commune, limit=None):
                if other["score"] >= LISTED:
                    _add(found, kind, line, other, other["score"], other["why"])
    return found


def _add(found: dict[Pair, Likeness], kind: str, one: dict, other: dict, points: int, why: tuple[str, ...]) -> None:
    first, second = sorted((one["id"], other["id"]))
    homes = frozenset(line.get("household_id") or line["id"] for line in (one, other))
    found[kind, first, second] = Likeness(points, why, homes)


def listed(db: Database, commune: str, found: dict[Pair, Likeness]) -> list[dict]:
    """Those nobody has decided about as `{kind, one, other, score, why}`, the likeliest first.

    Persons of two households that are a pair themselves go with their households.
    """
    decided = set(db.conn.execute("select kind, one, other from not_duplicates").fetchall()) if found else set()
    left = {pair: like for pair, like in found.items() if pair not in decided}
    together = {like.homes for (kind, *_ids), like in left.items() if kind == "household"}
    told = {kind: _rows(db, commune, kind, left) for kind in KINDS}
    return [
        {"kind": kind, "one": told[kind][one], "other": told[kind][other], "score": like.score, "why": like.why}
        for (kind, one, other), like in sorted(left.items(), key=lambda each: (-each[1].score, each[0]))
        if (kind == "household" or like.homes not in together) and {one, other} <= told[kind].keys()
    ]


def _rows(db: Database, commune: str, kind: str, found: Iterable[Pair]) -> dict[int, dict]:
    ids = {each for of_kind, *both in found if of_kind == kind for each in both}
    return {line["id"]: line for line in candidates.read(db, kind, commune, ids)}


def still_open(db: Database, commune: str) -> list[dict]:
    """The list, every pair of it found anew."""
    return listed(db, commune, of_commune(db, commune))
