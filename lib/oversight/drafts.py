"""What a unit writes for its report of a day: words, entered numbers, each saved as it is typed."""

import json
from datetime import datetime

from sqlite_utils import Database

from lib.core import access, rollup, text
from lib.core.access import User, require
from lib.core.audit import act
from lib.core.database import row, value
from lib.core.errors import N_, Conflict, Invalid, Say
from lib.oversight import template
from lib.oversight.indicators import MANUAL

NARRATIVES = ("leadership", "difficulties", "proposals", "assessment")
LONGEST = 4000  # characters of one narrative
SOURCE_LONGEST = 200
LOGGED = 120  # characters of a narrative that the history keeps of each change
EMPTY = {"narratives": {}, "manual": {}}


def read(db: Database, code: str, day: str) -> dict:
    """`{content, version, updated_at}`; version 0 while nothing is written."""
    found = row(
        db, "select content, version, updated_at from report_drafts where day = ? and area_code = ?", [day, code]
    )
    if found is None:
        return {"content": EMPTY, "version": 0, "updated_at": None}
    return found | {"content": EMPTY | json.loads(found["content"])}


def touched(db: Database, codes: list[str], day: str) -> dict[str, str]:
    """`{code: stamp}` of the units that have written something."""
    found = db.conn.execute(
        """select area_code, updated_at from report_drafts
           where day = ? and area_code in (select value from json_each(?))""",
        [day, json.dumps(codes)],
    )
    return dict(found.fetchall())


def keep(db: Database, user: User, code: str, day: str, content: dict, *, version: int, now: datetime) -> int:
    """Store words `{narrative: text}` and numbers `{indicator: {value, reason, units}}`; returns the new version.

    An entered number says where it comes from; `units` are the codes of the units below whose sum it was taken as.
    Conflict when another window saved in between: nothing is lost there.
    """
    access.check(user, "report.write")
    require(user.area_code == code or None)
    with act(db, user, "report.write", now=now, area=code, kind="report.draft") as deed:
        _check_open(db, code, day)
        old = read(db, code, day)
        if old["version"] != version:
            raise Conflict(N_("This report was changed in another window. Copy your text, then reload the page."))
        new = {"narratives": _narratives(content), "manual": _manual(db, content)}
        deed.subject = day
        deed.nothing = new == old["content"]
        deed.detail = _changed(old["content"], new)
        if deed.nothing:
            return version
        db.conn.execute(
            """insert into report_drafts (day, area_code, content, version, updated_at, updated_by)
               values (:day, :code, :content, 1, :at, :who)
               on conflict (day, area_code) do update set content = excluded.content, version = version + 1,
                   updated_at = excluded.updated_at, updated_by = excluded.updated_by""",
            {"day": day, "code": code, "content": json.dumps(new, ensure_ascii=False), "at": deed.at, "who": user.id},
        )
    return version + 1


def _changed(old: dict, new: dict) -> dict[str, list]:
    """`{field: [old, new]}` of words, cut short, and of numbers with their source."""
    before, after = ({**{name: cut(words) for name, words in content["narratives"].items()},
                      **{name: f"{each['value']} ({each['reason']})" for name, each in content["manual"].items()}}
                     for content in (old, new))  # fmt: skip
    fields = sorted(before.keys() | after.keys())
    differ = [name for name in fields if _whole(old, name) != _whole(new, name)]
    return {name: [before.get(name), after.get(name)] for name in differ}


def _whole(content: dict, name: str) -> str | dict | None:
    return content["narratives"].get(name) or content["manual"].get(name)


def cut(words: str) -> str:
    """The beginning, for the history; the whole of what was sent stays with the sending."""
    return words if len(words) <= LOGGED else f"{words[:LOGGED]}…"


def put(
    db: Database, user: User, code: str, day: str, part: str, name: str, told: str | dict | None, *,
    was: str | dict | None, now: datetime,
) -> int:  # fmt: skip
    """Store one field of a part, `narratives` or `manual`; `was` is what stood there when its editor began.

    Other fields keep what other windows wrote. Conflict when this very field was changed there to something else.
    """
    draft = read(db, code, day)
    standing = draft["content"][part].get(name)
    if standing not in (was or None, told or None):
        raise Conflict(N_("This field was changed in another window meanwhile. Both texts are kept; choose one."))
    kept = {field: words for field, words in draft["content"][part].items() if field != name}
    content = draft["content"] | {part: kept | ({name: told} if told else {})}
    return keep(db, user, code, day, content, version=draft["version"], now=now)


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
        raise Conflict(N_("This report has been sent already. Corrections go into an addendum."))


def complete(db: Database, content: dict) -> None:
    """Raise Invalid for what a report may not be sent without: its difficulties, of which “Không” is one."""
    if not content["narratives"].get("difficulties"):
        raise Invalid({"difficulties": Say(N_("Write the difficulties of the day; “Không” when there are none."))})


def _narratives(content: dict) -> dict[str, str]:
    told = {name: tidy(content.get("narratives", {}).get(name) or "") for name in NARRATIVES}
    long = {name: Say(N_("At most {limit} characters."), {"limit": LONGEST})
            for name, words in told.items() if len(words) > LONGEST}  # fmt: skip
    if long:
        raise Invalid(long)
    return {name: words for name, words in told.items() if words}


def tidy(typed: str) -> str:
    """Clean lines, empty ones at the ends dropped."""
    return "\n".join(text.clean(line) for line in typed.splitlines()).strip()


def _manual(db: Database, content: dict) -> dict[str, dict]:
    asked = {line["code"] for line in template.lines(db) if line["function"] == MANUAL}
    faults, told = {}, {}
    for code, entry in content.get("manual", {}).items():
        number, reason = entry.get("value"), text.clean(entry.get("reason") or "")
        if number is None or code not in asked:
            continue
        if type(number) is not int or not 0 <= number < 10_000_000:
            faults[code] = Say(N_("Type a whole number of 0 or more."))
        elif not reason:
            faults[code] = Say(N_("Say where this number comes from."))
        elif len(reason) > SOURCE_LONGEST:
            faults[code] = Say(N_("At most {limit} characters."), {"limit": SOURCE_LONGEST})
        told[code] = {"value": number, "reason": reason} | _summed(entry)
    if faults:
        raise Invalid(faults)
    return told


def _summed(entry: dict) -> dict[str, list[str]]:
    """Of which units the number is the sum, where it was taken as one."""
    units = entry.get("units")
    return {"units": sorted({str(code) for code in units})} if units else {}
