"""A document as a PDF: the same parts in the same order as the DOCX, with fonts that any machine can print."""

from lib.exchange import fonts
from lib.exchange.letters import bars
from lib.exchange.letters.flow import flow
from lib.exchange.letters.heights import BOX, before_break, line, needed
from lib.exchange.letters.items import ABOVE_RULE, RULE, Box, Gap, Item, NewPage, Pair, Rule, Small, TextLine
from lib.exchange.letters.letter import Bars, Letter, LetterTable
from lib.exchange.letters.pdf_table import Grid
from lib.exchange.letters.pen import Pen
from lib.exchange.letters.styles import BOTTOM, FIRST_LINE, LEFT, MM, STYLES, TOP, Style, room


def pdf(letter: Letter) -> bytes:
    return _Press(letter).printed()


class _Press:
    """Where the next line goes."""

    def __init__(self, letter: Letter):
        self.letter, self.styles, self.after = letter, STYLES[letter.layout], 0.0
        title = f"{letter.kind.capitalize()} {letter.abstract}".replace("\n", " ")
        self.pen = Pen(title=title, author=letter.issuer.replace("\n", " "), day=letter.day)
        self._part(landscape=False)

    def printed(self) -> bytes:
        items = list(flow(self.letter))
        for place, item in enumerate(items):
            self._room(needed(items, place, self.styles, self.width))
            self._item(item, self._note(items, place + 1) if isinstance(item, LetterTable) else 0)
            self.after = self.styles[item.role].after if isinstance(item, TextLine) else 0
        return self.pen.done()

    def _note(self, items: list[Item], place: int) -> float:
        """Room for what stands on the page of a table's last row: its note, and whatever that keeps with it."""
        note = items[place]
        if not isinstance(note, TextLine):
            return 0
        whole = line(note, self.styles[note.role], self.width)
        return max(whole, needed(items, place, self.styles, self.width))

    def _part(self, *, landscape: bool) -> None:
        self.landscape, self.count = landscape, 0
        self.left, self.width = (TOP if landscape else LEFT) * MM, room(landscape) * MM
        self._page()

    def _page(self) -> float:
        self.pen.page(self.landscape)
        self.count += 1
        self.y, self.bottom = TOP * MM, self.pen.height - BOTTOM * MM
        if self.count > 1:
            style, text = self.styles["page"], str(self.count)
            across = fonts.width(text, style.size)
            self.pen.text((self.pen.width - across) / 2, 10 * MM + style.baseline, text, style.size)
        return self.y

    def _room(self, height: float) -> None:
        if self.y + height > self.bottom:
            self._page()

    def _item(self, item: Item, under: float) -> None:
        if isinstance(item, NewPage):
            self._part(landscape=item.landscape)
        elif isinstance(item, LetterTable):
            grid = Grid(self.pen, item, self.letter.layout, self.left, room(self.landscape), self.bottom)
            self.y = grid.draw(self.y, self._page, under)
        elif isinstance(item, Bars):
            self._bars(item)
        elif isinstance(item, Pair):
            self._pair(item)
        else:
            self.y = self._small(item, self.left, self.width, self.y, breaks=True)

    def _small(self, part: Small, left: float, width: float, y: float, *, breaks: bool = False) -> float:
        """Draw one part of a column from `y` down; where it ends."""
        if isinstance(part, TextLine):
            return self._line(part, left, width, y, breaks=breaks)
        if isinstance(part, Gap):
            return y + part.height
        if isinstance(part, Rule):
            begins = left + (width - part.length) / 2
            self.pen.line(begins, y + ABOVE_RULE, begins + part.length, y + ABOVE_RULE, 0.75)
            return y + RULE
        return self._box(part, left, width, y)

    def _line(self, line: TextLine, left: float, width: float, y: float, *, breaks: bool) -> float:
        style = self.styles[line.role]
        first = FIRST_LINE * MM if style.indented else 0
        lead = f"{line.lead} " if line.lead else ""
        ahead = fonts.width(lead, style.size, "B")
        lines = fonts.lines(line.text, style.size, width, style.font, first=first + ahead)
        if not breaks or y > TOP * MM:
            y += max(0, style.before - self.after)  # as Word does: the larger of the two spaces
        ends = self._ends(len(lines), y, style) if breaks else len(lines)
        for place, text in enumerate(lines):
            if place == ends:
                y = self._page()
                ends = place + max(1, self._ends(len(lines) - place, y, style))
            base = y + style.baseline
            begins, free = (left + first + ahead, width - first - ahead) if not place else (left, width)
            if lead and not place:
                self.pen.text(left + first, base, lead, style.size, "B")
            self._set(text, begins, free, base, style, last=place == len(lines) - 1)
            y += style.height
        return y + style.after

    def _ends(self, count: int, y: float, style: Style) -> int:
        """How many of so many lines stand on this page from `y` down."""
        return before_break(count, int((self.bottom - y) // style.height))

    def _set(self, text: str, left: float, width: float, base: float, style: Style, *, last: bool) -> None:
        long = fonts.width(text, style.size, style.font)
        stretch, blanks = 0.0, text.count(" ")
        if style.align == "justify" and not last and blanks:
            stretch = (width - long) / blanks
        x = left + {"center": (width - long) / 2, "right": width - long}.get(style.align, 0)
        self.pen.text(x, base, text, style.size, style.font, stretch)
        if style.underline:
            self.pen.line(x, base + 1.5, x + long, base + 1.5, 0.7)

    def _box(self, box: Box, left: float, width: float, y: float) -> float:
        style, begins = self.styles[box.role], left + (width - box.width * MM) / 2
        self.pen.box(begins, y, box.width * MM, BOX, line="0.75 0 0")
        self.pen.put("0.75 0 0 rg")
        base = y + (BOX - style.height) / 2 + style.baseline
        self._set(box.text, begins, box.width * MM, base, style, last=True)
        self.pen.put("0 0 0 rg")
        return y + BOX

    def _pair(self, pair: Pair) -> None:
        top, ends, left = self.y, [], self.left
        for side, width in zip((pair.left, pair.right), pair.widths, strict=True):
            y = top
            for part in side:
                y = self._small(part, left, width * MM, y)
            ends.append(y)
            left += width * MM
        self.y = max(ends)

    def _bars(self, chart: Bars) -> None:
        for bar in bars.placed(chart, self.width / MM):
            begins, top, thick = self.left + bar.begins * MM, self.y + bar.top * MM, bars.THICK * MM
            base = top + thick / 2 + bars.SIZE * 0.33
            long = fonts.width(bar.bar.label, bars.SIZE)
            self.pen.text(begins - 1.5 * MM - long, base, bar.bar.label, bars.SIZE)
            if bar.bar.share is not None:
                fill = " ".join(f"{part / 255:.3f}" for part in bar.colour)
                self.pen.box(begins, top, bar.length * MM, thick, line="0.12 0.23 0.37", fill=fill)
            self.pen.text(begins + (bar.length + 1.5) * MM, base, bar.bar.said, bars.SIZE)
        self.y += bars.height(chart) * MM
