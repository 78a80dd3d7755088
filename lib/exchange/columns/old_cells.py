"""Cells of a sheet in an old font: each in Unicode, by what its column and its row say of it, or with its doubt."""

from collections.abc import Collection

from lib.core import text
from lib.core.errors import Say
from lib.exchange.columns.code_words import HAMLET_KINDS
from lib.exchange.columns.column import Column
from lib.exchange.columns.kinds import NAMES
from lib.exchange.spreadsheets import old_fonts

_KINDS_OF_HAMLETS = [tuple(kind.split()) for kind in HAMLET_KINDS]


class OldCells:
    """Asked for the cells of one row after another; those of `also` are converted though they look right."""

    def __init__(self, encoding: str, also: Collection[str] = ()):
        self.encoding, self.also, self.of_it = encoding, also, False

    def begin(self, row: list[str]) -> None:
        """The next row: it may be of the old font as a whole."""
        self.of_it = old_fonts.is_row(row, self.encoding)

    def read(self, cell: str, column: Column) -> tuple[str, str | None]:
        """A cell in Unicode, and its doubtful reading; only names are never converted where they look right, other
        cells are in a row that is of the old font.
        """
        sound, doubt = old_fonts.repaired(cell, self.encoding, self.also)
        if column.key not in NAMES:
            old = doubt and (self.of_it or _is_of_a_list(column, doubt, but_not=sound))
            return (doubt, None) if old else (sound, doubt)
        return (old_fonts.names_of(sound) if sound != cell and self.encoding == old_fonts.TCVN3 else sound), doubt


def _is_of_a_list(column: Column, cell: str, *, but_not: str) -> bool:
    """Whether one of two readings is of the words that the column knows, or begins with the word for a hamlet."""
    if column.choices:
        return type(column.read(cell)) is not Say and type(column.read(but_not)) is Say
    one, other = (tuple(text.clean(reading).casefold().split()) for reading in (cell, but_not))
    return any(one[: len(kind)] == kind != other[: len(kind)] for kind in _KINDS_OF_HAMLETS)
