"""Founds Community Covid teams by decision (S2-20), edits and dissolves them; their past is never overwritten."""

import json
import re
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlite_utils import Database

from lib.core import clock, form_input, rollup, text
from lib.core.access import User, require
from lib.core.audit import SINGLE, act, changes
from lib.core.database import row, rows, value
from lib.core.errors import N_, Conflict
from lib.core.form_input import Typed, shown
from lib.core.sql import not_over
from lib.core.versions import check_version
from lib.core.words import namesakes
from lib.register.teams import fields, member_table, team_table

_LIVING = f"m.from_day <= max(:day, t.from_day) and {not_over('m')}"

_SOUGHT = (
    "(t.name_folded || ' ' || ifnull(l.name_folded, '') || ' ' || ifnull(l.phone, '') || ' ' || ifnull(t.phone, ''))"
)
# A word of the search is `[as typed, its other spelling]`.
_HELD = text.HOLDS.format("{0}", "w.value ->> 0", "w.value ->> 1")
_LISTED = f"""
    select t.id, t.name, t.status, t.model, t.from_day, t.until_day, t.commune_code, t.hamlet_code,
       c.kind as commune_kind, {namesakes.full("c")} as commune_name, h.kind as hamlet_kind, h.name as hamlet_name,
       (select count(*) from my_members m where m.team_id = t.id and {_LIVING}) as members,
       ifnull(d.assigned, 0) as households, l.full_name as leader, ifnull(l.phone, t.phone) as phone
   from my_teams t
   join areas c on c.code = t.commune_code
   join areas h on h.code = t.hamlet_code
   left join team_day d on d.day = :day and d.commune_code = t.commune_code and d.team_id = t.id
   left join my_members l on l.id = (select m.id from my_members m where m.team_id = t.id
       and m.role = 'leader' and {_LIVING} order by m.from_day desc, m.id desc limit 1)
   where (:commune is null or t.commune_code = :commune)
     and (:hamlet is null or t.hamlet_code = :hamlet
          or exists (select 1 from team_hamlets th where th.team_id = t.id and th.hamlet_code = :hamlet))
     and (t.status = :status or (:status = 'living' and {not_over("t")}))
     and not exists (select 1 from json_each(:words) w where not {_HELD.format(_SOUGHT)}
         and not exists (select 1 from my_members m where m.team_id = t.id and {_LIVING}
             and {_HELD.format("(m.name_folded || ' ' || ifnull(m.phone, ''))")}))
   order by c.name_sort, t.commune_code, t.name_sort, t.id limit :limit
"""


@dataclass(frozen=True)
class TeamFilters:
    """Which teams are listed: `query` finds every word in the team's, its leader's or a member's name or telephone;
    `status` is one of the store's, or "living"."""

    commune: str | None = None
    hamlet: str | None = None
    query: str = ""
    status: str = "living"


ALL_LIVING = TeamFilters()


def listed(db: Database, filters: TeamFilters = ALL_LIVING, *, day: str, limit: int = -1) -> list[dict]:
    """Return the visitor's teams with members, households (of an open day) and leader, in Vietnamese order."""
    words = [[word, text.whole_word(text.other_spelling(word))] for word in text.fold(filters.query).split()]
    return rows(db, _LISTED, asdict(filters) | {"day": day, "words": json.dumps(words), "limit": limit})


def get(db: Database, team_id: int) -> dict:
    """Return every field of a team, with its areas' names and further hamlets; raise NotFound for a stranger's."""
    team = require(
        row(
            db,
            f"""select t.id, t.commune_code, t.until_day, t.version, {", ".join(f"t.{c}" for c in fields.COLUMNS)},
                   c.kind as commune_kind, c.name as commune_name, h.kind as hamlet_kind, h.name as hamlet_name
               from my_teams t join areas c on c.code = t.commune_code join areas h on h.code = t.hamlet_code
               where t.id = ?""",
            [team_id],
        )
    )
    further = rows(db, "select hamlet_code from team_hamlets where team_id = ? order by hamlet_code", [team_id])
    return {**team, "equipment": json.loads(team["equipment"]), "hamlets": [line["hamlet_code"] for line in further]}


