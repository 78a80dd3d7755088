"""A sheet understood: which of its columns are which, and every row read by them, with nothing lost unsaid."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from lib.core.dates import shown
from lib.core.errors import N_, Invalid, Say
from lib.exchange import damage, headings, leftovers, old_fonts, teamed, telephones
from lib.exchange.column import Column as Column
from lib.exchange.column import Value
from lib.exchange.damage import LEFT_OUT, flag, without_value
from lib.exchange.headings import Headings
from lib.exchange.kinds import KINDS as KINDS
from lib.exchange.kinds import NAMES
from lib.exchange.marks import UNCOUNTED, letters
from lib.exchange.reading import Sheet

# By these a row is known to the store already, so that a file may hold them and little else.
_KNOWN_BY = {"hamlets": "code", "households": "code", "teams": "name", "expected": "code"}

NO_HEADINGS = N_("No row of headings was found in the first {n} rows; the file needs the columns {columns}.")
UNDATED = N_("Cell {cell} holds the day {said}, which Excel made of a number; it is read as {read}.")
NO_COLUMN = N_("The file has no column {columns}.")


@dataclass
class Line:
    """A row by its number in the file; a cell that cannot be read keeps its text in `values` and has a fault.

    `notes` are of cells that the row can do without: they hold an error of Excel and count as empty.
    """

    number: int
    values: dict[str, Value]
    faults: dict[str, Say] = field(default_factory=dict)
    notes: list[Say] = field(default_factory=list)


@dataclass
class Table:
    """The columns found, by their place in the row; `skipped` counts the rows that are no data, by reason.

    Rows read and rows skipped add up to the rows of the sheet. `ticks` are columns that hold an x for one word of a
    list ("Hộ nghèo"), by key and code. `encoding` is the old font that the text seems to be written in.
    """

    kind: str
    columns: dict[str, int]
    unknown: list[str]
    rows: list[Line]
    skipped: dict[str, int]
    encoding: str | None = None
    ticks: dict[tuple[str, str], int] = field(default_factory=dict)


def found(sheets: list[Sheet], kind: str, *, convert: bool = True) -> tuple[Sheet, Table]:
    """The visible sheet that fits the kind best, and what it says."""
    seen = [sheet for sheet in sheets if not sheet.hidden and sheet.rows]
    fit = {sheet.name: _headings(sheet.rows, kind) for sheet in seen}
    best = max(seen, key=lambda sheet: len(fit[sheet.name].columns) if fit[sheet.name] else -1, default=None)
    if best is None:
        raise _unknown(kind)
    return best, recognised(best.rows, kind, first=best.first, convert=convert)


def recognised(rows: list[list[str]], kind: str, *, first: int = 1, convert: bool = True) -> Table:
    """What the rows say; text of an old font is converted on request. Invalid when the headings are not found."""
    encoding = old_fonts.encoding_of(cell for row in rows for cell in row)
    head = _headings(rows, kind, encoding)
    if head is None:
        raise _unknown(kind)
    table = Table(kind, head.columns, head.unknown, [], {}, encoding, head.ticks)
    _Reading(table, head, first, encoding if convert else None).read(rows)
    return table


def _headings(rows: list[list[str]], kind: str, encoding: str | None = None) -> Headings | None:
    top = rows[: headings.DEEPEST + 1]
    encoding = encoding or old_fonts.encoding_of(cell for row in top for cell in row)
    return headings.find([[old_fonts.converted(cell, encoding) for cell in row] for row in top], kind)


def _unknown(kind: str) -> Invalid:
    wanted = ", ".join(f"“{column.vi}”" for column in KINDS[kind] if column.required)
    return Invalid({"file": Say(NO_HEADINGS, {"n": headings.DEEPEST, "columns": wanted})})


class _Reading:
    """Goes through the rows below the headings once."""

    def __init__(self, table: Table, head: Headings, first: int, encoding: str | None):
        self.table, self.head, self.first, self.encoding = table, head, first, encoding
        self.skipped: Counter[str] = Counter()
        self.place: str | None = None
        self.titles: list[str] = []
        self.columns = {column.key: column for column in KINDS[table.kind]}
        self.readers = [(key, at, self._reader(self.columns[key])) for key, at in head.columns.items()]
        self.several = {key for key in head.columns if self.columns[key].several} | {key for key, _ in head.ticks}
        self.example = {key: self.columns[key].read(self.columns[key].example) for key in head.columns}
        if table.kind == "teams":
            teamed.complete(self.example, {}, {})

    def read(self, rows: list[list[str]]) -> None:
        start = self.head.at + self.head.high
        self.titles = [rows[start - 1][at] for at in self.head.columns.values() if at < len(rows[start - 1])]
        for above in rows[: self.head.at]:
            self.skipped["title" if any(above) else "empty"] += 1
        self.skipped["heading"] += self.head.high
        for at in range(start, len(rows)):
            given = [cell for cell in rows[at] if cell]
            if reason := self._no_data(given, rows[at], at == start):
                self.skipped[reason] += 1
            else:
                self._line(at, rows[at])
        self.table.skipped = {reason: n for reason, n in self.skipped.items() if n}
        self._check_columns()

    def _no_data(self, given: list[str], row: list[str], at_once: bool) -> str | None:
        """Why a row is passed over; None for data."""
        if not given or not "".join(given).strip():
            return "empty"
        few = (len(given) <= 4 or len(set(given)) <= 2) and max(map(len, given)) < 200
        if at_once and leftovers.numbers_columns(given):
            return "numbering"
        if leftovers.is_total(given):
            return "total"
        if few and self._is_foot([*dict.fromkeys(given)]):
            return "signature"
        if few and self.table.kind != "hamlets" and (place := leftovers.place([*dict.fromkeys(given)])):
            self.place = old_fonts.converted(place, self.encoding)
            return "section"
        return "heading" if self._is_heading(row) else None

    def _is_foot(self, given: list[str]) -> bool:
        """Once the signatures have begun, the names under them are no data either."""
        given = [old_fonts.converted(cell, self.table.encoding) for cell in given]
        return leftovers.is_signature(given) or (self.skipped["signature"] > 0 and len(given) <= 2)

    def _is_heading(self, row: list[str]) -> bool:
        """The headings once more, as on each printed page."""
        return [row[at] for at in self.head.columns.values() if at < len(row)] == self.titles

    def _line(self, at: int, row: list[str]) -> None:
        line = Line(self.first + at, {})
        for key, place, read in self.readers:
            cell = row[place] if place < len(row) else ""
            if key in self.head.joined and row[place + 1 : place + 2] != [cell]:
                cell = " ".join(row[place : place + 2])
            value = self._value(line, key, place, cell, read) if cell else None
            if type(value) is Say:
                line.faults[key], value = value, cell
            elif value:
                self._tell(line, key, place, cell)
            line.values[key] = value
        for key in self.several:
            if key not in line.faults:
                line.values[key] = list(line.values.get(key) or [])
        self._tick(line, row)
        if self.place and not line.values.get("hamlet_code"):
            line.values["hamlet_code"] = self.place
        self._complete(line)
        if line.values == self.example:
            self.skipped["example"] += 1
        else:
            self.table.rows.append(line)

    def _value(self, line: Line, key: str, place: int, cell: str, read: Callable) -> Value | Say:
        """What the cell holds; an error of Excel is a fault where the row cannot do without it, else a note."""
        sentence = without_value(cell)
        if sentence is None:
            return read(cell)
        said = {"cell": f"{letters(place + 1)}{line.number}", "said": cell.strip(f"{UNCOUNTED} ")[:60]}
        if self.columns[key].required or key in NAMES or key in _KNOWN_BY.values():
            return Say(sentence, said)
        line.notes.append(Say(LEFT_OUT[sentence], said))
        return None

    def _tell(self, line: Line, key: str, place: int, cell: str) -> None:
        """What was made of a cell that its writer should see."""
        if damage.undated(cell) and self.columns[key].reader in (damage.numbered, damage.place_code):
            said = {
                "cell": f"{letters(place + 1)}{line.number}",
                "said": shown(cell[:10]) if cell[:2].isdecimal() and cell[4:5] == "-" else cell,
            }
            line.notes.append(Say(UNDATED, said | {"read": damage.undated(cell)}))

    def _tick(self, line: Line, row: list[str]) -> None:
        for (key, code), place in self.head.ticks.items():
            cell = row[place] if place < len(row) and key not in line.faults else ""
            if cell and self._value(line, key, place, cell, flag) == 1:
                chosen = {*line.values[key], code}
                line.values[key] = [each for each in self.columns[key].choices if each in chosen]

    def _complete(self, line: Line) -> None:
        """What one cell says about another column."""
        telephones.complete(line, self.table.kind, self.columns)
        if self.table.kind == "teams":
            teamed.complete(line.values, line.faults, self.table.rows[-1].values if self.table.rows else {})

    def _reader(self, column: Column) -> Callable[[str], Value | Say]:
        """Reads a cell; what was read once is not read again."""
        known: dict[str, Value | Say] = {}

        def read(cell: str) -> Value | Say:
            if cell not in known:
                sound = old_fonts.converted(cell, self.encoding)
                if self.encoding == old_fonts.TCVN3 and column.key in NAMES:
                    sound = old_fonts.names_of(sound)
                known[cell] = column.read(sound)
            return known[cell]

        return read

    def _check_columns(self) -> None:
        """One sentence for a column that is missing, not one for every row."""
        missing = [c for c in self.columns.values() if c.required and c.key not in self.head.columns]
        if self.place:
            missing = [column for column in missing if column.key != "hamlet_code"]
        if self.table.kind == "persons" and not {"code", "head_name"} & self.head.columns.keys():
            missing = [self.columns["code"]]
        elif _KNOWN_BY.get(self.table.kind) in self.head.columns:
            return
        if missing:
            names = ", ".join(f"“{column.vi}”" for column in missing)
            raise Invalid({"file": Say(NO_COLUMN, {"columns": names})})
