"""How much room on a page the parts of a document need, measured before anything of them is drawn. In points."""

from lib.exchange import fonts
from lib.exchange.letters import bars
from lib.exchange.letters.items import RULE, Box, Gap, Item, Pair, Rule, Small, TextLine
from lib.exchange.letters.letter import Bars, LetterTable
from lib.exchange.letters.styles import FIRST_LINE, MM, Style
from lib.exchange.letters.widths import spread

Styles = dict[str, Style]
UNDER_HEAD = 48  # of a table, rows without which it begins on the next page: a group and two lines
PAD, ABOVE = 3.0, 1.6  # between the lines of a table and its text: beside it, above and below it
BOX = 8 * MM
TOGETHER = 2  # lines of a paragraph that no page parts


def needed(items: list[Item], place: int, styles: Styles, width: float) -> float:
    """Room for an item and for what must stand on the same page after it."""
    total = 0.0
    for item in items[place:]:
        with_next = isinstance(item, TextLine) and (item.keeps or styles[item.role].with_next)
        total += _least(item, styles, width, whole=with_next)
        if not with_next:
            break
    return total


def _least(item: Item, styles: Styles, width: float, *, whole: bool) -> float:
    """An item that may be broken over pages needs room for its first lines only."""
    if isinstance(item, TextLine):
        style = styles[item.role]
        return line(item, style, width) if whole else style.before + _first(item, style, width) * style.height
    if isinstance(item, Pair):
        return pair(item, styles)
    if isinstance(item, Bars):
        return bars.height(item) * MM
    if isinstance(item, LetterTable):
        return _head(item, styles, width) + UNDER_HEAD
    return BOX if isinstance(item, Box) else 0


def _head(table: LetterTable, styles: Styles, width: float) -> float:
    style = styles["small_head" if table.small else "head"]
    most = 1
    for column, wide in zip(table.columns, spread(table.columns, width / MM), strict=True):
        parts = column.title.split("\n")
        most = max(most, sum(len(fonts.lines(part, style.size, wide * MM - 2 * PAD, style.font)) for part in parts))
    return most * style.height + 2 * ABOVE


def pair(item: Pair, styles: Styles) -> float:
    """As high as the higher of its columns."""
    columns = zip((item.left, item.right), item.widths, strict=True)
    return max(sum(_small(part, styles, width * MM) for part in side) for side, width in columns)


def _small(part: Small, styles: Styles, width: float) -> float:
    if isinstance(part, TextLine):
        return line(part, styles[part.role], width)
    return part.height if isinstance(part, Gap) else RULE if isinstance(part, Rule) else BOX


def line(item: TextLine, style: Style, width: float) -> float:
    """A whole paragraph with the space around it."""
    return style.before + _count(item, style, width) * style.height + style.after


def _count(item: TextLine, style: Style, width: float) -> int:
    first = FIRST_LINE * MM if style.indented else 0
    first += fonts.width(f"{item.lead} ", style.size, "B") if item.lead else 0
    return len(fonts.lines(item.text, style.size, width, style.font, first=first))


def _first(item: TextLine, style: Style, width: float) -> int:
    """Lines a paragraph begins with on a page: all of one that `before_break` does not break."""
    count = _count(item, style, width)
    return count if count < 2 * TOGETHER else TOGETHER


def before_break(count: int, fits: int) -> int:
    """Of the lines of a paragraph, how many stand before the end of the page: none of them alone on either page."""
    if fits >= count:
        return count
    return min(fits, count - TOGETHER) if fits >= TOGETHER and count >= 2 * TOGETHER else 0
