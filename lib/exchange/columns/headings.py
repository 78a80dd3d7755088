"""Find the row of headings among a sheet's first rows, and which column each heading means.

Headings are compared without marks, capitals, signs and brackets, in any order, in Vietnamese or English.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType

from lib.core import text
from lib.core.words.place_words import general
from lib.exchange.columns.heading_words import is_smaller_place, likely, sexes
from lib.exchange.columns.kinds import (
    FAMILY_NAMES,
    GIVEN_NAMES,
    NAMES,
    NUMBERING,
    NUMBERING_HOUSEHOLDS,
    OF_SEX,
    columns_of,
)
from lib.exchange.spreadsheets.cell_marks import letters

DEEPEST = 15  # the headings stand within the first rows
HIGHEST = 3  # one heading may stand over several, and those over several again
Matched = Mapping[str, str]  # by `Headings.keys` the column a heading means; "" for one that is left out


@dataclass
class Headings:
    """The headings of a sheet: the row they begin in (`at`), one to three rows high, and the columns they mean.

    `joined` are names of people that go on in the column to the right, `sexes` columns that hold an x or a year of
    birth under one sex, `serials` those that number the rows, of the households first. `texts` are the headings as they
    stand, `keys` how each is known when it is matched by hand, `left_out` what was matched with nothing, all by place.
    """

    kind: str
    at: int
    high: int
    columns: dict[str, int] = field(default_factory=dict)
    ticks: dict[tuple[str, str], int] = field(default_factory=dict)
    joined: set[str] = field(default_factory=set)
    sexes: dict[str, int] = field(default_factory=dict)
    serials: list[int] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    texts: dict[int, str] = field(default_factory=dict)
    keys: dict[int, str] = field(default_factory=dict)
    left_out: set[int] = field(default_factory=set)

    @property
    def count(self) -> int:
        """How many columns are understood."""
        return len(self.columns) + len(self.ticks) + len(self.sexes)

    def used(self) -> set[int]:
        """The places of the columns that are read."""
        more = {self.columns[key] + 1 for key in self.joined}
        return {*self.columns.values(), *self.ticks.values(), *self.sexes.values(), *self.serials, *more}


@lru_cache(4096)
def plainest(heading: str) -> str:
    """Reduce a heading to what is compared: "2. Họ tên chủ hộ (*)" -> "ho ten chu ho"."""
    words = re.sub(r"[^a-z0-9]+", " ", re.sub(r"\([^)]*\)", " ", text.fold(heading))).strip()
    return re.sub(r"^\d+ (?=[a-z])", "", words)


@lru_cache
def meanings(kind: str) -> dict[str, str]:
    """Return column keys by heading; a column's own heading wins over another column's alternative."""
    others = {plainest(name): column.key for column in reversed(columns_of(kind)) for name in column.others}
    own = {plainest(name): column.key for column in reversed(columns_of(kind)) for name in (column.vi, column.en)}
    return others | own


@lru_cache
def _tick_meanings(kind: str) -> dict[str, tuple[str, str]]:
    """Return the words that may be headings over a column of ticks: `{word: (key, code)}`."""
    several = [column for column in columns_of(kind) if column.several]
    ticks = {plainest(word): (c.key, code) for c in several for code, words in c.choices.items() for word in words}
    return {word: tick for word, tick in ticks.items() if word not in meanings(kind)}


@lru_cache
def _numbering() -> set[str]:
    return {plainest(name) for name in (*NUMBERING, *NUMBERING_HOUSEHOLDS)} - {""}


def find(
    rows: list[list[str]], kind: str, matched: Matched = MappingProxyType({}), at: int | None = None
) -> Headings | None:
    """Find the row, or up to three where one heading stands over several, in which most columns are understood.

    `matched` are headings matched by hand, `at` is the row somebody named. None when no row fits.
    """
    best = None
    places = range(min(DEEPEST, len(rows))) if at is None else [at]
    for high in range(1, HIGHEST + 1):
        for place in places:
            if place + high > len(rows) or any(_is_data(row) for row in rows[place + 1 : place + high]):
                continue
            candidate = _read(rows, place, high, kind, matched)
            if len(candidate.columns) >= _least(kind, at) and (best is None or candidate.count > best.count):
                best = candidate
    return best and _from_above(rows, best, kind, matched)


def _from_above(rows: list[list[str]], best: Headings, kind: str, matched: Matched) -> Headings:
    """Include the row above where cells are merged over both."""
    above, top = rows[best.at - 1], rows[best.at]
    same = sum(cell == other != "" for cell, other in zip(above, top, strict=False))
    if not best.at or best.high == HIGHEST or same < 2 or same == len(list(filter(None, above))):
        return best
    whole = _read(rows, best.at - 1, best.high + 1, kind, matched)
    return whole if whole.count >= best.count else best


def _is_data(row: list[str]) -> bool:
    return any(cell.strip().isdecimal() for cell in row)


def _least(kind: str, at: int | None) -> int:
    return 1 if kind == "hamlets" or at is not None else 2


def at_row(rows: list[list[str]], kind: str, at: int, matched: Matched = MappingProxyType({})) -> Headings:
    """Read a row as headings, even if none of them is understood."""
    return _read(rows, at, 1, kind, matched)


def guess(rows: list[list[str]]) -> int:
    """Guess the row of headings where none is understood: the first of those with most texts and no numbers."""
    texts = [len({cell.strip() for cell in row if cell.strip()}) for row in rows[:DEEPEST]]
    for place, row in enumerate(rows[:DEEPEST]):
        texts[place] *= not _is_data(row)
    return texts.index(max(texts)) if texts else 0


def _read(rows: list[list[str]], at: int, high: int, kind: str, matched: Matched) -> Headings:
    head, top = Headings(kind, at, high), rows[at : at + high]
    names, stacks = _names(top), _stacks(top)
    head.texts = {place: " / ".join(" ".join(cell.split()) for cell in stack) for place, stack in enumerate(stacks)}
    head.keys = _keys(head.texts)
    wide = _wide_names(names, rows[at + high :], kind)
    head.sexes = sexes(stacks) if _sex(kind) else {}
    _by_hand(head, kind, matched)
    for place in _larger_first(names, kind):
        free = place not in head.left_out and place not in head.columns.values()
        if free and place - 1 not in wide and place not in head.sexes.values():
            _meaning(head, place, names[place], kind, wide)
    used = head.used()
    head.unknown = [said for place, said in head.texts.items() if said and place not in used | head.left_out]
    return head


@lru_cache
def _sex(kind: str) -> str | None:
    """Return the key of the column for the sex, if the list has one."""
    return next((column.key for column in columns_of(kind) if column.key in OF_SEX), None)


def _keys(texts: dict[int, str]) -> dict[int, str]:
    """Return each heading's key for matching by hand: its plain words, numbered when repeated, or the letters."""
    keys, before = {}, Counter()
    for place, heading in texts.items():
        plain = plainest(heading)
        before[plain] += 1
        keys[place] = f"{plain} {before[plain]}" if plain and before[plain] > 1 else plain or f"#{letters(place + 1)}"
    return keys


