"""What a file would change, row by row, decided before anything is written; the counts add up to its rows."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from types import ModuleType

from sqlite_utils import Database

from lib.core import access, database
from lib.core.access import User, require
from lib.core.errors import N_, Say
from lib.exchange import assignment_rows, expected_rows, hamlet_rows, household_rows, person_rows, team_rows
from lib.exchange.columns import Table
from lib.exchange.matches import Match
from lib.exchange.row import STATES, Row

ROWS: dict[str, ModuleType] = {
    "hamlets": hamlet_rows,
    "teams": team_rows,
    "households": household_rows,
    "persons": person_rows,
    "assignments": assignment_rows,
    "expected": expected_rows,
}
# Rows that are perhaps known under another name: `likely(db, kind, rows)` gives sentences by `Row.at`.
Likely = Callable[[Database, str, list[Row]], dict[tuple, list[Say]]]


@dataclass
class Plan:
    """A file for an area, looked through; `seen` is the state of the store that it was looked at in.

    `parts` are the tables of its sheets, those of persons after those of their households; `matched`
    are headings matched by hand for this file, which loading remembers.
    """

    kind: str
    area: str
    parts: list[Table]
    rows: list[Row]
    seen: int
    matched: list[Match] = field(default_factory=list)
    file_name: str = ""
    digest: str = ""
    counts: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        counted = Counter(row.state for row in self.rows)
        self.counts = {state: counted[state] for state in STATES}

    @property
    def tables(self) -> dict[str, Table]:
        """The first table of each list."""
        return {kind: self.of(kind)[0] for kind in dict.fromkeys(table.kind for table in self.parts)}

    def of(self, kind: str) -> list[Table]:
        """The tables of a list, a sheet each."""
        return [table for table in self.parts if table.kind == kind]

    def several(self, kind: str) -> bool:
        """Whether a list stands on several sheets of the file."""
        return len(self.of(kind)) > 1

    @property
    def warnings(self) -> list[tuple[Row, Say]]:
        """What needs a look, with its row."""
        return [(row, say) for row in self.rows for say in row.warnings]


def plan(
    db: Database,
    user: User,
    kind: str,
    area: str,
    table: Table | list[Table],
    *,
    now: datetime,
    persons: Table | list[Table] | None = None,
    likely: Likely | None = None,
) -> Plan:
    """Look through recognised tables, one for each sheet, for an area the visitor holds; NotFound for a stranger."""
    tables, people = _listed(table), _listed(persons)
    access.check(user, "list.import")
    require(access.holds_area(db, user, area) or None, N_("There is no such area in your own."))
    seen = database.changes(db)
    found = _named(kind, tables, ROWS[kind].look(db, user, area, _lines(tables), now=now))
    if people:
        found += _named("persons", people, person_rows.look(db, found, area, _lines(people), now=now))
    if likely:
        told = likely(db, kind, [row for row in found if row.state == "new"])
        for row in found:
            row.warnings += told.get(row.at, [])
    return Plan(kind, area, [*tables, *people], found, seen)


def _listed(table: Table | list[Table] | None) -> list[Table]:
    return table if isinstance(table, list) else [table] if table else []


def _lines(tables: list[Table]) -> list:
    return [line for table in tables for line in table.rows]


def _named(kind: str, tables: list[Table], found: list[Row]) -> list[Row]:
    """The rows with the list they are of, and what was said of their cells when they were read."""
    notes: dict[tuple, list[Say]] = {}
    for line in _lines(tables):
        if line.notes:
            notes.setdefault((line.page, line.number), []).extend(line.notes)
    for row in found:
        row.sheet = kind
        row.warnings += notes.pop(row.at, [])
    return found
