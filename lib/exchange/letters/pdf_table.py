"""A table on the pages of a PDF, row by row, its head on each of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lib.exchange import fonts
from lib.exchange.letters.heights import ABOVE, PAD, UNDER_HEAD
from lib.exchange.letters.letter import Group, LetterTable
from lib.exchange.letters.pen import Face, Pen
from lib.exchange.letters.styles import MM, STYLES, Style
from lib.exchange.letters.widths import spread

Cell = list[tuple[str, float]]  # its lines, each with its width
Texts = tuple[str, ...]


@dataclass(frozen=True)
class Slot:
    """A column as one kind of row fills it: where it lies, and in what letters."""

    left: float
    width: float
    style: Style
    face: Face

    def lines(self, text: str) -> Cell:
        try:
            long = sum(map(self.face.widths.__getitem__, text)) * self.style.size
            if long <= self.width - 2 * PAD:
                return [(text, long)]
        except KeyError:  # a line break, or a letter the font lacks
            pass
        size, font = self.style.size, self.style.font
        parts = [line for part in text.split("\n") for line in fonts.lines(part, size, self.width - 2 * PAD, font)]
        return [(part, fonts.width(part, size, font)) for part in parts]

    def begins(self, long: float) -> float:
        """Where a line of this width begins."""
        if self.style.align == "left":
            return self.left + PAD
        spare = self.width - long
        return self.left + (spare - PAD if self.style.align == "right" else spare / 2)


class Grid:
    """One table being drawn. `turn` opens the next page and returns where its text begins."""

    def __init__(self, pen: Pen, table: LetterTable, layout: str, left: float, room: float, bottom: float):
        self.pen, self.table, self.bottom = pen, table, bottom
        widths = [width * MM for width in spread(table.columns, room)]
        self.edges = [left]
        for width in widths:
            self.edges.append(self.edges[-1] + width)
        prefix, styles, aligns = "small_" if table.small else "", STYLES[layout], [c.align for c in table.columns]
        self.plain, self.total, self.head = (
            [
                Slot(left, width, styles[prefix + role], pen.faces[styles[prefix + role].font])
                for left, width, role in zip(self.edges, widths, roles, strict=False)
            ]
            for roles in (aligns, [f"total_{align}" for align in aligns], ["head"] * len(aligns))
        )
        group = styles[f"{prefix}group"]
        self.group = [Slot(left, self.edges[-1] - left, group, pen.faces[group.font])]
        self.titles = [slot.lines(column.title) for slot, column in zip(self.head, table.columns, strict=True)]

    def draw(self, top: float, turn: Callable[[], float], under: float = 0) -> float:
        """The whole table from `top` on; where it ends. A group stands on the page of its first row, and the totals
        and `under` points below them on that of the last.
        """
        self.turn = turn
        if top + self._height(self.titles, self.head) + UNDER_HEAD > self.bottom:
            top = turn()
        self._begin(top)
        rows = self._rows()
        last = next(rows, None)
        for row in rows:
            self._row(*last, self._tall(*row) if last[1] is self.group else 0)
            last = row
        totals = [(texts, self.total) for texts in self.table.totals]
        closing = [*filter(None, [last]), *totals]
        for place, row in enumerate(closing, 1):
            self._row(*row, under + sum(self._tall(*other) for other in closing[place:]))
        self._end()
        return self.y

    def _rows(self) -> Iterator[tuple[Texts, list[Slot]]]:
        for row in self.table.rows:
            yield ((row.text,), self.group) if isinstance(row, Group) else (row, self.plain)

    def _tall(self, texts: Texts, slots: list[Slot]) -> float:
        return self._height([slot.lines(text) for slot, text in zip(slots, texts, strict=True)], slots)

    def _begin(self, top: float) -> None:
        """The part of the table on one page: its upper edge and its head."""
        self.y = self.top = self.since = top
        self.marks = [self._level(top)]
        self._draw(self.titles, self.head, self._height(self.titles, self.head))
        self.under = self.y  # the head never stands alone

    def _end(self) -> None:
        self._uprights(self.edges[1:-1], self.since)
        self._uprights([self.edges[0], self.edges[-1]], self.top)
        self.pen.put("0.5 w\n" + "\n".join(self.marks))

    def _row(self, texts: Texts, slots: list[Slot], keep: float = 0) -> None:
        """`keep` points must be left for what follows on the same page."""
        cells = [slot.lines(text) for slot, text in zip(slots, texts, strict=True)]
        while any(cells):
            if self.y + self._height(cells, slots) + keep > self.bottom and self.y > self.under:
                self._end()
                self._begin(self.turn())
            fits = max(1, int((self.bottom - self.y - 2 * ABOVE) // slots[0].style.height))
            self._part([cell[:fits] for cell in cells], slots)
            cells = [cell[fits:] for cell in cells]  # what is taller than a page goes on on the next

    def _part(self, cells: list[Cell], slots: list[Slot]) -> None:
        across = slots is self.group
        if across:
            self._uprights(self.edges[1:-1], self.since)
        self._draw(cells, slots, self._height(cells, slots))
        if across:
            self.since = self.y

    def _height(self, cells: list[Cell], slots: list[Slot]) -> float:
        return max(map(len, cells)) * slots[0].style.height + 2 * ABOVE

    def _draw(self, cells: list[Cell], slots: list[Slot], height: float) -> None:
        operators, face = ["BT"], None
        for cell, slot in zip(cells, slots, strict=True):
            if slot.face is not face:
                face = slot.face
                operators.append(f"{face.name} {slot.style.size:g} Tf")
            step = slot.style.height
            base = self.pen.height - self.y - (height - len(cell) * step) / 2 - slot.style.baseline
            for text, long in cell:
                operators.append(f"1 0 0 1 {slot.begins(long):.2f} {base:.2f} Tm {face.escaped(text)} Tj")
                base -= step
        operators.append("ET")
        self.y += height
        operators.append(self._level(self.y))
        self.marks.append(" ".join(operators))

    def _level(self, y: float) -> str:
        height = self.pen.height - y
        return f"{self.edges[0]:.2f} {height:.2f} m {self.edges[-1]:.2f} {height:.2f} l S"

    def _uprights(self, edges: list[float], top: float) -> None:
        """Lines between columns, from `top` down to here."""
        if self.y > top:
            high, low = self.pen.height - top, self.pen.height - self.y
            self.marks += [f"{x:.2f} {high:.2f} m {x:.2f} {low:.2f} l S" for x in edges]
