"""Issues codes for printed sheets, and compares a printed sheet with the present one.

A code has six digits, the last a check digit. It belongs to one team's sheet of one day.
"""

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from lib.core import clock
from lib.core.access import User
from lib.core.database import row, rows, write
from lib.core.errors import N_, Invalid, Say
from lib.core.sql import GONE_STATUSES, in_force
from lib.register.teams import sheet_numbers

_TRIES = 40
_SIX = Say(N_("A sheet's code has six digits, e.g. 482 918."))
_SLIP = Say(N_("This code contains a mistake; compare it with the sheet."))
_UNKNOWN = Say(N_("No sheet in your area has this code; compare it with the sheet."))

# Damm's table: every wrong digit and every swap of two neighbours leaves a rest other than 0.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


@dataclass(frozen=True)
class Print:
    """A printed sheet: `members` are the row numbers on it by member, `numbers` how many were issued then."""

    code: str
    team_id: int
    team: str
    commune: str
    day: str
    printed_at: str
    numbers: int
    members: dict[int, list[int]]


def spaced(code: str) -> str:
    """Return a code in two groups: 482 918."""
    return f"{code[:3]} {code[3:]}".strip()


# Writing


def issue(db: Database, user: User, team: int, day: str, members: dict[int, list[int]], *, now: datetime) -> str:
    """Return the code of a sheet printed for these members; the same content keeps its code.

    Part of the act of printing, which has its line in the log.
    """
    content = json.dumps({str(member): numbers for member, numbers in sorted(members.items())})
    numbered = len(sheet_numbers.fixed(db, team, day) or [])
    same = "team_id = ? and day = ? and numbers = ? and members = ?"
    with write(db):
        earlier = row(db, f"select code from sheet_prints where {same}", [team, day, numbered, content])
        if earlier:
            return str(earlier["code"])
        for _try in range(_TRIES):
            code = _code(f"{secrets.randbelow(100_000):05d}")
            try:
                db.conn.execute(
                    """insert into sheet_prints (code, team_id, day, printed_at, printed_by, numbers, members)
                       values (?, ?, ?, ?, ?, ?, ?)""",
                    [code, team, day, clock.stamp(now), user.id, numbered, content],
                )
                return code
            except sqlite3.IntegrityError:
                continue  # another sheet of the day bears it
    raise RuntimeError("no code is free")


def _code(digits: str) -> str:
    return digits + str(_rest(digits))


def _rest(digits: str) -> int:
    rest = 0
    for digit in digits:
        rest = int(_DAMM[rest][int(digit)])
    return rest


# Reading


def read(db: Database, typed: str, *, team: int, day: str) -> Print:
    """Return the sheet of a typed code, preferring this team and day; raise Invalid for a wrong code."""
    code = "".join(typed.split()).replace("-", "").replace(".", "")
    if not (code.isascii() and code.isdigit() and len(code) == 6):
        raise Invalid({"code": _SIX})
    if _rest(code):
        raise Invalid({"code": _SLIP})
    sheet = row(
        db,
        """select p.code, p.team_id, t.name as team, t.commune_code as commune, p.day, p.printed_at, p.numbers,
               p.members
           from sheet_prints p join my_teams t on t.id = p.team_id
           where p.code = :code order by (p.team_id = :team and p.day = :day) desc, p.day desc limit 1""",
        {"code": code, "team": team, "day": day},
    )
    if sheet is None:
        raise Invalid({"code": _UNKNOWN})
    members = {int(member): numbers for member, numbers in json.loads(sheet["members"]).items()}
    return Print(**sheet | {"members": members})


def of_sheet(db: Database, team: int, day: str, code: str) -> bool:
    """Whether a code belongs to a sheet of this team and day."""
    sql = "select 1 from sheet_prints where code = ? and team_id = ? and day = ?"
    return db.conn.execute(sql, [code, team, day]).fetchone() is not None


def changes(db: Database, paper: Print, lines: Iterable[dict]) -> dict[str, list[dict]]:
    """Return the differences between the screen's sheet and the paper: `{came, left, hands}`, rows by number.

    `came` have no row on the paper; `left` have one there alone, with `why`: moved, merged, given away or nobody's;
    `hands` are with another member now. `lines` is the sheet as the visitor sees it.
    """
    was = {number: member for member, numbers in paper.members.items() for number in numbers}
    now = {line["number"]: line for line in lines}
    came = [line for number, line in now.items() if number > paper.numbers]
    hands = [line for number, line in now.items() if number in was and line["member_id"] != was[number]]
    left = sorted(number for number in was if number not in now)
    return {"came": came, "left": _left(db, paper, left) if left else [], "hands": hands}


def _left(db: Database, paper: Print, numbers: list[int]) -> list[dict]:
    """Return the rows that are on the paper only, with the names that the visitor may read."""
    whose = sheet_numbers.fixed(db, paper.team_id, paper.day) or []
    ids = {number: whose[number - 1] for number in numbers if number <= len(whose)}
    households = rows(
        db,
        f"""select h.id, h.code, h.head_name, s.status, a.team_id, t.name as team
           from my_households h
           left join my_status s on s.household_id = h.id and {in_force("s")}
           left join my_assignments a on a.household_id = h.id and {in_force("a")}
           left join my_teams t on t.id = a.team_id
           where h.id in (select value from json_each(:ids))""",
        {"day": paper.day, "ids": json.dumps([household for household in ids.values() if household])},
    )
    by_id = {line["id"]: line for line in households}
    lines = ({"number": number, **by_id.get(ids.get(number), {})} for number in numbers)
    return [{**line, "why": _why(line, paper.team_id)} for line in lines]


def _why(line: dict, team: int) -> str:
    if line.get("status") in GONE_STATUSES:
        return str(line["status"])
    if line.get("team_id") not in (None, team):
        return "given"
    return "member" if line.get("team_id") == team else "gone"
