"""What a report says: one dict behind the screen, the document, the workbook and the command line.

Counted numbers come from the snapshot once there is one, before that from the entries recorded so far, and always cover
every unit of the area, whoever pressed Send. Only words and numbers that units enter depend on their sending: a sum of
those says over how many units it is. A unit is `reported` when it has entered something, and `sent` when its own report
stands; the two are told apart.
"""

from datetime import datetime

from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.words import place_words
from lib.oversight.figures import list_completeness, units
from lib.oversight.report_template import indicators, versions
from lib.oversight.report_template.indicators import MANUAL
from lib.oversight.reports import addenda, officers, states
from lib.oversight.reports.entered_values import Entered
from lib.oversight.reports.figures import Figures

KINDS = ("commune", "district", "province", "health")


def content(
    db: Database,
    user: User | None,
    code: str,
    *,
    day: str,
    now: datetime,
    rules: dict,
    kind: str | None = None,
    only: list[str] | None = None,
    known: tuple[str, dict[str, dict]] | None = None,
    earlier: tuple[str, dict[str, dict]] | None = None,
) -> dict:
    """Everything a report of the area says; `only` cuts it to some of its units, for the officer in charge of them.

    `rules` are those of `tally.of_communes`; `known` is `(stamp, report_now.counts)` of a moment ago, which before the
    cut-off need not be counted again, `earlier` the same of that minute of the day before. NotFound outside the
    visitor's area.
    """
    states.inside(db, user, code)
    area = units.area(db, code, None)
    kind = kind or area["level"]
    frozen = Figures(db, area, day, now=now, rules=rules, known=known, earlier=earlier)
    told = _units(db, area, frozen, only, now=now)
    codes = [unit["code"] for unit in told]
    counted = [code] if only is None else codes
    entered = Entered(db, code, day, codes, mine=user is None or user.area_code == code, lines=frozen.lines)
    made = addenda.of_reports(db, [code, *codes], day)
    return {
        **{"kind": kind, "area": area, "day": day, "window_from": clock.at(day, "00:00")},
        "words": place_words.of(db, code),
        **_around(db, area),
        **{name: getattr(frozen, name) for name in ("as_of", "frozen_at", "before_at", "template")},
        **_versions(db, code, day, now),
        "lists": _lists(frozen, counted),
        "corrections": _corrections(made, frozen.lines),
        **_corrected(db, code, day, frozen, made, cut=only is not None),
        "blocks": _blocks(db, frozen, entered, counted, told, area["level"]),
        "columns": [_named(line) for line in frozen.automatic if line["in_table"] and line["shown"]],
        "entered": _entered(db, entered),
        "units": [unit | {"entered": entered.units[unit["code"]]} for unit in told],
        "total": _values(frozen, frozen.today(counted)),
        "total_before": _values(frozen, frozen.yesterday(counted)),
        **{
            name: sum(unit[one] for unit in told)
            for name, one in (("reported_units", "reported"), ("sent_units", "sent"))
        },
        "asked_units": len(told),
        **{"narratives": entered.narratives, "themes": entered.themes(told), "preparer": entered.preparer},
    }


def _units(db: Database, area: dict, frozen: Figures, only: list[str] | None, *, now: datetime) -> list[dict]:
    """The districts of the province, the communes of a district; a commune's report names no hamlets."""
    if area["level"] not in ("province", "district"):
        return []
    below = [unit for unit in units.children(db, area, frozen.day, None) if only is None or unit["code"] in only]
    told = [_unit(unit, frozen) for unit in below]
    _with_states(db, told, frozen.day, now=now)
    return told


def _lists(frozen: Figures, codes: list[str]) -> dict[str, int] | None:
    """How far the lists of households of these areas go, whether their report came or not."""
    sums = frozen.today(codes)
    return sums and {name: sums[name] for name in list_completeness.COUNTED}


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


