"""Lists a commune's likely duplicates that nobody has decided about.

A pair is its kind and its two ids, the smaller first; names and addresses are read when it is listed.
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
    """The score of a pair, the reasons for it, and the households the two are or live in."""

    score: int
    why: tuple[str, ...]
    homes: frozenset[int]


def of_commune(db: Database, commune: str) -> dict[Pair, Likeness]:
    """Return every pair of a commune that reaches LISTED, by comparing entries that share a match key."""
    pairs: dict[Pair, Likeness] = {}
    for kind in KINDS:
        lines = candidates.read(db, kind, commune)
        entries = [match_score.entry(line) for line in lines]
        for one, other in {pair for places in _together(entries) for pair in combinations(places, 2)}:
            points, why = match_score.score(entries[one], entries[other])
            if points >= LISTED:
                _add(pairs, kind, lines[one], lines[other], points, why)
    return pairs


def _together(entries: Iterable[Entry]) -> Iterable[list[int]]:
    """Return the places of entries that share a match key; a key of one entry alone gets no list."""
    alone: dict[tuple, int] = {}
    together: dict[tuple, list[int]] = {}
    for place, entry in enumerate(entries):
        for key in match_score.keys(entry):
            first = alone.setdefault(key, place)
            if first != place:
                together.setdefault(key, [first]).append(place)
    return together.values()


def of_households(db: Database, commune: str, households: Iterable[int]) -> dict[Pair, Likeness]:
    """Return the pairs of `of_commune` that contain one of these households or a person living there."""
    pairs: dict[Pair, Likeness] = {}
    for kind in KINDS:
        for line in candidates.read(db, kind, commune, homes=households):
            for other in candidates.candidates(db, kind, line, commune=commune, limit=None):
                if other["score"] >= LISTED:
                    _add(pairs, kind, line, other, other["score"], other["why"])
    return pairs


def _add(pairs: dict[Pair, Likeness], kind: str, one: dict, other: dict, points: int, why: tuple[str, ...]) -> None:
    first, second = sorted((one["id"], other["id"]))
    homes = frozenset(line.get("household_id") or line["id"] for line in (one, other))
    pairs[kind, first, second] = Likeness(points, why, homes)


def listed(db: Database, commune: str, pairs: dict[Pair, Likeness]) -> list[dict]:
    """Return the undecided pairs as `{kind, one, other, score, why}`, best score first.

    Persons of two households that are a pair themselves go with their households.
    """
    decided = set(db.conn.execute("select kind, one, other from not_duplicates").fetchall()) if pairs else set()
    left = {pair: like for pair, like in pairs.items() if pair not in decided}
    together = {like.homes for (kind, *_ids), like in left.items() if kind == "household"}
    entries = {kind: _rows(db, commune, kind, left) for kind in KINDS}
    return [
        {"kind": kind, "one": entries[kind][one], "other": entries[kind][other], "score": like.score, "why": like.why}
        for (kind, one, other), like in sorted(left.items(), key=lambda item: (-item[1].score, item[0]))
        if (kind == "household" or like.homes not in together) and {one, other} <= entries[kind].keys()
    ]


def _rows(db: Database, commune: str, kind: str, pairs: Iterable[Pair]) -> dict[int, dict]:
    ids = {row_id for of_kind, *both in pairs if of_kind == kind for row_id in both}
    return {line["id"]: line for line in candidates.read(db, kind, commune, ids)}


def still_open(db: Database, commune: str) -> list[dict]:
    """Return the list of a commune with every pair computed anew."""
    return listed(db, commune, of_commune(db, commune))
