"""The row of headings among a sheet's first rows, and which column each heading means.

Headings are compared without marks, capitals, signs and brackets, in any order, in Vietnamese or English.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from lib.core import text
from lib.core.place_words import general
from lib.exchange.kinds import FAMILY_NAMES, GIVEN_NAMES, KINDS, NAMES, NUMBERING

DEEPEST = 15  # the headings stand within the first rows


@dataclass
class Headings:
    """Where they stand (`at`, one or two rows high) and what they say.

    `joined` are names of people that go on in the column to the right.
    """

    at: int
    high: int
    columns: dict[str, int] = field(default_factory=dict)
    ticks: dict[tuple[str, str], int] = field(default_factory=dict)
    joined: set[str] = field(default_factory=set)
    unknown: list[str] = field(default_factory=list)


@lru_cache(4096)
def plainest(heading: str) -> str:
    """ "2. Họ tên chủ hộ (*)" -> "ho ten chu ho"."""
    words = re.sub(r"[^a-z0-9]+", " ", re.sub(r"\([^)]*\)", " ", text.fold(heading))).strip()
    return re.sub(r"^\d+ (?=[a-z])", "", words)


@lru_cache
def meanings(kind: str) -> dict[str, str]:
    """Column keys by heading; a column's own headings go before what other columns are also called."""
    others = {plainest(name): column.key for column in reversed(KINDS[kind]) for name in column.others}
    own = {plainest(name): column.key for column in reversed(KINDS[kind]) for name in (column.vi, column.en)}
    return others | own


@lru_cache
def _tick_meanings(kind: str) -> dict[str, tuple[str, str]]:
    """Words of a list of several that stand as headings themselves, over a column of x."""
    several = [column for column in KINDS[kind] if column.several]
    found = {plainest(word): (c.key, code) for c in several for code, words in c.choices.items() for word in words}
    return {word: tick for word, tick in found.items() if word not in meanings(kind)}


@lru_cache
def _numbering() -> set[str]:
    return {plainest(name) for name in NUMBERING} | {""}


def find(rows: list[list[str]], kind: str) -> Headings | None:
    """The row (or two rows, where one heading stands over several) in which most columns are known."""
    best = None
    for high in (1, 2):
        for at in range(min(DEEPEST, len(rows) + 1 - high)):
            if high == 2 and any(cell.strip().isdecimal() for cell in rows[at + 1]):
                continue  # a row of data
            here = _read(rows, at, high, kind)
            if len(here.columns) >= _least(kind) and (best is None or len(here.columns) > len(best.columns)):
                best = here
    return best


def _least(kind: str) -> int:
    return 1 if kind == "hamlets" else 2


def _read(rows: list[list[str]], at: int, high: int, kind: str) -> Headings:
    known, ticks, found = meanings(kind), _tick_meanings(kind), Headings(at, high)
    columns = _names(rows, at, high)
    wide = _wide_names(columns, rows[at + high :], kind)
    for place, names in enumerate(columns):
        if place - 1 in wide:
            continue
        key = wide.get(place) or next((known[name] for name in names if name in known), None)
        key = key or next((known[name] for name in map(general, names) if name in known), None)
        tick = next((ticks[name] for name in names if name in ticks), None)
        if key and key not in found.columns:
            found.columns[key] = place
            found.joined |= {key} & set(wide.values())
        elif not key and tick and tick not in found.ticks:
            found.ticks[tick] = place
        elif names[0] not in _numbering():
            found.unknown.append(" ".join(_cell(rows[at], place).split()) or _cell(rows[at + high - 1], place))
    return found


def _wide_names(columns: list[list[str]], below: list[list[str]], kind: str) -> dict[int, str]:
    """Where a person's name is written over two columns: one heading for both, or "Họ" and "Tên"."""
    known, (family, given), found = meanings(kind), _split_names(), {}
    for place, (left, right) in enumerate(pairwise(columns)):
        key = next((known[name] for name in left if known.get(name) in NAMES), None)
        if key and (left == right or (right == [""] and _has_given_names(below, place))):
            found[place] = key
        elif family & set(left) and given & set(right):
            found[place] = next(column.key for column in KINDS[kind] if column.key in NAMES)
    return found


def _has_given_names(below: list[list[str]], place: int) -> bool:
    """Beside most names stands one more word, without a heading."""
    pairs = [(_cell(row, place), _cell(row, place + 1)) for row in below]
    named = [right for left, right in pairs if left]
    return len(named) < 2 * sum(right.isalpha() and right != left for left, right in pairs if left)


@lru_cache
def _split_names() -> tuple[set[str], set[str]]:
    return {plainest(name) for name in FAMILY_NAMES}, {plainest(name) for name in GIVEN_NAMES}


def _names(rows: list[list[str]], at: int, high: int) -> list[list[str]]:
    """For each column what it may be called: the lower heading, both together, the upper one."""
    top = rows[at]
    if high == 1:
        return [[plainest(cell)] for cell in top]
    found, over = [], ""
    for place in range(max(len(top), len(rows[at + 1]))):
        upper, lower = plainest(_cell(top, place)), plainest(_cell(rows[at + 1], place))
        over = upper or (over if lower else "")
        found.append(list(dict.fromkeys(filter(None, (lower, f"{over} {lower}".strip(), upper)))) or [""])
    return found


def _cell(row: list[str], place: int) -> str:
    return row[place] if place < len(row) else ""
