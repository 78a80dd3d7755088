"""Read a sheet as a table: its columns, every row by them, and a remark on whatever is left out or changed."""

from collections import Counter, defaultdict
from collections.abc import Callable

from lib.core.errors import N_, Invalid, Say
from lib.exchange.columns import (
    cell_values,
    ditto,
    headings,
    non_data_rows,
    row_kinds,
    team_lines,
    telephones,
    under_sexes,
)
from lib.exchange.columns.cell_values import LEFT_OUT, flag, without_value
from lib.exchange.columns.column import Column, Value
from lib.exchange.columns.headings import Headings, cell_at
from lib.exchange.columns.kinds import KINDS as KINDS
from lib.exchange.columns.kinds import columns_of, is_needed
from lib.exchange.columns.old_cells import OldCells
from lib.exchange.columns.row_kinds import Layout
from lib.exchange.columns.table import PLAIN, How, Line, Table, Unread
from lib.exchange.spreadsheets import old_fonts
from lib.exchange.spreadsheets.cell_marks import UNCOUNTED, letters
from lib.exchange.spreadsheets.reading import ReadSheet, spans

# A row with this column may be in the store already, so the file needs few others.
_KNOWN_BY = {"hamlets": "code", "households": "code", "teams": "name", "expected": "code", "members": "code"}
_TOLD = ("total", "signature", "section", "title")  # rows passed over that are named one by one
_SAMPLES = 3
_NUMBERED = (cell_values.numbered, cell_values.place_code)
# Columns in which a sign for "as above" makes no sense.
_AS_ABOVE = object()
_OF_ITS_OWN = {"full_name", "member.full_name", "member", "id_number", "member.id_number"}
_OF_ITS_OWN_IN = {"households": {"head_name", "code"}, "hamlets": {"code", "name"}, "assignments": {"code"}}

NO_HEADINGS = N_("No row of headings was found in the first {n} rows; the file needs the columns {columns}.")
CONVERTED = N_("Cell {cell}: “{said}” is read from the old font as “{read}”; check whether that is right.")
UNCONVERTED = N_("Cell {cell}: “{said}” stays as it is; in the old font it would be “{read}”.")
UNDATED = N_("Cell {cell} contains the date {said}, which Excel made from a number; it is read as {read}.")
NO_COLUMN = N_("The file has no column {columns}; add it or use the empty form.")
FILLED = N_("Empty cells of “{column}” were filled with the value above them: rows {rows}.")
REPEATED = N_("Signs for “as above” were read as the value above them: rows {rows}.")
OF_THE_SHEET = N_("The hamlet is taken from the name of the sheet: {name}.")
OF_THE_TITLE = N_("The hamlet is taken from the title above the list: {name}.")
NOT_REPEATED = N_("A sign for “as above” cannot be used here; write it out.")


def of_sheet(sheet: ReadSheet, kind: str, how: How) -> Table:
    """Read a sheet as a list. Invalid when the headings or a required column are missing."""
    encoding = old_fonts.encoding_of(cell for row in sheet.rows for cell in row)
    head = headings_of(sheet, kind, how, encoding)
    if head is None:
        raise unknown(kind)
    table = Table(kind, head.columns, head.unknown, [], {}, encoding, head.ticks, sheet=sheet.name, head=head)
    _Reading(table, head, sheet, how).read(sheet.rows)
    return table


def headings_of(sheet: ReadSheet, kind: str, how: How = PLAIN, encoding: str | None = None) -> Headings | None:
    """Find the headings of a sheet for a list, converted from an old font; None when there are none."""
    row = how.rows.get(sheet.name)
    top = sheet.rows[: max(headings.DEEPEST + 1, row or 0) + headings.HIGHEST]
    encoding = encoding or old_fonts.encoding_of(cell for row in top for cell in row)
    top = [old_fonts.row(cells, encoding) for cells in top] if encoding else top
    return headings.find(top, kind, how.matched, row and row - 1)


