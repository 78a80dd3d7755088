"""The frames of ranks and of days, made of figures: every cell a finished word, every column a fixed name."""

from statistics import quantiles

import pandas as pd

from lib.core.errors import N_
from lib.screen import figure_words as words
from lib.screen.charts import figures as told
from lib.screen.charts.figures import Figure
from lib.screen.i18n import _, points
from lib.screen.i18n import day as in_words

BAR_TIPS = {
    "unit": N_("Unit"),
    "value": N_("Coverage"),
    "on_time": N_("On time"),
    "attempted": N_("Attempted"),
    "reach": N_("Reach"),
    "change": N_("Change"),
    "against": N_("Compared with"),
}
DAY_TIPS = {"label": N_("Unit"), "date": N_("Day"), "value": N_("Figure"), "counts": N_("Count")}
QUARTERED = 4  # units from which the middle half of them says something


def bars(figures: list[dict], against: str) -> pd.DataFrame:
    """For `charts.coverage_bars`, in the order of the ranks; `against` tells what the changes are measured against."""
    return pd.DataFrame(
        [
            {
                "code": f["code"],
                "place": place,
                "label": f"{f['rank']}.  {words.name(f)}" if f["rank"] else words.name(f),
                "unit": words.name(f),
                "coverage": f["coverage"] if f["reported"] else None,
                "before": None if f["change"] is None else f["coverage"] - f["change"],
                "value": words.coverage(f),
                "on_time": words.of_due("seen_on_time")(f),
                "attempted": words.of_due("attempted")(f),
                "reach": words.reach(f),
                "change": points(f["change"]),
                "against": against,
            }
            for place, f in enumerate(figures)
        ]
    ).astype({"coverage": float, "before": float})


def days(of_days: list[dict], units: list[dict], figure: Figure) -> pd.DataFrame:
    """For `charts_days.heat_map`, in the order of `units`, the area itself first."""
    named = words.labels(units)
    order = {code: place for place, code in enumerate(named)}
    of_days = [point for point in of_days if point["code"] in order]
    largest = max((told.amount(p) or 0 for p in of_days if order[p["code"]]), default=0)  # of the units below
    return pd.DataFrame(
        [
            {
                "code": p["code"],
                "place": order[p["code"]],
                "label": named[p["code"]],
                **_day(p),
                "running": bool(p.get("running")),
                "share": told.amount(p),
                "shade": told.shade(p, figure, largest),
                "number": told.brief(p, figure),
            }
            for p in of_days
        ]
    ).astype({"share": float, "shade": float} if of_days else {})


def _day(point: dict) -> dict:
    return {
        "day": point["day"],
        "date": running_day(point["day"]) if point.get("running") else in_words(point["day"]),
        "value": told.value(point),
        "counts": told.counts(point),
    }


def running_day(day: str) -> str:
    """A day that is still being entered, as it heads a column."""
    return f"{in_words(day)} ({_('being entered')})"


def lines(
    of_days: list[dict], units: list[dict], chosen: list[str], figure: Figure, target: tuple[float, str] | None = None
) -> pd.DataFrame:
    """For `charts_days.trend_lines`: the area, the chosen units, and the band of them all day by day.

    Where the figure is a plain number the area, being their sum, would dwarf them: it stays in the table only. A
    running day is in no band. `target` is a height and its word.
    """
    area, in_sum = units[0]["code"], not figure.is_share
    frame = days(of_days, units, figure)
    if frame.empty:
        return frame
    series = {code: place for place, code in enumerate(chosen)}
    drawn = frame[frame["code"].isin([area, *chosen])]
    drawn = drawn.assign(
        role=drawn["code"].map(lambda code: "chosen" if code != area else "sum" if in_sum else "area"),
        series=drawn["code"].map(lambda code: series.get(code, 0)),
        note="",
        end=float("nan"),
    )
    band = _band(frame[(frame["code"] != area) & frame["share"].notna() & ~frame["running"]], figure)
    aim = _aim(drawn, target) if target else pd.DataFrame()
    drawn = pd.concat([drawn, *(more for more in (band, _links(drawn), aim) if len(more))], ignore_index=True)
    drawn = drawn.reindex(columns=[*dict.fromkeys([*drawn.columns, "low", "lower", "upper", "high"])])
    _ends(drawn, figure)
    return drawn.astype({name: float for name in ("low", "lower", "upper", "high")})


def _band(below: pd.DataFrame, figure: Figure) -> pd.DataFrame:
    """The lowest and the highest unit of each day and, of four or more, the middle half between them."""
    rows = []
    for day, shares in below.groupby("day")["share"]:
        low, high = shares.min(), shares.max()
        many = len(shares) >= QUARTERED
        lower, _half, upper = quantiles(shares, method="inclusive") if many else (None, None, None)
        span = f"{told.said(low, figure)} – {told.said(high, figure)}"
        rows.append(
            {
                "code": "",
                "place": 999,
                "label": _("Lowest to highest"),
                "day": day,
                "date": in_words(day),
                "value": span,
                "counts": "",
                "role": "band",
                "series": 0,
                "running": False,
                "note": "",
                "low": low,
                "lower": lower,
                "upper": upper,
                "high": high,
            }
        )
    return pd.DataFrame(rows)


def _aim(drawn: pd.DataFrame, target: tuple[float, str]) -> pd.DataFrame:
    """The ends of the line of what is aimed at; they are no line of the table."""
    height, label = target
    line = {
        "code": "target",
        "place": 999,
        "label": label,
        "date": "",
        "value": "",
        "counts": "",
        "role": "target",
        "series": 0,
        "running": False,
        "note": "",
        "share": height,
        "end": float("nan"),
    }
    return pd.DataFrame([line | {"day": day} for day in sorted({drawn["day"].min(), drawn["day"].max()})])


def _links(drawn: pd.DataFrame) -> pd.DataFrame:
    """The way of each line from its last whole day to the running one, which is drawn apart."""
    links = []
    for _code, line in drawn[drawn["role"].isin(["area", "chosen"])].groupby("code", sort=False):
        before, now = line[~line["running"]].tail(1), line[line["running"]]
        if len(now) and now["share"].notna().all():
            both = pd.concat([before[before["share"].notna()], now])
            links.append(both.assign(role=both["role"] + "-now", note=_("being entered")))
    return pd.concat(links, ignore_index=True) if links else pd.DataFrame()


def _ends(drawn: pd.DataFrame, figure: Figure) -> None:
    """Where the names at the line ends stand: on the last day, as high as each line's last value, not on each other."""
    shown = drawn[drawn["role"].isin(["area", "chosen", "target"])]
    last = shown[shown["day"] == drawn["day"].max()]
    height = shown[shown["share"].notna()].groupby("code")["share"].last().reindex(last["code"])
    named = last[height.notna().to_numpy()]
    if len(named):
        top = 1 if figure.full else max(shown["share"].max(), drawn["high"].max(), 0.02)
        drawn.loc[named.index, "end"] = spread(height.dropna().tolist(), top / 13)


def spread(values: list[float], gap: float) -> list[float]:
    """Heights for labels: as near to the values as they can be with `gap` between neighbours."""
    order = sorted(range(len(values)), key=lambda i: values[i])
    placed = list(values)
    for lower, upper in zip(order, order[1:], strict=False):
        placed[upper] = max(placed[upper], placed[lower] + gap)
    return placed
