"""Corrections of what was sent: numbered addenda beside the frozen figures, which stay (đính chính lần 1, 2 …).

An addendum starts from what the report's own body says, and puts several numbers and words right at once. Shares follow
from their numbers. What is frozen and what was sent stay; a document taken later carries the right value, marked.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime

from sqlite_utils import Database

from lib.core.access import User
from lib.core.audit import act
from lib.core.database import rows
from lib.core.errors import N_, Conflict, Invalid, Say
from lib.oversight.figures.measures import Sum
from lib.oversight.report_template import indicators, versions
from lib.oversight.report_template.indicators import FUNCTIONS, MANUAL, NUMBER, TEXT, entered
from lib.oversight.reports import context, drafts, snapshots, states
from lib.oversight.reports.acts import ReportEvent, add, below, given_reason
from lib.oversight.reports.context import ReportContext

MOST = 10_000_000


@dataclass(frozen=True)
class Correction:
    """What an addendum puts right and why.

    `numbers` are `{indicator: right number}`, `words` `{narrative or text of the form: right text}`; what is the same
    already is left out.
    """

    numbers: dict[str, object]
    reason: str
    words: dict[str, str] = field(default_factory=dict)


def correct(db: Database, user: User, code: str, day: str, correction: Correction, *, now: datetime) -> int:
    """Add a numbered addendum to a locked report; returns its number."""
    if user.area_code != code:
        below(db, user, code)
    reason = given_reason(correction.reason)
    with act(db, user, "report.write", now=now, kind="report.correct") as deed:
        deed.area = code
        report = context.read(db, user, code, day, now=now)
        if report.standing.state != "locked":
            raise Conflict(N_("Only a report that has been sent and locked can be corrected by an addendum."))
        numbers, words = _numbers_changed(db, report, correction.numbers), _words_changed(db, report, correction.words)
        if not numbers and not words:
            raise Invalid({"changes": Say(N_("Choose what is wrong and enter the correct figure or text."))})
        number = report.standing.addenda + 1
        content = {"corrections": numbers, "words": words}
        add(db, user, ReportEvent(code, day, "correct", deed.at, number, reason=reason, content=content))
        cut = {name: [drafts.cut(was), drafts.cut(now)] for name, (was, now) in words.items()}
        deed.subject, deed.detail = day, {"addendum": number, "reason": reason, **numbers, **cut}
    return number


def _numbers_changed(db: Database, report: ReportContext, typed_numbers: dict[str, object]) -> dict[str, list]:
    """`{code: [was, now]}`; every number a whole one that differs."""
    lines = {line["code"]: line for line in versions.lines(db, report.template) if line["kind"] == NUMBER}
    stated, faults, changed = shown(db, report), {}, {}
    for name, typed in typed_numbers.items():
        if name not in lines or lines[name]["unit"] == "%":
            faults[name] = Say(N_("Shares are calculated from the numbers of households; correct those."))
        elif type(typed) is not int or not 0 <= typed < MOST:
            faults[name] = Say(N_("Type a whole number of 0 or more."))
        elif typed != stated.get(name):
            changed[name] = [stated.get(name), typed]
    if faults:
        raise Invalid(faults)
    return changed


def _words_changed(db: Database, report: ReportContext, typed_words: dict[str, str]) -> dict[str, list]:
    """`{narrative: [was, now]}` of words that differ, texts that the form asks for among them."""
    texts = [line["code"] for line in versions.lines(db, report.template) if entered(line, TEXT)]
    tidied = {name: drafts.tidy(typed) for name, typed in typed_words.items()}
    if long := [name for name, typed in tidied.items() if len(typed) > drafts.LONGEST]:
        raise Invalid({name: Say(N_("At most {limit} characters."), {"limit": drafts.LONGEST}) for name in long})
    stated = narratives(db, report.code, report.day)
    return {
        name: [stated.get(name, ""), typed]
        for name, typed in tidied.items()
        if name in (*drafts.NARRATIVES, *texts) and typed != stated.get(name, "")
    }


def shown(db: Database, report: ReportContext) -> dict[str, float | None]:
    """`{indicator: number}` as the report's body has it: frozen, entered, and corrected by addenda so far."""
    code, day, snapshot = report.code, report.day, report.snapshot
    sums = snapshots.counted(db, snapshot["id"], [code]).get(code) if snapshot else None
    manual = (states.last_sent(db, code, day) or drafts.EMPTY)["manual"]
    stated = {
        line["code"]: manual.get(line["code"], {}).get("value")
        if line["function"] == MANUAL
        else indicators.value(line["function"], sums)
        for line in versions.lines(db, report.template)
    }
    return stated | numbers(db, [code], day)[code]


