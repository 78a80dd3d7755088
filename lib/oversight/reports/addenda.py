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
from lib.core.database import rows, value
from lib.core.errors import N_, Conflict, Invalid, Say
from lib.oversight.figures.measures import Sum
from lib.oversight.report_template import indicators, versions
from lib.oversight.report_template.indicators import FUNCTIONS, MANUAL, NUMBER, TEXT, entered
from lib.oversight.reports import drafts, snapshots, states
from lib.oversight.reports.acts import ReportEvent, add, below, given_reason
from lib.oversight.reports.states import standing

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
    with act(db, user, "report.write", now=now, area=code, kind="report.correct") as deed:
        stands = standing(db, code, day, now=now)
        if stands.state != "locked":
            raise Conflict(N_("Only a report that has been sent and locked can be corrected by an addendum."))
        content = {
            "corrections": _checked(db, code, day, correction.numbers),
            "words": _worded(db, code, day, correction.words),
        }
        if not content["corrections"] and not content["words"]:
            raise Invalid({"changes": Say(N_("Choose what is wrong and enter the correct figure or text."))})
        number = stands.addenda + 1
        add(db, user, ReportEvent(code, day, "correct", deed.at, number, reason=reason, content=content))
        short = {name: [drafts.cut(was), drafts.cut(now)] for name, (was, now) in content["words"].items()}
        deed.subject, deed.detail = day, {"addendum": number, "reason": reason, **content["corrections"], **short}
    return number


def _checked(db: Database, code: str, day: str, changes: dict[str, object]) -> dict[str, list]:
    """`{code: [was, now]}`; every number a whole one that differs."""
    known = {line["code"]: line for line in versions.lines(db, _form(db, code, day)) if line["kind"] == NUMBER}
    was = shown(db, code, day)
    faults, checked = {}, {}
    for name, typed in changes.items():
        if name not in known or known[name]["unit"] == "%":
            faults[name] = Say(N_("Shares are calculated from the numbers of households; correct those."))
        elif type(typed) is not int or not 0 <= typed < MOST:
            faults[name] = Say(N_("Type a whole number of 0 or more."))
        elif typed != was.get(name):
            checked[name] = [was.get(name), typed]
    if faults:
        raise Invalid(faults)
    return checked


def _worded(db: Database, code: str, day: str, words: dict[str, str]) -> dict[str, list]:
    """`{narrative: [was, now]}` of words that differ, texts that the form asks for among them."""
    texts = [line["code"] for line in versions.lines(db, _form(db, code, day)) if entered(line, TEXT)]
    was, tidy = narratives(db, code, day), {name: drafts.tidy(told) for name, told in words.items()}
    if long := [name for name, told in tidy.items() if len(told) > drafts.LONGEST]:
        raise Invalid({name: Say(N_("At most {limit} characters."), {"limit": drafts.LONGEST}) for name in long})
    return {
        name: [was.get(name, ""), told]
        for name, told in tidy.items()
        if name in (*drafts.NARRATIVES, *texts) and told != was.get(name, "")
    }


def _frozen(db: Database, code: str, day: str) -> dict | None:
    """The freeze the report's body is made of."""
    level = value(db, "select level from areas where code = ?", [code])
    return snapshots.of_day(db, day, "province" if level == "province" else "district")


def _form(db: Database, code: str, day: str) -> int | None:
    head = _frozen(db, code, day)
    return head and head["template"]


def shown(db: Database, code: str, day: str) -> dict[str, float | None]:
    """`{indicator: number}` as the report's body has it: frozen, entered, and corrected by addenda so far."""
    head = _frozen(db, code, day)
    sums = snapshots.counted(db, head["id"], [code]).get(code) if head else None
    manual = (states.last_sent(db, code, day) or drafts.EMPTY)["manual"]
    found = {
        line["code"]: manual.get(line["code"], {}).get("value")
        if line["function"] == MANUAL
        else indicators.value(line["function"], sums)
        for line in versions.lines(db, head and head["template"])
    }
    return found | numbers(db, [code], day)[code]


def narratives(db: Database, code: str, day: str) -> dict[str, str]:
    """The words and texts of a report as sent and corrected by addenda so far."""
    sent = drafts.EMPTY | (states.last_sent(db, code, day) or {})
    return sent["narratives"] | sent["texts"] | {name: told["text"] for name, told in words(db, code, day).items()}


def numbers(db: Database, codes: list[str], day: str) -> dict[str, dict[str, int]]:
    """`{unit: {indicator: right number}}` of what addenda corrected."""
    found: dict[str, dict[str, int]] = {code: {} for code in codes}
    for one in of_reports(db, codes, day):
        found[one["area"]] |= {name: right for name, (_was, right) in one["corrections"].items()}
    return found


def words(db: Database, code: str, day: str) -> dict[str, dict]:
    """`{narrative: {text, number}}` of words that addenda corrected, with the number of the last that did."""
    return {
        name: {"text": right, "number": one["number"]}
        for one in of_report(db, code, day)
        for name, (_was, right) in one["words"].items()
    }


def stated(lines: list[dict], counts: dict | None, made: list[dict]) -> dict[str, dict]:
    """`{indicator: {value, part, whole, number}}` of the lines that addenda changed, shares that follow among them.

    `counts` are those of the body, `made` the addenda in order; `number` is that of the last that had a hand in it.
    """
    right = {name: (now, one["number"]) for one in made for name, (_was, now) in one["corrections"].items()}
    sums = {
        _key(FUNCTIONS[line["function"]].part): right[line["code"]]
        for line in lines
        if line["code"] in right and line["function"] != MANUAL and FUNCTIONS[line["function"]].whole is None
    }
    found = {}
    for line in lines:
        if line["code"] in right:
            now, number = right[line["code"]]
            found[line["code"]] = {"value": now, "part": now, "whole": None, "number": number}
        elif follows := _follows(line["function"], counts, sums):
            found[line["code"]] = follows
    return found


def _follows(function: str, counts: dict | None, sums: dict[tuple, tuple[int, int]]) -> dict | None:
    """A share one of whose two sums was corrected."""
    if counts is None or function == MANUAL or FUNCTIONS[function].whole is None:
        return None
    made = [sums.get(_key(terms)) for terms in (FUNCTIONS[function].part, FUNCTIONS[function].whole)]
    if made == [None, None]:
        return None
    part, whole = (
        one[0] if one else told for one, told in zip(made, indicators.fraction(function, counts), strict=True)
    )
    number = max(one[1] for one in made if one)
    return {"value": part / whole if whole else None, "part": part, "whole": whole, "number": number}


def _key(terms: Sum) -> tuple:
    return tuple(sorted(terms.items()))


def of_report(db: Database, code: str, day: str) -> list[dict]:
    """`{number, at, reason, who, area, corrections: {code: [was, now]}, words: {narrative: [was, now]}}`, in order."""
    return of_reports(db, [code], day)


def of_reports(db: Database, codes: list[str], day: str) -> list[dict]:
    """The addenda to these reports, each as in `of_report`."""
    found = rows(
        db,
        """select e.area_code as area, e.version as number, e.at, e.reason, a.full_name as who, e.content
           from report_events e
           join accounts a on a.id = e.account_id -- all: the name of who corrected a report
           where e.day = :day and e.area_code in (select value from json_each(:codes)) and e.deed = 'correct'
           order by e.id""",
        {"day": day, "codes": json.dumps(codes)},
    )
    return [line | {"words": {}} | json.loads(line.pop("content")) for line in found]
