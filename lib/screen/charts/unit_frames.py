"""The frames that set units against each other: compared, spread in their rows, as tiles, and step by step."""

from statistics import median
from zlib import crc32

import pandas as pd

from lib.core.errors import N_
from lib.oversight.figures import funnel, tiles
from lib.screen import figure_words as words
from lib.screen.charts import figures as told
from lib.screen.charts.figures import Figure
from lib.screen.i18n import _, ngettext, number, share

UNIT_TIPS = {"unit": N_("Unit"), "value": N_("Figure"), "counts": N_("Count"), "gaps": N_("Days without entries")}
DOT_TIPS = {
    "unit": N_("Unit"),
    "row": N_("Location"),
    "value": N_("Figure"),
    "counts": N_("Count"),
    "gaps": N_("Days without entries"),
}
STEP_TIPS = {"label": N_("Step"), "value": N_("Count"), "percent": N_("Share"), "loss": N_("Drop at this step")}
WIDE_NAME = 12  # letters of a name that fit into one line of a tile

_STEPS = {
    "hamlets": N_("Hamlets with a team"),
    "due": N_("Due households"),
    "attempted": N_("Attempted"),
    "seen": N_("Met or reached by phone"),
    "on_time": N_("Recorded by 14:00"),
}


def _unit(point: dict) -> dict:
    return {
        "code": point["code"],
        "unit": words.name(point),
        "value": told.value(point),
        "counts": told.counts(point),
        "gaps": told.gaps(point) or "–",
        "share": told.amount(point),
    }


def beside(points: list[dict], chosen: list[str], figure: Figure) -> pd.DataFrame:
    """For `charts_units.side_by_side`: the area, then the chosen units in the order of choice.

    Where the figure is a plain number the area, being their sum, would dwarf them and stays out.
    """
    of_unit = {point["code"]: point for point in points}
    shown = points[:1] if figure.is_share else []
    shown = shown + [of_unit[code] for code in chosen if code in of_unit]
    return pd.DataFrame(
        [
            _unit(point)
            | {
                "place": place,
                "label": words.name(point),
                "lacking": _lacking(point),
                "role": "chosen" if point["code"] in chosen else "area",
                "series": chosen.index(point["code"]) if point["code"] in chosen else 0,
            }
            for place, point in enumerate(shown)
        ]
    ).astype({"share": float} if shown else {})


def _lacking(point: dict) -> str:
    """The days a sum leaves out, in a few words; where there are none but those, its value says so already."""
    return _("no entries: {days}").format(days=told.gaps(point, 4)) if point["reported"] and point.get("gaps") else ""


def dots(rows: list[tuple[dict, list[dict]]], figure: Figure) -> pd.DataFrame:
    """For `charts_units.strip_plot`: one dot for each unit, and a line of its own for each row; the highest first."""
    made = []
    ordered = sorted(((row, sorted(points, key=_height)) for row, points in rows), key=lambda line: _middle(line[1]))
    for place, (row, points) in enumerate(ordered):
        name = words.name(row)
        told_ = [(told.amount(point), point) for point in points if point["reported"]]
        made.append(
            {
                "code": row["code"],
                "unit": name,
                "row": name,
                "row_place": place,
                "label": name,
                "role": "row",
                "words": _row_words(told_, len(points) - len(told_), figure),
                "highest": f"{_end(told_[0][1])} ▸" if told_ else "",
                "lowest": f"◂ {_end(told_[-1][1])}" if len(told_) > 1 else "",
                "median": median(drawn for drawn, _point in told_) if told_ else None,
            }
        )
        made += [
            _unit(point) | {"row": name, "row_place": place, "role": "unit", "jitter": jitter(point["code"])}
            for point in points
        ]
    columns = [
        "code",
        "unit",
        "row",
        "row_place",
        "label",
        "role",
        "words",
        "lowest",
        "highest",
        "median",
        "value",
        "counts",
        "gaps",
        "share",
        "jitter",
    ]
    return pd.DataFrame(made, columns=columns).astype(dict.fromkeys(("median", "share", "jitter"), float))


