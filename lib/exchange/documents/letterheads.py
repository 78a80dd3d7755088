"""Letterheads as the organisations set them; what nobody set follows from the list of areas."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlite_utils import Database

from lib.core import text
from lib.core.access import User, require
from lib.core.audit import act
from lib.core.database import row, rows, value
from lib.core.errors import N_, Conflict, Invalid, Say
from lib.exchange.documents.letterhead import AS_ABOVE, LINES, Letterhead, default

FIELDS = ("superior", "issuer", "suffix", "place", "reporter", "authority", "position", "name")
LISTS = ("salutation", "recipients")
_NEEDED = ("issuer", "suffix", "place", "reporter", "authority")
LONGEST, MOST = 200, 12
_OF_A_PROVINCE = "health"

_ABOVE = """
    with recursive up (code, kind, name, level, parent_code, step) as (
        select code, kind, name, level, parent_code, 0 from areas where code = :code
        union all
        select a.code, a.kind, a.name, a.level, a.parent_code, up.step + 1
        from areas a join up on a.code = up.parent_code
    )
    select kind, name, level from up order by step
"""


def of(db: Database, area_code: str, line: str) -> Letterhead:
    """What an organisation's letters begin and end with, on a line of reporting."""
    usual = _default(db, area_code, line)
    stored = value(db, "select content from letterheads where area_code = ? and line = ?", [area_code, line])
    if not stored:
        return usual
    content = json.loads(stored)
    lists = {name: tuple(content[name]) for name in LISTS if name in content}
    set_ = replace(usual, **{name: content[name] for name in FIELDS if name in content} | lists)
    return set_ if set_.salutation else replace(set_, recipients=_addressed(set_.recipients, usual.salutation))


def _default(db: Database, area_code: str, line: str) -> Letterhead:
    area, *above = require(rows(db, _ABOVE, {"code": area_code}) or None)
    return default(line, area, above)


def _addressed(recipients: tuple[str, ...], to: tuple[str, ...]) -> tuple[str, ...]:
    """Nobody is named above the text, so that “Như trên” says nothing: who would be named stands there instead."""
    named = tuple(f"{recipient} (b/c)" for recipient in to)
    return tuple(line for recipient in recipients for line in (named if recipient == AS_ABOVE else (recipient,)))


def version(db: Database, area_code: str, line: str) -> int:
    """How often it was kept; 0 while the defaults stand."""
    return value(db, "select version from letterheads where area_code = ? and line = ?", [area_code, line]) or 0


def lines_of(level: str) -> tuple[str, ...]:
    """The lines an organisation of this level writes letters on."""
    return tuple(line for line in LINES if line != _OF_A_PROVINCE or level == "province")


@dataclass(frozen=True)
class LetterheadEdit:
    """What is changed of the letters on a line of reporting, `{field: text or lines}`, from `version` on."""

    line: str
    fields: dict[str, str | list[str]]
    version: int | None = None


def keep(db: Database, user: User, area_code: str, edit: LetterheadEdit, *, now: datetime) -> None:
    """Store what one's own organisation writes above and below its letters; Conflict when the version has passed."""
    line = edit.line
    with act(db, user, "letterhead.edit", now=now) as deed:
        deed.area = area_code
        require(area_code if area_code == user.area_code and line in lines_of(user.level) else None)
        changed = _checked(edit.fields)
        stored = row(db, "select version, content from letterheads where area_code = ? and line = ?", [area_code, line])
        if edit.version is not None and edit.version != (stored["version"] if stored else 0):
            raise Conflict(N_("Someone else has changed this layout in the meantime. Check it again, then save."))
        old, usual = (_fields(head) for head in (of(db, area_code, line), _default(db, area_code, line)))
        new = old | changed
        deed.subject = text.clean(new["issuer"])
        deed.detail = {name: [_log_words(old[name]), _log_words(new[name])] for name in new if old[name] != new[name]}
        deed.nothing = not deed.detail
        if deed.nothing:
            return
        # What nobody set goes on following from the list of areas, also by the rules of a later program.
        own = {name: new[name] for name in new if new[name] != usual[name]}
        db.conn.execute(
            """insert into letterheads (area_code, line, content) values (:area, :line, :content)
               on conflict (area_code, line) do update set content = excluded.content, version = version + 1""",
            {"area": area_code, "line": line, "content": json.dumps(own, ensure_ascii=False)},
        )


def _fields(head: Letterhead) -> dict[str, str | list[str]]:
    fields = {name: list(entry) if name in LISTS else entry for name, entry in asdict(head).items()}
    fields.pop("layout")
    return fields


def _log_words(value: str | list[str]) -> str:
    """For the log: lines after one another."""
    return "; ".join(value if isinstance(value, list) else value.split("\n"))


def _checked(fields: dict[str, str | list[str]]) -> dict[str, str | list[str]]:
    """Cleaned line by line; Invalid where a line is too long or a needed field is empty."""
    checked: dict[str, str | list[str]] = {}
    faults: dict[str, Say] = {}
    for name in (*FIELDS, *LISTS):
        if name not in fields:
            continue
        typed = fields[name]
        parts = [text.clean(part) for part in (typed.split("\n") if isinstance(typed, str) else typed)]
        parts = [part.rstrip(".;,") if name in LISTS else part for part in parts if part]
        if name in _NEEDED and not parts:
            faults[name] = Say(N_("This line may not be empty."))
        if any(len(part) > LONGEST for part in parts):
            faults[name] = Say(N_("At most {limit} characters."), {"limit": LONGEST})
        if len(parts) > MOST:
            faults[name] = Say(N_("At most {limit} lines."), {"limit": MOST})
        checked[name] = parts if name in LISTS else "\n".join(parts)
    if faults:
        raise Invalid(faults)
    return checked
