"""What a unit writes for its report of a day: words, entered numbers and texts, each saved as it is typed."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from lib.core import access, rollup, text
from lib.core.access import User, require
from lib.core.audit import act
from lib.core.database import row, value
from lib.core.errors import N_, Conflict, Invalid, Say
from lib.oversight.report_template import indicators, versions
from lib.oversight.report_template.indicators import MANUAL, NUMBER, TEXT
from lib.oversight.reports import snapshots

NARRATIVES = ("leadership", "difficulties", "proposals", "assessment")
LONGEST = 4000  # characters of one narrative
SOURCE_LONGEST = 200
LOGGED = 120  # characters of a narrative that the history keeps of each change
MOST = 10_000_000  # a number that is entered stays below
EMPTY: dict[str, dict] = {"narratives": {}, "manual": {}, "texts": {}}


def read(db: Database, code: str, day: str) -> dict:
    """`{content, version, updated_at}`; version 0 while nothing is written."""
    draft = row(
        db, "select content, version, updated_at from report_drafts where day = ? and area_code = ?", [day, code]
    )
    if draft is None:
        return {"content": EMPTY, "version": 0, "updated_at": None}
    return draft | {"content": EMPTY | json.loads(draft["content"])}


def touched(db: Database, codes: list[str], day: str) -> dict[str, str]:
    """`{code: stamp}` of the units that have written something."""
    drafts = db.conn.execute(
        """select area_code, updated_at from report_drafts
           where day = ? and area_code in (select value from json_each(?))""",
        [day, json.dumps(codes)],
    )
    return dict(drafts.fetchall())


@dataclass(frozen=True)
class ReportDraft:
    """Words, entered numbers and texts `{narratives, manual, texts}`, changed from this version of what is stored."""

    content: dict
    version: int


@dataclass(frozen=True)
class FieldEdit:
    """One field of a part, `narratives`, `manual` or `texts`: what it says now, and what it said before (`was`)."""

    part: str
    name: str
    entry: str | dict | None
    was: str | dict | None = None


def keep(db: Database, user: User, code: str, day: str, draft: ReportDraft, *, now: datetime) -> int:
    """Store words, numbers `{indicator: {value, reason, units}}` and texts of the form's; returns the new version.

    A number says where it comes from where the form wants it; `units` are the codes of the units below whose sum it
    was taken as. Conflict when another window saved in between: nothing is lost there.
    """
    access.check(user, "report.write")
    require(user.area_code == code or None)
    with act(db, user, "report.write", now=now, kind="report.draft") as deed:
        deed.area = code
        _check_open(db, code, day)
        old = read(db, code, day)
        if old["version"] != draft.version:
            raise Conflict(N_("This report was changed in another window. Copy your text, then reload the page."))
        lines = versions.lines(db)
        new = {
            "narratives": _narratives(draft.content),
            "manual": _manual(lines, draft.content),
            "texts": _texts(lines, draft.content),
        }
        deed.subject = day
        deed.nothing = new == old["content"]
        deed.detail = _changed(old["content"], new)
        if deed.nothing:
            return draft.version
        db.conn.execute(
            """insert into report_drafts (day, area_code, content, version, updated_at, updated_by)
               values (:day, :code, :content, 1, :at, :who)
               on conflict (day, area_code) do update set content = excluded.content, version = version + 1,
                   updated_at = excluded.updated_at, updated_by = excluded.updated_by""",
            {"day": day, "code": code, "content": json.dumps(new, ensure_ascii=False), "at": deed.at, "who": user.id},
        )
    return draft.version + 1


def _changed(old: dict, new: dict) -> dict[str, list]:
    """`{field: [old, new]}` of words, cut short, and of numbers with their source."""
    before, after = (
        {
            **{name: cut(words) for name, words in (content["narratives"] | content["texts"]).items()},
            **{name: _number_words(entry) for name, entry in content["manual"].items()},
        }
        for content in (old, new)
    )
    fields = sorted(before.keys() | after.keys())
    differ = [name for name in fields if _whole(old, name) != _whole(new, name)]
    return {name: [before.get(name), after.get(name)] for name in differ}


def _number_words(entry: dict) -> str:
    return f"{entry['value']} ({entry['reason']})" if entry["reason"] else str(entry["value"])


def _whole(content: dict[str, dict[str, str | dict]], name: str) -> str | dict | None:
    return content["narratives"].get(name) or content["texts"].get(name) or content["manual"].get(name)


def cut(words: str) -> str:
    """The beginning, for the history; the whole of what was sent stays with the sending."""
    return words if len(words) <= LOGGED else f"{words[:LOGGED]}…"


def put(db: Database, user: User, code: str, day: str, edit: FieldEdit, *, now: datetime) -> int:
    """Store one field; returns the new version.

    Other fields keep what other windows wrote. Conflict when this very field was changed there to something else.
    """
    draft = read(db, code, day)
    fields = draft["content"][edit.part]
    if fields.get(edit.name) not in (edit.was or None, edit.entry or None):
        raise Conflict(N_("This field was changed in another window. Both texts are kept; choose one."))
    others = {name: entry for name, entry in fields.items() if name != edit.name}
    content = draft["content"] | {edit.part: others | ({edit.name: edit.entry} if edit.entry else {})}
    return keep(db, user, code, day, ReportDraft(content, draft["version"]), now=now)


def _check_open(db: Database, code: str, day: str) -> None:
    """Conflict for a day that was never opened, and for a report that stands as sent."""
    if not rollup.is_open(db, day):
        raise Conflict(N_("No report is due for this day."))
    last = value(
        db,
        """select deed from report_events where day = ? and area_code = ? and deed <> 'correct'
           order by id desc limit 1""",
        [day, code],
    )
    if last in ("submit", "receive"):
        raise Conflict(N_("This report has already been sent. Make corrections in an addendum."))


def complete(db: Database, content: dict, code: str, day: str) -> None:
    """Raise Invalid for what the report of a unit may not be sent without.

    That are its difficulties, of which “Không” is one, and what the form of its day requires.
    """
    faults = {}
    if not content["narratives"].get("difficulties"):
        faults["difficulties"] = Say(N_("Write the difficulties of the day; “Không” when there are none."))
    for line in _required(db, code, day):
        if line["code"] not in content["texts" if line["kind"] == TEXT else "manual"]:
            faults[line["code"]] = Say(_REQUIRED[line["kind"]])
    if faults:
        raise Invalid(faults)


_REQUIRED = {
    NUMBER: N_("This figure is required; enter 0 when there is none."),
    TEXT: N_("This is required; write “Không” when there is nothing."),
}


def _required(db: Database, code: str, day: str) -> list[dict]:
    """What the form of that day's report may not be sent without."""
    level = value(db, "select level from areas where code = ?", [code])
    lines = versions.lines(db, snapshots.form(db, day, level))
    return [line for line in lines if line["function"] == MANUAL and line["required"] and line["shown"]]


