"""Enters how many households and persons an area should have, and the source of these numbers."""

import re
from datetime import datetime

from sqlite_utils import Database

from lib.core import access, clock
from lib.core.access import User, require
from lib.core.audit import SINGLE, act, changes
from lib.core.database import row
from lib.core.errors import N_, Conflict
from lib.core.form_input import Typed
from lib.register.areas.expected_shares import entered

MOST = {"households": 5_000_000, "persons": 20_000_000}
FIELDS = ("households", "persons", "source")


def save(db: Database, user: User, code: str, values: dict, version: int, *, now: datetime) -> None:
    """Enter or change an area's numbers; raise NotFound for an area outside the visitor's own.

    `version` is that of the row the fields were filled from, 0 where there was none.
    """
    with act(db, user, "expected.edit", now=now, kind="expected.edit", undo=SINGLE) as deed:
        deed.area = code
        area = _own(db, user, code)
        old = _unmoved(db, code, version)
        new = checked(values)
        deed.subject, deed.detail = f"{area['kind']} {area['name']}", changes(_fields(old), new)
        deed.nothing = not deed.detail
        if not deed.nothing:
            put(db, code, new, now=now)


def remove(db: Database, user: User, code: str, version: int, *, now: datetime) -> None:
    """Delete an area's numbers, so that it gets a share of the total above it, if there is one."""
    with act(db, user, "expected.edit", now=now, kind="expected.remove", undo=SINGLE) as deed:
        deed.area = code
        area = _own(db, user, code)
        old = require(_unmoved(db, code, version))
        deed.subject, deed.detail = f"{area['kind']} {area['name']}", changes(_fields(old), dict.fromkeys(FIELDS))
        db.conn.execute("delete from expected_households where area_code = ?", [code])


def put(db: Database, code: str, new: dict, *, now: datetime, day: str | None = None) -> None:
    """Write an area's checked numbers, inside an act; `day` is the day of entry, at most today."""
    db.conn.execute(
        """insert into expected_households (area_code, households, persons, source, entered_day)
           values (:code, :households, :persons, :source, :day)
           on conflict (area_code) do update set households = excluded.households, persons = excluded.persons,
               source = excluded.source, entered_day = excluded.entered_day, version = version + 1""",
        {**new, "code": code, "day": min(day or clock.day_of(now), clock.day_of(now))},
    )


def checked(values: dict) -> dict:
    """Return the checked numbers and their source; raise Invalid with the fields at fault."""
    typed = Typed({name: _plain(values.get(name)) for name in MOST} | {"source": values.get("source")})
    new = {name: typed.number(name, 1, most) for name, most in MOST.items()}
    source = typed.text("source", 120, required=True)
    if not typed.faults and new["households"] is None and new["persons"] is None:
        typed.fault("households", N_("Type the number of households, of persons, or both."))
    if not typed.faults and new["households"] and new["persons"] and new["households"] > new["persons"]:
        typed.fault("households", N_("There cannot be more households than persons; check both numbers."))
    typed.done()
    return {**new, "source": source}


def _plain(typed: object) -> str:
    """Remove separators of thousands: 3.550, 3,550 and 3 550 become 3550."""
    typed = str(typed if typed is not None else "").strip()
    return re.sub(r"[.,\s]", "", typed) if re.fullmatch(r"\d{1,3}(?:[.,\s]\d{3})+", typed) else typed


def _own(db: Database, user: User, code: str) -> dict:
    """Return a commune, district or province of the visitor's; hamlets have no expected number."""
    area = row(db, "select kind, name, level from areas where code = ? and level <> 'hamlet'", [code])
    require(access.holds_area(db, user, code) or None)
    return require(area)


def _unmoved(db: Database, code: str, version: int) -> dict | None:
    old = entered(db, code)
    if (old["version"] if old else 0) != version:
        raise Conflict(N_("Someone else has changed these figures in the meantime. Check them again, then save."))
    return old


def _fields(line: dict | None) -> dict:
    return {name: line[name] if line else None for name in FIELDS}
