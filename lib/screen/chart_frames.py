"""The frames that `charts` takes, made of figures: every cell a finished word, every column a fixed name."""

import pandas as pd

from lib.core.errors import N_
from lib.screen import figure_words as words
from lib.screen.i18n import _, number, points
from lib.screen.i18n import day as in_words

BAR_TIPS = {"unit": N_("Unit"), "value": N_("Coverage"), "on_time": N_("On time"), "attempted": N_("Attempted"),
            "reach": N_("Reach"), "change": N_("Change")}  # fmt: skip
DAY_TIPS = {"label": N_("Unit"), "date": N_("Day"), "value": N_("Coverage"), "counts": N_("Seen of due")}
SHARE_TIPS = {"unit": N_("Unit"), "measure": N_("Figure"), "value": N_("Share")}
MEASURES = (
    (N_("Coverage"), "coverage", words.coverage),
    (N_("On time"), "on_time_coverage", words.of_due("seen_on_time")),
    (N_("Attempted"), "attempted_share", words.of_due("attempted")),
    (N_("Reach"), "reach", words.reach),
)


def bars(figures: list[dict]) -> pd.DataFrame:
    """For `charts.coverage_bars`, in the order of the ranks."""
    return pd.DataFrame([
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
        }
        for place, f in enumerate(figures)
    ]).astype({"coverage": float, "before": float})  # fmt: skip


def days(trend: list[dict], units: list[dict]) -> pd.DataFrame:
    """For `charts.heat_map` and `charts.trend_lines`, in the order of `units`."""
    named = words.labels(units)
    order = {code: place for place, code in enumerate(named)}
    return pd.DataFrame([
        {
            "code": p["code"],
            "place": order[p["code"]],
            "label": named[p["code"]],
            "day": p["day"],
            "date": in_words(p["day"]),
            "coverage": p["coverage"] if p["reported"] else None,
            "number": _percent(p),
            "value": words.coverage(p),
            "counts": f"{number(p['seen'])} / {number(p['due'])}",
        }
        for p in trend if p["code"] in order
    ]).astype({"coverage": float})  # fmt: skip


def _percent(point: dict) -> str:
    """A whole percentage for a small cell; 100 only when nothing is missing."""
    if not point["reported"]:
        return "–"
    whole = (200 * point["seen"] + point["due"]) // (2 * point["due"])
    return str(whole if point["seen"] >= point["due"] else min(whole, 99))


def lines(frame: pd.DataFrame, area_code: str, chosen: list[str]) -> pd.DataFrame:
    """Adds to `days` who is drawn how, and where the names at the line ends stand."""
    role = dict.fromkeys(chosen, "chosen") | {area_code: "area"}
    series = {code: place for place, code in enumerate(chosen)}
    frame = frame.assign(
        role=frame["code"].map(lambda code: role.get(code, "other")),
        series=frame["code"].map(lambda code: series.get(code, 0)),
        end=float("nan"),
    )
    named = frame[(frame["day"] == frame["day"].max()) & (frame["role"] != "other") & frame["coverage"].notna()]
    if len(named):
        spanned = frame["coverage"].max() - frame["coverage"].min()
        frame.loc[named.index, "end"] = spread(named["coverage"].tolist(), max(spanned, 0.02) / 13)
    return frame


def measures(figures: list[dict]) -> pd.DataFrame:
    """For `charts.side_by_side`: four shares of each unit."""
    named = words.labels(figures)
    return pd.DataFrame([
        {
            "measure": _(title),
            "measure_place": row,
            "code": f["code"],
            "unit": words.name(f),
            "place": place,
            "series": place,
            "share": f[share_of],
            "end": f[share_of] or 0.0,
            "value": f"{said(f)}  {named[f['code']]}",
        }
        for row, (title, share_of, said) in enumerate(MEASURES)
        for place, f in enumerate(figures)
    ]).astype({"share": float})  # fmt: skip


def spread(values: list[float], gap: float) -> list[float]:
    """Heights for labels: as near to the values as they can be with `gap` between neighbours."""
    order = sorted(range(len(values)), key=lambda i: values[i])
    placed = list(values)
    for lower, upper in zip(order, order[1:], strict=False):
        placed[upper] = max(placed[upper], placed[lower] + gap)
    return placed