def _narratives(content: dict) -> dict[str, str]:
    narratives = {name: tidy(content.get("narratives", {}).get(name) or "") for name in NARRATIVES}
    long = {
        name: Say(N_("At most {limit} characters."), {"limit": LONGEST})
        for name, words in narratives.items()
        if len(words) > LONGEST
    }
    if long:
        raise Invalid(long)
    return {name: words for name, words in narratives.items() if words}


def tidy(typed: str) -> str:
    """Clean lines, empty ones at the ends dropped."""
    return "\n".join(text.clean(line) for line in typed.splitlines()).strip()


def _manual(lines: list[dict], content: dict) -> dict[str, dict]:
    """The numbers that the form asks for, checked; what it does not ask for stays out."""
    numbers = {line["code"]: line for line in lines if indicators.entered(line)}
    faults, entries = {}, {}
    for code, entry in content.get("manual", {}).items():
        number, reason = entry.get("value"), text.clean(entry.get("reason") or "")
        if number is None or code not in numbers:
            continue
        if fault := _number_fault(numbers[code], number, reason):
            faults[code] = fault
        entries[code] = {"value": number, "reason": reason} | _summed(entry)
    if faults:
        raise Invalid(faults)
    return entries


def _number_fault(line: dict, number: object, reason: str) -> Say | None:
    if type(number) is not int or not 0 <= number < MOST:
        return Say(N_("Type a whole number of 0 or more."))
    if line["source"] and not reason:
        return Say(N_("Enter the source of this figure."))
    return Say(N_("At most {limit} characters."), {"limit": SOURCE_LONGEST}) if len(reason) > SOURCE_LONGEST else None


def _texts(lines: list[dict], content: dict) -> dict[str, str]:
    codes = {line["code"] for line in lines if indicators.entered(line, TEXT)}
    texts = {code: tidy(words or "") for code, words in content.get("texts", {}).items() if code in codes}
    long = {
        code: Say(N_("At most {limit} characters."), {"limit": LONGEST})
        for code, words in texts.items()
        if len(words) > LONGEST
    }
    if long:
        raise Invalid(long)
    return {code: words for code, words in texts.items() if words}


def _summed(entry: dict) -> dict[str, list[str]]:
    """Of which units the number is the sum, where it was taken as one."""
    units = entry.get("units")
    return {"units": sorted({str(code) for code in units})} if units else {}
