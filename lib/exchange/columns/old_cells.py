"""Convert the cells of a sheet in an old font to Unicode, and report the doubtful ones."""

from collections.abc import Collection

from lib.core import text
from lib.core.errors import Say
from lib.exchange.columns.code_words import HAMLET_KINDS
from lib.exchange.columns.column import Column
from lib.exchange.columns.kinds import NAMES
from lib.exchange.spreadsheets import old_fonts

_KINDS_OF_HAMLETS = [tuple(kind.split()) for kind in HAMLET_KINDS]


class OldCells:
    """Reads row after row; cells of `also` are converted although they look right."""

    def __init__(self, encoding: str, also: Collection[str] = ()):
        self.encoding, self.also, self.of_it = encoding, also, False

    def begin(self, row: list[str]) -> None:
        """Begin the next row, and decide whether all of it is in the old font."""
        self.of_it = old_fonts.is_row(row, self.encoding)

    def read(self, cell: str, column: Column) -> tuple[str, str | None]:
        """Return a cell in Unicode and its doubtful reading. A cell that looks right is converted only in a row of the
        old font, and never when it is a name.
        """
        sound, doubt = old_fonts.repaired(cell, self.encoding, self.also)
        if column.key not in NAMES:
            old = doubt and (self.of_it or _is_of_a_list(column, doubt, but_not=sound))
            return (doubt, None) if old else (sound, doubt)
        return (old_fonts.names_of(sound) if sound != cell and self.encoding == old_fonts.TCVN3 else sound), doubt


def _is_of_a_list(column: Column, cell: str, *, but_not: str) -> bool:
    """Whether only the first of two readings is a word of the column, or begins with a word for a hamlet."""
    if column.choices:
        return type(column.read(cell)) is not Say and type(column.read(but_not)) is Say
    one, other = (tuple(text.clean(reading).casefold().split()) for reading in (cell, but_not))
    return any(one[: len(kind)] == kind != other[: len(kind)] for kind in _KINDS_OF_HAMLETS)
