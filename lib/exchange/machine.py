"""Loading and taking out from a terminal, by the keeper of the machine: as the system, logged without an account."""

import hashlib
from collections import Counter
from collections.abc import Callable
from datetime import datetime

from sqlite_utils import Database

from lib.core import access, clock, rollup
from lib.core.access import User, require
from lib.core.errors import N_
from lib.exchange import matches, reading, whole, workbook
from lib.exchange.apply import apply
from lib.exchange.columns import How
from lib.exchange.likely import likely
from lib.exchange.lookup import hamlet_names
from lib.exchange.plan import Plan, plan
from lib.exchange.sheets import LISTS
from lib.exchange.whole import Whole
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
    matched: list[str] | None = None,
    progress: Callable[[float], None] = lambda share: None,
) -> dict:
    """Look a file through and, if wished, load its good rows: `{counts, refused, warnings, unknown, loaded}`.

    `matched` says of headings which column they mean ("Khẩu TT=person_count"); what was matched is remembered once the
    file is loaded. Hidden rows are read like the others, unless only `visible` ones are wished; either way `unseen`
    names them.
    """
    user = system(db, area, now)
    given = reading.read(data, name)
    sheets = [reading.shown(sheet) for sheet in given] if visible else given
    by_hand = matches.typed(kind, matched or [])
    known = matches.remembered(db, area, kind) | {each.heading: each.field for each in by_hand}
    how = How(known=hamlet_names(db, area), matched=known)
    found = whole.understood(sheets, kind, how)
    made = plan(db, user, kind, area, found.tables, now=now, persons=found.persons, likely=likely)
    made.matched = by_hand
    made.file_name, made.digest = name, hashlib.sha256(data).hexdigest()
    number = apply(db, user, made, now=now, progress=progress) if write else None
    return {"kind": kind, "area": area, "file": name, "encoding": found.encoding, "counts": made.counts,
            "loaded": number, "unseen": [str(say) for sheet in given if sheet.name != LISTS
                                         for say in reading.unseen(sheet)],
            **_understood(found), **_sentences(made)}  # fmt: skip


def _understood(found: Whole) -> dict:
    """Which sheets and columns were read, and everything that was not, by its place and words."""
    skipped = Counter()
    for table in found.parts:
        skipped.update(table.skipped)
    return {
        "sheets": list(dict.fromkeys(table.sheet for table in found.parts)),
        "left": [{"sheet": left.name, "why": str(left.why), "rows": left.rows, "sample": left.sample}
                 for left in found.left],
        "unknown": list(dict.fromkeys(said for table in found.parts for said in table.unknown)),
        "unread": [{"sheet": table.sheet, "column": column.letters, "heading": column.heading,
                    "samples": column.samples, "cells": column.cells, "chosen": column.chosen}
                   for table in found.parts for column in table.unread],
        "skipped": dict(skipped),
        "passed": [{"sheet": table.sheet, "row": number, "reason": reason, "words": words}
                   for table in found.parts for number, reason, words in table.passed],
        "told": [{"sheet": table.sheet, "say": str(say)} for table in found.parts for say in table.told],
    }  # fmt: skip


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
            {"row": row.number, "sheet": row.sheet, "page": row.page,
             "faults": {key: str(say) for key, say in row.faults.items()}}
            for row in made.rows if row.state == "refused"
        ],
        "warnings": [{"row": row.number, "page": row.page, "say": str(say)} for row, say in made.warnings],
    }  # fmt: skip
