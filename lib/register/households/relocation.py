"""Moves a household to another hamlet, of the same commune or another (S1-28).

Past days are counted where the household lived then, so the old row stays: from the day on its status is `moved`,
it points to its successor (`merged_into`), and its assignment ends. The successor is registered in the new hamlet
from that day, with a new code and the same fields and persons, and has no member until one is assigned. The old
commune keeps the days it worked on; the new one reads them through the successor (`relocation_choices.before`).
Moving again only adds to the chain.
"""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlite_utils import Database

from lib.core import clock, rollup
from lib.core.access import User, require
from lib.core.audit import BULK, Act, act, log
from lib.core.database import row, rows, value
from lib.core.errors import N_, Conflict, Invalid, Say
from lib.core.form_input import Typed
from lib.core.sql import not_over
from lib.register.households import household_table, person_table, status_periods, walk_order
from lib.register.households.fields import FIELDS, stored

_OF_A_PERSON = "full_name, name_folded, name_sort, birth_year, sex, relation, residence, note, id_number, phone"


def move(db: Database, user: User, code: str, values: Mapping, *, now: datetime) -> str:
    """Move a household to `hamlet_code` (`lane`, `house_number`) from `from_day` on; return the successor's code."""
    with act(db, user, "household.register", now=now, kind="household.move", undo=BULK) as deed:
        old = _household(db, code)
        new = _typed(db, old, values, clock.day_of(now))
        successor = _register(db, old, new)
        _carry(db, old["id"], successor["id"], new["from_day"])
        teams = status_periods.teams(db, old["id"], new["from_day"])
        quarantine = status_periods.on(db, old["id"], new["from_day"])
        status_periods.begin_status(db, old["id"], "moved", new["from_day"], new["reason"])
        if quarantine:
            period = (quarantine["status"], new["from_day"], quarantine["reason"], quarantine["until_day"])
            status_periods.begin_status(db, successor["id"], *period)
        hamlets = {old["hamlet_code"], new["hamlet_code"]}
        rollup.recount(db, teams=teams, hamlets=hamlets, since=new["from_day"])
        deed.subject, deed.area = code, old["commune_code"]
        deed.detail = {
            "code": successor["code"],
            "from_day": new["from_day"],
            "reason": new["reason"],
            "hamlet_code": [_named(db, old["hamlet_code"]), _named(db, new["hamlet_code"])],
        }
        if successor["commune_code"] != old["commune_code"]:
            detail = {"from_day": new["from_day"], "among": {"was": code}}
            arrival = Act(successor["code"], successor["commune_code"], detail)
            log(db, user, "household.arrive", arrival, now=now)
    return str(successor["code"])


def _named(db: Database, hamlet: str) -> str:
    """Return the hamlet's name for the log: "ấp Phước Tây, Xã Phước Trạch"."""
    sql = """select h.kind || ' ' || h.name || ', ' || c.kind || ' ' || c.name
             from areas h join areas c on c.code = h.parent_code where h.code = ?"""
    return str(value(db, sql, [hamlet]))


def _household(db: Database, code: str) -> dict:
    household = require(
        row(
            db,
            f"""select id, code, commune_code, from_day, merged_into, walk_order, {", ".join(FIELDS)}
                from my_households where code = ?""",
            [code],
        ),
        N_("There is no such household in your area; check the code."),
    )
    if household["merged_into"]:
        raise Conflict(N_("This household has already moved or been merged; open the one it became."))
    return {**household, **{name: json.loads(household[name]) for name in ("vulnerabilities", "exposures")}}


def _typed(db: Database, old: dict, values: Mapping, today: str) -> dict:
    typed = Typed(dict(values))
    sql = "select parent_code from areas where code = ? and level = 'hamlet'"
    hamlet = typed.text("hamlet_code", 7, required=True)
    commune = value(db, sql, [hamlet])
    day = typed.day("from_day", today=today, latest=clock.plus(today, 366), required=True)
    new = {
        "hamlet_code": hamlet,
        "commune_code": commune,
        "from_day": day,
        "lane": typed.text("lane", 60),
        "group_name": None,
        "house_number": typed.text("house_number", 80),
        "reason": typed.text("reason", 200),
    }
    if hamlet and not commune:
        typed.fault("hamlet_code", N_("Choose the hamlet it moves to."))
    if hamlet == old["hamlet_code"]:
        typed.fault("hamlet_code", N_("The household already lives in this hamlet; correct lane and number instead."))
    if day and day < max(today, old["from_day"]):
        typed.fault("from_day", N_("A change takes effect today or later, never in the past."))
    typed.done()
    _check_not_visited(db, old["id"], new["from_day"])
    return new


def _check_not_visited(db: Database, household_id: int, day: str) -> None:
    """Raise Invalid if a visit is recorded on or after the day: it stays with the old row, the move begins later."""
    if value(
        db,
        """select 1
           from visits  -- all: of a household found in my area
           where household_id = ? and day >= ? and outcome is not null""",
        [household_id, day],
    ):
        raise Invalid(
            {"from_day": Say(N_("The household was already visited that day; choose the day after for the move."))}
        )


def _register(db: Database, old: dict, new: dict) -> dict:
    """Insert the successor, last in its new hamlet's walking order."""
    commune = new["commune_code"]
    code = household_table.next_code(db, commune)
    # The address is new; the other fields are copied.
    columns = stored({name: {**old, **new}[name] for name in FIELDS}, code)
    columns |= {"code": code, "commune_code": commune, "walk_order": 0, "from_day": new["from_day"]}
    household_id = household_table.insert(db, columns)
    walk_order.place(db, new["hamlet_code"], code, None)
    return {"id": household_id, "code": code, "commune_code": commune}


def _carry(db: Database, old: int, new: int, day: str) -> None:
    """Copy the persons to the successor; the old rows end but stay for the screenings that name them."""
    household_table.update_many(db, [{"merged_into": new, "id": old}])
    living = rows(
        db,
        f"""select id, until_day, {_OF_A_PERSON} from my_persons
            where household_id = :household and merged_into is null and {not_over()}""",
        {"household": old, "day": day},
    )
    for person in living:
        person_id = person.pop("id")
        successor = person_table.insert(db, {**person, "household_id": new})
        person_table.update_many(db, [{"until_day": day, "merged_into": successor, "id": person_id}])