def narratives(db: Database, code: str, day: str) -> dict[str, str]:
    """The words and texts of a report as sent and corrected by addenda so far."""
    sent = drafts.EMPTY | (states.last_sent(db, code, day) or {})
    corrected = {name: correction["text"] for name, correction in words(db, code, day).items()}
    return {**sent["narratives"], **sent["texts"], **corrected}


def numbers(db: Database, codes: list[str], day: str) -> dict[str, dict[str, int]]:
    """`{unit: {indicator: right number}}` of what addenda corrected."""
    corrected: dict[str, dict[str, int]] = {code: {} for code in codes}
    for addendum in of_reports(db, codes, day):
        corrected[addendum["area"]] |= {name: right for name, (_was, right) in addendum["corrections"].items()}
    return corrected


def words(db: Database, code: str, day: str) -> dict[str, dict]:
    """`{narrative: {text, number}}` of words that addenda corrected, with the number of the last that did."""
    return {
        name: {"text": right, "number": addendum["number"]}
        for addendum in of_report(db, code, day)
        for name, (_was, right) in addendum["words"].items()
    }


def stated(lines: list[dict], counts: dict | None, addenda: list[dict]) -> dict[str, dict]:
    """`{indicator: {value, part, whole, number}}` of the lines that addenda changed, shares that follow among them.

    `counts` are those of the body, `addenda` in order; `number` is that of the last that had a hand in it.
    """
    corrected = {
        name: (right, addendum["number"])
        for addendum in addenda
        for name, (_was, right) in addendum["corrections"].items()
    }
    sums = {
        _key(FUNCTIONS[line["function"]].part): corrected[line["code"]]
        for line in lines
        if line["code"] in corrected and line["function"] != MANUAL and FUNCTIONS[line["function"]].whole is None
    }
    changed = {}
    for line in lines:
        if line["code"] in corrected:
            right, number = corrected[line["code"]]
            changed[line["code"]] = {"value": right, "part": right, "whole": None, "number": number}
        elif share := _share_corrected(line["function"], counts, sums):
            changed[line["code"]] = share
    return changed


def _share_corrected(function: str, counts: dict | None, sums: dict[tuple, tuple[int, int]]) -> dict | None:
    """A share one of whose two sums was corrected; `sums` are `{terms: (right number, addendum)}`."""
    if counts is None or function == MANUAL:
        return None
    indicator = FUNCTIONS[function]
    if indicator.whole is None:
        return None
    parts = [sums.get(_key(terms)) for terms in (indicator.part, indicator.whole)]
    if parts == [None, None]:
        return None
    part, whole = (
        corrected[0] if corrected else frozen
        for corrected, frozen in zip(parts, indicators.fraction(function, counts), strict=True)
    )
    number = max(corrected[1] for corrected in parts if corrected)
    return {
        "value": part / whole if part is not None and whole else None,
        "part": part,
        "whole": whole,
        "number": number,
    }


def _key(terms: Sum) -> tuple:
    return tuple(sorted(terms.items()))


def of_report(db: Database, code: str, day: str) -> list[dict]:
    """`{number, at, reason, who, area, corrections: {code: [was, now]}, words: {narrative: [was, now]}}`, in order."""
    return of_reports(db, [code], day)


def of_reports(db: Database, codes: list[str], day: str) -> list[dict]:
    """The addenda to these reports, each as in `of_report`."""
    addenda = rows(
        db,
        """select e.area_code as area, e.version as number, e.at, e.reason, a.full_name as who, e.content
           from report_events e
           join accounts a on a.id = e.account_id -- all: the name of who corrected a report
           where e.day = :day and e.area_code in (select value from json_each(:codes)) and e.deed = 'correct'
           order by e.id""",
        {"day": day, "codes": json.dumps(codes)},
    )
    return [line | {"words": {}} | json.loads(line.pop("content")) for line in addenda]
