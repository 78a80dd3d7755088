"""Prints for `python -m db`: a progress bar, tables of figures, the result of a loaded file."""

import sys
import time

from lib.core.words.number_format import tenths

_COLUMNS = (
    ("due", "due"),
    ("seen", "seen"),
    ("attempted", "attempted"),
    ("coverage", "coverage %"),
    ("on_time_coverage", "on time %"),
    ("reach", "reach %"),
    ("change", "change"),
    ("rank", "rank"),
)
_SHARES = {"coverage": ("seen", "due"), "on_time_coverage": ("seen_on_time", "due"), "reach": ("seen", "households")}


def table(figures: list[dict], against: dict) -> str:
    """Return a table of an area and its children, with the day the changes refer to; nothing entered shows as –."""
    lines = [["", "lists", "households", *(title for _name, title in _COLUMNS)]]
    for unit in figures:
        named = f"{unit['kind']} {unit['name']}".strip()
        lines.append([named, *_lists(unit), *(_figure(unit, name) for name, _title in _COLUMNS)])
    hour = f" at {against['as_of']}" if against["as_of"] else ", the whole day"
    return f"{_aligned(lines)}\nchange: percentage points of coverage against {against['day']}{hour}"


def entered(units: list[dict], figures: dict) -> str:
    """Return a table of the numbers that units entered, cumulative sums behind a slash; nothing entered shows as –.

    The table is empty if no unit entered anything.
    """
    by_unit = {code: of_unit for code, of_unit in figures["units"].items() if of_unit}
    if not by_unit:
        return ""
    indicators = figures["indicators"]
    lines = [["", *(one["code"] for one in indicators)]]
    for unit in (unit for unit in units if unit["code"] in figures["units"]):
        numbers = (by_unit.get(unit["code"], {}).get(one["code"]) for one in indicators)
        lines.append([f"{unit['kind']} {unit['name']}".strip(), *map(_number, numbers)])
    return _aligned(lines)


def _number(one: dict | None) -> str:
    if one is None:
        return "–"
    return str(one["value"]) if one["cumulative"] is None else f"{one['value']} / {one['cumulative']}"


def _aligned(lines: list[list[str]]) -> str:
    widths = [max(len(line[n]) for line in lines) for n in range(len(lines[0]))]
    return "\n".join("  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]) for line in lines)


def _lists(unit: dict) -> tuple[str, str]:
    """Return communes with lists out of all, and households out of the expected ones, marked ~ if estimated."""
    communes = f"{unit['communes_listed']}/{unit['communes']}" if unit["communes"] else "–"
    guess = "~" if unit["communes_estimated"] else ""
    wanted = f"/{guess}{unit['expected_households']}" if unit["communes_expected"] else ""
    return communes, f"{unit['households']}{wanted}"


def _figure(unit: dict, name: str) -> str:
    """Format a figure: shares as percentages, rounded as on every screen, never 100 % while a household is missing."""
    if name in _SHARES:
        part, whole = (unit[column] for column in _SHARES[name])
        return f"{tenths(part, whole) / 10:.1f}" if unit["reported"] and whole else "–"
    if name == "change" and unit[name] is not None:
        return f"{unit[name] * 100:+.1f}"
    return "–" if unit[name] is None else str(unit[name])


def loaded(done: dict) -> list[str]:
    """Return the report lines of a loaded or checked file: the counts, then each refused row and warning."""
    counts = ", ".join(f"{n} {state}" for state, n in done["counts"].items())
    head = f"{done['file']}: {counts}." + ("" if done["loaded"] else " Nothing was changed.")
    unknown = [f"Headings nobody knows: {', '.join(done['unknown'])}."] if done["unknown"] else []
    sheets = [f"Sheets read: {', '.join(done['sheets'])}."] if len(done["sheets"]) > 1 else []
    several = len(done["sheets"]) > 1
    doubtful = ",".join(line["name"] for line in done["doubtful"] if line["state"] in ("new", "changed"))
    doubts = [f"Households that may be known already in rows {doubtful}: say --same or --new."] if doubtful else []
    return [
        head,
        *sheets,
        *(
            f"The sheet “{left['sheet']}” is not read: {left['why']} {left['sample']}".strip()
            for left in done["left"]
            if left["rows"]
        ),
        *unknown,
        *(f"Column {_column(line, several)}" for line in done["unread"]),
        *done["unseen"],
        *(f"{_on(line, several)}{line['say']}" for line in done["told"]),
        *(f"Row {_row(line, several)} is no data ({line['reason']}): {line['words']}" for line in done["passed"]),
        *doubts,
        *(f"Row {_place(line)} is refused: {'; '.join(line['faults'].values())}" for line in done["refused"]),
        *(f"Row {_place(line)}: {line['say']}" for line in done["warnings"]),
    ]


def _column(line: dict, several: bool) -> str:
    """Return the line on a column that is not read, with samples of its cells."""
    named = f"“{line['heading']}”" if line["heading"] else "without a heading"
    held = f"{line['cells']} cells, like {', '.join(line['samples'])}" if line["samples"] else "empty"
    why = "left out as asked" if line["chosen"] else "not read"
    sheet = f" of {line['sheet']}" if several else ""
    return f"{line['column']}{sheet}, {named}, is {why}: {held}."


def _on(line: dict, several: bool) -> str:
    return f"{line['sheet']}: " if several else ""


def _row(line: dict, several: bool) -> str:
    return f"{line['row']} of {line['sheet']}" if several else str(line["row"])


def _place(line: dict) -> str:
    return f"{line['row']} of {line['page']}" if line["page"] else str(line["row"])


class Bar:
    """A progress bar on stderr, shown at once or after a second of work."""

    def __init__(self, name: str, *, at_once: bool = False):
        self.name, self.at_once, self.begun, self.drawn = name, at_once, time.monotonic(), False

    def __call__(self, share: float) -> None:
        if self.at_once or time.monotonic() - self.begun > 1:
            full = int(30 * share)
            print(f"\r{self.name} [{'#' * full}{'.' * (30 - full)}] {share:4.0%}", end="", file=sys.stderr, flush=True)
            self.drawn = True

    def tell(self, sentence: str) -> None:
        """Print a line of the report below the bar."""
        self.end()
        print(sentence)

    def end(self) -> None:
        if self.drawn:
            print(file=sys.stderr)
            self.drawn = False
