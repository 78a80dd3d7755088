"""The charts of a board whose figure and days the reader chooses; each draws itself, False when there is nothing."""

from dataclasses import dataclass, replace

import pandas as pd

from lib.oversight.figures import tiles
from lib.screen import figure_words
from lib.screen.board import chart_choices, chart_clicks, chart_sums, place
from lib.screen.board.chart_choices import Choice
from lib.screen.board.chart_on_page import OPEN, PageChart, draw
from lib.screen.board.place import Board
from lib.screen.charts import comparison, heat_map, spread, tile_map, trend
from lib.screen.charts.parts import Target
from lib.screen.i18n import _, number
from lib.screen.i18n import day as in_words

MOST = 40  # rows a chart can carry; the table has all


@dataclass(frozen=True)
class ChartRequest:
    """A board's chart of a choice, in one look."""

    board: Board
    choice: Choice
    theme: str

    @property
    def figure_name(self) -> str:
        return _(self.choice.figure.label)

    @property
    def listed(self) -> list[dict]:
        """The area, then its units in Vietnamese order, as many as a chart can carry."""
        return [self.board.area, *figure_words.in_order(self.board.below)[:MOST]]

    @property
    def compared(self) -> list[str]:
        """The units put beside each other; where nobody chooses, the best and the last of the ranks."""
        return (chart_choices.units if self.theme == "light" else chart_choices.leading)(self.board)

    @property
    def running(self) -> bool:
        """Whether the last day is still being entered; as a whole day it would look like a fall."""
        return self.choice.last == self.board.place.today

    @property
    def today(self) -> str:
        return in_words(self.board.place.today)

    @property
    def complete(self) -> Choice:
        """The choice without a running day, which is never added to whole ones."""
        return self.choice.complete(self.board.place.today)

    @property
    def left_out(self) -> list[str]:
        """A sentence on the running day below a sum over several."""
        if not self.running:
            return []
        if self.complete == self.choice:
            return [_("{day} is still being entered.").format(day=self.today)]
        return [_("{day} is still being entered and not included.").format(day=self.today)]

    @property
    def target(self) -> Target | None:
        """The line of the coverage aimed at, for the figures it belongs to."""
        if not self.choice.figure.has_target:
            return None
        share = place.target(self.board.db)
        return Target(share, target_label(share))


def target_label(share: float) -> str:
    return _("target {percent}%").format(percent=number(share * 100))


def cut(figures: list[dict]) -> list[str]:
    """A sentence on what is left out of a chart that cannot carry all."""
    return [_("The first {n} of {all}.").format(n=MOST, all=len(figures))] if len(figures) > MOST else []


def _days(request: ChartRequest) -> bool:
    """Unit by day, the area itself on top; a click opens the unit on that day."""
    board, choice, listed = request.board, request.choice, request.listed
    chart = PageChart(
        "heat",
        _("{figure} by day").format(figure=request.figure_name),
        notes=" ".join([_darker(choice), *_frame_note(request), *cut(board.below)]),
        hint=_("Click a cell to open the unit on that day."),
        click={"selection_mode": "open", "on_select": lambda: chart_clicks.follow_day(board.area["code"])},
        days=choice.days_in_words,
        choices=(*choice.span, request.running),
    )
    return draw(
        board.place,
        chart,
        lambda: heat_map.frame(chart_sums.by_day(board, choice.span), listed, choice.figure),
        request.theme,
    )


def _frame_note(request: ChartRequest) -> list[str]:
    """What the frame around the cells of the running day means."""
    note = _("Dashed frame: {day}, still being entered.")
    return [note.format(day=request.today)] if request.running else []


def _darker(choice: Choice) -> str:
    if choice.figure.is_share:
        return _("The darker the blue, the higher the share; dashed: no entries.")
    return _("The darker the blue, the higher the number; dashed: no entries.")


def _trend(request: ChartRequest) -> bool:
    return _lines(request, request.compared)


def _lines(request: ChartRequest, compared: list[str]) -> bool:
    """The area day by day in the band of its units, and the chosen ones; a running day is drawn apart."""
    board, choice, figure = request.board, request.choice, request.choice.figure

    def frame() -> pd.DataFrame:
        points = chart_sums.by_day(board, choice.span)
        return trend.frame(points, board.figures, compared, figure, request.target)

    top = (("top", 1),) if figure.full else ()
    chart = PageChart(
        "trend",
        _("{figure}, day by day").format(figure=request.figure_name),
        notes=_line_notes(request, compared),
        options=(("axis_format", figure.axis_format), ("label_width", _label_width(board, compared)), *top),
        days=choice.days_in_words,
        choices=(*choice.span, request.running, *compared),
    )
    return draw(board.place, chart, frame, request.theme)


