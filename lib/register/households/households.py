"""Registers households, corrects them and reads them.

Reading is through `my_households`: a member sees the own ones, a leader the team's, staff the commune's.
"""

import json
from datetime import datetime

from sqlite_utils import Database

from lib.core import clock, rollup, text
from lib.core.access import User, require
from lib.core.audit import SINGLE, act, changes
from lib.core.database import row, rows
from lib.core.errors import N_
from lib.core.sql import not_over
from lib.core.versions import check_version
from lib.register.households import household_table, statuses, walk_order
from lib.register.households.fields import FIELDS, check_stays, checked, stored
from lib.register.households.search import HouseholdFilters as HouseholdFilters
from lib.register.households.search import search as search
from lib.register.households.walk_order import reorder as reorder
from lib.register.households.walk_order import walk as walk

_COLUMNS = ", ".join(FIELDS)


def get(db: Database, code: str, *, day: str) -> dict:
    """Return a household with its place, status and members by day; raise NotFound if it is not the visitor's."""
    household = require(
        row(
            db,
            f"""select h.id, h.code, h.commune_code, h.walk_order, h.from_day, h.version, {_COLUMNS},
                   hamlets.kind as hamlet_kind, hamlets.name as hamlet_name,
                   communes.kind as commune_kind, communes.name as commune_name
               from my_households h
               join areas hamlets on hamlets.code = h.hamlet_code
               join areas communes on communes.code = h.commune_code
               where h.code = :code""",
            {"code": code},
        ),
        N_("There is no such household in your area; check the code."),
    )
    for field in ("vulnerabilities", "exposures"):
        household[field] = json.loads(household[field])
    duties = _duties(db, household["id"])
    return {
        **household,
        "responsible": next((d for d in duties if d["from_day"] <= day < (d["until_day"] or "9999")), None),
        "duties": duties,
        "status": statuses.on(db, household["id"], day),
    }


def _duties(db: Database, household_id: int) -> list[dict]:
    """Return every assignment of a household, past, present and later, newest first (S2-24)."""
    return rows(
        db,
        f"""select m.full_name, m.phone, t.name as team_name, a.from_day, a.until_day
           from assignments a  -- all: of a household found through my_households
           join members m on m.id = a.member_id  -- all: who comes to this door
           join teams t on t.id = a.team_id  -- all: who comes to this door
           where a.household_id = ? and {not_over("a", "a.from_day")}
           order by a.from_day desc""",
        [household_id],
    )


def lanes(db: Database, hamlet: str) -> list[str]:
    """Return the lanes of a hamlet, in Vietnamese order."""
    lines = rows(db, "select distinct lane from my_households where hamlet_code = ? and lane is not null", [hamlet])
    return sorted((line["lane"] for line in lines), key=text.sort_key)


def register(db: Database, user: User, values: dict, *, now: datetime, token: str | None = None) -> str:
    """Register a household, last in its hamlet's walking order unless `walk_order` is given; return its code.

    A form sent twice (the same `token` and values) registers it once.
    """
    with act(db, user, "household.register", now=now, undo=SINGLE) as deed:
        commune, today = user.area_code, clock.day_of(now)
        new = checked(db, values, commune=commune, today=today)
        if before := _sent_before(db, user, new, token):
            deed.nothing = True
            return before
        code = household_table.next_code(db, commune)
        household_table.insert(
            db, {**stored(new, code), "code": code, "commune_code": commune, "walk_order": 0, "from_day": today}
        )
        walk_order.place(db, new["hamlet_code"], code, walk_order.whole(values.get("walk_order")))
        rollup.recount(db, hamlets={new["hamlet_code"]}, since=today)
        deed.subject, deed.detail = code, {**changes(None, new), "token": token}
    return code


def sent_before(db: Database, user: User, values: dict, *, now: datetime, token: str) -> str | None:
    """Return the code of the household that this form has already registered; Invalid if its fields are at fault."""
    new = checked(db, values, commune=user.area_code, today=clock.day_of(now))
    return _sent_before(db, user, new, token)


def _sent_before(db: Database, user: User, new: dict, token: str | None) -> str | None:
    """Return the household registered with this token and these values; other values make another household."""
    if not token:
        return None
    sent = rows(
        db,
        """select subject, detail from (select subject, action, detail from my_audit
               where account_id = :account order by id desc limit 100)
           where action = 'household.register' and detail ->> 'token' = :token""",
        {"account": user.id, "token": token},
    )
    detail = {**changes(None, new), "token": token}
    return next((line["subject"] for line in sent if json.loads(line["detail"]) == detail), None)


def edit(db: Database, user: User, code: str, values: dict, version: int, *, now: datetime) -> None:
    """Correct the fields of a household; fields not given stay. The hamlet changes by a move (see `relocation`).

    Saving unchanged values does nothing, whatever the version.
    """
    with act(db, user, "household.edit", now=now, undo=SINGLE) as deed:
        today = clock.day_of(now)
        old = get(db, code, day=today)
        before = {field: old[field] for field in FIELDS}
        new = checked(db, {**before, **values}, commune=old["commune_code"], today=today)
        check_stays(old, new)
        deed.subject, deed.area, deed.detail = code, old["commune_code"], changes(before, new)
        deed.nothing = not deed.detail
        if deed.nothing:
            return
        check_version(old, version)
        household_table.update_many(db, [{**stored(new, code), "id": old["id"]}])