def _height(point: dict) -> tuple:
    """By value from the highest down, then as they came; what has no entries last."""
    drawn = told.amount(point)
    return (drawn is None, -(drawn or 0))


def _middle(points: list[dict]) -> tuple:
    drawn = [told.amount(point) for point in points if point["reported"]]
    return (not drawn, -median(drawn) if drawn else 0)


def _end(point: dict) -> str:
    return f"{words.short(point)} {told.value(point)}"


def jitter(code: str) -> float:
    """Up or down by -1…1, always the same for a unit, so that a dot never jumps."""
    return crc32(code.encode()) % 201 / 100 - 1


def _row_words(reported: list[tuple], silent: int, figure: Figure) -> str:
    """The median of a row, and how many have no entries."""
    parts = []
    if reported:
        middle = told.said(median(drawn for drawn, _point in reported), figure)
        parts.append(_("median {value}").format(value=middle))
    if silent:
        parts.append(ngettext("{n} unit without entries", "{n} units without entries", silent).format(n=silent))
    return " · ".join(parts)


def on_the_map(points: list[dict], area: dict, figure: Figure) -> pd.DataFrame:
    """For `charts_units.tile_map`: units where they lie on the ground, else in Vietnamese order."""
    ground = tiles.ground(area["code"], [point["code"] for point in points])
    named = words.labels(points)
    largest = max((told.amount(point) or 0 for point in points), default=0)
    made = []
    for place, point in enumerate(points):
        line, column = ground.get(point["code"], (None, None))
        first, second = in_two_lines(named[point["code"]])
        made.append(
            _unit(point)
            | {
                "place": place,
                "line": line,
                "column": column,
                "label": first,
                "second": second,
                "number": told.value(point) + ("*" if point["reported"] and point.get("gaps") else ""),
                "shade": told.shade(point, figure, largest),
            }
        )
    return pd.DataFrame(made).astype(dict.fromkeys(("share", "line", "column", "shade"), float) if made else {})


def in_two_lines(name: str) -> tuple[str, str]:
    """A long name broken at the blank nearest to its middle."""
    if len(name) <= WIDE_NAME or " " not in name:
        return name, ""
    blanks = [place for place, letter in enumerate(name) if letter == " "]
    at = min(blanks, key=lambda place: abs(place - len(name) / 2))
    return name[:at], name[at + 1 :]


def steps(figure: dict) -> pd.DataFrame:
    """For `charts_steps.funnel`."""
    return pd.DataFrame(
        [
            {
                "step": step["step"],
                "place": place,
                "label": _(label),
                "value": f"{number(step['part'])} / {number(step['whole'])}",
                "percent": share(step["part"], step["whole"]),
                "share": step["part"] / step["whole"] if step["whole"] else 0.0,
                "loss": _loss(step["lost"]),
            }
            for place, step in enumerate(funnel.steps(figure))
            for label in [_STEPS[step["step"]]]
        ]
    )


def _loss(lost: dict[str, int]) -> str:
    """What did not come further, in words; nothing is said of what was not lost."""
    return " · ".join(_lost(what, n).format(n=number(n)) for what, n in lost.items() if n)


def _lost(what: str, n: int) -> str:
    return {
        "hamlets_without_team": ngettext("{n} hamlet without a team", "{n} hamlets without a team", n),
        "unassigned": ngettext(
            "{n} household without a responsible member", "{n} households without a responsible member", n
        ),
        "excluded": ngettext("{n} household excluded that day", "{n} households excluded that day", n),
        "not_attempted": ngettext("{n} household not visited", "{n} households not visited", n),
        "absent": ngettext("{n} household absent", "{n} households absent", n),
        "refused": ngettext("{n} household refused", "{n} households refused", n),
        "late": ngettext("{n} household recorded after 14:00", "{n} households recorded after 14:00", n),
    }[what]