def _label_width(board: Board, compared: list[str]) -> int:
    """Pixels for the longest name at the line ends."""
    labels = figure_words.labels(board.figures)
    return min(128, 22 + 7 * max(len(labels[code]) for code in [board.area["code"], *compared]))


def _line_notes(request: ChartRequest, compared: list[str]) -> str:
    """What the lines and bands of a trend are, as far as there are any."""
    board = request.board
    notes = [_("Thick line: the whole area.")] if request.choice.figure.is_share else []
    if len(compared) == 2 and compared == chart_choices.leading(board):
        labels = figure_words.labels(board.below)
        first, last = (labels[code] for code in compared)
        notes.append(_("Thin lines: {first}, first by rank now, and {last}, the last.").format(first=first, last=last))
    if len(board.figures) > 2:
        notes.append(_("Pale band: from the lowest unit to the highest; darker: the middle half of them."))
    notes.append(_("A gap: no entries that day."))
    if request.running:
        notes.append(_("Dashed to a hollow point: {day}, still being entered.").format(day=request.today))
    return " ".join(notes)


def _compare(request: ChartRequest) -> bool:
    """One figure of the chosen units over the whole span, and its way day by day where there is more than one."""
    board, choice, compared = request.board, request.complete, request.compared
    totals = _("Totals over the days with entries: {span}.").format(span=choice.days_in_words)
    chart = PageChart(
        "compare",
        _("{figure}, side by side").format(figure=request.figure_name),
        notes=" ".join([totals, *request.left_out]),
        options=(("top", choice.figure.top), ("target", request.target)),
        days=choice.days_in_words,
        choices=(*choice.span, request.running, *compared),
    )
    shown = draw(
        board.place,
        chart,
        lambda: comparison.frame(chart_sums.over(board, choice.span), compared, choice.figure),
        request.theme,
    )
    if shown and request.choice.days > 1:
        _lines(replace(request, choice=replace(request.choice, first=choice.first)), compared)
    return shown


def _spread(request: ChartRequest) -> bool:
    """How far apart the communes of each district lie, or the units of a smaller area."""
    board, choice = request.board, request.complete
    communes = board.area["level"] == "province"
    dots = _("Each dot is one unit, the dark mark the median of its row; ◂ marks the lowest, ▸ the highest.")
    title = _("{figure}: communes within their districts") if communes else _("{figure}: spread between units")
    chart = PageChart(
        "strip",
        title.format(figure=request.figure_name),
        notes=" ".join([dots, *request.left_out]),
        hint=_("Click a dot to open it."),
        options=(("axis_format", choice.figure.axis_format), ("row_height", 92 if communes else 140)),
        click=OPEN,
        days=choice.days_in_words,
        choices=(*choice.span, request.running),
    )
    return draw(
        board.place, chart, lambda: spread.frame(chart_sums.apart(board, choice.span), choice.figure), request.theme
    )


def _map(request: ChartRequest) -> bool:
    """The units as tiles, where they lie on the map as far as that is known."""
    board, choice, area = request.board, request.complete, request.board.place.area
    positions = tiles.ground(area["code"], [unit["code"] for unit in board.below])

    def frame() -> pd.DataFrame:
        points = chart_sums.over(board, choice.span)
        below = [point for point in points if point["code"] != area["code"]]
        return tile_map.frame(below, area, choice.figure)

    starred = [_("*: some days have no entries; see the table.")] if choice.days > 1 else []
    columns = 1 + max((column for _line, column in positions.values()), default=-1)
    where = _("Each tile is placed roughly where the unit is.") if positions else _("Tiles in alphabetical order.")
    chart = PageChart(
        "tiles",
        _("{figure} on the map").format(figure=request.figure_name),
        notes=" ".join([where, _darker(choice), *starred, *request.left_out]),
        hint=_("Click a tile to open it."),
        options=(("columns", columns or None),),
        click=OPEN,
        days=choice.days_in_words,
        choices=(*choice.span, request.running),
    )
    return draw(board.place, chart, frame, request.theme)


CHOOSING = {"days": _days, "trend": _trend, "compare": _compare, "spread": _spread, "map": _map}
