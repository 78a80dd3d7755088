"""The form of the report: its sections and what they ask, in which order and words. Edits make a new version (S0-24).

Reports keep the version they were frozen with. The first version comes with the program, from db/indicators.csv and
db/sections.csv; as long as nobody edits it, a newer program brings a newer one. How an edit is checked: `edit`.
"""

import csv
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlite_utils import Database

from lib.core import ROOT, clock, text
from lib.core.access import User
from lib.core.audit import Act, act
from lib.core.database import row, rows, value, write
from lib.core.errors import N_, Conflict, Invalid, Say
from lib.core.words import place_words
from lib.oversight.report_template import edit as form_edit
from lib.oversight.report_template.edit import FEATURES, LONGEST, MOST_COLUMNS, WORDS
from lib.oversight.report_template.indicators import FUNCTIONS, MANUAL, NUMBER, PARTS

__all__ = ["LONGEST", "MOST_COLUMNS", "WORDS"]
_DB = ROOT / "db"
COLUMNS = (
    "code",
    "position",
    "block",
    "name_vi",
    "name_en",
    "formula_vi",
    "formula_en",
    "function",
    "unit",
    "shown",
    "in_table",
    *FEATURES,
    "cumulative_unit",
)
SECTION = ("code", "position", "part", "name_vi", "name_en", "shown")
_WHOLE = ("shown", "in_table", "summed", "source", "flow", "required")  # columns that are yes or no
# What a number asked for before a form could say more.
_UNKNOWN = {"kind": NUMBER, "summed": 1, "source": 1, "flow": 0, "required": 0, "cumulative_unit": ""}
_IN_PLACE = ("name_vi", "formula_vi", "unit")  # texts that name hamlets, communes or districts
_OTHER = N_("Someone else has changed the report form in the meantime. Check it again, then edit.")
_REASON = N_("Give the reason for changing the form; it is kept with the version.")


# Reading


def current(db: Database) -> int:
    """The version in force; 0 while it is the one delivered and not stored yet."""
    newest = row(db, "select version, made_by from templates order by version desc limit 1")
    if newest is None or newest["made_by"] is None and _stored(db, newest["version"]) != (delivered(), _sections()):
        return 0
    return int(newest["version"])


def lines(db: Database, version: int | None = None, *, area: str | None = None) -> list[dict]:
    """The indicators of a version in order; those that come with the program while none is stored.

    They are told in the words of an area for its hamlets, else in the province's.
    """
    version = current(db) if version is None else version
    stored = delivered() if version == 0 else [_filled(line) for line in _lines(db, version)]
    return _in_place(db, stored, area)


def sections(db: Database, version: int | None = None) -> list[dict]:
    """The sections of a version in order, each with its number as it stands in the report, "II.1"."""
    version = current(db) if version is None else version
    stored = _of_sections(db, version) if version else []
    return numbered(stored or _sections())


def numbered(unnumbered: list[dict]) -> list[dict]:
    """Sections with their `number`: of the part, and the place in it where there are several. A hidden one has none."""
    numbered_sections = []
    for part in PARTS:
        of_part = [section for section in unnumbered if section["part"] == part]
        shown = [section["code"] for section in of_part if section["shown"]]
        for section in of_part:
            place = shown.index(section["code"]) + 1 if section["shown"] else 0
            number = "" if not place else part if len(shown) == 1 else f"{part}.{place}"
            numbered_sections.append(section | {"number": number})
    return numbered_sections


def versions(db: Database) -> list[dict]:
    """`{version, made_at, who, reason}`, newest first."""
    return rows(
        db,
        """select t.version, t.made_at, a.full_name as who, t.reason
           from templates t left join accounts a on a.id = t.made_by -- all: the name of who edited the form
           order by t.version desc""",
    )


def names(db: Database) -> dict[str, dict]:
    """`{code: {name_vi, name_en}}` of every indicator there ever was, as it was last called."""
    by_code = {line["code"]: line for line in _in_place(db, delivered())}
    for line in rows(db, "select code, name_vi, name_en from indicators order by version"):
        by_code[line["code"]] = line
    return by_code


def _in_place(db: Database, indicators: list[dict], area: str | None = None) -> list[dict]:
    """Lines in the words of an area, or the province's, for hamlets, communes and districts."""
    words = place_words.of(db, area) if area else place_words.of_store(db)
    return [line | {name: words.put(line[name]) for name in _IN_PLACE} for line in indicators]


def _lines(db: Database, version: int) -> list[dict]:
    return rows(db, f"select {', '.join(COLUMNS)} from indicators where version = ? order by position, code", [version])


def _of_sections(db: Database, version: int) -> list[dict]:
    return rows(db, f"select {', '.join(SECTION)} from sections where version = ? order by position, code", [version])


def _stored(db: Database, version: int) -> tuple[list[dict], list[dict]]:
    return _lines(db, version), _of_sections(db, version)


def _filled(line: dict) -> dict:
    """A line of a version that was stored before a form could say more, with what its figure says today."""
    if line["kind"] is not None:
        return line
    delivered_line = next(
        (line_delivered for line_delivered in delivered() if line_delivered["code"] == line["code"]), _UNKNOWN
    )
    return line | {name: delivered_line[name] for name in _UNKNOWN}


