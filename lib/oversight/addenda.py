"""Corrections of what was sent: numbered addenda beside the frozen figures, which stay (đính chính lần 1, 2 …)."""

import json
from datetime import datetime

from sqlite_utils import Database

from lib.core.access import User
from lib.core.audit import act
from lib.core.database import rows, value
from lib.core.errors import N_, Conflict, Invalid, Say
from lib.oversight import indicators, snapshots, template
from lib.oversight.report_deeds import add, below, given_reason
from lib.oversight.reports import sent, standing


def correct(
    db: Database, user: User, code: str, day: str, changes: dict[str, object], *, reason: str, now: datetime
) -> int:
    """A numbered addendum: `{indicator: right number}` beside what was sent; returns its number.

    What is frozen and what was sent stay; documents of later versions name both numbers.
    """
    if user.area_code != code:
        below(db, user, code)
    reason = given_reason(reason)
    with act(db, user, "report.write", now=now, area=code, kind="report.correct") as deed:
        stands = standing(db, code, day, now=now)
        if stands.state != "locked":
            raise Conflict(N_("Only a report that was sent and is locked is corrected by an addendum."))
        content = {"corrections": _checked(db, code, day, changes)}
        number = stands.addenda + 1
        add(db, user, code, day, "correct", at=deed.at, version=number, reason=reason, content=content)
        deed.subject, deed.detail = day, {"addendum": number, "reason": reason, **content["corrections"]}
    return number


def _checked(db: Database, code: str, day: str, changes: dict[str, object]) -> dict[str, list]:
    """`{code: [was, now]}`; every number a whole one that differs."""
    known = {line["code"]: line for line in template.lines(db)}
    was = shown(db, code, day)
    faults, checked = {}, {}
    for name, typed in changes.items():
        if name not in known or known[name]["unit"] == "%":
            faults[name] = Say(N_("Shares follow from their numbers; correct the number of households."))
        elif type(typed) is not int or not 0 <= typed < 10_000_000:
            faults[name] = Say(N_("Type a whole number of 0 or more."))
        elif typed != was.get(name):
            checked[name] = [was.get(name), typed]
    if faults:
        raise Invalid(faults)
    if not checked:
        raise Invalid({"changes": Say(N_("Choose a figure and type the right number."))})
    return checked


def shown(db: Database, code: str, day: str) -> dict[str, float | None]:
    """`{indicator: number}` as the report stands: frozen, entered, and corrected by addenda so far."""
    level = value(db, "select level from areas where code = ?", [code])
    head = snapshots.of_day(db, day, "province" if level == "province" else "district")
    sums = snapshots.counted(db, head["id"], [code]).get(code) if head else None
    manual = sent(db, [code], day, by="9").get(code, {}).get("manual", {})
    found = {
        line["code"]: manual.get(line["code"], {}).get("value") if line["function"] == indicators.MANUAL
        else indicators.value(line["function"], sums)
        for line in template.lines(db, head and head["template"])
    }  # fmt: skip
    for number in of_report(db, code, day):
        found |= {name: now for name, (_was, now) in number["corrections"].items()}
    return found


def of_report(db: Database, code: str, day: str) -> list[dict]:
    """`{number, at, reason, who, corrections: {code: [was, now]}}`, in order."""
    found = rows(
        db,
        """select e.version as number, e.at, e.reason, a.full_name as who, e.content from report_events e
           join accounts a on a.id = e.account_id -- all: the name of who corrected a report
           where e.day = ? and e.area_code = ? and e.deed = 'correct' order by e.id""",
        [day, code],
    )
    return [line | {"corrections": json.loads(line.pop("content"))["corrections"]} for line in found]
