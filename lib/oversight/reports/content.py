"""What a report says: one dict behind the screen, the document, the workbook and the command line.

Counted numbers come from the snapshot once there is one, before that from the entries recorded so far, and always cover
every unit of the area, whoever pressed Send. Only words and numbers that units enter depend on their sending: a sum of
those says over how many units it is. A unit is `reported` when it has entered something, and `sent` when its own report
stands; the two are told apart.
"""

from datetime import datetime

from sqlite_utils import Database

from lib.core import clock
from lib.core.words import place_words
from lib.oversight.figures import list_completeness, units
from lib.oversight.report_template import indicators, versions
from lib.oversight.report_template.indicators import MANUAL
from lib.oversight.reports import addenda, officers, states
from lib.oversight.reports.context import ReportContext
from lib.oversight.reports.entered_values import Entered
from lib.oversight.reports.figures import Figures

KINDS = ("commune", "district", "province", "health")


def content(
    db: Database,
    report: ReportContext,
    figures: Figures | None = None,
    *,
    kind: str | None = None,
    only: list[str] | None = None,
) -> dict:
    """Everything a report says; `figures` are its figures where they were made already.

    `kind` is one of KINDS, by default the level of the area. `only` cuts the report to some of its units, for the
    officer in charge of them.
    """
    figures = figures or Figures(db, report)
    children = _units(db, report, figures, only)
    codes = [unit["code"] for unit in children]
    counted = [report.code] if only is None else codes
    entered = Entered(db, report, codes, figures.lines)
    corrections = addenda.of_reports(db, [report.code, *codes], report.day)
    return {
        **_place(db, report, kind or report.level),
        **{name: getattr(figures, name) for name in ("as_of", "frozen_at", "before_at")},
        "lists": _lists(figures, counted),
        "corrections": _corrections(corrections, figures.lines),
        **_corrected(db, report, figures, corrections, cut=only is not None),
        "blocks": _blocks(db, report, figures, entered, counted, children),
        "columns": [_named(line) for line in figures.automatic if line["in_table"] and line["shown"]],
        "entered": _entered(db, entered),
        "units": [unit | {"entered": entered.units[unit["code"]]} for unit in children],
        "total": _values(figures, figures.today(counted)),
        "total_before": _values(figures, figures.yesterday(counted)),
        "reported_units": sum(unit["reported"] for unit in children),
        "sent_units": sum(unit["sent"] for unit in children),
        "asked_units": len(children),
        **{"narratives": entered.narratives, "themes": entered.themes(children), "preparer": entered.preparer},
    }


def _units(db: Database, report: ReportContext, figures: Figures, only: list[str] | None) -> list[dict]:
    """The districts of the province, the communes of a district; a commune's report names no hamlets."""
    if report.level not in ("province", "district"):
        return []
    below = units.children(db, report.area, report.day, None)
    children = [_unit(unit, figures) for unit in below if only is None or unit["code"] in only]
    return _with_states(db, report, children)


def _lists(figures: Figures, codes: list[str]) -> dict[str, int] | None:
    """How far the lists of households of these areas go, whether their report came or not."""
    sums = figures.today(codes)
    return sums and {name: sums[name] for name in list_completeness.COUNTED}


def _unit(unit: dict, figures: Figures) -> dict:
    code = unit["code"]
    return {
        **{name: unit[name] for name in ("code", "kind", "name", "level")},
        "counts": figures.counts.get(code),
        "values": _values(figures, figures.counts.get(code)),
        "before": _values(figures, figures.before.get(code)),
    }


def _values(figures: Figures, counts: dict | None) -> dict[str, float | None]:
    return {line["code"]: indicators.value(line["function"], counts) for line in figures.automatic}


def _with_states(db: Database, report: ReportContext, children: list[dict]) -> list[dict]:
    """Each unit with its report: whether it stands, how late it came, who answers for it; and whether it has visits."""
    codes = [unit["code"] for unit in children]
    standings = unit_standings(db, codes, report.day, now=report.now)
    named = officers.of_areas(db, codes, report.day)
    return [
        unit
        | standings[unit["code"]]
        | {
            "reported": bool((unit["counts"] or {}).get("communes_reporting")),
            "officer": named.get(unit["code"], {}).get("accountable"),
        }
        for unit in children
    ]