def delivered() -> list[dict]:
    """What comes with the program."""
    return [dict(line) for line in _read("indicators.csv")]


def _sections() -> list[dict]:
    return [line | {"shown": 1} for line in _read("sections.csv")]


@cache
def _read(file: str) -> list[dict]:
    with (_DB / file).open(encoding="utf-8", newline="") as opened:
        return [
            line | {name: int(line[name]) for name in _WHOLE if name in line} | {"position": place}
            for place, line in enumerate(csv.DictReader(opened), 1)
        ]


# Writing


def ensure(db: Database, *, now: datetime) -> int:
    """The version in force, the one delivered stored when it is not yet; inside an open transaction or its own."""
    with write(db):
        if current(db) == 0:
            _store(db, delivered(), _sections(), None, reason=None, at=clock.stamp(now))
    return current(db)


@dataclass(frozen=True)
class FormEdit:
    """The form as edited: its lines, and its sections where they changed, from `version` on and for a reason."""

    lines: list[dict]
    version: int
    reason: str
    sections: list[dict] | None = None


def edit(db: Database, user: User, edited: FormEdit, *, now: datetime) -> int:
    """Store a new version with these texts, this order and this choice; Conflict when another came in between.

    New lines and sections bear a code that is not stored yet, and get one of their own for good. What is stored stays
    what it is: a figure is reworded, shown or not, never recounted under its old name, and never taken out.
    """
    reason = text.clean(edited.reason)
    with act(db, user, "report.template", now=now, kind="template.edit") as deed:
        _check_version(db, edited.version, now)
        old, parts = lines(db), sections(db)
        new_parts, called = form_edit.sections(db, parts, edited.sections or parts)
        faults = {} if reason else {"reason": Say(_REASON)}
        new = form_edit.lines(db, old, edited.lines, new_parts, called, faults)
        _note(deed, old + parts, new + new_parts)
        if deed.nothing:
            return current(db)
        deed.subject = str(current(db) + 1)
        deed.detail["reason"] = reason
        _store(db, new, new_parts, user, reason=reason, at=deed.at)
    return current(db)


def bring_back(db: Database, user: User, wanted: int, *, version: int, now: datetime) -> int:
    """An earlier version again, as a new one; what was asked for since is kept but no longer shown."""
    with act(db, user, "report.template", now=now, kind="template.back") as deed:
        _check_version(db, version, now)
        if not 0 < wanted < current(db):
            raise Invalid({"version": Say(N_("Choose an earlier version of the form."))})
        old, parts = lines(db), sections(db)
        new, new_parts = _again(lines(db, wanted), old), _again(sections(db, wanted), parts)
        _note(deed, old + parts, new + new_parts)
        if deed.nothing:
            return current(db)
        deed.subject, deed.detail["version"] = str(current(db) + 1), wanted
        _store(db, new, new_parts, user, reason=None, at=deed.at)
    return current(db)


def _again(earlier: list[dict], now: list[dict]) -> list[dict]:
    codes = {line["code"] for line in earlier}
    since = [line | {"shown": 0} for line in now if line["code"] not in codes]
    return [line | {"position": place} for place, line in enumerate([*earlier, *since], 1)]


def _check_version(db: Database, version: int, now: datetime) -> None:
    """Conflict when another version came in between; the delivered one, stored or not, is the same."""
    before = current(db)
    if ensure(db, now=now) != version and (before or version):
        raise Conflict(_OTHER)


def _note(deed: Act, old: list[dict], new: list[dict]) -> None:
    """What differs, by code, for the log; what is new by its name."""
    stored = {line["code"]: line for line in old}
    changes = {line["code"]: _differs(stored[line["code"]], line) for line in new if line["code"] in stored}
    added = [line["name_vi"] for line in new if line["code"] not in stored]
    deed.detail = {code: change for code, change in changes.items() if change}
    deed.nothing = not deed.detail and not added
    if added:
        deed.detail["added"] = ", ".join(added)


def _differs(old: dict, new: dict) -> dict[str, list]:
    return {name: [old[name], new[name]] for name in new if name != "number" and old.get(name) != new[name]}


def _store(db: Database, new: list[dict], parts: list[dict], user: User | None, *, reason: str | None, at: str) -> None:
    """A version with its lines and sections; the program itself never makes a form that it can't count."""
    codes = {section["code"] for section in parts}
    for line in new:
        assert line["function"] in FUNCTIONS or line["function"] == MANUAL, line["code"]
        assert line["block"] in codes, line["code"]
    cursor = db.conn.execute(
        "insert into templates (made_at, made_by, reason) values (?, ?, ?)", [at, user and user.id, reason]
    )
    for table, columns, rows_new in (("indicators", COLUMNS, new), ("sections", SECTION, parts)):
        marks = ", ".join(f":{name}" for name in columns)
        db.conn.executemany(
            f"insert into {table} (version, {', '.join(columns)}) values (:version, {marks})",
            [line | {"version": cursor.lastrowid} for line in rows_new],
        )


def newest(db: Database) -> int:
    """The number of the newest stored version, in force or not."""
    return int(value(db, "select ifnull(max(version), 0) from templates"))
