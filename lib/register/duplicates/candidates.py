"""Households and persons that may be registered twice: offered on entry and on import, never merged unasked.

Reading is through `my_*`; what has moved, left or was merged already is left out.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from lib.core.access import User, require
from lib.core.audit import SINGLE, act
from lib.core.database import row, rows
from lib.core.sql import GONE_STATUSES
from lib.register.duplicates import match_score, similar_names
from lib.register.duplicates.match_score import OFFERED, Entry

MOST = 10

GONE = f"""exists (select 1
        from household_status s  -- all: of a household of the visitor's
        where s.household_id = h.id and s.status in {GONE_STATUSES} and s.until_day is null)"""
# The head's own year, sex and numbers, where the head is listed by name.
_HOUSEHOLDS = f"""
    select h.id, h.code, h.head_name as name, h.hamlet_code, h.lane, h.house_number, h.phone, h.phone2,
        p.birth_year, p.sex, p.id_number, p.phone as own_phone, a.kind as hamlet_kind, a.name as hamlet_name
    from my_households h
    join areas a on a.code = h.hamlet_code
    left join persons p  -- all: the head of a household of the visitor's
        on p.id = (select min(head.id)
            from persons head  -- all: of a household of the visitor's
            where head.household_id = h.id and head.relation = 'head' and head.until_day is null)
    where h.commune_code = :commune and h.merged_into is null and not {GONE}"""
_PERSONS = f"""
    select p.id, h.code, h.id as household_id, p.full_name as name, h.hamlet_code, h.lane, h.house_number,
        p.birth_year, p.sex, p.id_number, p.phone, a.kind as hamlet_kind, a.name as hamlet_name
    from my_households h
    join persons p on p.household_id = h.id  -- all: of households of the visitor's
    join areas a on a.code = h.hamlet_code
    where h.commune_code = :commune and p.until_day is null and p.merged_into is null
        and h.merged_into is null and not {GONE}"""
_ALL = {"household": _HOUSEHOLDS, "person": _PERSONS}


# Cheaper than the whole row: whose name may fit, and who has the number.
_NAMED = {
    "household": "select h.id, h.head_name from my_households h where h.hamlet_code = :hamlet",
    "person": """select p.id, p.full_name from my_households h
        join persons p on p.household_id = h.id  -- all: of households of the visitor's
        where h.hamlet_code = :hamlet and (:year is null or p.birth_year is null or abs(p.birth_year - :year) < 2)""",
}
_NUMBERED = {
    "household": """select id from my_households where commune_code = :commune
            and (phone in (select value from json_each(:phones)) or phone2 in (select value from json_each(:phones)))
        union
        select p.household_id
        from persons p  -- all: only ids, looked up in households of the visitor's afterwards
        where p.relation = 'head'
            and (p.id_number = :id_number or p.phone in (select value from json_each(:phones)))""",
    "person": """select id
        from persons  -- all: only ids, looked up in households of the visitor's afterwards
        where id_number = :id_number or phone in (select value from json_each(:phones))""",
}


def candidates(db: Database, kind: str, values: dict, *, commune: str, limit: int | None = MOST) -> list[dict]:
    """Who of the commune this may already be, the likeliest and the own hamlet first: `{code, name, score, why, …}`.

    `values` are a household's or a person's as the form holds them; of a person also `hamlet_code` and, if it is
    known, `household_id`, `lane` and `house_number`. `id` is left out of the result.
    """
    mine = match_score.entry(values)
    asked = {
        "hamlet": mine.hamlet,
        "year": mine.year,
        "id_number": mine.id_number,
        "phones": json.dumps(sorted(mine.phones)),
        "commune": commune,
    }
    named = db.conn.execute(_NAMED[kind], _asked_of(_NAMED[kind], asked))
    ids = {each for each, name in named if similar_names.alike(mine.name, similar_names.name(name))}
    if mine.phones or mine.id_number:
        ids |= {each for (each,) in db.conn.execute(_NUMBERED[kind], _asked_of(_NUMBERED[kind], asked))}
    found = read(db, kind, commune, ids - {values.get("id")})
    return _best(mine, found, limit)


def _asked_of(sql: str, places: dict) -> dict:
    return {name: place for name, place in places.items() if f":{name}" in sql}


def read(
    db: Database, kind: str, commune: str, ids: Iterable[int] | None = None, *, homes: Iterable[int] | None = None
) -> list[dict]:
    """The rows to compare with: all of the commune, those of the ids, or those of the households.

    The cross join keeps SQLite from walking the whole commune to find a few.
    """
    if ids is None and homes is None:
        return rows(db, _ALL[kind], {"commune": commune})
    chosen, column = (ids or (), f"{kind[0]}.id") if homes is None else (homes, "h.id")
    sql = _ALL[kind].replace("from my_households h", "from json_each(:ids) chosen cross join my_households h", 1)
    return rows(db, f"{sql} and {column} = chosen.value", {"commune": commune, "ids": json.dumps(sorted(chosen))})


def _best(mine: Entry, found: Iterable[dict], limit: int | None) -> list[dict]:
    scored = []
    for line in found:
        points, why = match_score.score(mine, match_score.entry(line))
        if points >= OFFERED:
            scored.append({**line, "score": points, "why": why})
    return sorted(scored, key=lambda line: (-line["score"], line["hamlet_code"] != mine.hamlet, line["id"]))[:limit]


def candidates_of_file(
    db: Database, lines: list[dict], commune: str, *, kind: str = "household", limit: int = MOST
) -> dict[int, list[dict]]:
    """The same for all rows of a file at once, by their place in it; rows nobody is like are left out.

    A row's own `code` (of a household) or `id` is not a candidate of it.
    """
    if not (found := read(db, kind, commune)):
        return {}
    shared = _places(map(match_score.entry, found))
    offered = {}
    for place, line in enumerate(lines):
        mine = match_score.entry(line)
        near = {other for key in match_score.keys(mine) for other in shared.get(key, ())}
        own = {"code": line.get("code")} if kind == "household" else {"id": line.get("id")}
        rivals = [found[other] for other in sorted(near) if not _is(found[other], own)]
        if best := _best(mine, rivals, limit):
            offered[place] = best
    return offered


def twins(lines: list[dict]) -> dict[int, int]:
    """Rows of one file that may be one household: the place of each with that of an earlier one.

    Only those who share a telephone, or hamlet and name, are compared; two with different telephones are two.
    """
    found: dict[int, int] = {}
    known: dict[tuple, list[tuple[int, Entry]]] = defaultdict(list)
    for place, line in enumerate(lines):
        mine = match_score.entry(line)
        keys = [("phone", number) for number in mine.phones] + [(mine.hamlet, mine.name.bag)]
        rivals = (rival for key in keys for rival in known[key][:MOST])
        first = min((other for other, its in rivals if _may_be_one(mine, its)), default=None)
        if first is not None:
            found[place] = first
        for key in keys:
            known[key].append((place, mine))
    return found


def _may_be_one(mine: Entry, its: Entry) -> bool:
    apart = mine.phones and its.phones and not mine.phones & its.phones
    return not apart and match_score.score(mine, its)[0] >= OFFERED


def _is(line: dict, own: dict) -> bool:
    return all(value and line[name] == value for name, value in own.items())


def _places(entries: Iterable[Entry]) -> dict[tuple, list[int]]:
    """Where each key of likeness occurs."""
    found = defaultdict(list)
    for place, entry in enumerate(entries):
        for key in match_score.keys(entry):
            found[key].append(place)
    return found


def keep_apart(db: Database, user: User, kind: str, one: int, other: int, *, now: datetime) -> None:
    """These are two: the pair is not listed again. Deciding it once more changes nothing."""
    with act(db, user, "household.register", now=now, kind="duplicate.two", undo=SINGLE) as deed:
        one, other = sorted((one, other))
        pair = [require(found) for found in (_told(db, kind, one), _told(db, kind, other))]
        made = db.conn.execute(
            "insert or ignore into not_duplicates (kind, one, other) values (?, ?, ?)", [kind, one, other]
        )
        deed.subject = " – ".join(f"{line['name']} ({line['code']})" for line in pair)
        deed.area, deed.nothing = pair[0]["commune_code"], not made.rowcount


def _told(db: Database, kind: str, which: int) -> dict | None:
    """Name, code and commune of a household, or of the household a person lives in."""
    sql = "select head_name as name, code, commune_code from my_households where id = ?"
    if kind == "person":
        sql = """select p.full_name as name, h.code, h.commune_code from my_households h
            join persons p on p.household_id = h.id  -- all: of households of the visitor's
            where p.id = ?"""
    return row(db, sql, [which])
