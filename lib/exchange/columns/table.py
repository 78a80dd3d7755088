"""A sheet as it was read: its columns, its rows, and what was left out."""

from collections.abc import Collection
from dataclasses import dataclass, field

from lib.core.errors import Say
from lib.exchange.columns.column import Value
from lib.exchange.columns.headings import Headings, Matched
from lib.exchange.columns.row_kinds import IsHamlet


@dataclass
class Line:
    """A row with its number in the file; a cell that cannot be read keeps its text in `values` and has a fault.

    `notes` are about cells that count as empty because they hold an error of Excel, and about changed cells. `page` is
    the sheet where a file has several of a kind, `serial` the number of the row in the list, `head` the row of a
    person's household; `filled` tells that an empty hamlet was filled from the row above.
    """

    number: int
    values: dict[str, Value]
    faults: dict[str, Say] = field(default_factory=dict)
    notes: list[Say] = field(default_factory=list)
    page: str = ""
    serial: str = ""
    head: int | None = None
    filled: bool = False


@dataclass
class Unread:
    """A column that is not read: its letters, its heading, if any, how it is known when matched by hand, the first
    things that stand in it, how many cells do; `chosen` when somebody left it out."""

    letters: str
    heading: str
    key: str
    samples: list[str]
    cells: int
    chosen: bool = False


@dataclass
class Table:
    """The columns found, by their place in the row; `skipped` counts the rows that are no data, by reason.

    Rows read and rows skipped add up to the rows of the sheet. `ticks` are columns that hold an x for one word of a
    list ("Hộ nghèo"), by key and code. `encoding` is the old font that the text seems to be written in, `doubts` the
    cells that could be of it but are right as they stand, with what they would be.
    `passed` names each total, section and signature by row, reason and words; `unread` each column that is not read;
    `remarks` say what was read otherwise than it stands. `sheet` is the name of the file's sheet, `head` its headings.
    """

    kind: str
    columns: dict[str, int]
    unknown: list[str]
    rows: list[Line]
    skipped: dict[str, int]
    encoding: str | None = None
    ticks: dict[tuple[str, str], int] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)
    passed: list[tuple[int, str, str]] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    remarks: list[Say] = field(default_factory=list)
    sheet: str = ""
    head: Headings | None = None


@dataclass(frozen=True)
class How:
    """How a sheet is to be understood: whether text of an old font is converted, and which cells of it although they
    look right (`also`); headings matched by hand, the row they stand in (from 1) by the name of the sheet, and whether
    a text is the name of a hamlet of the area."""

    convert: bool = True
    also: Collection[str] = ()
    matched: Matched = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    is_hamlet: IsHamlet = lambda name: False


PLAIN = How()
