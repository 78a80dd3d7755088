"""The charts of a board whose figure and days the reader chooses; each draws itself, False when there is nothing."""

from dataclasses import dataclass

from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.oversight import tiles
from lib.screen import chart_choices, chart_clicks, chart_frames, chart_sums, chart_unit_frames, figure_words
from lib.screen.board import Place
from lib.screen.chart_choices import Choice
from lib.screen.chart_drawing import draw as drawn
from lib.screen.i18n import _

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
        """Whether the last day is still being entered; as a point it would look like a fall."""
        return self.here.is_today and self.here.minutes_left > 0 and self.choice.last == self.here.day


def cut(figures: list[dict]) -> list[str]:
    """What is left out of a chart that cannot carry all."""
    return [_("The first {n} of {all}.").format(n=MOST, all=len(figures))] if len(figures) > MOST else []


def _days(asked: Asked) -> bool:
    """Unit by day, the area itself on top; a click opens the unit on that day."""
    here, choice, listed = asked.here, asked.choice, asked.listed

    def make():
        points = chart_sums.by_day(asked.db, asked.user, here, *choice.key)
        return chart_frames.days(points, listed, choice.figure)

    return drawn(
        "heat", here, make, title=_("{figure} by day").format(figure=asked.name), chosen=choice.key,
        span=choice.span, theme=asked.theme, notes=" ".join([_darker(choice), *cut(asked.found[1:])]),
        hint=_("Click a cell to open the unit on that day."), selection_mode="open",
        on_select=lambda: chart_clicks.follow_day(here.area["code"]),
    )  # fmt: skip


def _darker(choice: Choice) -> str:
    if choice.figure.is_share:
        return _("The darker the blue, the higher the share; dashed: no entries.")
    return _("The darker the blue, the higher the number; dashed: no entries.")


def _trend(asked: Asked) -> bool:
    return _lines(asked, asked.beside)


def _lines(asked: Asked, beside: list[str]) -> bool:
    """The area day by day in the band of its units, and the chosen ones. A running day joins at the cut-off."""
    choice, running, listed = asked.choice, asked.running, asked.found

    def make():
        last = clock.plus(choice.last, -1) if running else choice.last
        points = chart_sums.by_day(asked.db, asked.user, asked.here, choice.figure.code, choice.first, last)
        return chart_frames.lines(points, listed, beside, choice.figure)

    return drawn(
        "trend", asked.here, make, title=_("{figure}, day by day").format(figure=asked.name),
        notes=_thick(asked), chosen=(*choice.key, running, *beside),
        span=choice.span, extra=(("unit", choice.figure.unit), ("names", _room(listed, beside))), theme=asked.theme,
    )  # fmt: skip


def _room(listed: list[dict], beside: list[str]) -> int:
    """Pixels for the longest name at the line ends."""
    named = figure_words.labels(listed)
    return min(128, 22 + 7 * max(len(named[code]) for code in [listed[0]["code"], *beside]))


def _thick(asked: Asked) -> str:
    """What the lines and bands of a trend are, as far as there are any."""
    told = [_("Thick line: the whole area.")] if asked.choice.figure.is_share else []
    if len(asked.found) > 2:
        told.append(_("Pale band: from the lowest unit to the highest; darker: the middle half of them."))
    if asked.running:
        told.append(_("Today joins at 14:00."))
    return " ".join(told)


def _compare(asked: Asked) -> bool:
    """One figure of the chosen units over the whole span, and its way day by day where there is more than one."""
    choice, beside = asked.choice, asked.beside

    def make():
        points = chart_sums.over(asked.db, asked.user, asked.here, *choice.key)
        return chart_unit_frames.beside(points, beside, choice.figure)

    shown = drawn(
        "compare", asked.here, make, title=_("{figure}, side by side").format(figure=asked.name),
        notes=_("Sums over all days of the span: {span}.").format(span=choice.span), chosen=(*choice.key, *beside),
        span=choice.span, extra=(("top", choice.figure.top),), theme=asked.theme,
    )  # fmt: skip
    if shown and choice.days > 1:
        _lines(asked, beside)
    return shown


def _spread(asked: Asked) -> bool:
    """How far apart the communes of each district lie, or the units of a smaller area."""
    choice = asked.choice

    def make():
        rows = chart_sums.apart(asked.db, asked.user, asked.here, *choice.key)
        return chart_unit_frames.dots(rows, choice.figure)

    communes = asked.here.area["level"] == "province"
    title = _("{figure}: communes within their districts") if communes else _("{figure}: how far the units lie apart")
    return drawn(
        "strip", asked.here, make, title=title.format(figure=asked.name), chosen=choice.key, span=choice.span,
        notes=_("Each dot is one unit, the dark mark the median of its row; up or down has no meaning."),
        hint=_("Click a dot to open it."), extra=(("unit", choice.figure.unit), ("step", 58 if communes else 120)),
        theme=asked.theme, **OPEN,
    )  # fmt: skip


def _map(asked: Asked) -> bool:
    """The units as tiles, where they lie on the map as far as that is known."""
    choice, area = asked.choice, asked.here.area
    known = tiles.ground(area["code"], [unit["code"] for unit in asked.found[1:]])

    def make():
        points = chart_sums.over(asked.db, asked.user, asked.here, *choice.key)
        return chart_unit_frames.on_the_map(points[1:], area, choice.figure)

    columns = 1 + max((column for _line, column in known.values()), default=-1)
    where = _("Each tile lies about where the unit does.") if known else _("Tiles in alphabetical order.")
    return drawn(
        "tiles", asked.here, make, title=_("{figure} on the map").format(figure=asked.name), chosen=choice.key,
        span=choice.span, notes=f"{where} {_darker(choice)}", hint=_("Click a tile to open it."),
        extra=(("columns", columns or None),), theme=asked.theme, **OPEN,
    )  # fmt: skip


CHOOSING = {"days": _days, "trend": _trend, "compare": _compare, "spread": _spread, "map": _map}
