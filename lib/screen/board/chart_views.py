"""The charts of a board whose figure and days the reader chooses; each draws itself, False when there is nothing."""

from dataclasses import dataclass, replace

from sqlite_utils import Database

from lib.core.access import User
from lib.oversight.figures import tiles
from lib.screen import figure_words
from lib.screen.board import chart_choices, chart_clicks, chart_sums, place
from lib.screen.board.chart_choices import Choice
from lib.screen.board.chart_on_page import draw as drawn
from lib.screen.board.place import Place
from lib.screen.charts import day_frames, unit_frames
from lib.screen.i18n import _, number
from lib.screen.i18n import day as in_words

MOST = 40  # rows a chart can carry; the table has all
OPEN = {"on_select": "rerun", "selection_mode": "open"}


@dataclass(frozen=True)
class Asked:
    """A chart somebody asks for: of which figures, in which look."""

    db: Database
    user: User
    here: Place
    found: list[dict]
    choice: Choice
    theme: str

    @property
    def name(self) -> str:
        return _(self.choice.figure.label)

    @property
    def listed(self) -> list[dict]:
        """The area, then its units in Vietnamese order, as many as a chart can carry."""
        return [self.found[0], *figure_words.in_order(self.found[1:])[:MOST]]

    @property
    def beside(self) -> list[str]:
        """The units put beside each other; where nobody chooses, the best and the last of the ranks."""
        on_desk = self.theme == "light"
        return chart_choices.units(self.here, self.found) if on_desk else chart_choices.leading(self.found)

    @property
    def running(self) -> bool:
        """Whether the last day is still being entered; as a whole day it would look like a fall."""
        return self.choice.last == self.here.today

    @property
    def complete(self) -> Choice:
        """What is summed up: whole days only."""
        return self.choice.complete(self.here.today)

    @property
    def left_out(self) -> list[str]:
        """What is said of the running day under a sum over several."""
        if not self.running:
            return []
        today = in_words(self.here.today)
        if self.complete == self.choice:
            return [_("{day} is still being entered.").format(day=today)]
        return [_("{day} is still being entered and not included.").format(day=today)]

    @property
    def target(self) -> tuple[tuple[str, float | str], ...]:
        """The line of the coverage aimed at, for the figures it belongs to."""
        if not self.choice.figure.has_target:
            return ()
        aim = place.target(self.db)
        return (("target", aim), ("target_label", _("target {percent}%").format(percent=number(aim * 100))))


def cut(figures: list[dict]) -> list[str]:
    """What is left out of a chart that cannot carry all."""
    return [_("The first {n} of {all}.").format(n=MOST, all=len(figures))] if len(figures) > MOST else []


def _days(asked: Asked) -> bool:
    """Unit by day, the area itself on top; a click opens the unit on that day."""
    here, choice, listed = asked.here, asked.choice, asked.listed

    def make():
        points = chart_sums.by_day(asked.db, asked.user, here, *choice.key)
        return day_frames.days(points, listed, choice.figure)

    return drawn(
        "heat",
        here,
        make,
        title=_("{figure} by day").format(figure=asked.name),
        chosen=(*choice.key, asked.running),
        span=choice.span,
        theme=asked.theme,
        notes=" ".join([_darker(choice), *_framed(asked), *cut(asked.found[1:])]),
        hint=_("Click a cell to open the unit on that day."),
        selection_mode="open",
        on_select=lambda: chart_clicks.follow_day(here.area["code"]),
    )


def _framed(asked: Asked) -> list[str]:
    """What the frame around the cells of the running day means."""
    told = _("Dashed frame: {day}, still being entered.")
    return [told.format(day=in_words(asked.here.today))] if asked.running else []


def _darker(choice: Choice) -> str:
    if choice.figure.is_share:
        return _("The darker the blue, the higher the share; dashed: no entries.")
    return _("The darker the blue, the higher the number; dashed: no entries.")


def _trend(asked: Asked) -> bool:
    return _lines(asked, asked.beside)


def _lines(asked: Asked, beside: list[str]) -> bool:
    """The area day by day in the band of its units, and the chosen ones; a running day is drawn apart."""
    choice, listed = asked.choice, asked.found

    def make():
        points = chart_sums.by_day(asked.db, asked.user, asked.here, *choice.key)
        aim = dict(asked.target)
        return day_frames.lines(
            points, listed, beside, choice.figure, (aim["target"], aim["target_label"]) if aim else None
        )

    top = (("top", 1),) if choice.figure.full else ()
    return drawn(
        "trend",
        asked.here,
        make,
        title=_("{figure}, day by day").format(figure=asked.name),
        notes=_thick(asked, beside),
        chosen=(*choice.key, asked.running, *beside),
        span=choice.span,
        theme=asked.theme,
        extra=(("unit", choice.figure.unit), ("names", _room(listed, beside)), *top),
    )


