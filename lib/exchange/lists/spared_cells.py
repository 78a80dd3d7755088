"""A cell that its row can do without keeps no row back: it is left out, and told with what stood there.

Rows cannot do without what they are known by and what must be counted; what lists of duties and of expected numbers
hold is all of that kind.
"""

from collections.abc import Callable

from lib.core.errors import N_, Invalid, Say
from lib.exchange.columns.column import Column
from lib.exchange.columns.kinds import KINDS, OF_SEX, is_needed
from lib.exchange.lists.row import FileRow
from lib.exchange.spreadsheets.cell_marks import letters

_SPARING = ("teams", "households", "persons")
LEFT = N_("{cell} “{said}” is skipped: {why}")
_SHOWN = 60


def is_vital(kind: str, column: Column) -> bool:
    """Whether a row of the kind is refused for this cell; a name as a whole is, also that of a leader."""
    return kind not in _SPARING or is_needed(column)


def of_lines(table) -> None:
    """Faults of cells that can be spared become notes of their lines."""
    known = {column.key: column for column in KINDS[table.kind]}
    for line in table.rows:
        for key in [key for key in line.faults if not is_vital(table.kind, known[key])]:
            line.notes.append(_told(table, known[key], line.number, line.values.get(key), line.faults.pop(key)))
            line.values[key] = [] if known[key].several else None


def checked(row: FileRow, kind: str, given: dict, check: Callable[[dict], dict], columns: dict | None = None) -> dict:
    """What `check` makes of the given cells, without those it finds at fault that can be spared.

    `columns` are the file's by the register's names, where these differ. Whatever is left out is taken from `given`
    and kept in `row.spared`.
    """
    try:
        return check(given)
    except Invalid as problem:
        known = {column.key: column for column in KINDS[kind]}
        at_fault = {name: (columns or {}).get(name, name) for name in problem.faults}
        if any(name not in given or is_vital(kind, known[key]) for name, key in at_fault.items()):
            raise
        row.spared += [(key, given.pop(name), problem.faults[name]) for name, key in at_fault.items()]
        return checked(row, kind, given, check, columns)


def told(table, row: FileRow) -> list[Say]:
    """The sentences for what was left out when the row was checked."""
    known = {column.key: column for column in KINDS[table.kind]} if row.spared else {}
    return [_told(table, known[key], row.number, said, why) for key, said, why in row.spared]


def _told(table, column: Column, number: int, said: object, why: Say) -> Say:
    cell = ", ".join(f"{letters(place + 1)}{number}" for place in _places(table, column.key)) or column.vi
    return Say(
        LEFT,
        {"cell": cell, "said": column.written(said)[:_SHOWN] if type(said) is int else str(said)[:_SHOWN], "why": why},
    )


def _places(table, key: str) -> list[int]:
    """The column of a key; the sex may stand in one of two."""
    if key in table.columns:
        return [table.columns[key]]
    return sorted(table.head.sexes.values()) if table.head and key in OF_SEX else []
