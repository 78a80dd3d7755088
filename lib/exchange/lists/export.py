"""Any list as it is drawn, as a file to take away; the log says who took it, and how many rows.

The rows come from the reader of the screen, so a file holds no name that its taker may not see.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from lib.core import access
from lib.core.access import User
from lib.core.audit import act
from lib.exchange.spreadsheets.workbook_writer import Sheet, book

FORMS = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"}
KIND = "list.export"
Cell = str | int | float | None


@dataclass(frozen=True)
class ListOnScreen:
    """A list as it is drawn; `area` is the code the export is logged under, else the user's own."""

    title: str
    headings: Sequence[str]
    lines: Iterable[Sequence[Cell]]
    area: str | None = None


def export_logged(db: Database, user: User, shown: ListOnScreen, form: str = "xlsx", *, now: datetime) -> bytes:
    """Log the export and return the file; Refused for roles that may not export lists."""
    access.check(user, "sheet.export")
    lines = [list(line) for line in shown.lines]
    with act(db, user, "sheet.export", now=now, kind=KIND) as deed:
        deed.area, deed.subject = shown.area or user.area_code, shown.title
        deed.detail = {"rows_taken": len(lines)}
    if form == "csv":
        return _csv(shown.headings, lines)
    return book([Sheet(_tab(shown.title), shown.headings, lines, wide=_wide(lines))])


def _wide(lines: list[list[Cell]]) -> dict[int, int]:
    """Columns whose first rows need more room than their heading, as far as a page has it."""
    longest = (max(len(str(cell or "")) for cell in column) for column in zip(*lines[:200], strict=True))
    return {place: min(most + 3, 60) for place, most in enumerate(longest) if most > 12}


def _tab(title: str) -> str:
    """Without the signs that no name of a sheet may hold."""
    return re.sub(r"[\[\]:*?/\\']", " ", title)


def _csv(headings: Sequence[str], lines: list[list[Cell]]) -> bytes:
    """As Excel in Viet Nam opens it: semicolons, a mark of UTF-8 in front, no cell that would be a formula."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([[_harmless(cell) for cell in line] for line in lines])
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