def unknown(kind: str) -> Invalid:
    """Make the refusal of a sheet without headings; it names those that the list needs."""
    wanted = ", ".join(f"“{column.vi}”" for column in columns_of(kind) if column.required)
    return Invalid({"file": Say(NO_HEADINGS, {"n": headings.DEEPEST, "columns": wanted})})


class _Reading:
    """Reads the rows below the headings, once."""

    def __init__(self, table: Table, head: Headings, sheet: ReadSheet, how: How):
        self.table, self.head, self.first, self.how = table, head, sheet.first, how
        self.old = OldCells(table.encoding, how.also) if table.encoding and how.convert else None
        self.skipped: Counter[str] = Counter()
        self.place, self.above, self.last = None, False, None
        self.repaired: dict[str, list[int]] = defaultdict(list)
        self.columns = {column.key: column for column in columns_of(table.kind)}
        self.own = _OF_ITS_OWN | _OF_ITS_OWN_IN.get(table.kind, set())
        self.readers = [(key, at, self._reader(self.columns[key])) for key, at in head.columns.items()]
        self.several = {key for key in head.columns if self.columns[key].several} | {key for key, _ in head.ticks}
        self.numbered = {key for key in head.columns if self.columns[key].reader in _NUMBERED}
        self.example = {key: self.columns[key].read(self.columns[key].example) for key in head.columns}
        if table.kind == "teams":
            team_lines.complete(self.example, {}, {})

    def read(self, rows: list[list[str]]) -> None:
        start = self.head.at + self.head.high
        for above in rows[: self.head.at]:
            self.skipped["title" if any(above) else "empty"] += 1
        self.skipped["heading"] += self.head.high
        layout, data = Layout(self._sound(rows), self.head, self.table.kind, self.how.is_hamlet), []
        self._of_the_whole(layout.rows)
        for at in range(start, len(rows)):
            if reason := layout.reason(at):
                self._pass(at, layout.rows[at], reason, layout)
            else:
                data.append(layout.rows[at])
                self._line(at, rows[at], layout.group)
        self.table.skipped = {reason: n for reason, n in self.skipped.items() if n}
        self.table.unread = _unread(self.head, data)
        if self.table.kind == "teams":
            self.table.rows = team_lines.with_post_holders(self.table.rows)
        self._tell()
        self._check_columns()

    def _sound(self, rows: list[list[str]]) -> list[list[str]]:
        """Convert all rows to Unicode, to recognise sections, totals and signatures; data is converted cell by cell."""
        encoding = self.table.encoding
        return [[old_fonts.repaired(cell, encoding)[0] for cell in row] for row in rows] if encoding else rows

    def _of_the_whole(self, rows: list[list[str]]) -> None:
        """Take the hamlet from the sheet's name or the title above the list where there is no column for it."""
        if "hamlet_code" in self.head.columns or "hamlet_code" not in self.columns:
            return
        titles = [cell for row in rows[: self.head.at] for cell in dict.fromkeys(row) if cell]
        sheet = self.table.sheet if self._is_hamlet(self.table.sheet) else None
        title = None if sheet else row_kinds.named_in(titles, self.how.is_hamlet)
        self.place = sheet or title
        if self.place:
            self.table.remarks.append(Say(OF_THE_SHEET if sheet else OF_THE_TITLE, {"name": self.place}))

    def _is_hamlet(self, name: str) -> bool:
        return self.how.is_hamlet(name) or bool(non_data_rows.place([name]))

    def _pass(self, at: int, row: list[str], reason: str, layout: Layout) -> None:
        """Count a row that is not data, and note its words."""
        self.skipped[reason] += 1
        if reason in _TOLD:
            words = " · ".join(dict.fromkeys(" ".join(cell.split()) for cell in row if cell))
            self.table.passed.append((self.first + at, reason, words[:120]))
        if reason == "section" and layout.place:
            self.place, self.above = layout.place, False

    def _line(self, at: int, row: list[str], group: str | None) -> None:
        line = Line(self.first + at, {})
        self._read_cells(line, row)
        self._tick(line, row)
        under_sexes.read(line, row, self.head.sexes, self.table.kind)
        if group and not line.values.get("group_name"):
            line.values["group_name"] = group
        line.serial = next((row[at] for at in self.head.serials if at < len(row)), "")
        self._fill(line)
        self._complete(line, row)
        self.last = line
        if line.values == self.example:
            self.skipped["example"] += 1
        else:
            self.table.rows.append(line)

    def _read_cells(self, line: Line, row: list[str]) -> None:
        """Read the cells of a row; a sign for "as above" becomes the value above."""
        if self.old:
            self.old.begin(row)
        for key, place, read in self.readers:
            cell = row[place] if place < len(row) else ""
            if key in self.head.joined and row[place + 1 : place + 2] != [cell]:
                cell = " ".join(row[place : place + 2])
            value = self._value(line, key, place, cell, read) if cell else None
            value = self._repeated(line, key) if value is _AS_ABOVE else value
            if type(value) is Say:
                line.faults[key], value = value, self.old.read(cell, self.columns[key])[0] if self.old else cell
            line.values[key] = value
        for key in self.several:
            if key not in line.faults:
                line.values[key] = list(line.values.get(key) or [])

    def _repeated(self, line: Line, key: str) -> Value | Say:
        """Return the value or the fault above a sign for "as above"."""
        if self.repaired["repeated"][-1:] != [line.number]:
            self.repaired["repeated"].append(line.number)
        above = self.last
        return above and (above.faults.get(key) or above.values.get(key))

    def _fill(self, line: Line) -> None:
        """Fill an empty hamlet from the section or the row above; a household with a code needs none."""
        values = line.values
        if "hamlet_code" not in self.columns or "hamlet_code" in line.faults:
            return
        if hamlet := values.get("hamlet_code"):
            self.place, self.above = hamlet, True
        elif self.place and not values.get("code"):
            values["hamlet_code"], line.filled = self.place, self.above
            if self.above and self._begins(values):
                self.repaired["filled"].append(line.number)

    def _begins(self, values: dict) -> bool:
        """Whether a row begins a team or a household, and is not one more person of it."""
        if self.table.kind == "teams":
            return bool(values.get("name"))
        return self.table.kind != "members" or values.get("relation") in (None, "head")

    def _tell(self) -> None:
        """Add one remark each for all filled and all repeated cells."""
        if rows := self.repaired["filled"]:
            place = self.head.columns["hamlet_code"]
            named = {"column": self.head.texts.get(place, ""), "rows": spans(rows, str)}
            self.table.remarks.append(Say(FILLED, named))
        if rows := self.repaired["repeated"]:
            self.table.remarks.append(Say(REPEATED, {"rows": spans(rows, str)}))

    def _value(self, line: Line, key: str, place: int, cell: str, read: Callable) -> Value | Say:
        """Read a cell; an error of Excel is a fault in a required column, else a note."""
        sentence = without_value(cell)
        if sentence is None:
            if self.old or key in self.numbered:
                self._note(line, key, place, cell)
            return read(cell)
        values = {"cell": f"{letters(place + 1)}{line.number}", "said": cell.strip(f"{UNCOUNTED} ")[:60]}
        if is_needed(self.columns[key]):
            return Say(sentence, values)
        line.notes.append(Say(LEFT_OUT[sentence], values))
        return None

    def _note(self, line: Line, key: str, place: int, cell: str) -> None:
        """Note how a cell was changed, so that its author can check it."""
        at = f"{letters(place + 1)}{line.number}"
        if key in self.numbered and (number := cell_values.undated(cell)):
            line.notes.append(Say(UNDATED, {"cell": at, "said": cell_values.day_of(cell), "read": number}))
        sound, doubt = self.old.read(cell, self.columns[key]) if self.old else (cell, None)
        if doubt:
            sentence = UNCONVERTED if sound == cell else CONVERTED
            line.notes.append(Say(sentence, {"cell": at, "said": cell, "read": doubt}))
            self.table.doubts |= {cell: doubt} if sound == cell else {}

    def _tick(self, line: Line, row: list[str]) -> None:
        for (key, code), place in self.head.ticks.items():
            cell = cell_at(row, place) if key not in line.faults else ""
            if cell and self._value(line, key, place, cell, flag) == 1:
                chosen = {*line.values[key], code}
                line.values[key] = [choice for choice in self.columns[key].choices if choice in chosen]

    def _complete(self, line: Line, row: list[str]) -> None:
        """Move to other columns what a cell says about them."""
        telephones.complete(line, self.table.kind, self.columns)
        if self.table.kind == "teams":
            team_lines.sort_posts(line.values, line.faults, self._post(row))
            team_lines.complete(line.values, line.faults, self.table.rows[-1].values if self.table.rows else {})

    def _post(self, row: list[str]) -> str | None:
        """Return the cell of posts where the list has no column of roles."""
        at = None if "member.role" in self.head.columns else self.head.columns.get("member.position")
        cell = row[at] if at is not None and at < len(row) else ""
        return self.old.read(cell, self.columns["member.position"])[0] if self.old and cell else cell or None

    def _reader(self, column: Column) -> Callable[[str], Value | Say]:
        """Return the reader of a column. It reads equal cells once, except in old fonts, where the row matters."""
        cache: dict[str, Value | Say] = {}
        above = Say(NOT_REPEATED) if column.key in self.own else _AS_ABOVE

        def read(cell: str) -> Value | Say:
            if cell not in cache:
                cache[cell] = above if ditto.is_ditto(cell) else column.read(cell)
            return cache[cell]

        def read_old(cell: str) -> Value | Say:
            return read(self.old.read(cell, column)[0])

        return read_old if self.old else read

    def _check_columns(self) -> None:
        """Refuse the sheet with one sentence when required columns are missing."""
        missing = [c for c in self.columns.values() if c.required and c.key not in self.head.columns]
        if self.place:
            missing = [column for column in missing if column.key != "hamlet_code"]
        if self.table.kind == "persons" and not {"code", "head_name"} & self.head.columns.keys():
            missing = [self.columns["code"]]
        elif _KNOWN_BY.get(self.table.kind) in self.head.columns:
            return
        if self.table.kind == "members" and "head_name" in self.head.columns:
            missing = [column for column in missing if column.key != "full_name"]
        if missing:
            names = ", ".join(f"“{column.vi}”" for column in missing)
            raise Invalid({"file": Say(NO_COLUMN, {"columns": names})})


