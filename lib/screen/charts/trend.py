"""A figure day by day as lines: an area, the chosen units, and the band of all its units."""

from statistics import quantiles

import altair as alt
import pandas as pd

from lib.screen.charts import figures, heat_map
from lib.screen.charts.figures import Figure
from lib.screen.charts.parts import DAY, MONTH, RUNNING, Presentation, Target
from lib.screen.charts.theme import DASHES, SHAPES, Look
from lib.screen.i18n import _
from lib.screen.i18n import day as in_words

TIPS, ACROSS = heat_map.TIPS, heat_map.ACROSS
_QUARTERED = 4  # units from which the middle half of them says something
_UNNAMED = {"place": 999, "counts": "", "series": 0, "running": False, "note": ""}  # a row that is no unit's


def frame(
    points: list[dict], units: list[dict], chosen: list[str], figure: Figure, target: Target | None = None
) -> pd.DataFrame:
    """The rows of a heat map for the area and the chosen units, those of the band, and the ends of the target line.

    Further columns: role ('area', 'chosen', 'sum', 'band', 'target', and 'area-now', 'chosen-now' of the way to a
    running day), series (0…3), note (in words), end (height of the label at the last day, else None); of the band low,
    lower, upper and high. A plain number's area is their sum and would dwarf the units: its role is 'sum', and it
    stands in the table only. A running day is in no band.
    """
    area = units[0]["code"]
    cells = heat_map.frame(points, units, figure)
    if cells.empty:
        return cells
    series = {code: place for place, code in enumerate(chosen)}
    lines = cells[cells["code"].isin([area, *chosen])]
    lines = lines.assign(
        role=lines["code"].map(lambda code: "chosen" if code != area else "area" if figure.is_share else "sum"),
        series=lines["code"].map(lambda code: series.get(code, 0)),
        note="",
        end=float("nan"),
    )
    band = _band(cells[(cells["code"] != area) & cells["share"].notna() & ~cells["running"]], figure)
    target_rows = _target_rows(lines, target) if target else pd.DataFrame()
    lines = pd.concat([lines, *(rows for rows in (band, _links(lines), target_rows) if len(rows))], ignore_index=True)
    lines = lines.reindex(columns=[*dict.fromkeys([*lines.columns, "low", "lower", "upper", "high"])])
    _place_labels(lines, figure)
    return lines.astype({name: float for name in ("low", "lower", "upper", "high")})


def _band(below: pd.DataFrame, figure: Figure) -> pd.DataFrame:
    """The lowest and the highest unit of each day and, of four or more, the middle half between them."""
    rows = []
    for day, shares in below.groupby("day")["share"]:
        low, high = shares.min(), shares.max()
        many = len(shares) >= _QUARTERED
        lower, _half, upper = quantiles(shares, method="inclusive") if many else (None, None, None)
        rows.append(
            _UNNAMED
            | {
                "code": "",
                "label": _("Lowest to highest"),
                "day": day,
                "date": in_words(day),
                "value": f"{figures.amount_words(low, figure)} – {figures.amount_words(high, figure)}",
                "role": "band",
                "low": low,
                "lower": lower,
                "upper": upper,
                "high": high,
            }
        )
    return pd.DataFrame(rows)


def _target_rows(lines: pd.DataFrame, target: Target) -> pd.DataFrame:
    """The two ends of the target line; they are no lines of the table."""
    end = _UNNAMED | {
        "code": "target",
        "label": target.label,
        "date": "",
        "value": "",
        "role": "target",
        "share": target.share,
        "end": float("nan"),
    }
    return pd.DataFrame([end | {"day": day} for day in sorted({lines["day"].min(), lines["day"].max()})])


def _links(lines: pd.DataFrame) -> pd.DataFrame:
    """The way of each line from its last whole day to the running one, which is drawn apart."""
    links = []
    for _code, line in lines[lines["role"].isin(["area", "chosen"])].groupby("code", sort=False):
        before, now = line[~line["running"]].tail(1), line[line["running"]]
        if len(now) and now["share"].notna().all():
            both = pd.concat([before[before["share"].notna()], now])
            links.append(both.assign(role=both["role"] + "-now", note=_("being entered")))
    return pd.concat(links, ignore_index=True) if links else pd.DataFrame()


def _place_labels(lines: pd.DataFrame, figure: Figure) -> None:
    """Set `end` on the last day of each line: as high as its last value, no label on another."""
    shown = lines[lines["role"].isin(["area", "chosen", "target"])]
    last = shown[shown["day"] == lines["day"].max()]
    height = shown[shown["share"].notna()].groupby("code")["share"].last().reindex(last["code"])
    labelled = last[height.notna().to_numpy()]
    if len(labelled):
        top = 1 if figure.full else max(shown["share"].max(), lines["high"].max(), 0.02)
        lines.loc[labelled.index, "end"] = apart(height.dropna().tolist(), top / 13)


def apart(values: list[float], gap: float) -> list[float]:
    """Heights for labels: as near to the values as they can be with `gap` between neighbours."""
    order = sorted(range(len(values)), key=lambda i: values[i])
    heights = list(values)
    for lower, upper in zip(order, order[1:], strict=False):
        heights[upper] = max(heights[upper], heights[lower] + gap)
    return heights


