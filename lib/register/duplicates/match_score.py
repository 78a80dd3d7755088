"""Scores how likely two entries are the same household or person, by what they have in common.

A name alone says little where every tenth man is Nguyễn Văn: it takes the hamlet and the lane, the year of birth,
a telephone or an identity number beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lib.core import text
from lib.core.errors import Invalid
from lib.core.words import phone
from lib.register.duplicates import similar_names
from lib.register.duplicates.similar_names import Name

OFFERED, LISTED = 60, 70  # points from which one is offered on entry, and a pair stands on the commune's list
_NAMES = {"same": 50, "order": 46, "marks": 38, "letter": 32, "word": 28}


@dataclass(frozen=True, slots=True)
class Entry:
    """The compared fields of a household (its head) or a person; unknown ones are None or empty."""

    name: Name
    hamlet: str | None
    lane: str
    number: str
    year: int | None
    sex: str | None
    id_number: str | None
    phones: frozenset[str]
    household: int | None


def entry(line: dict) -> Entry:
    """Build the entry of a row of the store, or of a form's checked values."""
    phones = (line.get(field) for field in ("phone", "phone2", "own_phone"))
    return Entry(
        name=similar_names.name(line.get("name") or line.get("full_name") or line.get("head_name")),
        hamlet=line.get("hamlet_code"),
        lane=similar_names.plain(line.get("lane")),
        number=similar_names.plain(line.get("house_number")),
        year=line.get("birth_year"),
        sex=line.get("sex"),
        id_number=line.get("id_number"),
        phones=frozenset(filter(None, phones)),
        household=line.get("household_id"),
    )


def typed(values: dict) -> dict:
    """Return a form's fields with numbers as the store writes them; unreadable ones become None."""
    read = {**values, "birth_year": _year(values.get("birth_year"))}
    for field in ("phone", "phone2"):
        try:
            read[field] = phone.parse(values.get(field))
        except Invalid:
            read[field] = None
    for field in ("lane", "house_number"):
        read[field] = text.clean(values.get(field)) or None
    return read


def _year(written: object) -> int | None:
    digits = text.clean(str(written or ""))
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) == 4 else None


def score(one: Entry, other: Entry) -> tuple[int, tuple[str, ...]]:
    """Return the points (0–100) and the reasons for them; 0 for different identity numbers or different names."""
    if one.id_number and other.id_number:
        return (100, ("id_number",)) if one.id_number == other.id_number else (0, ())
    if one.year and other.year and abs(one.year - other.year) > 1 and not one.phones & other.phones:
        return 0, ()  # whatever else they have in common does not make up for it
    name = similar_names.alike(one.name, other.name)
    if name is None:
        return 0, ()
    reasons = [(f"name_{name}", _NAMES[name]), ("", 10 if one.hamlet == other.hamlet else -20)]
    reasons += _of_the_person(one, other)
    reasons += _of_the_place(one, other) if one.hamlet == other.hamlet else []
    return min(sum(points for _word, points in reasons), 99), tuple(word for word, _points in reasons if word)


def _of_the_person(one: Entry, other: Entry) -> list[tuple[str, int]]:
    points = [("phone", 30)] if one.phones & other.phones else []
    if one.sex and other.sex and one.sex != other.sex:
        points.append(("", -40))
    if one.year and other.year:
        points.append({0: ("year", 25), 1: ("year_near", 15)}.get(abs(one.year - other.year), ("", -60)))
    return points


def _of_the_place(one: Entry, other: Entry) -> list[tuple[str, int]]:
    """Score two entries of one hamlet by household, or by lane and number; in another lane the number is ignored."""
    if one.household and one.household == other.household:
        return [("household", 30)]
    points = []
    for field, more, less in (("lane", 15, -25), ("number", 15, -10)):
        mine, theirs = getattr(one, field), getattr(other, field)
        if mine and theirs:
            points.append((field, more) if mine == theirs else ("", less))
        if points and points[-1][1] < 0:
            break
    return points


def keys(entry: Entry) -> Iterator[tuple]:
    """Yield the match keys of an entry; any two entries that reach OFFERED share one, so only such pairs are scored."""
    if entry.id_number:
        yield "id", entry.id_number
    for number in entry.phones:
        yield "phone", number
    whole, *less = similar_names.without_one(entry.name.bag)
    yield "name", entry.hamlet, whole
    if entry.household:
        yield "household", entry.household
    for words in (whole, *less):
        if entry.year:
            yield words, entry.hamlet, entry.year
            yield words, entry.hamlet, entry.year + 1
        if entry.lane and not entry.household:
            yield words, entry.hamlet, entry.lane
