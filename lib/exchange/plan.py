"""What a file would change, row by row, decided before anything is written; the counts add up to its rows."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from types import ModuleType

from sqlite_utils import Database

from lib.core import access, database
from lib.core.access import User, require
from lib.core.errors import N_, Invalid, Say
from lib.exchange import (
    assignment_rows,
    columns,
    expected_rows,
    hamlet_rows,
    household_rows,
    person_rows,
    spared,
    team_rows,
)
from lib.exchange.columns import Table
from lib.exchange.joining import Same
from lib.exchange.reading import Sheet
from lib.exchange.row import STATES, Row

ROWS: dict[str, ModuleType] = {
    "hamlets": hamlet_rows,
    "teams": team_rows,
    "households": household_rows,
    "persons": person_rows,
    "assignments": assignment_rows,
    "expected": expected_rows,
}
# Rows that are perhaps known already: `likely(db, kind, rows)` gives sentences by the row's number.
Likely = Callable[[Database, str, list[Row]], dict[int, list[Say]]]


@dataclass
class Plan:
    """A file for an area, looked through; `seen` is the state of the store that it was looked at in.

    `same` is what the visitor said of doubtful rows, by their number (see `joining`). `tables` holds one table, or two
    for households with their persons; `sheets` the names of their sheets.
    """

    kind: str
    area: str
    tables: dict[str, Table]
    rows: list[Row]
    seen: int
    sheets: dict[str, str] = field(default_factory=dict)
    file_name: str = ""
    digest: str = ""
    same: dict[int, Same] = field(default_factory=dict)
    counts: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        counted = Counter(row.state for row in self.rows)
        self.counts = {state: counted[state] for state in STATES}

    @property
    def doubtful(self) -> list[Row]:
        """Rows that are perhaps a household known already; each is loaded as its state says unless told otherwise."""
        of_it = (row for row in self.rows if row.sheet == self.kind)
        return [row for row in of_it if row.perhaps is not None or row.number in self.same]

    @property
    def warnings(self) -> list[tuple[Row, Say]]:
        """What needs a look, with its row."""
        return [(row, say) for row in self.rows for say in row.warnings]


def plan(
    db: Database,
    user: User,
    kind: str,
    area: str,
    table: Table,
    *,
    now: datetime,
    persons: Table | None = None,
    likely: Likely | None = None,
    same: dict[int, Same] | None = None,
) -> Plan:
    """Look through a recognised table for an area the visitor holds; NotFound for a stranger.

    `same` says of rows that were doubtful which household they are (see `joining`).
    """
    access.check(user, "list.import")
    require(access.holds_area(db, user, area) or None, N_("There is no such area in your own."))
    seen = database.changes(db)
    found = _look(db, user, kind, area, table, now, same or {})
    if persons:
        spared.of_lines(persons)
        found += _named(persons, person_rows.look(db, found, area, persons.rows, now=now))
    if likely:
        told = likely(db, kind, found)
        for row in found:
            if row.sheet == kind and row.number not in (same or {}):
                row.warnings += told.get(row.number, [])
    tables = {kind: table} | ({"persons": persons} if persons else {})
    return Plan(kind, area, tables, found, seen, same=same or {})


def _look(db: Database, user: User, kind: str, area: str, table: Table, now: datetime, same: dict) -> list[Row]:
    spared.of_lines(table)
    chosen = {"same": same} if kind == "households" else {}
    return _named(table, ROWS[kind].look(db, user, area, table.rows, now=now, **chosen))


def _named(table: Table, found: list[Row]) -> list[Row]:
    """The rows with the sheet they are of, and what was said of their cells when they were read."""
    notes = {line.number: line.notes for line in table.rows}
    for row in found:
        row.sheet = table.kind
        row.warnings += notes.get(row.number, []) + spared.told(table, row)
    return found


def people(
    sheets: list[Sheet], taken: Sheet, *, convert: bool = True, also: Collection[str] = ()
) -> tuple[Sheet, Table] | None:
    """The persons of a file of households: another of its sheets, if one fits."""
    others = [sheet for sheet in sheets if sheet.name != taken.name and sheet.rows and not sheet.hidden]
    try:
        return columns.found(others, "persons", convert=convert, also=also) if others else None
    except Invalid:
        return None
