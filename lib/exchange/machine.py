"""Loading and taking out from a terminal, by the keeper of the machine: as the system, logged without an account."""

import hashlib
from collections.abc import Callable
from datetime import datetime

from sqlite_utils import Database

from lib.core import access, clock, rollup
from lib.core.access import User, require
from lib.core.errors import N_
from lib.exchange import columns, reading, workbook
from lib.exchange.apply import apply
from lib.exchange.likely import likely
from lib.exchange.plan import Plan, people, plan
from lib.exchange.sheets import LISTS
from lib.register import places


def load(
    db: Database,
    kind: str,
    data: bytes,
    name: str,
    area: str,
    *,
    write: bool,
    now: datetime,
    visible: bool = False,
    progress: Callable[[float], None] = lambda share: None,
) -> dict:
    """Look a file through and, if wished, load its good rows: `{counts, refused, warnings, unknown, loaded}`.

    Hidden rows are read like the others, unless only `visible` ones are wished; either way `unseen` names them.
    """
    user = system(db, area, now)
    given = reading.read(data, name)
    sheets = [reading.shown(sheet) for sheet in given] if visible else given
    sheet, table = columns.found(sheets, kind)
    persons = people(sheets, sheet) if kind == "households" else None
    made = plan(db, user, kind, area, table, now=now, persons=persons and persons[1], likely=likely)
    made.file_name, made.digest = name, hashlib.sha256(data).hexdigest()
    number = apply(db, user, made, now=now, progress=progress) if write else None
    return {"kind": kind, "area": area, "file": name, "encoding": table.encoding, "unknown": table.unknown,
            "skipped": table.skipped, "counts": made.counts, "loaded": number,
            "unseen": [say.text.format(**say.places) for sheet in given for say in _unseen(sheet)],
            **_sentences(made)}  # fmt: skip


def _unseen(sheet: reading.Sheet) -> list:
    return [] if sheet.name == LISTS else reading.unseen(sheet)


def take_out(db: Database, kind: str, area: str, *, now: datetime) -> bytes:
    """The list of an area, as the page gives it."""
    return workbook.export(db, system(db, area, now), kind, area, now=now)


def system(db: Database, area: str, now: datetime) -> User:
    """Nobody's account, with the rights of the province that the area lies in; today is open, as for any visitor."""
    path = places.path(db, area)
    province = require(path[0] if path else None, N_("There is no area with this code."))
    user = User(None, "system", "", "province", province["code"], "province", 0)
    access.bind(db, user, clock.day_of(now))
    rollup.open_day(db, clock.day_of(now), now=now)
    return user


def _sentences(made: Plan) -> dict:
    """What is refused and what needs a look, by the row of the file."""
    return {
        "refused": [
            {"row": row.number, "sheet": row.sheet,
             "faults": {key: say.text.format(**say.places) for key, say in row.faults.items()}}
            for row in made.rows if row.state == "refused"
        ],
        "warnings": [{"row": row.number, "say": say.text.format(**say.places)} for row, say in made.warnings],
    }  # fmt: skip
