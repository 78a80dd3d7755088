"""Any list as it is drawn, as a file to take away; the log says who took it, and how many rows.

The rows come from the reader of the screen, so a file holds no name that its taker may not see.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlite_utils import Database

from lib.core import access
from lib.core.access import User
from lib.core.audit import act
from lib.exchange.spreadsheets.workbook_writer import Sheet, book

FORMS = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"}
KIND = "list.export"
Cell = str | int | float | None


def taken(
    db: Database,
    user: User,
    title: str,
    headings: Sequence[str],
    lines: Iterable[Sequence[Cell]],
    *,
    form: str = "xlsx",
    area: str | None = None,
    now: datetime,
) -> bytes:
    """The file, once the log has its line; Refused for roles that take no lists."""
    access.check(user, "sheet.export")
    known = [list(line) for line in lines]
    with act(db, user, "sheet.export", now=now, kind=KIND) as deed:
        deed.area, deed.subject, deed.detail = area or user.area_code, title, {"rows_taken": len(known)}
    return _csv(headings, known) if form == "csv" else book([Sheet(_tab(title), headings, known, wide=_wide(known))])


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