def _by_hand(head: Headings, kind: str, matched: Matched) -> None:
    """Apply the matches made by hand; they win over what the program recognises."""
    own = {column.key for column in columns_of(kind)}
    for place, key in head.keys.items():
        column = matched.get(key)
        if column == "":
            head.left_out.add(place)
        elif column in own and column not in head.columns:
            head.columns[column] = place
        if column is not None:
            head.sexes = {sex: at for sex, at in head.sexes.items() if at != place}


def _larger_first(names: list[list[str]], kind: str) -> list[int]:
    """Order the places from left to right, those of smaller units last: the larger unit is the hamlet."""
    smaller = [place for place, headings in enumerate(names) if headings[0] and is_smaller_place(headings[0])]
    return [place for place in range(len(names)) if place not in smaller] + smaller


def _meaning(head: Headings, place: int, names: list[str], kind: str, wide: dict[int, str]) -> None:
    """Assign one place of the sheet to a column, unless another place has taken it."""
    by_name, ticks = meanings(kind), _tick_meanings(kind)
    key = wide.get(place) or next((by_name[name] for name in names if name in by_name), None)
    tick = next((ticks[name] for name in names if name in ticks), None)
    if names[0] in _numbering() or head.texts[place] in NUMBERING:
        first = names[0] in map(plainest, NUMBERING_HOUSEHOLDS)
        head.serials.insert(0 if first else len(head.serials), place)
        return
    if key is None and tick is None:
        in_general = (by_name.get(general(name)) for name in names)
        key = next(filter(None, (*in_general, *(likely(name, kind) for name in names))), None)
    key = _instead(head, key, kind) if key in head.columns else key
    if key and key not in head.columns:
        head.columns[key] = place
        head.joined |= {key} & set(wide.values()) if place in wide else set()
    elif not key and tick and tick not in head.ticks:
        head.ticks[tick] = place


