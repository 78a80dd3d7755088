"""A sheet understood: which of its columns are which, and every row read by them, with nothing lost unsaid."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from lib.core import text
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
from lib.exchange.words import HAMLET_KINDS

# By these a row is known to the store already, so that a file may hold them and little else.
_KNOWN_BY = {"hamlets": "code", "households": "code", "teams": "name", "expected": "code"}

NO_HEADINGS = N_("No row of headings was found in the first {n} rows; the file needs the columns {columns}.")
_KINDS_OF_HAMLETS = [tuple(kind.split()) for kind in HAMLET_KINDS]
_NUMBERED = (damage.numbered, damage.place_code)
CONVERTED = N_("Cell {cell}: “{said}” is read from the old font as “{read}”; look whether that is right.")
UNCONVERTED = N_("Cell {cell}: “{said}” stays as it is; in the old font it would be “{read}”.")
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
    list ("Hộ nghèo"), by key and code. `encoding` is the old font that the text seems to be written in, `doubts` the
    cells that could be of it but are right as they stand, with what they would be.
    """

    kind: str
    columns: dict[str, int]
    unknown: list[str]
    rows: list[Line]
    skipped: dict[str, int]
    encoding: str | None = None
    ticks: dict[tuple[str, str], int] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)


def found(sheets: list[Sheet], kind: str, *, convert: bool = True, also: Collection[str] = ()) -> tuple[Sheet, Table]:
    """The visible sheet that fits the kind best, and what it says."""
    seen = [sheet for sheet in sheets if not sheet.hidden and sheet.rows]
    fit = {sheet.name: _headings(sheet.rows, kind) for sheet in seen}
    best = max(seen, key=lambda sheet: len(fit[sheet.name].columns) if fit[sheet.name] else -1, default=None)
    if best is None:
        raise _unknown(kind)
    return best, recognised(best.rows, kind, first=best.first, convert=convert, also=also)


def recognised(
    rows: list[list[str]], kind: str, *, first: int = 1, convert: bool = True, also: Collection[str] = ()
) -> Table:
    """What the rows say; cells of an old font are converted on request, those of `also` too (see `old_fonts.repaired`).

    Invalid when the headings are not found.
    """
    encoding = old_fonts.encoding_of(cell for row in rows for cell in row)
    head = _headings(rows, kind, encoding)
    if head is None:
        raise _unknown(kind)
    table = Table(kind, head.columns, head.unknown, [], {}, encoding, head.ticks)
    _Reading(table, head, first, encoding if convert else None, also).read(rows)
    return table


def _headings(rows: list[list[str]], kind: str, encoding: str | None = None) -> Headings | None:
    top = rows[: headings.DEEPEST + 1]
    encoding = encoding or old_fonts.encoding_of(cell for row in top for cell in row)
    return headings.find([[old_fonts.converted(cell, encoding) for cell in row] for row in top], kind)


def _unknown(kind: str) -> Invalid:
    wanted = ", ".join(f"“{column.vi}”" for column in KINDS[kind] if column.required)
    return Invalid({"file": Say(NO_HEADINGS, {"n": headings.DEEPEST, "columns": wanted})})


def _is_of_a_list(column: Column, cell: str, *, but_not: str) -> bool:
    """Whether one of two readings is of the words that the column knows, or begins with the word for a hamlet."""
    if column.choices:
        return type(column.read(cell)) is not Say and type(column.read(but_not)) is Say
    one, other = (tuple(text.clean(each).casefold().split()) for each in (cell, but_not))
    return any(one[: len(kind)] == kind != other[: len(kind)] for kind in _KINDS_OF_HAMLETS)


class _Reading:
    """Goes through the rows below the headings once."""

    def __init__(self, table: Table, head: Headings, first: int, encoding: str | None, also: Collection[str]):
        self.table, self.head, self.first, self.encoding, self.also = table, head, first, encoding, also
        self.skipped: Counter[str] = Counter()
        self.place: str | None = None
        self.is_old = False
        self.titles: list[str] = []
        self.columns = {column.key: column for column in KINDS[table.kind]}
        self.readers = [(key, at, self._reader(self.columns[key])) for key, at in head.columns.items()]
        self.several = {key for key in head.columns if self.columns[key].several} | {key for key, _ in head.ticks}
        self.numbered = {key for key in head.columns if self.columns[key].reader in _NUMBERED}
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
        self.is_old = bool(self.encoding) and old_fonts.is_row(row, self.encoding)
        for key, place, read in self.readers:
            cell = row[place] if place < len(row) else ""
            if key in self.head.joined and row[place + 1 : place + 2] != [cell]:
                cell = " ".join(row[place : place + 2])
            value = self._value(line, key, place, cell, read) if cell else None
            if type(value) is Say:
                line.faults[key], value = value, cell
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
            if self.encoding or key in self.numbered:
                self._tell(line, key, place, cell)
            return read(cell)
        said = {"cell": f"{letters(place + 1)}{line.number}", "said": cell.strip(f"{UNCOUNTED} ")[:60]}
        if self.columns[key].required or key in NAMES or key in _KNOWN_BY.values():
            return Say(sentence, said)
        line.notes.append(Say(LEFT_OUT[sentence], said))
        return None

    def _tell(self, line: Line, key: str, place: int, cell: str) -> None:
        """What was made of a cell, where its writer should see it."""
        at = f"{letters(place + 1)}{line.number}"
        if key in self.numbered and (number := damage.undated(cell)):
            line.notes.append(Say(UNDATED, {"cell": at, "said": damage.day_of(cell), "read": number}))
        if self.encoding and not cell.isascii():
            sound, doubt = self._sound(cell, key)
            if doubt:
                sentence = UNCONVERTED if sound == cell else CONVERTED
                line.notes.append(Say(sentence, {"cell": at, "said": cell, "read": doubt}))
                self.table.doubts |= {cell: doubt} if sound == cell else {}

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
                known[cell] = column.read(cell)
            return known[cell]

        def read_old(cell: str) -> Value | Say:
            return column.read(self._sound(cell, column.key)[0])

        return read_old if self.encoding else read

    def _sound(self, cell: str, key: str) -> tuple[str, str | None]:
        """A cell in Unicode, and its doubtful reading; only names are never converted where they look right, other
        cells are in a row that is of the old font.
        """
        sound, doubt = old_fonts.repaired(cell, self.encoding, self.also)
        if key not in NAMES:
            old = doubt and (self.is_old or _is_of_a_list(self.columns[key], doubt, but_not=sound))
            return (doubt, None) if old else (sound, doubt)
        return (old_fonts.names_of(sound) if sound != cell and self.encoding == old_fonts.TCVN3 else sound), doubt

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
