"""Reads moves of households from both sides, and the hamlets to choose for one (see `relocation`)."""

import json

from sqlite_utils import Database

from lib.core.access import require
from lib.core.database import rows
from lib.core.sql import GONE_STATUSES, not_over


def destinations(db: Database, commune: str) -> list[dict]:
    """Return the hamlets of any commune, to choose from; places are no secret."""
    return rows(
        db,
        "select code, kind, name from areas where level = 'hamlet' and parent_code = ? order by name_sort, kind",
        [commune],
    )


def communes(db: Database, own: str) -> list[dict]:
    """Return the communes of the province that contains `own`, in Vietnamese order, with their district's name."""
    return rows(
        db,
        """select c.code, c.kind, c.name, d.kind || ' ' || d.name as parent
           from areas c join areas d on d.code = c.parent_code
           where c.level = 'commune' and d.parent_code = (
               select d2.parent_code from areas c2 join areas d2 on d2.code = c2.parent_code where c2.code = ?)
               and exists (select 1 from areas h where h.parent_code = c.code)
           order by d.name_sort, c.name_sort""",
        [own],
    )


def departures(db: Database, codes: list[str], *, day: str) -> dict[str, dict]:
    """Return where these households move or moved, by code: hamlet, commune and first day there."""
    moves = rows(
        db,
        f"""select h.code, new.code as new_code, s.from_day, a.kind as hamlet_kind, a.name as hamlet_name,
               c.kind as commune_kind, c.name as commune_name, c.code <> h.commune_code as leaves_commune
           from my_households h
           join households new on new.id = h.merged_into  -- all: where a household of my area went
           join my_status s on s.household_id = h.id and s.status = 'moved'
               and {not_over("s", "max(:day, s.from_day)")}
           join areas a on a.code = new.hamlet_code join areas c on c.code = new.commune_code
           where h.code in (select value from json_each(:codes))""",
        {"codes": json.dumps(codes), "day": day},
    )
    return {line.pop("code"): line for line in moves}


def leaving(db: Database, team_id: int, *, day: str) -> list[dict]:
    """Return the households that a team loses by a move, on the day or later.

    As `departures`, with `code` and `head_name`; `mine`: the visitor may open the successor too.
    """
    ending = rows(
        db,
        """select h.code, h.head_name, a.until_day
           from my_assignments a
           join my_teams t on t.id = a.team_id
           join my_households h on h.id = a.household_id
           where a.team_id = :team and a.from_day <= :day and a.until_day >= :day and a.until_day > a.from_day
           order by a.until_day, h.hamlet_code, h.walk_order, h.code""",
        {"team": team_id, "day": day},
    )
    gone = departures(db, [line["code"] for line in ending], day=day) if ending else {}
    mine = {
        line["code"]
        for line in rows(
            db,
            "select code from my_households where code in (select value from json_each(?))",
            [json.dumps([there["new_code"] for there in gone.values()])],
        )
    }
    return [
        {**line, **gone[line["code"]], "mine": gone[line["code"]]["new_code"] in mine}
        for line in ending
        if line["code"] in gone and gone[line["code"]]["from_day"] == line["until_day"]
    ]


def before(db: Database, household_id: int) -> list[dict]:
    """Return the predecessors of a household, moved or merged into it, newest first."""
    return rows(
        db,
        f"""with recursive earlier (id) as (
               select id from households where merged_into = :household  -- all: what a household of mine was
               union select h.id from households h join earlier on h.merged_into = earlier.id)  -- all: the same
           select h.id, h.code, h.head_name, h.from_day, s.status, s.from_day as until_day, a.kind as hamlet_kind,
               a.name as hamlet_name, c.kind as commune_kind, c.name as commune_name
           from earlier join households h on h.id = earlier.id  -- all: what a household of mine was
           join household_status s on s.household_id = h.id  -- all: the same
               and s.status in {GONE_STATUSES} and s.until_day is null
           join areas a on a.code = h.hamlet_code join areas c on c.code = h.commune_code
           where exists (select 1 from my_households mine where mine.id = :household)
           order by s.from_day desc, h.id desc""",
        {"household": household_id},
    )


def visits_before(db: Database, household_id: int, earlier: int) -> list[dict]:
    """Return the visits of a household's predecessors, newest first: `{day, outcome}`."""
    require(next((was for was in before(db, household_id) if was["id"] == earlier), None))
    return rows(
        db,
        """select day, outcome
           from visits  -- all: of what a household of mine was
           where household_id = ? and outcome is not null order by day desc""",
        [earlier],
    )
