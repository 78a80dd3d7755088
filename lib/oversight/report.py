"""What a report says: one dict behind the screen, the document, the workbook and the command line.

Numbers come from the snapshot once there is one, before that from the entries recorded so far. In a district's report a
commune is reported when it has entered something, and the total is the district's, as on the board. In the province's
a district is reported when its report stood as sent at 15:00; the total is that of the reported districts, labelled as
partial, and set against the same districts of the day before.
"""

from datetime import datetime

from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.oversight import addenda, indicators, officers, reports, units
from lib.oversight.indicators import MANUAL
from lib.oversight.report_entered import Entered
from lib.oversight.report_figures import Figures

KINDS = ("commune", "district", "province", "health")


def content(
    db: Database, user: User | None, code: str, *, day: str, now: datetime, rules: dict, kind: str | None = None,
    only: list[str] | None = None, known: tuple[str, dict[str, dict]] | None = None,
) -> dict:  # fmt: skip
    """Everything a report of the area says; `only` cuts it to some of its units, for the officer in charge of them.

    `rules` are those of `tally.of_communes`; `known` is `(stamp, report_now.counts)` of a moment ago, which before the
    cut-off need not be counted again. NotFound outside the visitor's area.
    """
    reports.inside(db, user, code)
    area = units.area(db, code, None)
    kind = kind or area["level"]
    frozen = Figures(db, area, day, now=now, rules=rules, known=known)
    told = _units(db, area, kind, frozen, only, now=now)
    whole = not told or (only is None and kind != "province")
    summed = [code] if whole else [unit["code"] for unit in told if unit["reported"]]
    codes = [unit["code"] for unit in told]
    entered = Entered(db, code, day, codes, mine=user is None or user.area_code == code)
    return {
        **{"kind": kind, "area": area, "day": day, "window_from": clock.at(day, "00:00")},
        **_around(db, area),
        **{name: getattr(frozen, name) for name in ("as_of", "frozen_at", "template")},
        **_versions(db, code, day, now),
        "corrections": _corrections(db, [code, *codes], day, frozen.lines),
        "blocks": _blocks(frozen, entered, summed),
        "columns": [_named(line) for line in frozen.lines if line["in_table"] and line["shown"]],
        "units": told,
        "whole": whole,
        "total": _values(frozen, frozen.today(summed)),
        "total_before": _values(frozen, frozen.yesterday(summed)),
        **{"reported_units": sum(unit["reported"] for unit in told), "asked_units": len(told)},
        **{"narratives": entered.narratives, "themes": entered.themes(told), "preparer": entered.preparer},
    }


def _units(
    db: Database, area: dict, kind: str, frozen: Figures, only: list[str] | None, *, now: datetime
) -> list[dict]:
    """The districts of the province, the communes of a district; a commune's report names no hamlets."""
    if area["level"] not in ("province", "district"):
        return []
    below = [unit for unit in units.children(db, area, frozen.day, None) if only is None or unit["code"] in only]
    told = [_unit(unit, frozen) for unit in below]
    _with_states(db, told, kind, frozen.day, now=now)
    return told


def _unit(unit: dict, frozen: Figures) -> dict:
    code = unit["code"]
    return {
        **{name: unit[name] for name in ("code", "kind", "name", "level")},
        "counts": frozen.counts.get(code),
        "values": _values(frozen, frozen.counts.get(code)),
        "before": _values(frozen, frozen.before.get(code)),
    }


def _values(frozen: Figures, counts: dict | None) -> dict[str, float | None]:
    return {line["code"]: indicators.value(line["function"], counts) for line in frozen.automatic}


def _with_states(db: Database, told: list[dict], kind: str, day: str, *, now: datetime) -> None:
    """Each unit's report: its state, how late, who answers for it; and whether the report counts it."""
    codes = [unit["code"] for unit in told]
    stands = reports.standings(db, codes, day, now=now)
    at_three = reports.standings(db, codes, day, now=now, by=clock.at(day, reports.CLOSES))
    named = officers.of_areas(db, codes, day)
    for unit in told:
        standing = stands[unit["code"]]
        entered = bool((unit["counts"] or {}).get("communes_reporting"))
        unit["reported"] = at_three[unit["code"]].reported if kind == "province" else entered
        unit |= {"state": standing.bucket, "late_minutes": standing.late_minutes if standing.version else None,
                 "officer": named.get(unit["code"], {}).get("accountable")}  # fmt: skip
        if kind == "province" and not unit["reported"]:
            unit["values"] = dict.fromkeys(unit["values"])


def _blocks(frozen: Figures, entered: Entered, codes: list[str]) -> list[dict]:
    """The lines of the form, block by block, as these areas come to together."""
    counted, before, found = frozen.today(codes), frozen.yesterday(codes), []

    def told(line: dict) -> dict:
        if line["function"] == MANUAL:
            return _manual(line, entered)
        return _automatic(line, counted, before) | {"cumulative": frozen.cumulative(codes, line["function"])}

    for block in indicators.BLOCKS:
        lines = [told(line) for line in frozen.lines if line["block"] == block and line["shown"]]
        if lines:
            found.append({"code": block, "lines": lines})
    return found


def _named(line: dict) -> dict:
    return {name: line[name] for name in ("code", "name_vi", "name_en", "formula_vi", "formula_en", "unit", "function")}


def _manual(line: dict, entered: Entered) -> dict:
    entry = entered.manual.get(line["code"], {})
    return _named(line) | {
        "manual": True,
        "value": entry.get("value"),
        "reason": entry.get("reason"),
        "below": entered.below(line["code"]),
        "before": entered.before.get(line["code"], {}).get("value"),
        "cumulative": None,
        "part": None,
        "whole": None,
    }


def _automatic(line: dict, counted: dict | None, before: dict | None) -> dict:
    part, whole = indicators.fraction(line["function"], counted) if counted else (None, None)
    return _named(line) | {
        "manual": False,
        "value": indicators.value(line["function"], counted),
        "before": indicators.value(line["function"], before),
        "part": part,
        "whole": whole,
    }


def _corrections(db: Database, codes: list[str], day: str, lines: list[dict]) -> list[dict]:
    names = {line["code"]: _named(line) for line in lines}
    return [
        names[indicator]
        | {"area": code, "was": was, "now": now, "reason": addendum["reason"], "at": addendum["at"],
           "number": addendum["number"], "who": addendum["who"]}
        for code in codes
        for addendum in addenda.of_report(db, code, day)
        for indicator, (was, now) in addendum["corrections"].items()
        if indicator in names
    ]  # fmt: skip


def _versions(db: Database, code: str, day: str, now: datetime) -> dict:
    standing = reports.standing(db, code, day, now=now)
    return {"version": standing.version, "addendum": standing.addenda, "standing": standing}


def _around(db: Database, area: dict) -> dict:
    """The area above, None for the province, and the province."""
    way = [
        {name: each[name] for name in ("code", "kind", "name", "level")} for each in units.way(db, area["code"], None)
    ]
    return {"parent": way[-2] if len(way) > 1 else None, "province": way[0]}
