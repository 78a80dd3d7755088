"""Loading and taking out from a terminal, by the keeper of the machine: as the system, logged without an account."""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from lib.core import access, clock, rollup
from lib.core.access import User, require
from lib.core.errors import N_, Conflict, Invalid, Say
from lib.exchange.columns import heading_matches, whole_file
from lib.exchange.columns.recognised_table import How
from lib.exchange.columns.whole_file import Whole
from lib.exchange.lists import workbook
from lib.exchange.lists.apply import apply
from lib.exchange.lists.joining import Same
from lib.exchange.lists.place_lookup import hamlet_names
from lib.exchange.lists.plan import ImportPlan, preview
from lib.exchange.lists.row import At, FileRow
from lib.exchange.spreadsheets import reading
from lib.exchange.spreadsheets.workbook_writer import LISTS
from lib.register.areas import choices

ALL = "all"
FONT = N_("The text seems to be written in the old font {font}. Add “--old-font convert”, or “--old-font keep”.")
SEVERAL = N_("Row {n} is on several sheets; add the name of the sheet, e.g. “{row}”.")


@dataclass(frozen=True)
class ListFile:
    """A file with the list it holds and the area that it is for.

    `matched` says of headings which column they mean ("Khẩu TT=person_count"); what was matched is remembered once the
    file is loaded. Hidden rows are read like the others, unless only `visible` ones are wished; either way `unseen`
    names them. Text of an old font waits for `font` to say "convert" or "keep"; cells of `font_too` are converted
    though they look right. Doubtful households (`doubtful`) are those they may be where `same` names their row, and new
    where `new` does: "5,7", or "Ấp 1!5,Ấp 2!7" where several sheets are read, or ALL.
    """

    kind: str
    data: bytes
    name: str
    area: str
    visible: bool = False
    matched: Collection[str] = ()
    font: str | None = None
    font_too: Collection[str] = ()
    same: str = ""
    new: str = ""


def load(
    db: Database, file: ListFile, *, write: bool, now: datetime, progress: Callable[[float], None] = lambda share: None
) -> dict:
    """Look a file through and, if wished, load its good rows: `{counts, refused, warnings, unknown, loaded}`.

    Invalid for a file that cannot be read, Conflict for a row that may be several.
    """
    user, by_hand = system(db, file.area, now), heading_matches.typed(file.kind, list(file.matched))
    given = reading.read(file.data, file.name)
    sheets = [reading.shown(sheet) for sheet in given] if file.visible else given
    known = heading_matches.remembered(db, file.area, file.kind) | {each.heading: each.field for each in by_hand}
    how = How(file.font == "convert", frozenset(file.font_too), is_hamlet=hamlet_names(db, file.area), matched=known)
    found = whole_file.understood(sheets, file.kind, how)
    if found.encoding and file.font is None:
        raise Invalid({"file": Say(FONT, {"font": found.encoding.upper()})})
    made = _planned(db, user, file, found, now)
    made.matched, made.file_name, made.digest = by_hand, file.name, hashlib.sha256(file.data).hexdigest()
    number = apply(db, user, made, now=now, progress=progress) if write else None
    return {
        "kind": file.kind,
        "area": file.area,
        "file": file.name,
        "encoding": found.encoding,
        "counts": made.counts,
        "loaded": number,
        "doubtful": _doubtful(made),
        "unseen": _unseen(given),
        **_understood(found),
        **_sentences(made),
    }


def _unseen(sheets: list[reading.ReadSheet]) -> list[str]:
    return [str(say) for sheet in sheets if sheet.name != LISTS for say in reading.unseen(sheet)]


def _planned(db: Database, user: User, file: ListFile, found: Whole, now: datetime) -> ImportPlan:
    """The file looked through, and once more with what was said of its doubtful rows."""
    previewed = preview(db, user, file.area, found, now=now)
    chosen = _chosen(previewed, file.same, file.new)
    return preview(db, user, file.area, found, now=now, same=chosen) if chosen else previewed