_NEXT = {"phone": "phone2", "hamlet_code": "group_name"}


def _instead(head: Headings, key: str, kind: str) -> str:
    """Return the next best column: a second telephone, or the group for a tổ dân phố beside its khu phố."""
    other = _NEXT.get(key, key)
    return other if any(column.key == other for column in columns_of(kind)) else key


def _wide_names(columns: list[list[str]], below: list[list[str]], kind: str) -> dict[int, str]:
    """Find names that are split over two columns, under one heading or under "Họ" and "Tên"."""
    by_name, (family_names, given_names), wide = meanings(kind), _split_names(), {}
    for place, (left, right) in enumerate(pairwise(columns)):
        key = next((by_name[name] for name in left if by_name.get(name) in NAMES), None)
        if key and (left == right or (right == [""] and _has_given_names(below, place))):
            wide[place] = key
        elif family_names & set(left) and given_names & set(right):
            wide[place] = next(column.key for column in columns_of(kind) if column.key in NAMES)
    return wide


def _has_given_names(below: list[list[str]], place: int) -> bool:
    """Whether a single word stands beside most of the names."""
    pairs = [(cell_at(row, place), cell_at(row, place + 1)) for row in below]
    named = [right for left, right in pairs if left]
    return len(named) < 2 * sum(right.isalpha() and right != left for left, right in pairs if left)


@lru_cache
def _split_names() -> tuple[set[str], set[str]]:
    return {plainest(name) for name in FAMILY_NAMES}, {plainest(name) for name in GIVEN_NAMES}


def _stacks(top: list[list[str]]) -> list[list[str]]:
    """Return the headings of each column from the top down; one that stands over several columns counts for each."""
    stacks: list[list[str]] = []
    over = [""] * (len(top) - 1)
    for place in range(max(map(len, top))):
        cells = [cell_at(row, place).strip() for row in top]
        for level in range(len(over)):
            over[level] = cells[level] or (over[level] if any(cells[level + 1 :]) else "")
        stacks.append(list(dict.fromkeys(filter(None, [*over, cells[-1]]))))
    return stacks


def _names(top: list[list[str]]) -> list[list[str]]:
    """Return possible names of each column: the lowest heading, then with those above it, then each of them alone."""
    names = []
    for stack in _stacks(top):
        plain = [name for name in dict.fromkeys(map(plainest, stack)) if name]
        with_those_over = [" ".join(plain[start:]) for start in range(len(plain) - 1, -1, -1)]
        names.append(list(dict.fromkeys([*with_those_over, *reversed(plain)])) or [""])
    return names


def cell_at(row: list[str], place: int) -> str:
    """Return a cell of a row; empty where the row is shorter."""
    return row[place] if place < len(row) else ""