def proposed_name(db: Database, hamlet_code: str) -> str:
    """Return a name with the commune's next number and the hamlet: "Tổ Covid cộng đồng số 03 – ấp Phước Đức"."""
    hamlet = fields.hamlet(db, hamlet_code)
    names = db.conn.execute("select name from my_teams where commune_code = ?", [hamlet["parent_code"]])
    numbers = [int(match[1]) for (name,) in names if (match := re.search(r"số (\d{1,4})\b", name))]
    return f"Tổ Covid cộng đồng số {max(numbers, default=0) + 1:02d} – {hamlet['kind']} {hamlet['name']}"


def found(db: Database, user: User, values: dict, *, now: datetime) -> int:
    """Found a team and return its id; an empty name is replaced by a proposed one."""
    with act(db, user, "team.manage", now=now, kind="team.found", undo=SINGLE) as deed:
        new, further = fields.read(values, today=clock.day_of(now))
        new["name"] = new["name"] or proposed_name(db, new["hamlet_code"])
        commune = fields.check(db, None, new, further)
        team_id = team_table.insert(db, fields.stored(new, commune), further)
        rollup.recount(db, teams={team_id}, hamlets={new["hamlet_code"], *further}, since=new["from_day"])
        deed.subject, deed.area = new["name"], commune
        deed.detail = changes(None, {**new, "hamlets": further})
    return team_id


def edit(db: Database, user: User, team_id: int, values: dict, version: int, *, now: datetime) -> None:
    """Edit a team; fields not named stay, and saving unchanged values does nothing, whatever the version."""
    with act(db, user, "team.manage", now=now, kind="team.edit", undo=SINGLE) as deed:
        old = get(db, team_id)
        check_not_dissolved(old)
        new, further = fields.read({**old, **values}, today=clock.day_of(now), named=True)
        commune = fields.check(db, old, new, further)
        deed.subject, deed.area = old["name"], commune
        deed.detail = changes(old, {**new, "hamlets": further})
        deed.nothing = not deed.detail
        if deed.detail:
            check_version(old, version)
            _update(db, old, new, further, deed.detail)


def dissolve(db: Database, user: User, team_id: int, values: dict, version: int, *, now: datetime) -> None:
    """End a team and its members' time on a day; raise Conflict while households are still assigned to it."""
    with act(db, user, "team.manage", now=now, kind="team.dissolve", undo=SINGLE) as deed:
        old = get(db, team_id)
        typed = Typed({"until_day": clock.day_of(now), **values})
        today = clock.day_of(now)
        day = typed.day("until_day", today=today, latest=clock.plus(today, 366), required=True)
        if day and day < old["from_day"]:
            typed.fault(
                "until_day", N_("The team began on {day}; choose that day or later."), day=shown(old["from_day"])
            )
        why = form_input.reason(typed, day, today=today)
        typed.done()
        deed.subject, deed.area = old["name"], old["commune_code"]
        deed.detail = changes(old, {"status": "dissolved", "until_day": day})
        deed.nothing = not deed.detail
        if deed.detail:
            check_not_dissolved(old)
            check_version(old, version)
            check_no_households(db, team_id, day)
            deed.detail |= {"reason": why} if why else {}
            end(db, old, day)


def check_not_dissolved(old: dict) -> None:
    if old["status"] == "dissolved":
        raise Conflict(N_("This team was dissolved from {day}; create a new one."), day=shown(old["until_day"]))


def check_no_households(db: Database, team_id: int, day: str) -> None:
    """Raise Conflict if a household is assigned to the team on the day or later."""
    left = value(
        db,
        f"""select count(*) from my_assignments where team_id = :team
               and {not_over(day="max(:day, from_day)")}""",
        {"team": team_id, "day": day},
    )
    if left:
        raise Conflict(
            N_("{n} households still belong to this team on {day} or later; give them to other teams first."),
            n=left,
            day=shown(day),
        )


def end(db: Database, old: dict, day: str) -> None:
    """End a team without households and its members' time, inside an open act."""
    team_table.update(db, old["id"], {"status": "dissolved", "until_day": day})
    member_table.end_team(db, old["id"], day)
    rollup.recount(db, teams={old["id"]}, hamlets={old["hamlet_code"], *old["hamlets"]}, since=day)


def _update(db: Database, old: dict, new: dict, further: list[str], changed: dict) -> None:
    team_table.update(db, old["id"], fields.stored(new, old["commune_code"]), further)
    if changed.keys() & {"hamlet_code", "hamlets", "from_day"}:
        hamlets = {old["hamlet_code"], *old["hamlets"], new["hamlet_code"], *further}
        rollup.recount(db, teams={old["id"]}, hamlets=hamlets, since=min(old["from_day"], new["from_day"]))