def unit_standings(db: Database, codes: list[str], day: str, *, now: datetime) -> dict[str, dict]:
    """`{code: {sent, state, late_minutes}}` of units' reports: `sent` by the lock, when sums of what units enter end.

    `late_minutes` is None where no version stands now.
    """
    standings = states.standings(db, codes, day, now=now)
    at_the_lock = states.standings(db, codes, day, now=now, by=clock.at(day, states.CLOSES))
    return {
        code: {
            "sent": at_the_lock[code].sent,
            "state": "recalled" if standing.state == "recalled" else standing.bucket,
            "late_minutes": standing.late_minutes if standing.sent else None,
        }
        for code, standing in standings.items()
    }


def _blocks(
    db: Database, report: ReportContext, figures: Figures, entered: Entered, codes: list[str], children: list[dict]
) -> list[dict]:
    """The sections of the form with their lines as these areas come to together, and what was written in them."""
    counted, before, blocks = figures.today(codes), figures.yesterday(codes), []

    def stated(line: dict) -> dict:
        if line["function"] == MANUAL:
            return _manual(line, entered)
        return _automatic(line, counted, before) | {"cumulative": figures.cumulative(codes, line["function"])}

    for section in versions.sections(db, report.template):
        shown = [line for line in figures.lines if line["block"] == section["code"] and line["shown"]]
        numbers = [line for line in shown if line["kind"] != indicators.TEXT and indicators.meant(line, report.level)]
        lines = [stated(line) for line in numbers]
        texts = entered.of_texts(section["code"], children)
        if section["shown"] and (lines or texts):
            named = {name: section[name] for name in ("code", "part", "number", "name_vi", "name_en")}
            blocks.append(named | {"lines": lines, "texts": texts})
    return blocks


def _entered(db: Database, entered: Entered) -> dict:
    """The table of what the units entered: its columns, its total, and since when numbers are added up."""
    return {
        "columns": [_named(line) for line in entered.numbers if line["in_table"]],
        "total": entered.total(),
        "since": entered.since,
        "began": states.first_day(db),
    }


_NAMES = ("code", "name_vi", "name_en", "formula_vi", "formula_en", "unit", "function", "summed", "source", "required")


def _named(line: dict) -> dict:
    own = {"flow": indicators.flows(line), "cumulative_unit": indicators.cumulative_unit(line)}
    return {name: line[name] for name in _NAMES} | own


def _manual(line: dict, entered: Entered) -> dict:
    own = entered.own[line["code"]]
    total = own["cumulative"]
    return (
        _named(line)
        | entered.number(line["code"])
        | {
            "manual": True,
            "below": entered.below(line["code"]),
            "whence": own["whence"],
            "cumulative": total.value if total else None,
            "sum": total,
            "part": None,
            "whole": None,
        }
    )


def _automatic(line: dict, counted: dict | None, before: dict | None) -> dict:
    part, whole = indicators.fraction(line["function"], counted) if counted else (None, None)
    return _named(line) | {
        "manual": False,
        "value": indicators.value(line["function"], counted),
        "before": indicators.value(line["function"], before),
        "comparable": indicators.value(line["function"], counted),
        **{"units": None, "over": None, "news": None},
        "part": part,
        "whole": whole,
    }


def _corrected(db: Database, report: ReportContext, figures: Figures, corrections: list[dict], *, cut: bool) -> dict:
    """The unit's own figures and words as addenda put them right; none of a report that is cut to some units."""
    if cut:
        return {"corrected": {}, "corrected_words": {}}
    own = [addendum for addendum in corrections if addendum["area"] == report.code]
    return {
        "corrected": addenda.stated(figures.lines, figures.today([report.code]), own),
        "corrected_words": addenda.words(db, report.code, report.day),
    }


def _corrections(addenda_made: list[dict], lines: list[dict]) -> list[dict]:
    """Every number that an addendum put right, of the unit and of those below."""
    names = {line["code"]: _named(line) for line in lines}
    return [
        names[indicator]
        | {"was": was, "now": now, **{name: addendum[name] for name in ("area", "reason", "at", "number", "who")}}
        for addendum in addenda_made
        for indicator, (was, now) in addendum["corrections"].items()
        if indicator in names
    ]


def _place(db: Database, report: ReportContext, kind: str) -> dict:
    """Which report it is: of which area, day, version and form."""
    path = [
        {name: area[name] for name in ("code", "kind", "name", "level")} for area in units.way(db, report.code, None)
    ]
    return {
        **{"kind": kind, "area": report.area, "day": report.day, "window_from": clock.at(report.day, "00:00")},
        **{"parent": path[-2] if len(path) > 1 else None, "province": path[0]},
        **{"version": report.standing.version, "addendum": report.standing.addenda, "standing": report.standing},
        "template": report.template,
        "words": place_words.of(db, report.code),
    }
