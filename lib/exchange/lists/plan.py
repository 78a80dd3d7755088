"""What a file would change, row by row, decided before anything is written; the counts add up to its rows."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from types import ModuleType

from sqlite_utils import Database

from lib.core import access, database
from lib.core.access import User, require
from lib.core.errors import N_, Say
from lib.exchange.columns.heading_matches import Match
from lib.exchange.columns.recognised_table import Line, Table
from lib.exchange.columns.whole_file import Whole
from lib.exchange.lists import (
    assignment_rows,
    expected_rows,
    hamlet_rows,
    household_rows,
    person_rows,
    spared_cells,
    team_rows,
)
from lib.exchange.lists.joining import Same
from lib.exchange.lists.row import STATES, At, FileRow
from lib.register.duplicates import candidates

ROWS: dict[str, ModuleType] = {
    "hamlets": hamlet_rows,
    "teams": team_rows,
    "households": household_rows,
    "persons": person_rows,
    "assignments": assignment_rows,
    "expected": expected_rows,
}


@dataclass
class ImportPlan:
    """A file for an area, looked through; `seen` is the state of the store that it was looked at in.

    `parts` are the tables of its sheets, those of persons after those of their households; `matched` are headings
    matched by hand for this file, which loading remembers; `same` is what the visitor said of doubtful rows, by
    `FileRow.at` (see `joining`).
    """

    kind: str
    area: str
    parts: list[Table]
    rows: list[FileRow]
    seen: int
    matched: list[Match] = field(default_factory=list)
    file_name: str = ""
    digest: str = ""
    same: dict[At, Same] = field(default_factory=dict)
    counts: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        counted = Counter(row.state for row in self.rows)
        self.counts = {state: counted[state] for state in STATES}

    @property
    def doubtful(self) -> list[FileRow]:
        """Rows that are perhaps a household known already; each is loaded as its state says unless told otherwise."""
        of_it = (row for row in self.rows if row.sheet == self.kind)
        return [row for row in of_it if row.perhaps is not None or row.at in self.same]

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
    def warnings(self) -> list[tuple[FileRow, Say]]:
        """What needs a look, with its row."""
        return [(row, say) for row in self.rows for say in row.warnings]

    @property
    def remarks(self) -> list[tuple[FileRow, Say]]:
        """The same without the doubts, which are asked about row by row."""
        asked = {row.at for row in self.doubtful}
        return [(row, say) for row, say in self.warnings if row.at not in asked or say != row.doubt]


def plan(
    db: Database, user: User, area: str, file: Whole, *, now: datetime, same: dict[At, Same] | None = None
) -> ImportPlan:
    """Look through the tables of a file for an area the visitor holds; NotFound for a stranger.

    `same` says of rows that were doubtful which household they are (see `joining`).
    """
    kind, same = file.kind, same or {}
    access.check(user, "list.import")
    require(access.holds_area(db, user, area) or None, N_("There is no such unit in your area; choose another."))
    seen = database.changes(db)
    chosen = {"same": same} if kind == "households" else {}
    rows = _named(kind, file.tables, ROWS[kind].look(db, user, area, _lines(file.tables), now=now, **chosen))
    if file.persons:
        rows += _named("persons", file.persons, person_rows.look(db, rows, area, _lines(file.persons), now=now))
    return ImportPlan(kind, area, file.parts, rows, seen, same=same)


def preview(
    db: Database, user: User, area: str, file: Whole, *, now: datetime, same: dict[At, Same] | None = None
) -> ImportPlan:
    """Plan a file, and warn at the rows of households that are perhaps known already."""
    previewed = plan(db, user, area, file, now=now, same=same)
    doubts = likely(db, previewed.kind, previewed.rows)
    for row in previewed.rows:
        if row.sheet == previewed.kind and row.at not in previewed.same:
            row.warnings += doubts.get(row.at, [])
    return previewed


def _lines(tables: list[Table]) -> list[Line]:
    """The rows of all sheets, without what they can do without."""
    for table in tables:
        spared_cells.of_lines(table)
    return [line for table in tables for line in table.rows]


def _named(kind: str, tables: list[Table], found: list[FileRow]) -> list[FileRow]:
    """The rows with the list they are of, and what was said of their cells when they were read."""
    notes: dict[At, list[Say]] = {}
    for table in tables:
        for line in table.rows:
            if line.notes:
                notes.setdefault((line.page, line.number), []).extend(line.notes)
    of_page = {table.rows[0].page: table for table in tables if table.rows}
    for row in found:
        row.sheet = kind
        row.warnings += notes.pop(row.at, []) + spared_cells.told(of_page[row.page], row)
    return found


_SAME = N_("Possibly the same as {code}, {name}.")
_TWIN = N_("Possibly the same as row {n} of this file, {name}.")
_TAKEN = N_("Treated as {code}, {name}, because of the name alone.")


def likely(db: Database, kind: str, rows: list[FileRow]) -> dict[At, list[Say]]:
    """A sentence by `FileRow.at`, for households whose like the commune or the file has.

    Where the row can be told to be that household, `row.perhaps` says which it is, and `row.doubt` holds the sentence.
    """
    by_commune: dict[str, list[FileRow]] = defaultdict(list)
    for row in rows:
        if kind == "households" and row.sheet == kind and row.state != "refused" and row.joined is None:
            by_commune[row.commune].append(row)
    for commune, of_it in by_commune.items():
        _of_commune(db, commune, of_it)
    return {row.at: [row.doubt] for of_it in by_commune.values() for row in of_it if row.doubt}


def _of_commune(db: Database, commune: str, rows: list[FileRow]) -> None:
    known = {row.key: row for row in rows if row.id}
    order = {row.at: place for place, row in enumerate(rows)}
    for row in rows:
        if row.id and row.perhaps:
            row.doubt = Say(_TAKEN, {"code": row.key, "name": row.old["head_name"]})
    new = [row for row in rows if row.state == "new"]
    for place, found in candidates.candidates_of_file(db, [row.new for row in new], commune).items():
        row, best = new[place], found[0]
        if best["code"] in known:
            _twin(row, known[best["code"]], order)
        else:
            row.doubt = Say(_SAME, {"code": best["code"], "name": best["name"]})
            row.perhaps = best["code"] if best["hamlet_code"] == row.new["hamlet_code"] else None
    for place, first in candidates.twins([row.new for row in new]).items():
        if new[place].doubt is None:
            _twin(new[place], new[first], order)


def _twin(row: FileRow, other: FileRow, order: dict[At, int]) -> None:
    """The later of the two may belong to the earlier one."""
    row.doubt = Say(_TWIN, {"n": other.place, "name": other.new["head_name"]})
    if order[other.at] < order[row.at] and other.new["hamlet_code"] == row.new["hamlet_code"]:
        row.perhaps = other.at