def _room(listed: list[dict], beside: list[str]) -> int:
    """Pixels for the longest name at the line ends."""
    named = figure_words.labels(listed)
    return min(128, 22 + 7 * max(len(named[code]) for code in [listed[0]["code"], *beside]))


def _thick(asked: Asked, beside: list[str]) -> str:
    """What the lines and bands of a trend are, as far as there are any."""
    told = [_("Thick line: the whole area.")] if asked.choice.figure.is_share else []
    if len(beside) == 2 and beside == chart_choices.leading(asked.found):
        named = figure_words.labels(asked.found[1:])
        first, last = (named[code] for code in beside)
        told.append(_("Thin lines: {first}, first by rank now, and {last}, the last.").format(first=first, last=last))
    if len(asked.found) > 2:
        told.append(_("Pale band: from the lowest unit to the highest; darker: the middle half of them."))
    told.append(_("A gap: no entries that day."))
    if asked.running:
        told.append(_("Dashed to a hollow point: {day}, still being entered.").format(day=in_words(asked.here.today)))
    return " ".join(told)


def _compare(asked: Asked) -> bool:
    """One figure of the chosen units over the whole span, and its way day by day where there is more than one."""
    choice, beside = asked.complete, asked.beside

    def make():
        points = chart_sums.over(asked.db, asked.user, asked.here, *choice.key)
        return unit_frames.beside(points, beside, choice.figure)

    summed = _("Totals over the days with entries: {span}.").format(span=choice.span)
    shown = drawn(
        "compare",
        asked.here,
        make,
        title=_("{figure}, side by side").format(figure=asked.name),
        notes=" ".join([summed, *asked.left_out]),
        chosen=(*choice.key, asked.running, *beside),
        span=choice.span,
        extra=(("top", choice.figure.top), *asked.target),
        theme=asked.theme,
    )
    if shown and asked.choice.days > 1:
        _lines(replace(asked, choice=replace(asked.choice, first=choice.first)), beside)
    return shown


def _spread(asked: Asked) -> bool:
    """How far apart the communes of each district lie, or the units of a smaller area."""
    choice = asked.complete

    def make():
        rows = chart_sums.apart(asked.db, asked.user, asked.here, *choice.key)
        return unit_frames.dots(rows, choice.figure)

    communes = asked.here.area["level"] == "province"
    dots = _("Each dot is one unit, the dark mark the median of its row; ◂ marks the lowest, ▸ the highest.")
    title = _("{figure}: communes within their districts") if communes else _("{figure}: spread between units")
    return drawn(
        "strip",
        asked.here,
        make,
        title=title.format(figure=asked.name),
        span=choice.span,
        chosen=(*choice.key, asked.running),
        notes=" ".join([dots, *asked.left_out]),
        hint=_("Click a dot to open it."),
        extra=(("unit", choice.figure.unit), ("step", 92 if communes else 140)),
        theme=asked.theme,
        **OPEN,
    )


def _map(asked: Asked) -> bool:
    """The units as tiles, where they lie on the map as far as that is known."""
    choice, area = asked.complete, asked.here.area
    known = tiles.ground(area["code"], [unit["code"] for unit in asked.found[1:]])

    def make():
        points = chart_sums.over(asked.db, asked.user, asked.here, *choice.key)
        below = [point for point in points if point["code"] != area["code"]]
        return unit_frames.on_the_map(below, area, choice.figure)

    starred = [_("*: some days have no entries; see the table.")] if choice.days > 1 else []
    columns = 1 + max((column for _line, column in known.values()), default=-1)
    where = _("Each tile is placed roughly where the unit is.") if known else _("Tiles in alphabetical order.")
    notes = " ".join([where, _darker(choice), *starred, *asked.left_out])
    return drawn(
        "tiles",
        asked.here,
        make,
        title=_("{figure} on the map").format(figure=asked.name),
        span=choice.span,
        chosen=(*choice.key, asked.running),
        notes=notes,
        hint=_("Click a tile to open it."),
        extra=(("columns", columns or None),),
        theme=asked.theme,
        **OPEN,
    )


CHOOSING = {"days": _days, "trend": _trend, "compare": _compare, "spread": _spread, "map": _map}
