"""Decide for each row below the headings whether it is data, or why it is passed over.

A row with a serial number, a count or a telephone is data, whatever its words look like. Signatures are looked for
only below the last row of data and at the beginning of a row, because a note may mention a chairman or a day.
"""

from collections.abc import Callable
from itertools import pairwise

from lib.exchange.columns import cell_values, non_data_rows
from lib.exchange.columns.headings import Headings, cell_at
from lib.exchange.columns.kinds import NAMES, columns_of

_FEW = 4  # cells of a line that is no data
_LONG = 200  # letters of a text that is no name of a place
_NUMBERS = (cell_values.whole, cell_values.phone, cell_values.identity, cell_values.year)
_OF_PLACES = ("hamlet_code", "commune", "district", "group_name")
IsHamlet = Callable[[str], bool]


class Layout:
    """Goes through the rows in order; `place` and `group` are named by the last section heading."""

    def __init__(self, rows: list[list[str]], head: Headings, kind: str, is_hamlet: IsHamlet = lambda name: False):
        """`is_hamlet` tells whether a text is the name of a hamlet of the area."""
        self.rows, self.head, self.kind, self.is_hamlet = rows, head, kind, is_hamlet
        columns = {column.key: column for column in columns_of(kind)}
        self.start = head.at + head.high
        self.numbers = [at for key, at in head.columns.items() if columns[key].reader in _NUMBERS]
        self.phones = [at for key, at in head.columns.items() if columns[key].reader is cell_values.phone]
        self.names = [at for key, at in head.columns.items() if key in NAMES]
        self.places = [at for key, at in head.columns.items() if key in _OF_PLACES]
        self.required = [at for key, at in head.columns.items() if columns[key].required]
        self.first = max([*self.names, *self.places, *(at for at in self.required if at not in self.numbers), 1])
        self.titles = [headings for row in rows[head.at : self.start] if any(headings := self._under_headings(row))]
        self.last = self._last()
        self.place: str | None = None
        self.group: str | None = None
        self.signed = False

    def _last(self) -> int:
        """Return the last row that is certainly data."""
        for at in range(len(self.rows) - 1, self.start - 1, -1):
            row = self.rows[at]
            if any(row) and not self._is_total(row) and self._is_sure(row):
                return at
        return self.start - 1

    def reason(self, at: int) -> str | None:
        """Why a row is passed over; None for data."""
        row = self.rows[at]
        if at > self.start and self._serial(row) and self._counted(row):
            return None
        cells = [cell for cell in row if cell]
        if not cells or not "".join(cells).strip():
            return "empty"
        if at == self.start and non_data_rows.numbers_columns(cells):
            return "numbering"
        if self._is_heading(row):
            return "heading"
        if self._is_total(row):
            return "total"
        if at > self.last and self._is_foot(row):
            return "signature"
        return self._between(at, row)

    def _is_sure(self, row: list[str]) -> bool:
        """Whether a row is certainly data: a serial number with another cell, or a number beside a name or a place."""
        others = sum(map(bool, row))
        if self._serial(row) and others > 1:
            return True
        if self._counted(row):
            return any(cell_at(row, at) for at in (*self.names, *self.places))
        return len({row[at] for at in self.required if cell_at(row, at)}) >= 3

    def _serial(self, row: list[str]) -> bool:
        return any(cell_at(row, at).strip(" .").isdecimal() for at in self.head.serials[:1])

    def _counted(self, row: list[str]) -> bool:
        """Whether a row holds a count, a telephone or a year."""
        return any(at < len(row) and row[at].strip()[:1].isdigit() for at in self.numbers)

    def _is_total(self, row: list[str]) -> bool:
        """Whether a row without a serial number has a word for totals in one of the first columns."""
        beginning = [cell for cell in row[: self.first + 1] if cell] or [cell for cell in row if cell][:1]
        if self._serial(row):
            return False
        if any(map(non_data_rows.is_total, beginning)):
            return True
        unnumbered = bool(self.head.serials) and not any(cell_at(row, at) for at in self.phones)
        names = [cell_at(row, at) for at in self.names if cell_at(row, at)] or beginning
        return unnumbered and any(map(non_data_rows.begins_sum, names))

    def _is_heading(self, row: list[str]) -> bool:
        """Whether a row repeats the headings, as on each printed page."""
        return self._under_headings(row) in self.titles

    def _under_headings(self, row: list[str]) -> list[str]:
        return [cell_at(row, at) for at in self.head.columns.values()]

    def _is_foot(self, row: list[str]) -> bool:
        """Whether a row belongs to the foot of the list; names below the first signature do too."""
        different = list(dict.fromkeys(cell for cell in row if cell))
        if self.signed and len(different) <= _FEW and not self._is_sure(row):
            return True
        names = [cell_at(row, at) for at in self.names if cell_at(row, at)]
        looked = [different[0], *names] if names else different  # who is named is no foot for a word in a note
        self.signed = len(different) <= _FEW and any(map(non_data_rows.is_signed, looked))
        return self.signed or (len(different) == 1 and non_data_rows.is_remark(different[0]))

    def _between(self, at: int, row: list[str]) -> str | None:
        """Return "section" for a line that names the place of the rows below, "title" for a title, else None."""
        different = list(dict.fromkeys(cell for cell in row if cell))
        if len(different) > _FEW or max(map(len, different)) >= _LONG or not self._is_line(row, different):
            return None
        if self._is_section(row, different):
            return "section"
        alone = len(different) == 1 and " " in different[0].strip()
        if not alone or not (_is_merged(row) or self._leads_to_headings(at)):
            return None
        named = named_in(different, self.is_hamlet) or next(iter(non_data_rows.places_within(different[0])), None)
        self.place, self.group = named or self.place, None
        return "section" if named else "title"

    def _is_line(self, row: list[str], different: list[str]) -> bool:
        """Whether a row can be such a line: no serial number beside a place, no count, no telephone."""
        merged = len(different) == 1 or _is_merged(row)
        if self._serial(row) and any(cell_at(row, at) for at in self.places):
            return False
        in_parts = any(non_data_rows.is_roman(cell_at(row, at)) for at in self.head.serials[:1])
        return merged or in_parts or not self._counted(row)

    def _is_section(self, row: list[str], different: list[str]) -> bool:
        if self.kind == "hamlets":
            return False
        place = non_data_rows.place(different) or next(
            (cell for cell in different if len(different) == 1 and self.is_hamlet(cell)), None
        )
        if place:
            self.place, self.group = place, None
            return True
        group = non_data_rows.group(different) if self.kind in ("households", "members") else None
        self.group = group or self.group
        return bool(group)

    def _leads_to_headings(self, at: int) -> bool:
        """Whether the next row that says something is the headings again."""
        below = next((row for row in self.rows[at + 1 : at + 4] if any(row)), None)
        return below is not None and self._is_heading(below)


def named_in(titles: list[str], is_hamlet: IsHamlet) -> str | None:
    """Return the only hamlet of the area that titles name: "DANH SÁCH HỘ BẢN BUM NĂM 2021"."""
    hamlets = {}
    for text in (place for title in titles for place in non_data_rows.places_within(title)):
        words = text.split()
        ends = (" ".join(words[:length]).strip(" .:-–") for length in range(len(words), 1, -1))
        if place := next(filter(is_hamlet, ends), None):
            hamlets[place.casefold()] = place
    return next(iter(hamlets.values())) if len(hamlets) == 1 else None


def _is_merged(row: list[str]) -> bool:
    """Whether one text is merged over several columns."""
    return sum(left == right != "" for left, right in pairwise(row)) >= 2