def _with_states(db: Database, told: list[dict], day: str, *, now: datetime) -> None:
    """Each unit's report: whether it stands, how late it came, who answers for it; and whether visits were entered."""
    codes = [unit["code"] for unit in told]
    stands = states.standings(db, codes, day, now=now)
    at_three = states.standings(db, codes, day, now=now, by=clock.at(day, states.CLOSES))
    named = officers.of_areas(db, codes, day)
    for unit in told:
        unit |= standing_of(stands[unit["code"]], at_three[unit["code"]]) | {
            "reported": bool((unit["counts"] or {}).get("communes_reporting")),
            "officer": named.get(unit["code"], {}).get("accountable"),
        }


def standing_of(now: states.Standing, at_three: states.Standing) -> dict:
    """`{sent, state, late_minutes}` of a unit's report: `sent` by the lock, when sums of what units enter end.

    `late_minutes` is None where no version stands now.
    """
    return {
        "sent": at_three.sent,
        "state": "recalled" if now.state == "recalled" else now.bucket,
        "late_minutes": now.late_minutes if now.sent else None,
    }


def _blocks(
    db: Database, frozen: Figures, entered: Entered, codes: list[str], told: list[dict], level: str
) -> list[dict]:
    """The sections of the form with their lines as these areas come to together, and what was written in them."""
    counted, before, found = frozen.today(codes), frozen.yesterday(codes), []

    def of(line: dict) -> dict:
        if line["function"] == MANUAL:
            return _manual(line, entered)
        return _automatic(line, counted, before) | {"cumulative": frozen.cumulative(codes, line["function"])}

    for section in versions.sections(db, frozen.template):
        asked = [line for line in frozen.lines if line["block"] == section["code"] and line["shown"]]
        lines = [of(line) for line in asked if line["kind"] != indicators.TEXT and indicators.meant(line, level)]
        texts = entered.of_texts(section["code"], told)
        if section["shown"] and (lines or texts):
            named = {name: section[name] for name in ("code", "part", "number", "name_vi", "name_en")}
            found.append(named | {"lines": lines, "texts": texts})
    return found


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
    own, sum_ = entered.own[line["code"]], entered.own[line["code"]]["cumulative"]
    return (
        _named(line)
        | entered.number(line["code"])
        | {
            "manual": True,
            "below": entered.below(line["code"]),
            "whence": own["whence"],
            "cumulative": sum_.value if sum_ else None,
            "sum": sum_,
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


def _corrected(db: Database, code: str, day: str, frozen: Figures, made: list[dict], *, cut: bool) -> dict:
    """The unit's own figures and words as addenda put them right; none of a report that is cut to some units."""
    if cut:
        return {"corrected": {}, "corrected_words": {}}
    own = [one for one in made if one["area"] == code]
    return {
        "corrected": addenda.stated(frozen.lines, frozen.today([code]), own),
        "corrected_words": addenda.words(db, code, day),
    }


def _corrections(made: list[dict], lines: list[dict]) -> list[dict]:
    """Every number that an addendum put right, of the unit and of those below."""
    names = {line["code"]: _named(line) for line in lines}
    return [
        names[indicator]
        | {
            "area": one["area"],
            "was": was,
            "now": now,
            "reason": one["reason"],
            "at": one["at"],
            "number": one["number"],
            "who": one["who"],
        }
        for one in made
        for indicator, (was, now) in one["corrections"].items()
        if indicator in names
    ]


def _versions(db: Database, code: str, day: str, now: datetime) -> dict:
    standing = states.standing(db, code, day, now=now)
    return {"version": standing.version, "addendum": standing.addenda, "standing": standing}


def _around(db: Database, area: dict) -> dict:
    """The area above, None for the province, and the province."""
    way = [
        {name: each[name] for name in ("code", "kind", "name", "level")} for each in units.way(db, area["code"], None)
    ]
    return {"parent": way[-2] if len(way) > 1 else None, "province": way[0]}
