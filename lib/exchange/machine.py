"""Loading and taking out from a terminal, by the keeper of the machine: as the system, logged without an account."""

import hashlib
from collections.abc import Callable, Collection
from datetime import datetime

from sqlite_utils import Database

from lib.core import access, clock, rollup
from lib.core.access import User, require
from lib.core.errors import N_, Invalid, Say
from lib.exchange import columns, reading, workbook
from lib.exchange.apply import apply
from lib.exchange.joining import Same
from lib.exchange.likely import likely
from lib.exchange.plan import Plan, people, plan
from lib.exchange.sheets import LISTS
from lib.register import places

ALL = "all"
Rows = Collection[int] | str  # numbers of rows, or ALL
FONT = N_("The text seems to be written in the old font {font}. Say “--old-font convert”, or “--old-font keep”.")


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
    font: str | None = None,
    font_too: Collection[str] = (),
    same: Rows = (),
    new: Rows = (),
    progress: Callable[[float], None] = lambda share: None,
) -> dict:
    """Look a file through and, if wished, load its good rows: `{counts, refused, warnings, unknown, loaded}`.

    Hidden rows are read like the others, unless only `visible` ones are wished; either way `unseen` names them. Text of
    an old font waits for `font` to say "convert" or "keep"; cells of `font_too` are converted though they look right.
    Doubtful households (`doubtful`) are those they may be where `same` names their row, and new where `new` does.
    """
    user = system(db, area, now)
    book = reading.read(data, name)
    sheets = [reading.shown(sheet) for sheet in book] if visible else book
    letters = {"convert": font == "convert", "also": frozenset(font_too)}
    sheet, table = columns.found(sheets, kind, **letters)
    if table.encoding and font is None:
        raise Invalid({"file": Say(FONT, {"font": table.encoding.upper()})})
    persons = people(sheets, sheet, **letters) if kind == "households" else None
    given = {"now": now, "persons": persons and persons[1], "likely": likely}
    made = plan(db, user, kind, area, table, **given)
    if chosen := _chosen(made, same, new):
        made = plan(db, user, kind, area, table, same=chosen, **given)
    made.file_name, made.digest = name, hashlib.sha256(data).hexdigest()
    number = apply(db, user, made, now=now, progress=progress) if write else None
    return {"kind": kind, "area": area, "file": name, "encoding": table.encoding, "unknown": table.unknown,
            "doubtful": _doubtful(made), "skipped": table.skipped, "counts": made.counts, "loaded": number,
            "unseen": [say.text.format(**say.places) for sheet in book for say in _unseen(sheet)],
            **_sentences(made)}  # fmt: skip


def _chosen(made: Plan, same: Rows, new: Rows) -> dict[int, Same]:
    """What doubtful rows are, by their number."""
    doubtful = {row.number: row.perhaps for row in made.doubtful}
    told = {number: perhaps for number, perhaps in doubtful.items() if same == ALL or number in same}
    return told | {number: None for number in doubtful if new == ALL or number in new}


def _doubtful(made: Plan) -> list[dict]:
    """Rows that may be a household known already, and which; a row's number for one of the same file."""
    return [
        {"row": row.number, "state": row.state, "perhaps": made.same.get(row.number, row.perhaps)}
        for row in made.doubtful
    ]


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