def _chosen(made: ImportPlan, same: str, new: str) -> dict[At, Same]:
    """What doubtful rows are."""
    told = {row.at: row.perhaps for row in _meant(made.doubtful, same)}
    return told | {row.at: None for row in _meant(made.doubtful, new)}


def _meant(doubtful: list[FileRow], typed: str) -> list[FileRow]:
    """The rows that are typed; a number alone must be that of one row."""
    if typed == ALL:
        return doubtful
    alone = Counter(row.number for row in doubtful if _says(typed, str(row.number)))
    for row in doubtful:
        if alone[row.number] > 1:
            raise Conflict(SEVERAL, n=row.number, row=written(row.at))
    return [row for row in doubtful if alone[row.number] or _says(typed, written(row.at))]


def _says(typed: str, row: str) -> bool:
    """Whether a row stands between the commas; the name of a sheet may hold some itself."""
    return f",{row}," in f",{typed},"


def written(at: At) -> str:
    """A row as it is typed: "5", or "Ấp 1!5" where several sheets are read."""
    page, number = at
    return f"{page}!{number}" if page else str(number)


def _doubtful(made: ImportPlan) -> list[dict]:
    """Rows that may be a household known already, and which: by its code, or by the row that is about it."""
    found = [(row, made.same.get(row.at, row.perhaps)) for row in made.doubtful]
    return [
        {
            "row": row.number,
            "page": row.page,
            "state": row.state,
            "name": written(row.at),
            "perhaps": written(perhaps) if isinstance(perhaps, tuple) else perhaps,
        }
        for row, perhaps in found
    ]


def _understood(found: Whole) -> dict:
    """Which sheets and columns were read, and everything that was not, by its place and words."""
    skipped = Counter()
    for table in found.parts:
        skipped.update(table.skipped)
    return {
        "sheets": list(dict.fromkeys(table.sheet for table in found.parts)),
        "left": [
            {"sheet": left.name, "why": str(left.why), "rows": left.rows, "sample": left.sample} for left in found.left
        ],
        "unknown": list(dict.fromkeys(said for table in found.parts for said in table.unknown)),
        "unread": [
            {
                "sheet": table.sheet,
                "column": column.letters,
                "heading": column.heading,
                "samples": column.samples,
                "cells": column.cells,
                "chosen": column.chosen,
            }
            for table in found.parts
            for column in table.unread
        ],
        "skipped": dict(skipped),
        "passed": [
            {"sheet": table.sheet, "row": number, "reason": reason, "words": words}
            for table in found.parts
            for number, reason, words in table.passed
        ],
        "told": [{"sheet": table.sheet, "say": str(say)} for table in found.parts for say in table.remarks],
    }


def take_out(db: Database, kind: str, area: str, *, now: datetime) -> bytes:
    """The list of an area, as the page gives it."""
    return workbook.export(db, system(db, area, now), kind, area, now=now)


def system(db: Database, area: str, now: datetime) -> User:
    """Nobody's account, with the rights of the province that the area lies in; today is open, as for any visitor."""
    path = choices.path(db, area)
    province = require(path[0] if path else None, N_("There is no area with this code; check the code."))
    user = User(None, "system", "", "province", province["code"], "province", 0)
    access.bind(db, user, clock.day_of(now))
    rollup.open_day(db, clock.day_of(now), now=now)
    return user


def _sentences(made: ImportPlan) -> dict:
    """What is refused and what needs a look, by the row of the file."""
    return {
        "refused": [
            {
                "row": row.number,
                "sheet": row.sheet,
                "page": row.page,
                "faults": {key: str(say) for key, say in row.faults.items()},
            }
            for row in made.rows
            if row.state == "refused"
        ],
        "warnings": [{"row": row.number, "page": row.page, "say": str(say)} for row, say in made.warnings],
    }