def chart(
    rows: pd.DataFrame,
    presentation: Presentation,
    *,
    axis_format: str = ".1~%",
    label_width: int = 128,
    top: float | None = None,
) -> alt.LayerChart:
    """The area as the thick line in the band of its units, the chosen ones named at their ends.

    A day without entries is a gap; the way to a day still being entered is dashed and ends in a hollow point. The axis
    ends at `top` or the largest; `label_width` are pixels for the names at the line ends.
    """
    look = presentation.look
    room = alt.Scale(range=[look.px(8), alt.ExprRef(f"width - {look.px(label_width)}")])
    dates = alt.Axis(labelExpr=f"{DAY} + '/' + {MONTH}", labelAngle=0, labelOverlap=True, labelSeparation=8)
    days = alt.Chart(rows).encode(x=alt.X("day:O", title=None, scale=room, axis=dates))
    scale = alt.Scale(domain=[0, top]) if top else alt.Scale(zero=True, nice=True)
    y = alt.Y("share:Q", title=None, scale=scale, axis=alt.Axis(format=axis_format, tickCount=6))
    base = days.encode(y=y, detail="code:N")
    units = base.transform_filter("datum.role == 'area' || datum.role == 'chosen'")
    layers = [
        *_bands(days.transform_filter("datum.role == 'band'"), look),
        *_target_line(base.transform_filter("datum.role == 'target'"), look),
        *_chosen_lines(base, look),
        *_area_line(base, look),
        days.transform_filter(f"datum.role == 'area-now' && {RUNNING}")
        .mark_text(align="right", dx=4, fontSize=look.px(12), color=look.ink)
        .encode(y=alt.value(-8), text="note:N"),
        units.mark_point(size=160, opacity=0.001).encode(tooltip=presentation.tips),
    ]
    return presentation.finished(layers, look.px(300))


def _bands(days: alt.Chart, look: Look) -> list[alt.Chart]:
    """From the lowest unit to the highest pale, the middle half of them darker; both also have edges."""
    edge = {"color": look.soft, "strokeWidth": 0.8, "strokeDash": [2, 3]}
    return [
        days.mark_area(color=look.ramp[0], opacity=0.9 if look.size == 1 else 0.25).encode(y="low:Q", y2="high:Q"),
        days.mark_area(color=look.ramp[2], opacity=0.8 if look.size == 1 else 0.35).encode(y="lower:Q", y2="upper:Q"),
        days.mark_line(**edge).encode(y="low:Q"),
        days.mark_line(**edge).encode(y="high:Q"),
    ]


def _target_line(target: alt.Chart, look: Look) -> list[alt.Chart]:
    """A dashed line from the first day to the last, its word among the names at the ends."""
    line = target.mark_line(color=look.amber, strokeDash=[6, 3], strokeWidth=1.2)
    words = target.mark_text(align="left", dx=8, color=look.amber, fontSize=look.px(12))
    return [line, words.encode(y="end:Q", text="label:N")]


def _area_line(base: alt.Chart, look: Look) -> list[alt.Chart]:
    area, now = (base.transform_filter(f"datum.role == '{role}'") for role in ("area", "area-now"))
    whole = area.transform_filter(f"!({RUNNING})")
    return [
        whole.mark_line(color=look.ink, strokeWidth=look.px(3)),
        whole.mark_point(size=26, filled=True, opacity=1, color=look.ink),
        now.mark_line(color=look.ink, strokeWidth=look.px(2), strokeDash=[4, 4]),
        now.transform_filter(RUNNING).mark_point(
            size=60, filled=True, opacity=1, fill=look.paper, stroke=look.ink, strokeWidth=2
        ),
        area.mark_text(align="left", dx=8, limit=look.px(118), fontWeight=600).encode(y="end:Q", text="label:N"),
    ]


def _chosen_lines(base: alt.Chart, look: Look) -> list[alt.Chart]:
    """The chosen units, told apart by colour, dash and shape."""
    chosen, now = (base.transform_filter(f"datum.role == '{role}'") for role in ("chosen", "chosen-now"))
    whole = chosen.transform_filter(f"!({RUNNING})")
    places = [0, 1, 2, 3]
    colour = alt.Color("series:N", scale=alt.Scale(domain=places, range=list(look.series)), legend=None)
    dash = alt.StrokeDash("series:N", scale=alt.Scale(domain=places, range=DASHES), legend=None)
    shape = alt.Shape("series:N", scale=alt.Scale(domain=places, range=SHAPES), legend=None)
    names = {"align": "left", "dx": 8, "limit": look.px(118)}
    return [
        whole.mark_line(strokeWidth=look.px(2)).encode(color=colour, strokeDash=dash),
        whole.mark_point(size=36, filled=True, opacity=1).encode(color=colour, shape=shape),
        now.mark_line(strokeWidth=look.px(1.5), strokeDash=[4, 4]).encode(color=colour),
        now.transform_filter(RUNNING).mark_point(size=50, opacity=1, strokeWidth=2).encode(color=colour, shape=shape),
        chosen.mark_text(**names).encode(y="end:Q", text="label:N", color=colour),
    ]
