"""Finds registered households and persons that a form or a file row may repeat; they are offered, never merged.

Reading is through `my_*`; households and persons that moved, left or were merged are left out.
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


# Cheaper than the whole row: ids by name in the hamlet, and ids by telephone or identity number.
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
    """Return the commune's entries that may be the same as `values`, best score first: `{code, name, score, why, …}`.

    `values` are the form's fields of a household or a person; a person also has `hamlet_code` and, if known,
    `household_id`, `lane` and `house_number`. The entry with their own `id` is left out.
    """
    mine = match_score.entry(values)
    parameters = {
        "hamlet": mine.hamlet,
        "year": mine.year,
        "id_number": mine.id_number,
        "phones": json.dumps(sorted(mine.phones)),
        "commune": commune,
    }
    named = db.conn.execute(_NAMED[kind], _used_in(_NAMED[kind], parameters))
    ids = {row_id for row_id, name in named if similar_names.alike(mine.name, similar_names.name(name))}
    if mine.phones or mine.id_number:
        ids |= {row_id for (row_id,) in db.conn.execute(_NUMBERED[kind], _used_in(_NUMBERED[kind], parameters))}
    entries = read(db, kind, commune, ids - {values.get("id")})
    return _best(mine, entries, limit)


def _used_in(sql: str, parameters: dict) -> dict:
    return {name: place for name, place in parameters.items() if f":{name}" in sql}


def read(
    db: Database, kind: str, commune: str, ids: Iterable[int] | None = None, *, homes: Iterable[int] | None = None
) -> list[dict]:
    """Return the rows to compare: all of the commune, those of `ids`, or those of the households `homes`.

    The cross join keeps SQLite from walking the whole commune to find a few.
    """
    if ids is None and homes is None:
        return rows(db, _ALL[kind], {"commune": commune})
    chosen, column = (ids or (), f"{kind[0]}.id") if homes is None else (homes, "h.id")
    sql = _ALL[kind].replace("from my_households h", "from json_each(:ids) chosen cross join my_households h", 1)
    return rows(db, f"{sql} and {column} = chosen.value", {"commune": commune, "ids": json.dumps(sorted(chosen))})


def _best(mine: Entry, rivals: Iterable[dict], limit: int | None) -> list[dict]:
    scored = []
    for line in rivals:
        points, why = match_score.score(mine, match_score.entry(line))
        if points >= OFFERED:
            scored.append({**line, "score": points, "why": why})
    return sorted(scored, key=lambda line: (-line["score"], line["hamlet_code"] != mine.hamlet, line["id"]))[:limit]


def candidates_of_file(
    db: Database, lines: list[dict], commune: str, *, kind: str = "household", limit: int = MOST
) -> dict[int, list[dict]]:
    """Return the candidates for each row of a file, by its place in the file; rows without any are left out.

    A row is no candidate for itself: its own `code` (of a household) or `id` is skipped.
    """
    if not (registered := read(db, kind, commune)):
        return {}
    shared = _places(map(match_score.entry, registered))
    offered = {}
    for place, line in enumerate(lines):
        mine = match_score.entry(line)
        near = {other for key in match_score.keys(mine) for other in shared.get(key, ())}
        own = {"code": line.get("code")} if kind == "household" else {"id": line.get("id")}
        rivals = [registered[other] for other in sorted(near) if not _is(registered[other], own)]
        if best := _best(mine, rivals, limit):
            offered[place] = best
    return offered


def twins(lines: list[dict]) -> dict[int, int]:
    """Map the place of each file row to that of an earlier row which may be the same household.

    Only rows that share a telephone, or hamlet and name, are compared; different telephones mean two households.
    """
    twin_of: dict[int, int] = {}
    earlier: dict[tuple, list[tuple[int, Entry]]] = defaultdict(list)
    for place, line in enumerate(lines):
        mine = match_score.entry(line)
        keys = [("phone", number) for number in mine.phones] + [(mine.hamlet, mine.name.bag)]
        rivals = (rival for key in keys for rival in earlier[key][:MOST])
        first = min((other for other, theirs in rivals if _may_be_one(mine, theirs)), default=None)
        if first is not None:
            twin_of[place] = first
        for key in keys:
            earlier[key].append((place, mine))
    return twin_of


def _may_be_one(mine: Entry, theirs: Entry) -> bool:
    apart = mine.phones and theirs.phones and not mine.phones & theirs.phones
    return not apart and match_score.score(mine, theirs)[0] >= OFFERED


def _is(line: dict, own: dict) -> bool:
    return all(value and line[name] == value for name, value in own.items())


def _places(entries: Iterable[Entry]) -> dict[tuple, list[int]]:
    """Return the places of the entries by each of their match keys."""
    places = defaultdict(list)
    for place, entry in enumerate(entries):
        for key in match_score.keys(entry):
            places[key].append(place)
    return places


def keep_apart(db: Database, user: User, kind: str, one: int, other: int, *, now: datetime) -> None:
    """Record that the two are not duplicates, so that the pair is not listed again; repeating it changes nothing."""
    with act(db, user, "household.register", now=now, kind="duplicate.two", undo=SINGLE) as deed:
        one, other = sorted((one, other))
        pair = [require(_title(db, kind, row_id)) for row_id in (one, other)]
        cursor = db.conn.execute(
            "insert or ignore into not_duplicates (kind, one, other) values (?, ?, ?)", [kind, one, other]
        )
        deed.subject = " – ".join(f"{line['name']} ({line['code']})" for line in pair)
        deed.area, deed.nothing = pair[0]["commune_code"], not cursor.rowcount


def _title(db: Database, kind: str, which: int) -> dict | None:
    """Return name, code and commune of a household, or of a person with their household."""
    sql = "select head_name as name, code, commune_code from my_households where id = ?"
    if kind == "person":
        sql = """select p.full_name as name, h.code, h.commune_code from my_households h
            join persons p on p.household_id = h.id  -- all: of households of the visitor's
            where p.id = ?"""
    return row(db, sql, [which])