def _unread(head: Headings, data: list[list[str]]) -> list[Unread]:
    """List the columns that are not read although they have a heading or cells."""
    used, wide = head.used(), max(map(len, [list(head.texts), *data]), default=0)
    columns = {place: column(head, data, place) for place in range(wide) if place not in used}
    return [
        unread
        for place, unread in columns.items()
        if (unread.heading or unread.cells) and not _only_numbers_rows(place, unread, data, head)
    ]


def column(head: Headings, data: list[list[str]], place: int) -> Unread:
    """Describe a column of a sheet by its place, with samples of its cells."""
    cells = [row[place] for row in data if place < len(row) and row[place].strip()]
    samples = [" ".join(cell.strip(UNCOUNTED).split())[:60] for cell in dict.fromkeys(cells)][:_SAMPLES]
    key = head.keys.get(place, f"#{letters(place + 1)}")
    return Unread(letters(place + 1), head.texts.get(place, ""), key, samples, len(cells), place in head.left_out)


def _only_numbers_rows(place: int, unread: Unread, data: list[list[str]], head: Headings) -> bool:
    """Whether a column is the first, has no heading and only counts 1, 2, 3."""
    if unread.heading or place > min(head.columns.values(), default=0):
        return False
    return all(row[place].strip(" .").isdecimal() for row in data if place < len(row) and row[place].strip())
